"""Tools that others offer: asked about, run, and what they give handed to the language model as data."""
