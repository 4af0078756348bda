"""The first steps: a few calm pages, shown and spoken, each of which may be skipped. The window is in window.py."""
