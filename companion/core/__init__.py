"""The words everyone shares: audio, events, intents, engines, errors, settings, persona, transcript."""
