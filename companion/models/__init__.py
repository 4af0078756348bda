"""The models she runs on: the catalogue, where each is found on this machine, how it is installed."""
