"""A terminal that keeps to itself what is typed before anybody asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unechoed(terminal: int) -> Iterator[None]:
    """Show nothing of what is typed on the file descriptor `terminal`; the prompt shows it when it reads it."""
    try:
        import termios
    except ImportError:  # Windows shows nothing of itself
        yield
        return
    local_modes = 3
    before = termios.tcgetattr(terminal)
    silent = termios.tcgetattr(terminal)
    silent[local_modes] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, silent)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
