"""One stream from a microphone or to a speaker: opened, watched and let go."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from companion.backends.portaudio import portaudio, quiet_stderr
from companion.backends.pulse import MARK, move_pulse_stream, pulse_place
from companion.backends.sound_system import ALIASES, PULSE_KIND, REMEDY, Kind, SoundSystem, Target
from companion.backends.thread_priority import hurry
from companion.core.errors import DeviceError

OnBlock: TypeAlias = Callable[[Any, int, Any, Any], None]
"""What PortAudio calls: (raw buffer of float32 frames, frames, times, flags). Must only copy."""

_BUFFER_S: dict[Kind, tuple[float, ...]] = {"microphone": (0.06,), "speaker": (0.05, 0.07)}
"""How much the device may hold, shortest first: `relax` takes the next. What a speaker holds is heard
after a stop; what a microphone may hold costs nothing as long as it is fetched in time."""

_PREFERRED_RATE_HZ = 48_000
_BLOCKS_PER_S: dict[Kind, int] = {"microphone": 50, "speaker": 100}
"""What is given to a speaker waits for its next block; a microphone's are as long as those that she hears in."""

_SILENT_S = 0.5
"""A running device calls fifty times a second at least; one that has been silent for this long is gone."""

_SWITCH_S = 0.001
"""How long another thread of Python may keep the callback waiting. At the usual 5 ms, with three threads
at work, a buffer of 30 ms ran dry 8 times in a minute; so, 0 and 2 times in two runs (two busy cores)."""

_OPEN_TIMEOUT_S = 5.0
_CLOSE_TIMEOUT_S = 1.0
_LOOK_COUNTS_S = 0.1
"""The most that one look adds to a silence, so that a stall of our own is not taken for the device's."""

_numbers = itertools.count()

_INVALID_RATE, _INVALID_CHANNELS = -9997, -9998  # paInvalidSampleRate, paInvalidChannelCount


class DeviceStream:
    """One PortAudio stream of float32 frames in blocks of 10 or 20 ms, and a watch over it."""

    def __init__(
        self,
        system: SoundSystem,
        kind: Kind,
        wanted: str,
        on_block: OnBlock,
        on_end: Callable[[], None] = lambda: None,
        sounding: Callable[[], bool] = lambda: False,
    ) -> None:
        """`on_block` and `on_end` (the device is gone) are called on PortAudio's threads.

        `sounding` says whether an interruption of 60 ms would be heard.
        """
        self.kind, self.wanted, self.sounding = kind, wanted, sounding
        self.name = wanted or f"default {kind}"
        self.rate_hz = _PREFERRED_RATE_HZ
        self.channels = 1
        self._system = system
        self._on_block = on_block
        self._on_end = on_end
        self._raw: Any = None
        self._ended = threading.Event()
        self._buffers_s = _BUFFER_S[kind]
        self._hurried = False
        self._mark = f"{os.getpid()}-{next(_numbers)}"
        self._home = ""
        self._misplaced = False
        self._let_go = False
        self._interrupted = False
        self._calls = self._calls_seen = 0
        self._silent_s = 0.0
        self._looked_s = 0.0

    @property
    def running(self) -> bool:
        """True from `start` until the device ends or `halt`."""
        return self._raw is not None and not self._ended.is_set()

    @property
    def latency_s(self) -> float:
        """From the callback to the device, as PortAudio tells it."""
        return float(self._raw.latency) if self._raw is not None else self._buffers_s[0]

    async def open(self) -> None:
        """Start, after a second look at the devices if need be. Raises DeviceError."""
        await _on_its_own_thread(self._open, _OPEN_TIMEOUT_S)

    async def close(self) -> None:
        """Let go of the device for good, even if `open` has yet to come to its end.

        A device or server that hangs is not waited for: it is left to be closed when it comes to itself.
        """
        self._let_go = True
        with contextlib.suppress(DeviceError):
            await _on_its_own_thread(self._close, _CLOSE_TIMEOUT_S)

    @property
    def can_relax(self) -> bool:
        """True if the device runs and could be given a longer buffer."""
        return self.running and len(self._buffers_s) > 1

    async def relax(self) -> None:
        """Give the device a longer buffer, for 60 ms without sound; if that fails, it has vanished."""
        with contextlib.suppress(DeviceError):
            await _on_its_own_thread(self._relax, _OPEN_TIMEOUT_S)

    def _relax(self) -> None:
        with self._system.held():
            if self.can_relax:
                self._buffers_s = self._buffers_s[1:]
                with self.interrupted():
                    pass

    def _open(self) -> None:
        with self._system.held():
            if self._let_go:
                return
            self._system.add(self)
            try:
                try:
                    self.start()
                except DeviceError:
                    if not self._system.rescan():
                        raise
                    self.start()
            except DeviceError:
                self._system.remove(self)
                raise

    def _close(self) -> None:
        with self._system.held():
            self._system.remove(self)
            self.halt()

    def vanished(self) -> bool:
        """True if the device has ended, or has not called for 0.5 s. Look at least ten times a second."""
        now_s = time.monotonic()
        since_last_look_s = now_s - self._looked_s
        self._looked_s = now_s
        if self._calls != self._calls_seen:
            self._calls_seen, self._silent_s = self._calls, 0.0
        else:
            self._silent_s += min(since_last_look_s, _LOOK_COUNTS_S)
        return not self._interrupted and (not self.running or self._misplaced or self._silent_s > _SILENT_S)

    def find_place(self) -> None:
        """See where the sound server has the stream: it moves streams as devices come and go, and tells nobody.

        Without a device of its own it follows the default. One that was named is gone back to. What records
        the monitor of a speaker, or plays to nowhere, has lost its device.
        """
        place = pulse_place(PULSE_KIND[self.kind], self._mark)
        if place is None:
            return
        if self._home and place.device != self._home:
            move_pulse_stream(PULSE_KIND[self.kind], place.number, self._home)
            place = pulse_place(PULSE_KIND[self.kind], self._mark) or place
        self._misplaced = not place.real
        if self._misplaced:
            self._on_end()

    @contextlib.contextmanager
    def interrupted(self) -> Iterator[None]:
        """Let go of the device for a moment. If it ran and does not come back as it was, it has vanished."""
        was_running, form = self.running, (self.rate_hz, self.channels)
        self._interrupted = was_running = was_running and not self._let_go
        self.halt()
        try:
            yield
            if was_running:
                with contextlib.suppress(DeviceError):
                    self.start()
                if (self.rate_hz, self.channels) != form:
                    self.halt()
        finally:
            self._interrupted = False

    def start(self) -> None:
        """Open the device and let it run. Raises DeviceError."""
        sound = portaudio()
        target = self._system.target(self.kind, self.wanted)
        choices = [
            (rate_hz, channels)
            for rate_hz in dict.fromkeys((_PREFERRED_RATE_HZ, target.rate_hz))
            for channels in range(1, min(2, target.channels) + 1)
        ]
        refusal: Exception | None = None
        for rate_hz, channels in choices:
            try:
                self._start_raw(sound, target, rate_hz, channels)
                if target.through_pulse:
                    self._system.watch()
                return
            except sound.PortAudioError as error:
                refusal = error
                if error.args[-1] not in (_INVALID_RATE, _INVALID_CHANNELS):
                    break
        raise DeviceError(f"The {self.kind} {self.name} cannot be opened ({refusal}).", REMEDY[self.kind]) from refusal

    def _start_raw(self, sound: Any, target: Target, rate_hz: int, channels: int) -> None:
        sys.setswitchinterval(_SWITCH_S)
        self._hurried = False
        ended = threading.Event()

        def finished() -> None:
            ended.set()
            self._on_end()

        stream = sound.RawInputStream if self.kind == "microphone" else sound.RawOutputStream
        self.rate_hz, self.channels = rate_hz, channels
        with quiet_stderr(), _pulse_wish(self.kind, target.pulse_name, self._mark):
            raw = stream(
                samplerate=rate_hz,
                blocksize=rate_hz // _BLOCKS_PER_S[self.kind],
                device=target.index,
                channels=channels,
                dtype="float32",
                latency=self._buffers_s[0],
                callback=self._called,
                finished_callback=finished,
            )
            try:
                raw.start()
            except sound.PortAudioError:
                raw.close()
                raise
        self._raw, self._ended = raw, ended
        self._silent_s, self._looked_s = 0.0, time.monotonic()
        self._misplaced = False
        self._home = target.home
        aliased = target.name in ALIASES and self.wanted.lower() not in ALIASES
        self.name = f"default {self.kind}" if aliased else target.name

    def _called(self, data: Any, frames: int, times: Any, flags: Any) -> None:
        self._calls += 1
        if not self._hurried:
            self._hurried = True
            hurry()
        self._on_block(data, frames, times, flags)

    def halt(self) -> None:
        """Stop at once; `start` may follow."""
        raw, self._raw = self._raw, None
        if raw is not None:
            with quiet_stderr():
                raw.abort()
                raw.close()


@contextlib.contextmanager
def _pulse_wish(kind: Kind, name: str, mark: str) -> Iterator[None]:
    """Have PulseAudio give a stream that is opened now the device `name`, empty for its default, and the `mark`."""
    wishes = {"PULSE_PROP": f"{MARK}={mark}"}
    if name:
        wishes["PULSE_SOURCE" if kind == "microphone" else "PULSE_SINK"] = name
    before = {variable: os.environ.get(variable) for variable in wishes}
    os.environ.update(wishes)
    try:
        yield
    finally:
        for variable, value in before.items():
            del os.environ[variable]
            if value is not None:
                os.environ[variable] = value


async def _on_its_own_thread(work: Callable[[], None], timeout_s: float) -> None:
    """Run what may block. Raises what it raises, or DeviceError when the time is over: then it is left alone.

    The thread is a daemon and no worker of asyncio, whose end of the program waits for all of them.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def finish(error: Exception | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def run() -> None:
        failure: Exception | None = None
        try:
            work()
        except Exception as error:
            failure = error
        with contextlib.suppress(RuntimeError):  # the loop may be gone by now
            loop.call_soon_threadsafe(finish, failure)

    threading.Thread(target=run, name="sound device", daemon=True).start()
    try:
        async with asyncio.timeout(timeout_s):
            await done
    except TimeoutError as error:
        raise DeviceError(
            "The sound system does not answer.", "Start your sound server again, or type instead."
        ) from error
