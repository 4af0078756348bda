"""What she remembers: facts, plans and promises, and how conversations went."""
