"""The PortAudio library itself, kept quiet."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
from collections.abc import Iterator
from typing import Any

from companion.core.errors import DeviceError


def portaudio() -> Any:
    """The sounddevice module. Raises DeviceError if it cannot be used."""
    try:
        import sounddevice
    except OSError as error:
        raise DeviceError(
            "The sound library PortAudio is missing.", "Install it: `apt install libportaudio2`, or `make install`."
        ) from error
    except Exception as error:  # its own error class cannot be imported when its import fails
        raise DeviceError(
            f"The sound library PortAudio does not start ({error}).", "Is the sound server up?"
        ) from error
    _silence_alsa()
    return sounddevice


@functools.cache
def _silence_alsa() -> None:
    """Keep ALSA from writing into the terminal from its own threads ("underrun occurred")."""
    with contextlib.suppress(OSError, AttributeError):
        handler = ctypes.CDLL(None).getpid  # any C function that ignores its arguments: Python would be too slow
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(ctypes.cast(handler, ctypes.c_void_p))


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Keep what ALSA, JACK and PortAudio print by themselves off the terminal."""
    saved = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
