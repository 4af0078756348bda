"""How well she remembers: conversations with questions about them, of our own making."""
