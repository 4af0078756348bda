"""What is kept of the conversations."""
