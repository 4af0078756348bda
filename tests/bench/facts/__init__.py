"""How well facts are drawn from what was said: conversations with what is to be known after them, of our own making."""
