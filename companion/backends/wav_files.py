"""Sound files as ears and mouth: the same conversation from a file, in real time or faster."""

from __future__ import annotations

import asyncio
import contextlib
import math
import wave
from collections.abc import AsyncGenerator, Generator, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

from companion.backends.playback import PlaybackQueue
from companion.backends.resampling import HearingBlocks
from companion.core.audio import BLOCK_S, BLOCK_SAMPLES, Samples
from companion.core.errors import AudioFileError, UsageError

if TYPE_CHECKING:
    from soundfile import SoundFile

_READ_S = 0.5
"""How much of a file is held in memory at a time."""

_SAVE_EVERY_S = 1.0
"""How often a recording on disk is made whole: the most that is lost if the program is killed."""

_ANOTHER_FILE = "Give a WAV file with sound in it."


def read_wav(path: Path) -> tuple[Samples, int]:
    """The whole file, mixed to mono, with its rate in Hz.

    Any rate, width and number of channels that libsndfile reads; of a truncated file, what is there.
    Samples that are not numbers count as silence. Raises AudioFileError.
    """
    with _open_sound(path) as file:
        rate_hz = int(file.samplerate)
        return np.concatenate(list(_mono_pieces(file, path))), rate_hz


def hearing_blocks(path: Path) -> Generator[Samples, None, None]:
    """The file as blocks of shape (320,) at 16 kHz, the last filled up with silence.

    Reads half a second at a time, so that the length of the file does not matter. Raises AudioFileError.
    """
    with _open_sound(path) as file:
        blocks = HearingBlocks(int(file.samplerate), live=False)
        for piece in _mono_pieces(file, path):
            yield from blocks.feed(piece)
        yield from blocks.finish()


def _open_sound(path: Path) -> SoundFile:
    import soundfile

    _check_readable(path)
    try:
        file = soundfile.SoundFile(path)
    except (soundfile.LibsndfileError, TypeError) as error:  # TypeError: a name that ends in .raw
        raise AudioFileError(f"{path} is not a sound file, or its beginning is damaged.", _ANOTHER_FILE) from error
    if file.frames == 0:
        file.close()
        raise AudioFileError(f"{path} holds no sound.", _ANOTHER_FILE)
    return file


def _check_readable(path: Path) -> None:
    try:
        if path.is_dir():
            raise AudioFileError(f"{path} is a folder, not a sound file.", _ANOTHER_FILE)
        if not path.exists():
            raise AudioFileError(f"There is no file {path}.", "Check the name.")
        if not path.is_file():
            raise AudioFileError(f"{path} is not a regular file.", _ANOTHER_FILE)
        with path.open("rb") as file:
            if not file.read(1):
                raise AudioFileError(f"{path} is empty.", _ANOTHER_FILE)
    except OSError as error:
        raise AudioFileError(f"{path} cannot be read ({error.strerror}).", "Check who may read it.") from error


def _mono_pieces(file: SoundFile, path: Path) -> Iterator[Samples]:
    import soundfile

    step = max(1, round(_READ_S * file.samplerate))
    while True:
        try:
            frames = file.read(step, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError as error:
            raise AudioFileError(f"{path} is damaged in the middle.", _ANOTHER_FILE) from error
        if len(frames) == 0:
            return
        usable = np.clip(np.nan_to_num(frames, copy=False, nan=0.0, posinf=0.0, neginf=0.0), -1.0, 1.0)
        yield np.ascontiguousarray(usable.mean(axis=1, dtype=np.float32))


class WavMicrophone:
    """A file as an ear: in real time, or in step with the listener. After its end it hears silence."""

    at_ease = False

    def __init__(self, path: Path, *, lockstep: bool = False, tail_s: float = 2.0) -> None:
        """Raises AudioFileError if the file cannot be used.

        `tail_s` is how much silence follows the file before it counts as exhausted: enough for the
        last words to be taken as a finished turn.
        """
        self._path = path
        self._lockstep = lockstep
        self._tail_blocks = math.ceil(tail_s / BLOCK_S)
        self._exhausted = False
        _open_sound(path).close()

    @property
    def name(self) -> str:
        return str(self._path)

    @property
    def lockstep(self) -> bool:
        return self._lockstep

    @property
    def latency_s(self) -> float:
        return 0.0

    @property
    def exhausted(self) -> bool:
        """True once all of the file and `tail_s` of silence have been heard: only silence follows."""
        return self._exhausted

    async def blocks(self) -> AsyncGenerator[Samples, None]:
        """Blocks of shape (320,) at 16 kHz, without end. Raises AudioFileError.

        In real time, each block is due at a time counted from the first, so that lateness never adds up.
        """
        self._exhausted = False
        loop = asyncio.get_running_loop()
        started_s = loop.time()
        with contextlib.closing(self._blocks_then_silence()) as blocks:
            for number, block in enumerate(blocks, start=1):
                late_s = loop.time() - (started_s + number * BLOCK_S)
                await asyncio.sleep(0.0 if self._lockstep else max(0.0, -late_s))
                yield block

    def _blocks_then_silence(self) -> Generator[Samples, None, None]:
        yield from hearing_blocks(self._path)
        silent: Samples = np.zeros(BLOCK_SAMPLES, dtype=np.float32)
        for _ in range(self._tail_blocks):
            yield silent.copy()
        self._exhausted = True
        while True:
            yield silent.copy()


class TickedSpeaker:
    """A mouth whose clock is the audio received: what is played in a tick is heard in that tick."""

    def __init__(self, name: str, rate_hz: int) -> None:
        self._name = name
        self._queue = PlaybackQueue(rate_hz)
        self._clock_s = 0.0
        self._rendered = 0

    @property
    def name(self) -> str:
        return self._name

    @property
    def rate_hz(self) -> int:
        return self._queue.rate_hz

    def begin(self) -> None:
        self._queue.begin()

    def play(self, samples: Samples) -> None:
        self._queue.push(np.array(samples, dtype=np.float32))

    def stop(self) -> float:
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
        return self._queue.position_s(math.inf)

    @property
    def queued_s(self) -> float:
        return self._queue.queued_s(math.inf)

    @property
    def level_db(self) -> float:
        return self._queue.level_db(self._clock_s)

    @property
    def underruns(self) -> int:
        return 0

    @property
    def lost(self) -> bool:
        return False

    def tick(self, duration_s: float) -> None:
        self._clock_s += duration_s
        due = round(self._clock_s * self.rate_hz) - self._rendered
        self._rendered += due
        self._write(self._queue.render(due, self._clock_s))

    async def open(self) -> None:
        """Nothing to open."""

    async def close(self) -> None:
        """Nothing to close."""

    def _write(self, samples: Samples) -> None:
        """What becomes of the samples that were heard."""


class SilentSpeaker(TickedSpeaker):
    """A mouth that nobody hears, which still takes its time to speak."""

    def __init__(self, rate_hz: int) -> None:
        super().__init__("silence", rate_hz)


class WavSpeaker(TickedSpeaker):
    """A mouth that writes 16-bit mono WAV: all that was heard, and the silence between, on the clock of ticks.

    When the file can be written no more, one `tick` raises AudioFileError; from then on nobody hears
    her, and she goes on all the same.
    """

    def __init__(self, path: Path, rate_hz: int) -> None:
        super().__init__(str(path), rate_hz)
        self._path = path
        self._file: IO[bytes] | None = None
        self._wav: wave.Wave_write | None = None
        self._unsaved = 0

    async def open(self) -> None:
        """Create the file, or overwrite it. Raises UsageError if that cannot be."""
        if self._wav is not None:
            return
        try:
            self._file = self._path.open("wb")
        except OSError as error:
            raise UsageError(
                f"{self._path} cannot be written ({error.strerror}).", "Choose a folder that exists and is yours."
            ) from error
        self._wav = wave.open(self._file, "wb")  # noqa: SIM115 - `close` closes it
        self._wav.setparams((1, 2, self.rate_hz, 0, "NONE", "not compressed"))

    async def close(self) -> None:
        """Finish the file. Raises AudioFileError if its end cannot be written."""
        if self._wav is None:
            return
        try:
            self._wav.close()
        except OSError as error:
            raise self._given_up(error) from error
        self._let_go()

    def _write(self, samples: Samples) -> None:
        if self._wav is None:
            return
        pcm = np.round(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        try:
            self._wav.writeframesraw(pcm)
            self._unsaved += len(samples)
            if self._unsaved >= _SAVE_EVERY_S * self.rate_hz:
                self._save()
        except OSError as error:
            raise self._given_up(error) from error

    def _save(self) -> None:
        assert self._wav is not None and self._file is not None
        self._wav.writeframes(b"")  # unlike writeframesraw, this brings the header up to date
        self._file.flush()
        self._unsaved = 0

    def _given_up(self, error: OSError) -> AudioFileError:
        self._let_go()
        return AudioFileError(
            f"The recording {self._path} cannot be written any further ({error.strerror}).",
            "Make room on the disk; the conversation goes on without a recording.",
        )

    def _let_go(self) -> None:
        for part in (self._wav, self._file):
            with contextlib.suppress(OSError):
                if part is not None:
                    part.close()
        self._file = self._wav = None
