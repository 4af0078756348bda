"""The conversation view: all that was said."""
