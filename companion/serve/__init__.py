"""She serves too: an OpenAI-style chat endpoint, and what Home Assistant asks of a Wyoming server."""
