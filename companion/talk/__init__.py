"""The conversation itself: who has the floor, what she says, what was heard. No vendor, no Qt."""
