"""One vendor a file. Each is imported only when it is chosen, and probed before it is used."""
