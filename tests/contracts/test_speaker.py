"""What every speaker does, real or of a file; and what a real one does to the sound."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from companion.backends.sound_devices import LiveSpeaker
from companion.backends.thread_priority import REALTIME_PRIORITY
from companion.backends.wav_files import SilentSpeaker, WavSpeaker
from companion.core.audio import SILENCE_DB, Samples
from companion.core.engines import Speaker
from companion.core.errors import DeviceError
from tests.signals import babble, find, tone
from tests.sound_server import RECORDING_RATE_HZ, SoundServer

RATE_HZ = 22_050
DEADLINE_S = 10.0
POSITION_TOLERANCE_S = 0.040


async def until(speaker: Speaker, true: Callable[[], bool]) -> None:
    """Let time pass for `speaker`, in real time and in ticks, until `true()`."""
    deadline_s = time.monotonic() + DEADLINE_S
    while not true():
        assert time.monotonic() < deadline_s, "the speaker did not come so far"
        speaker.tick(0.02)
        await asyncio.sleep(0.002 if isinstance(speaker, LiveSpeaker) else 0.0)


def loudness(heard: Samples) -> float:
    """The amplitude of a tone, clicks aside: on a busy machine the device may run dry."""
    return float(np.percentile(np.abs(heard), 99.0))


def is_lost(speaker: Speaker) -> bool:
    """`speaker.lost`, asked anew."""
    return speaker.lost


def priorities() -> list[int]:
    """In real time, of the threads of this process; 0 for an ordinary one."""
    return [os.sched_getparam(int(task.name)).sched_priority for task in Path("/proc/self/task").iterdir()]


def real_time_is_given() -> bool:
    if sys.platform != "linux":
        return False
    with ThreadPoolExecutor(1) as short_lived, contextlib.suppress(PermissionError):
        short_lived.submit(os.sched_setscheduler, 0, os.SCHED_RR, os.sched_param(REALTIME_PRIORITY)).result()
        return True
    return False


@pytest.fixture(params=["silent", "file", pytest.param("device", marks=pytest.mark.alone)])
async def speaker(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Speaker]:
    made: Speaker
    if request.param == "device":
        request.getfixturevalue("sound_server")
        made = LiveSpeaker("", RATE_HZ)
    else:
        made = SilentSpeaker(RATE_HZ) if request.param == "silent" else WavSpeaker(tmp_path / "said.wav", RATE_HZ)
    await made.open()
    made.begin()
    yield made
    await made.close()


@pytest.mark.skipif(not real_time_is_given(), reason="no real time for this user")
@pytest.mark.parametrize("speaker", ["device"], indirect=True)
async def test_its_thread_goes_before_those_that_compute(speaker: Speaker) -> None:
    speaker.play(tone(0.1, RATE_HZ))
    await until(speaker, lambda: speaker.position_s > 0.0)
    assert REALTIME_PRIORITY in priorities()


async def test_its_level_is_that_of_what_is_heard_gain_included(speaker: Speaker) -> None:
    assert speaker.level_db == SILENCE_DB
    speaker.set_gain(0.1)
    speaker.play(tone(0.4, RATE_HZ, amplitude=0.5))
    await until(speaker, lambda: speaker.position_s > 0.2)
    assert speaker.level_db == pytest.approx(20 * np.log10(0.1 * 0.5 / np.sqrt(2)), abs=1.0)
    await until(speaker, lambda: speaker.queued_s == 0.0 and speaker.level_db == SILENCE_DB)


async def test_all_that_is_queued_is_heard_and_nothing_is_lost_on_the_way(speaker: Speaker) -> None:
    speaker.play(babble(0.4, RATE_HZ))
    positions = []

    def heard() -> bool:
        positions.append(speaker.position_s)
        assert speaker.position_s + speaker.queued_s == pytest.approx(0.4, abs=0.001)
        return speaker.queued_s == 0.0

    await until(speaker, heard)
    assert positions[0] <= 0.05
    assert all(later >= earlier for earlier, later in pairwise(positions))
    assert speaker.position_s == pytest.approx(0.4, abs=0.001)


async def test_the_silence_before_a_late_clause_does_not_count(speaker: Speaker) -> None:
    for count in (1, 2):
        speaker.play(tone(0.1, RATE_HZ))
        await until(speaker, lambda: speaker.queued_s == 0.0)
        for _ in range(10):
            await until(speaker, lambda: True)
            speaker.tick(0.02)
        assert speaker.position_s == pytest.approx(count * 0.1, abs=0.001)


async def test_pieces_of_any_length_add_up(speaker: Speaker) -> None:
    sound = babble(0.2, RATE_HZ)
    for piece in np.split(sound, [1, 1, 200, 4000]):
        speaker.play(piece)
    await until(speaker, lambda: speaker.queued_s == 0.0)
    assert speaker.position_s == pytest.approx(0.2, abs=0.001)


async def test_stop_says_what_was_heard_and_holds_to_it(speaker: Speaker) -> None:
    speaker.play(babble(2.0, RATE_HZ))
    await until(speaker, lambda: speaker.position_s > 0.3)
    before_s = speaker.position_s
    stopped_s = speaker.stop()
    assert before_s <= stopped_s <= before_s + 0.25
    await until(speaker, lambda: speaker.queued_s == 0.0)
    assert speaker.position_s == stopped_s
    assert speaker.stop() == stopped_s


async def test_stop_before_the_first_sound(speaker: Speaker) -> None:
    assert speaker.stop() == 0.0


async def test_begin_starts_again_at_zero(speaker: Speaker) -> None:
    speaker.play(babble(2.0, RATE_HZ))
    await until(speaker, lambda: speaker.position_s > 0.1)
    speaker.begin()
    assert (speaker.position_s, speaker.queued_s) == (0.0, 0.0)
    speaker.play(tone(0.1, RATE_HZ))
    await until(speaker, lambda: speaker.queued_s == 0.0)
    assert speaker.position_s == pytest.approx(0.1, abs=0.001)


async def test_loudness_changes_no_position(speaker: Speaker) -> None:
    speaker.set_gain(0.2)
    speaker.play(tone(0.1, RATE_HZ))
    speaker.set_gain(0.0)
    await until(speaker, lambda: speaker.queued_s == 0.0)
    assert speaker.position_s == pytest.approx(0.1, abs=0.001)


async def test_open_and_close_may_be_said_twice(speaker: Speaker) -> None:
    await speaker.open()
    assert not speaker.lost and speaker.name and speaker.rate_hz == RATE_HZ
    await speaker.close()
    await speaker.close()
    await speaker.open()
    speaker.begin()
    speaker.play(tone(0.1, RATE_HZ))
    await until(speaker, lambda: speaker.queued_s == 0.0)
    assert not speaker.lost


@pytest.fixture
async def device(sound_server: SoundServer) -> AsyncIterator[LiveSpeaker]:
    made = LiveSpeaker("", RATE_HZ)
    await made.open()
    made.begin()
    yield made
    await made.close()


async def test_what_comes_out_is_what_was_played(device: LiveSpeaker, sound_server: SoundServer) -> None:
    sound = babble(2.0, RATE_HZ)
    with sound_server.record() as recording:
        for piece in np.split(sound, [3_000, 3_100, 30_000]):
            device.play(piece)
        await until(device, lambda: device.queued_s == 0.0)
        await asyncio.to_thread(recording.wait_for_s, 0.3)
    expected = babble(2.0, RECORDING_RATE_HZ)
    found = find(expected, recording.samples)
    assert found.correlation >= 0.98
    rest = np.delete(recording.samples, np.s_[found.start - 20 : found.start + len(expected) + 20])
    assert np.abs(rest).max() < 0.01, "nothing else is heard"


async def test_the_position_is_that_of_the_sound_in_the_air(device: LiveSpeaker, sound_server: SoundServer) -> None:
    noted: list[tuple[float, float]] = []

    def heard() -> bool:
        noted.append((time.monotonic(), device.position_s))
        return device.queued_s == 0.0

    with sound_server.record() as recording:
        device.play(babble(1.5, RATE_HZ))
        await until(device, heard)
        await asyncio.to_thread(recording.wait_for_s, 0.3)
    index = find(babble(1.5, RECORDING_RATE_HZ), recording.samples).start
    began_s = recording.started_s + index / RECORDING_RATE_HZ
    errors_s = [position_s - (at_s - began_s) for at_s, position_s in noted if 0.2 < position_s < 1.4]
    assert len(errors_s) > 20
    assert abs(float(np.median(errors_s))) <= POSITION_TOLERANCE_S


async def test_after_a_stop_the_recording_holds_what_was_said_to_be_heard(
    device: LiveSpeaker, sound_server: SoundServer
) -> None:
    with sound_server.record() as recording:
        device.play(tone(3.0, RATE_HZ))
        await until(device, lambda: device.position_s > 0.4)
        stopped_s = device.stop()
        at_s = time.monotonic()
        await asyncio.to_thread(recording.wait_for_s, 0.5)
    audible = np.nonzero(np.abs(recording.samples) > 0.001)[0]
    recorded_s = (audible[-1] - audible[0]) / RECORDING_RATE_HZ
    assert stopped_s == pytest.approx(recorded_s, abs=POSITION_TOLERANCE_S)
    silent_after_s = recording.started_s + audible[-1] / RECORDING_RATE_HZ - at_s
    assert silent_after_s <= 0.2


async def test_ducked_is_quieter_by_as_much_as_was_asked(device: LiveSpeaker, sound_server: SoundServer) -> None:
    with sound_server.record() as recording:
        device.play(tone(1.0, RATE_HZ))
        await until(device, lambda: device.position_s > 0.4)
        device.set_gain(0.2)
        await until(device, lambda: device.queued_s == 0.0)
        await asyncio.to_thread(recording.wait_for_s, 0.3)
    audible = np.nonzero(np.abs(recording.samples) > 0.02)[0]
    heard = recording.samples[audible[0] : audible[-1]]
    quarter = RECORDING_RATE_HZ // 4
    assert np.abs(heard[:quarter]).max() == pytest.approx(0.5, rel=0.05)
    assert np.abs(heard[-quarter:]).max() == pytest.approx(0.1, rel=0.05)


async def test_a_speaker_that_dies_is_lost_until_it_can_be_opened_again(
    device: LiveSpeaker, sound_server: SoundServer
) -> None:
    device.play(tone(3.0, RATE_HZ))
    await until(device, lambda: device.position_s > 0.2)
    sound_server.kill()
    killed_s = time.monotonic()
    await until(device, lambda: device.lost)
    assert time.monotonic() - killed_s < 2.0
    assert 0.2 < device.stop() < 3.0, "what was heard is still known"
    await device.close()
    with pytest.raises(DeviceError) as caught:
        await device.open()
    assert "companion devices" in caught.value.hint
    assert is_lost(device)
    sound_server.start()
    await device.open()
    assert not is_lost(device)
    device.begin()
    with sound_server.record() as recording:
        device.play(babble(0.5, RATE_HZ))
        await until(device, lambda: device.queued_s == 0.0)
        await asyncio.to_thread(recording.wait_for_s, 0.3)
    assert find(babble(0.5, RECORDING_RATE_HZ), recording.samples).correlation >= 0.98


def stall(duration_s: float) -> None:
    """Keep every thread of this process from running Python, as a library does that holds the interpreter lock."""
    ctypes.PyDLL(None).usleep(round(duration_s * 1e6))


async def test_a_device_that_ran_dry_in_her_voice_is_given_more_time(
    device: LiveSpeaker, sound_server: SoundServer
) -> None:
    short_s = device.latency_s
    device.play(tone(0.6, RATE_HZ))
    await until(device, lambda: device.position_s > 0.1)
    stall(0.3)
    await until(device, lambda: device.latency_s > short_s)
    assert device.queued_s == 0.0, "nobody hears the moment in which the buffer is made longer"
    assert not device.lost
    device.begin()
    with sound_server.record() as recording:
        device.play(babble(0.5, RATE_HZ))
        await until(device, lambda: device.queued_s == 0.0)
        await asyncio.to_thread(recording.wait_for_s, 0.3)
    assert find(babble(0.5, RECORDING_RATE_HZ), recording.samples).correlation >= 0.98


async def test_running_dry_in_silence_changes_nothing(device: LiveSpeaker) -> None:
    short_s = device.latency_s
    stall(0.3)
    await until(device, lambda: device.underruns > 0)
    device.play(tone(0.2, RATE_HZ))
    await until(device, lambda: device.queued_s == 0.0)
    assert device.latency_s == short_s


@pytest.mark.parametrize("name", ["pulse:headset", "HEADset"])
async def test_a_speaker_plugged_in_later_is_taken_by_name(sound_server: SoundServer, name: str) -> None:
    sound_server.add_sink("headset")
    device = LiveSpeaker(name, RATE_HZ)
    await device.open()
    assert device.name == "pulse:headset"
    device.begin()
    with sound_server.record("headset.monitor") as recording:
        device.play(babble(0.5, RATE_HZ))
        await until(device, lambda: device.queued_s == 0.0)
        await asyncio.to_thread(recording.wait_for_s, 0.3)
    await device.close()
    assert find(babble(0.5, RECORDING_RATE_HZ), recording.samples).correlation >= 0.98


async def test_a_speaker_that_is_pulled_out_gives_way_to_the_default(sound_server: SoundServer) -> None:
    sound_server.add_sink("headset")
    device = LiveSpeaker("pulse:headset", RATE_HZ)
    await device.open()
    device.begin()
    device.play(tone(5.0, RATE_HZ))
    await until(device, lambda: device.position_s > 0.2)
    with sound_server.record() as recording:
        sound_server.remove_sink("headset")
        await asyncio.to_thread(recording.wait_for_s, 1.0)
    await device.close()
    assert loudness(recording.samples[-8000:]) == pytest.approx(0.5, rel=0.05)


async def test_the_default_is_followed_in_mid_sentence(device: LiveSpeaker, sound_server: SoundServer) -> None:
    device.play(tone(8.0, RATE_HZ))
    await until(device, lambda: device.position_s > 0.2)
    sound_server.add_sink("headset")
    for sink in ("headset", "speaker"):
        sound_server.set_default_sink(sink)
        sound_server.wait_for_use(sink)
        with sound_server.record(f"{sink}.monitor") as recording:
            await asyncio.to_thread(recording.wait_for_s, 0.5)
        assert loudness(recording.samples[-1600:]) == pytest.approx(0.5, rel=0.05)
    assert not device.lost


async def test_a_named_speaker_is_gone_back_to(sound_server: SoundServer) -> None:
    sound_server.add_sink("headset")
    device = LiveSpeaker("headset", RATE_HZ)
    await device.open()
    device.begin()
    device.play(tone(20.0, RATE_HZ))
    await until(device, lambda: device.position_s > 0.2)
    sound_server.remove_sink("headset")
    sound_server.wait_for_use("speaker")
    sound_server.add_sink("headset")
    sound_server.wait_for_use("headset")
    with sound_server.record("headset.monitor") as recording:
        await asyncio.to_thread(recording.wait_for_s, 0.5)
    assert loudness(recording.samples[-1600:]) == pytest.approx(0.5, rel=0.05)
    assert not device.lost
    await device.close()


async def test_a_speaker_that_is_none_counts_as_lost(device: LiveSpeaker, sound_server: SoundServer) -> None:
    device.play(tone(5.0, RATE_HZ))
    sound_server.add_sink("auto_null")  # what sound servers offer when nothing is plugged in
    for sink in ("speaker", "mic_in"):
        sound_server.remove_sink(sink)
    await until(device, lambda: device.lost)
    await device.close()
    with pytest.raises(DeviceError, match="There is no speaker"):
        await device.open()
    sound_server.add_sink("speaker")
    await device.open()
    assert not is_lost(device)


async def test_an_unknown_name(sound_server: SoundServer) -> None:
    for name in ("no such thing", "pulse:no such thing"):
        device = LiveSpeaker(name, RATE_HZ)
        with pytest.raises(DeviceError) as caught:
            await device.open()
        assert "no such thing" in caught.value.message and "companion devices" in caught.value.hint
