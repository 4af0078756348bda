"""Memory that was freed and that the C library keeps for itself."""

from __future__ import annotations

import contextlib
import ctypes
import threading
from collections.abc import Iterator

_one_loads = threading.Lock()

_M_ARENA_MAX, _HEAPS = -8, 4


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Inside, a model is loaded, and no other: what each takes on the way would else be taken by all at once."""
    with _one_loads:
        yield
        give_back_memory()


def share_heaps() -> None:
    """Have the threads that start from now on share a few heaps, where the C library is glibc.

    Each of some forty would get one of its own, and keep there what it freed: 50 MB in all, measured while idle.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS)


def give_back_memory() -> None:
    """Return freed memory to the system, where the C library is glibc. Takes some 5 ms; else nothing.

    glibc keeps what a thread freed; a voice whose clauses differ in length would so hold 50 to 90 MB more.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
