"""The benchmark at the audio: scripts spoken to any voice agent through virtual devices, and what comes back."""
