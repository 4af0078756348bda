"""The one owner of PortAudio in this process: which devices there are, and when to look anew.

PortAudio freezes its list of devices when it is initialised, and initialising it again kills every
running stream in silence. So one `SoundSystem` knows all microphones and speakers that are open.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

from companion.backends.portaudio import portaudio
from companion.backends.pulse import PulseDevice, PulseKind, PulseWatch, pulse_devices
from companion.core.errors import DeviceError

Kind: TypeAlias = Literal["microphone", "speaker"]

ALIASES = {"default", "pulse"}
"""Names of PortAudio for whatever the sound server takes at present."""

REMEDY: dict[Kind, str] = {
    "microphone": "Plug one in, see `companion devices` for what there is, or type instead of speaking.",
    "speaker": "Plug one in or see `companion devices` for what there is; until then replies are shown.",
}

PULSE_KIND: dict[Kind, PulseKind] = {"microphone": "source", "speaker": "sink"}
"""What PulseAudio calls them."""

_SEE_LIST = "`companion devices` lists what there is."
_PULSE_PREFIX = "pulse:"
_PULSE_RATE_HZ = 48_000
_PATIENCE_S = 2.0
_RESCAN_EVERY_S = 5.0
"""Looking anew interrupts running streams for some 60 ms, so it is done no more often than this."""


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """A microphone or speaker that can be named in the settings."""

    name: str
    kind: Kind
    default: bool
    """True for the one that an empty name means."""
    rate_hz: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A device as PortAudio opens it."""

    index: int
    rate_hz: int
    channels: int
    name: str
    pulse_name: str = ""
    """Which of the sound server's devices PortAudio's device `pulse` is to take; empty for its default."""
    home: str = ""
    """Which of them the stream belongs to, also while that one is gone; empty if to whatever is the default."""

    @property
    def through_pulse(self) -> bool:
        return bool(self.pulse_name) or self.name in ALIASES


class OpenStream(Protocol):
    """What the sound system knows of a stream in its charge."""

    sounding: Callable[[], bool]
    """Whether an interruption of 60 ms would be heard."""

    @property
    def running(self) -> bool: ...

    def interrupted(self) -> AbstractContextManager[None]:
        """Let go of the device while the context lasts."""

    def find_place(self) -> None:
        """See that the sound server has it where it should be. May block for some tens of milliseconds."""


class SoundSystem:
    """Owner of PortAudio. Methods may block for some tens of milliseconds; any thread may call them."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._streams: list[OpenStream] = []
        self._rescanned_s = -_RESCAN_EVERY_S
        self._watch: PulseWatch | None = None
        self._homes: dict[tuple[Kind, str], str] = {}
        """Devices that were taken by name, as the sound server calls them; empty for those of ALSA."""

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Have PortAudio to oneself. Raises DeviceError if another call into it hangs."""
        if not self._lock.acquire(timeout=_PATIENCE_S):
            raise DeviceError("The sound system does not answer.", "Start your sound server again, or type instead.")
        try:
            yield
        finally:
            self._lock.release()

    def devices(self) -> list[SoundDevice]:
        """Every microphone and speaker there is. Raises DeviceError if PortAudio is missing."""
        with self.held():
            return [device for kind in _kinds() for device in self._devices(kind)]

    def reinitialise(self) -> None:
        """Look anew at what is plugged in. Streams that run are stopped and started again around it."""
        with self.held():
            library = portaudio()
            self._rescanned_s = time.monotonic()
            with contextlib.ExitStack() as interruptions:
                for stream in self._streams:
                    interruptions.enter_context(stream.interrupted())
                library._terminate()
                library._initialize()

    def rescan(self) -> bool:
        """`reinitialise` if it may help and disturbs nobody who sounds; returns whether it was done."""
        with self.held():
            running = [stream for stream in self._streams if stream.running]
            if running and (
                any(stream.sounding() for stream in running)
                or self._pulse_index() is not None  # the sound server knows of new devices by itself
                or time.monotonic() - self._rescanned_s < _RESCAN_EVERY_S
            ):
                return False
            self.reinitialise()
            return True

    def target(self, kind: Kind, wanted: str) -> Target:
        """The device that `wanted` means; empty is the default. Raises DeviceError if there is none.

        While a device that was there before is gone, the default takes its place.
        """
        name = wanted.strip()
        if not name:
            return self._default(kind)
        try:
            target = self._named(kind, name)
        except DeviceError:
            if (kind, name) not in self._homes:
                raise
            return replace(self._default(kind), home=self._homes[kind, name])
        self._homes[kind, name] = target.home
        return target

    def add(self, stream: OpenStream) -> None:
        """Take charge of a stream."""
        with self.held():
            if stream not in self._streams:
                self._streams.append(stream)

    def watch(self) -> None:
        """From now on, until the last stream is removed, see where the sound server puts them."""
        with self.held():
            if self._watch is None and self._pulse_index() is not None:
                self._watch = PulseWatch(self._find_places)

    def remove(self, stream: OpenStream) -> None:
        """Forget a stream."""
        with self.held():
            if stream in self._streams:
                self._streams.remove(stream)
            if self._watch is not None and not self._streams:
                self._watch.stop()
                self._watch = None

    def _find_places(self) -> None:
        for stream in tuple(self._streams):
            if stream.running:
                stream.find_place()

    def _named(self, kind: Kind, name: str) -> Target:
        if name.lower().startswith(_PULSE_PREFIX):
            return self._through_pulse(kind, name[len(_PULSE_PREFIX) :])
        listed = [self._describe(kind, index) for index in self._indices(kind)]
        for fits in (str.__eq__, str.__contains__):
            for device in listed:
                if fits(device.name.lower(), name.lower()):
                    return device
        for pulse in self._pulse_devices(kind) or []:
            if name.lower() in pulse.name.lower() or name.lower() in pulse.description.lower():
                return self._through_pulse(kind, pulse.name)
        raise DeviceError(f"There is no {kind} called {name!r}.", _SEE_LIST)

    def _devices(self, kind: Kind) -> list[SoundDevice]:
        default = _default_index(kind)
        pulse = self._pulse_devices(kind)
        found = []
        default_is_pulse = False
        for index in self._indices(kind):
            target = self._describe(kind, index)
            if pulse and target.name in ALIASES:
                default_is_pulse |= index == default
                continue
            found.append(SoundDevice(target.name, kind, index == default, target.rate_hz))
        through_pulse = [
            SoundDevice(_PULSE_PREFIX + one.name, kind, default_is_pulse and one.default, one.rate_hz, one.description)
            for one in pulse or []
        ]
        return through_pulse + found

    def _default(self, kind: Kind) -> Target:
        index = _default_index(kind)
        if index < 0:
            raise DeviceError(f"There is no {kind}.", REMEDY[kind])
        target = self._describe(kind, index)
        # With nothing plugged in, a sound server offers the monitor of a speaker, and a speaker that is none.
        there = self._pulse_devices(kind) if target.through_pulse else None
        if there is not None and not any(device.default for device in there):
            raise DeviceError(f"There is no {kind}.", REMEDY[kind])
        return target

    def _through_pulse(self, kind: Kind, pulse_name: str) -> Target:
        index = self._pulse_index()
        name = _PULSE_PREFIX + pulse_name
        if index is None:
            raise DeviceError(f"There is no {kind} {name}: no PulseAudio server answers.", _SEE_LIST)
        there = self._pulse_devices(kind)
        if there is not None and pulse_name not in {device.name for device in there}:
            raise DeviceError(f"There is no {kind} {name}.", _SEE_LIST)
        return Target(index, _PULSE_RATE_HZ, 2, name, pulse_name, home=pulse_name)

    def _pulse_index(self) -> int | None:
        names = {device["name"]: device["index"] for device in portaudio().query_devices()}
        return names.get("pulse")

    def _pulse_devices(self, kind: Kind) -> list[PulseDevice] | None:
        """None where there is no sound server to ask."""
        return None if self._pulse_index() is None else pulse_devices(PULSE_KIND[kind])

    def _indices(self, kind: Kind) -> list[int]:
        key = _channels_key(kind)
        return [device["index"] for device in portaudio().query_devices() if device[key] > 0]

    def _describe(self, kind: Kind, index: int) -> Target:
        device = portaudio().query_devices(index)
        return Target(index, round(device["default_samplerate"]), device[_channels_key(kind)], device["name"])


def _kinds() -> tuple[Kind, Kind]:
    return ("microphone", "speaker")


def _channels_key(kind: Kind) -> str:
    return "max_input_channels" if kind == "microphone" else "max_output_channels"


def _default_index(kind: Kind) -> int:
    return int(portaudio().default.device[0 if kind == "microphone" else 1])
