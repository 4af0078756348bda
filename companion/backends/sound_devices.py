"""Microphones and speakers of this computer, through PortAudio."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable
from typing import Any, TypeAlias

import numpy as np

from companion.backends.device_stream import DeviceStream
from companion.backends.playback import PlaybackQueue
from companion.backends.resampling import HearingBlocks, Resampler, live_resampler
from companion.backends.sound_system import SoundDevice, SoundSystem
from companion.core.audio import Samples
from companion.core.errors import DeviceError

__all__ = ["SOUND", "LiveMicrophone", "LiveSpeaker", "SoundDevice", "SoundSystem", "list_devices", "reinitialise"]

_BACKLOG_BLOCKS = 500
"""Blocks of 20 ms kept for a listener who is late (10 s); of more, the oldest are dropped and counted."""

_EASY_BLOCKS = 8
"""Blocks handed over at once while nobody speaks; each time that a thread wakes another costs more than a block."""

_HEARD_AFTER_S = 0.015
"""From the air to `blocks`: how old the newest sample of a block is, through PulseAudio (median; 7 to 20 ms, as
the blocks of the server and of the device fall). PortAudio's own figure for input says 0 to 60 ms."""

_LOOK_EVERY_S = 0.1
_FLUSH_AHEAD_S = 0.06
"""How long before the queue runs dry the resampler gives up what it holds back."""

Tap: TypeAlias = Callable[[Samples, int], None]
"""Takes each block that a speaker is about to let out, silence too: mono samples, and their rate in Hz.
It is called on PortAudio's thread and must only copy."""

SOUND = SoundSystem()
"""The one sound system of this process."""


def list_devices() -> list[SoundDevice]:
    """Every microphone and speaker there is. Blocking. Raises DeviceError if PortAudio is missing."""
    return SOUND.devices()


def reinitialise() -> None:
    """Look anew at what is plugged in. Blocking, some 60 ms, in which nothing is heard or played."""
    SOUND.reinitialise()


class LiveMicrophone:
    """A microphone; an empty `device` follows the system's default."""

    def __init__(self, device: str = "", system: SoundSystem = SOUND) -> None:
        self._device = device
        self._system = system
        self._name = device or "default microphone"
        self._overflows = 0
        self.at_ease = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def lockstep(self) -> bool:
        return False

    @property
    def exhausted(self) -> bool:
        return False

    @property
    def latency_s(self) -> float:
        return _HEARD_AFTER_S

    @property
    def overflows(self) -> int:
        """How often audio was lost because nobody took it in time, since the start."""
        return self._overflows

    async def blocks(self) -> AsyncGenerator[Samples, None]:
        """Blocks of shape (320,) at 16 kHz as they are heard.

        Raises DeviceError if there is no such microphone, and when it vanishes.
        """
        loop = asyncio.get_running_loop()
        wake = asyncio.Event()
        captured: deque[bytes] = deque(maxlen=_BACKLOG_BLOCKS)

        def on_block(data: Any, _frames: int, _times: Any, flags: Any) -> None:
            if flags.input_overflow or len(captured) == _BACKLOG_BLOCKS:
                self._overflows += 1
            captured.append(bytes(data))
            if len(captured) >= (_EASY_BLOCKS if self.at_ease else 1):
                wake_up()

        def wake_up() -> None:
            with contextlib.suppress(RuntimeError):  # the loop may be gone at exit
                loop.call_soon_threadsafe(wake.set)

        async def look_now_and_then() -> None:
            while True:
                await asyncio.sleep(_LOOK_EVERY_S)
                wake.set()

        looking = asyncio.create_task(look_now_and_then(), name="watch microphone")
        stream = DeviceStream(self._system, "microphone", self._device, on_block, wake_up)
        try:
            await stream.open()
            self._name = stream.name
            hearing = HearingBlocks(stream.rate_hz, live=True)
            while True:
                await wake.wait()
                wake.clear()
                while captured:
                    for block in hearing.feed(_to_mono(captured.popleft(), stream.channels)):
                        yield block
                if stream.vanished():
                    raise DeviceError(
                        f"The {_named('microphone', self._name)} has gone.",
                        "Plug it in again, or choose another (`companion devices`); until then, type.",
                    )
        finally:
            looking.cancel()
            await stream.close()


class LiveSpeaker:
    """A speaker; an empty `device` follows the system's default.

    What is played is resampled to the device's rate on its way into the queue. The position allows for
    the sound that the device holds and has not let out yet, as far as its driver tells.
    """

    def __init__(
        self, device: str = "", rate_hz: int = 22_050, system: SoundSystem = SOUND, tap: Tap | None = None
    ) -> None:
        self._device = device
        self._tap = tap
        self._rate_hz = rate_hz
        self._system = system
        self._name = device or "default speaker"
        self._queue = PlaybackQueue(rate_hz)
        self._stream: DeviceStream | None = None
        self._resampler: Resampler | None = None
        self._given = 0
        """Samples at `rate_hz` that went into the resampler since it was last flushed."""
        self._taken = 0
        """Samples at the device's rate that came out of it since then."""
        self._flush: asyncio.TimerHandle | None = None
        self._underruns = 0
        self._relaxing: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._missing = False
        """True from the loss of the device until `open` succeeds."""

    @property
    def name(self) -> str:
        return self._name

    @property
    def rate_hz(self) -> int:
        return self._rate_hz

    def begin(self) -> None:
        self._forget_held_back()
        self._queue.begin()

    def play(self, samples: Samples) -> None:
        fresh = np.array(samples, dtype=np.float32)
        if self._stream is None or self._stream.rate_hz == self._rate_hz:
            self._queue.push(fresh)
            return
        if self._resampler is None:
            self._resampler = live_resampler(self._rate_hz, self._stream.rate_hz)
        self._push_resampled(self._resampler.resample_chunk(fresh))
        self._given += len(fresh)
        self._flush_in_time()

    def stop(self) -> float:
        """Silence within the latency of the device. Returns the position that is heard by then."""
        self._forget_held_back()
        return self._queue.stop()

    def hold(self, position_s: float) -> float:
        return self._queue.hold(position_s)

    def release(self) -> None:
        self._queue.release()

    @property
    def committed_s(self) -> float:
        return self._queue.committed_s

    def set_gain(self, gain: float) -> None:
        self._queue.set_gain(gain)

    @property
    def position_s(self) -> float:
        return self._queue.position_s(time.perf_counter())

    @property
    def queued_s(self) -> float:
        return self._queue.queued_s(time.perf_counter()) + self._held_back_s

    @property
    def level_db(self) -> float:
        return self._queue.level_db(time.perf_counter())

    @property
    def underruns(self) -> int:
        return self._underruns

    @property
    def latency_s(self) -> float:
        """From the queue to the listener, in seconds: what sounds on after `stop`, as far as the driver tells."""
        return self._stream.latency_s if self._stream is not None else 0.0

    @property
    def lost(self) -> bool:
        if self._stream is not None and self._stream.vanished():
            self._missing = True
        return self._missing

    def tick(self, duration_s: float) -> None:
        """Nothing: the device has a clock of its own."""

    async def open(self) -> None:
        """Start the device. Raises DeviceError if there is none, or it cannot be opened."""
        if self._stream is not None:
            return
        self._missing = True
        stream = DeviceStream(
            self._system, "speaker", self._device, self._on_block, sounding=lambda: self.queued_s > 0.0
        )
        opened = False
        try:
            await stream.open()
            opened = True
        finally:
            if not opened:
                await stream.close()
        fresh = PlaybackQueue(stream.rate_hz)
        fresh.set_gain(self._queue.gain)
        self._loop = asyncio.get_running_loop()
        self._queue, self._stream, self._name, self._underruns = fresh, stream, stream.name, 0
        self._missing = False

    async def close(self) -> None:
        self._forget_held_back()
        stream, self._stream = self._stream, None
        if self._relaxing is not None:
            self._relaxing.cancel()
            await asyncio.wait({self._relaxing})
            self._relaxing = None
        if stream is not None:
            await stream.close()

    def _on_block(self, data: Any, frames: int, times: Any, flags: Any) -> None:
        stream = self._stream
        if stream is None or stream.rate_hz != self._queue.rate_hz:
            data[:] = bytes(len(data))
            return
        if flags.output_underflow:
            self._note_underrun(stream)
        delay_s = times.outputBufferDacTime - times.currentTime
        samples = self._queue.render(frames, time.perf_counter() + (delay_s if delay_s > 0.0 else stream.latency_s))
        if self._tap:
            self._tap(samples, stream.rate_hz)
        data[:] = samples.tobytes() if stream.channels == 1 else samples.repeat(stream.channels).tobytes()

    def _note_underrun(self, stream: DeviceStream) -> None:
        self._underruns += 1
        if self._queue.unrendered_s > 0.0 and self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop may be gone at exit
                self._loop.call_soon_threadsafe(self._relax_when_silent, stream)

    def _relax_when_silent(self, stream: DeviceStream) -> None:
        """Give the device a longer buffer, in a moment that nobody hears."""
        if stream is not self._stream or not stream.can_relax or not (self._relaxing is None or self._relaxing.done()):
            return
        if (wait_s := self.queued_s) > 0.0:
            asyncio.get_running_loop().call_later(wait_s + _LOOK_EVERY_S, self._relax_when_silent, stream)
        else:
            self._relaxing = asyncio.create_task(stream.relax(), name="relax speaker")

    @property
    def _held_back_s(self) -> float:
        return max(0.0, self._given / self._rate_hz - self._taken / self._queue.rate_hz)

    def _push_resampled(self, samples: Samples) -> None:
        self._taken += len(samples)
        self._queue.push(samples)

    def _flush_in_time(self) -> None:
        """Arrange that the end of a clause is played even if the next clause is late."""
        if self._flush is not None:
            self._flush.cancel()
        wait_s = max(0.0, self._queue.unrendered_s - _FLUSH_AHEAD_S)
        self._flush = asyncio.get_running_loop().call_later(wait_s, self._flush_now)

    def _flush_now(self) -> None:
        if self._resampler is not None:
            self._push_resampled(self._resampler.resample_chunk(np.zeros(0, dtype=np.float32), last=True))
        self._forget_held_back()

    def _forget_held_back(self) -> None:
        if self._flush is not None:
            self._flush.cancel()
        self._flush = self._resampler = None
        self._given = self._taken = 0


def _to_mono(raw: bytes, channels: int) -> Samples:
    samples: Samples = np.frombuffer(raw, dtype=np.float32)
    return samples if channels == 1 else samples.reshape(-1, channels).mean(axis=1, dtype=np.float32)


def _named(kind: str, name: str) -> str:
    return name if kind in name else f"{kind} {name}"
