"""The interview: a few questions about you, and who she would be for you. Pure, but for the stand-in of the model."""
