"""Sound files of every kind, and of none."""

from __future__ import annotations

import asyncio
import errno
import os
import resource
import subprocess
import sys
import wave
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest
import soundfile

from companion.backends.wav_files import WavMicrophone, WavSpeaker, hearing_blocks, read_wav
from companion.core.audio import Samples
from companion.core.errors import AudioFileError, UsageError


def tone(duration_s: float, rate_hz: int, hz: float = 440.0, amplitude: float = 0.5) -> Samples:
    return (amplitude * np.sin(2 * np.pi * hz * np.arange(round(duration_s * rate_hz)) / rate_hz)).astype(np.float32)


def correlation(a: Samples, b: Samples) -> float:
    return float(np.corrcoef(a, b)[0, 1])


async def take(microphone: WavMicrophone, count: int) -> Samples:
    async with aclosing(microphone.blocks()) as blocks:
        return np.concatenate([await anext(blocks) for _ in range(count)])


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
def test_any_rate_and_width_sounds_the_same(tmp_path: Path, rate_hz: int, subtype: str) -> None:
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(1.0, rate_hz), rate_hz, subtype=subtype)
    heard = np.concatenate(list(hearing_blocks(path)))
    assert heard.dtype == np.float32
    assert len(heard) == 16_000
    assert correlation(heard[400:-400], tone(1.0, 16_000)[400:-400]) > 0.999
    assert np.sqrt(np.mean(heard[400:-400] ** 2)) == pytest.approx(0.5 / 2**0.5, rel=0.02)


def test_channels_are_mixed(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    left, right = tone(0.2, 16_000), tone(0.2, 16_000, hz=1000.0)
    soundfile.write(path, np.stack([left, right], axis=1), 16_000, subtype="FLOAT")
    samples, rate_hz = read_wav(path)
    assert rate_hz == 16_000
    np.testing.assert_allclose(samples, (left + right) / 2, atol=1e-6)


def test_what_is_no_number_is_silence_and_what_is_too_loud_is_clipped(tmp_path: Path) -> None:
    path = tmp_path / "odd.wav"
    given = np.array([0.1, np.nan, np.inf, -np.inf, 7.0, -7.0, 0.2], dtype=np.float32)
    soundfile.write(path, given, 16_000, subtype="FLOAT")
    samples, _ = read_wav(path)
    np.testing.assert_allclose(samples, [0.1, 0.0, 0.0, 0.0, 1.0, -1.0, 0.2], atol=1e-6)


def test_of_a_truncated_file_what_is_there_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "cut.wav"
    soundfile.write(path, tone(1.0, 16_000), 16_000, subtype="PCM_16")
    path.write_bytes(path.read_bytes()[: 44 + 2 * 4000 + 1])
    samples, _ = read_wav(path)
    np.testing.assert_allclose(samples, tone(0.25, 16_000), atol=1e-4)


def make_empty(path: Path) -> None:
    path.touch()


def make_truncated_header(path: Path) -> None:
    soundfile.write(path, tone(0.1, 16_000), 16_000)
    path.write_bytes(path.read_bytes()[:20])


def make_text(path: Path) -> None:
    path.write_text("This is not a sound.\n" * 100)


def make_folder(path: Path) -> None:
    path.mkdir()


def make_soundless(path: Path) -> None:
    soundfile.write(path, np.zeros(0), 16_000)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (make_nothing, "There is no file"),
        (make_empty, "is empty"),
        (make_truncated_header, "is not a sound file, or its beginning is damaged"),
        (make_text, "is not a sound file"),
        (make_folder, "is a folder"),
        (make_soundless, "holds no sound"),
        (make_pipe, "is not a regular file"),
    ],
)
def test_what_cannot_be_heard_is_told_plainly(tmp_path: Path, make: Callable[[Path], None], says: str) -> None:
    path = tmp_path / "x.wav"
    make(path)
    for use in (read_wav, WavMicrophone):
        with pytest.raises(AudioFileError) as caught:
            use(path)
        assert says in caught.value.message and str(path) in caught.value.message
        assert caught.value.hint


def test_a_name_without_a_known_ending(tmp_path: Path) -> None:
    path = tmp_path / "x.raw"
    make_text(path)
    with pytest.raises(AudioFileError, match="is not a sound file"):
        read_wav(path)


def test_a_file_of_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    path = tmp_path / "theirs.wav"
    soundfile.write(path, tone(0.1, 16_000), 16_000)
    monkeypatch.setattr(Path, "open", refuse)  # root, as whom tests may run, can read everything
    with pytest.raises(AudioFileError, match=r"cannot be read \(Permission denied\)"):
        read_wav(path)


async def test_blocks_are_the_file_then_silence_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(0.05, 16_000), 16_000, subtype="FLOAT")
    microphone = WavMicrophone(path, lockstep=True, tail_s=0.1)
    said = []
    async with aclosing(microphone.blocks()) as blocks:
        heard = [await anext(blocks)]
        for _ in range(11):
            said.append(microphone.exhausted)
            heard.append(await anext(blocks))
    assert all(block.shape == (320,) and block.dtype == np.float32 for block in heard)
    whole = np.concatenate(heard)
    np.testing.assert_allclose(whole[:800], tone(0.05, 16_000), atol=1e-6)
    assert not whole[800:].any()
    assert said.index(True) == 8, "three blocks of sound and five of tail"


async def test_real_time_does_not_drift(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(1.0, 16_000), 16_000)
    loop = asyncio.get_running_loop()
    started_s = loop.time()
    async with aclosing(WavMicrophone(path).blocks()) as blocks:
        for number in range(1, 51):
            await anext(blocks)
            assert loop.time() - started_s >= number * 0.020 - 0.001, "a block came before it could have been heard"
            if number == 10:
                await asyncio.sleep(0.1)
    assert loop.time() - started_s == pytest.approx(1.0, abs=0.05), "the late listener caught up"


async def test_lockstep_goes_as_fast_as_it_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(10.0, 16_000), 16_000)
    loop = asyncio.get_running_loop()
    started_s = loop.time()
    await take(WavMicrophone(path, lockstep=True), 500)
    assert loop.time() - started_s < 2.0


def test_an_hour_needs_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    path = tmp_path / "hour.wav"
    with soundfile.SoundFile(path, "w", 44_100, 2, "PCM_16") as file:
        minute = np.repeat(tone(60.0, 44_100)[:, np.newaxis], 2, axis=1)
        for _ in range(60):
            file.write(minute)
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from companion.backends.wav_files import hearing_blocks\n"
        "blocks = hearing_blocks(Path(sys.argv[1]))\n"
        "[next(blocks) for _ in range(3000)]\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "rest = sum(1 for _ in blocks)\n"
        "print(rest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    rest, growth_kib = map(int, done.stdout.split())
    assert rest == 50 * 3600 - 3000
    assert growth_kib < 10_000


async def test_a_recording_lines_up_with_the_ticks(tmp_path: Path) -> None:
    path = tmp_path / "said.wav"
    speaker = WavSpeaker(path, 22_050)
    await speaker.open()
    speaker.begin()
    for number in range(100):
        if number == 25:
            speaker.play(tone(0.5, 22_050))
        speaker.tick(0.02)
    await speaker.close()
    samples, rate_hz = read_wav(path)
    assert (len(samples), rate_hz) == (44_100, 22_050)
    start = round(0.5 * 22_050)
    assert not samples[:start].any()
    np.testing.assert_allclose(samples[start : start + 11_025], tone(0.5, 22_050), atol=1e-4)
    assert not samples[start + 11_025 :].any()
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)


def test_a_recording_outlives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "said.wav"
    program = (
        "import asyncio, os, signal, sys\n"
        "import numpy as np\n"
        "from pathlib import Path\n"
        "from companion.backends.wav_files import WavSpeaker\n"
        "speaker = WavSpeaker(Path(sys.argv[1]), 16_000)\n"
        "asyncio.run(speaker.open())\n"
        "speaker.play(np.full(160_000, 0.5, dtype=np.float32))\n"
        "[speaker.tick(0.02) for _ in range(199)]\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert done.returncode == -9
    samples, _ = read_wav(path)
    assert 3.0 * 16_000 <= len(samples) <= 4.0 * 16_000
    np.testing.assert_allclose(samples[:48_000], 0.5, atol=1e-4)


async def test_a_full_disk_is_told_once_and_she_goes_on(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    speaker = WavSpeaker(tmp_path / "said.wav", 16_000)
    await speaker.open()
    speaker.begin()
    speaker.play(tone(4.0, 16_000))
    told = []
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        for _ in range(150):
            try:
                speaker.tick(0.02)
            except AudioFileError as error:
                told.append(error)
        await speaker.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [error.hint for error in told] == ["Make room on the disk; the conversation goes on without a recording."]
    assert speaker.position_s == pytest.approx(3.0)
    assert speaker.queued_s == pytest.approx(1.0)


@pytest.mark.parametrize("where", ["missing/said.wav", "."])
async def test_a_place_that_cannot_be_written(tmp_path: Path, where: str) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        await WavSpeaker(tmp_path / where, 16_000).open()
