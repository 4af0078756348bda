"""What she hears with and speaks with in a conversation: devices, sound files, or nothing but lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from companion.core.engines import Microphone, Speaker
from companion.core.errors import UsageError
from companion.core.events import EchoStateChanged, Event
from companion.core.settings import EchoMode


@dataclass(frozen=True, slots=True)
class Sound:
    """What she hears with and speaks with in this conversation."""

    microphone: Microphone
    make_speaker: Callable[[int], Speaker] | None
    """Makes the speaker for a rate in Hz; None: replies are shown only."""
    hears: bool = True
    """False: typed only; no engine that hears is loaded."""
    greets: bool = True
    """False: she waits for the first word to come from the other side."""
    recorded: bool = False
    """True: the microphone is a file, which holds all that is said to her."""


def spoken(microphone: str = "", speaker: str = "", fast: bool = False, echo: EchoMode = "auto") -> Sound:
    """Ears and mouth by name: a device, a sound file, or empty for the system's default.

    `fast`: a file microphone runs as fast as the machine can. `echo`: what is done about her own voice where
    both are devices. Raises AudioFileError or UsageError.
    """
    from companion.backends.sound_devices import LiveMicrophone
    from companion.backends.wav_files import WavMicrophone

    if is_sound_file(microphone) and Path(microphone).resolve() == Path(speaker).resolve():
        raise UsageError("Microphone and speaker are the same file, which would be overwritten.", "Name another file.")
    ear: Microphone
    if is_sound_file(microphone):
        ear = WavMicrophone(Path(microphone), lockstep=fast)
    elif fast:
        raise UsageError("--fast needs a sound file as microphone.", "Add --mic FILE.wav, or leave --fast out.")
    else:
        ear = LiveMicrophone(microphone)
    if fast and speaker and not is_sound_file(speaker):
        raise UsageError(
            "With --fast she cannot speak through a device, which has a clock of its own.",
            "Add --speaker FILE.wav, or leave --fast out.",
        )
    if echo == "headphones" or is_sound_file(microphone) or is_sound_file(speaker):
        return Sound(ear, partial(_make_speaker, speaker, fast), recorded=is_sound_file(microphone))
    return _without_echo(ear, speaker, echo)


def _without_echo(ear: Microphone, speaker: str, echo: EchoMode) -> Sound:
    from companion.backends.echo_free_microphone import EchoFreeMicrophone
    from companion.backends.far_end import FarEnd
    from companion.backends.sound_devices import LiveSpeaker
    from companion.backends.webrtc_echo import WebRtcEcho

    far_end = FarEnd()
    echo_free = EchoFreeMicrophone(ear, far_end, WebRtcEcho, echo)
    return Sound(echo_free, lambda rate_hz: LiveSpeaker(speaker, rate_hz, tap=far_end.put))


def typed(speaker: str | None) -> Sound:
    """No ear; a mouth if `speaker` is not None (empty for the system's default)."""
    from companion.backends.no_microphone import NoMicrophone

    return Sound(
        NoMicrophone(), None if speaker is None else partial(_make_speaker, speaker, False), hears=False, greets=False
    )


def _make_speaker(name: str, fast: bool, rate_hz: int) -> Speaker:
    from companion.backends.sound_devices import LiveSpeaker
    from companion.backends.wav_files import SilentSpeaker, WavSpeaker

    if is_sound_file(name):
        return WavSpeaker(Path(name), rate_hz)
    return SilentSpeaker(rate_hz) if fast else LiveSpeaker(name, rate_hz)


def is_sound_file(name: str) -> bool:
    """Whether `name` means a file, to hear or to write, and no device."""
    return name.lower().endswith((".wav", ".flac", ".ogg")) or Path(name).is_file()


def tell_of_echo(microphone: Microphone, now_s: Callable[[], float], emit: Callable[[Event], None]) -> None:
    """Tell from now on what is done about her voice in `microphone`."""
    from companion.backends.echo_free_microphone import EchoFreeMicrophone

    if isinstance(microphone, EchoFreeMicrophone):
        microphone.tell = lambda state, message: emit(EchoStateChanged(now_s(), state, message))
