"""What every microphone does, real or of a file; and that a real one hears aright."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest
import soundfile

from companion.backends import sound_devices
from companion.backends.sound_devices import LiveMicrophone, LiveSpeaker
from companion.backends.wav_files import WavMicrophone
from companion.core.audio import Samples
from companion.core.engines import Microphone
from companion.core.errors import DeviceError
from tests.signals import babble, find, tone
from tests.sound_server import SoundServer

RATE_HZ = 16_000


class Listening:
    """Listens from its start to its end, and keeps what it heard, and when."""

    def __init__(self, microphone: Microphone) -> None:
        self.blocks: list[Samples] = []
        self.at_s: list[float] = []
        self._grown = asyncio.Event()
        self.task = asyncio.create_task(self._listen(microphone))

    @property
    def heard(self) -> Samples:
        return np.concatenate(self.blocks)

    async def more(self, duration_s: float) -> None:
        """Return when this much more has been heard."""
        enough = len(self.blocks) + round(duration_s / 0.02)
        while len(self.blocks) < enough and not self.task.done():
            self._grown.clear()
            await asyncio.wait({asyncio.create_task(self._grown.wait()), self.task}, return_when="FIRST_COMPLETED")
        if self.task.done():
            self.task.result()

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.wait({self.task})

    async def _listen(self, microphone: Microphone) -> None:
        try:
            async with aclosing(microphone.blocks()) as blocks:
                async for block in blocks:
                    self.blocks.append(block)
                    self.at_s.append(time.monotonic())
                    self._grown.set()
        finally:
            self._grown.set()


Speak = Callable[[Samples, int], Awaitable[None]]


@pytest.fixture(params=["file", "file in lockstep", pytest.param("device", marks=pytest.mark.alone)])
def microphone(request: pytest.FixtureRequest, tmp_path: Path) -> Microphone:
    """A microphone that hears babble of a second, at once or when it is spoken."""
    if request.param == "device":
        request.getfixturevalue("sound_server")
        return LiveMicrophone()
    path = tmp_path / "said.wav"
    soundfile.write(path, babble(1.0, 48_000), 48_000, subtype="FLOAT")
    return WavMicrophone(path, lockstep=request.param == "file in lockstep")


@pytest.fixture
def speak(microphone: Microphone, request: pytest.FixtureRequest) -> Speak:
    async def into_device(samples: Samples, rate_hz: int) -> None:
        await asyncio.to_thread(request.getfixturevalue("sound_server").speak, samples, rate_hz)

    async def in_the_file_already(_samples: Samples, _rate_hz: int) -> None:
        return None

    return into_device if isinstance(microphone, LiveMicrophone) else in_the_file_already


@pytest.fixture
async def listening(microphone: Microphone) -> AsyncIterator[Listening]:
    made = Listening(microphone)
    yield made
    await made.end()


async def test_what_is_said_is_heard_without_gaps(listening: Listening, speak: Speak) -> None:
    await listening.more(0.02)
    await speak(babble(1.0, 48_000), 48_000)
    await listening.more(1.3)
    assert find(babble(1.0, RATE_HZ), listening.heard).correlation >= 0.98


async def test_blocks_are_of_one_kind(listening: Listening) -> None:
    await listening.more(0.4)
    assert {(block.shape, block.dtype.name) for block in listening.blocks} == {((320,), "float32")}


async def test_it_can_be_listened_to_again(microphone: Microphone, speak: Speak) -> None:
    for _ in range(2):
        again = Listening(microphone)
        await again.more(0.02)
        await speak(babble(1.0, 48_000), 48_000)
        await again.more(1.3)
        await again.end()
        assert find(babble(1.0, RATE_HZ), again.heard).correlation >= 0.98


async def test_it_tells_of_itself(microphone: Microphone) -> None:
    assert microphone.name
    assert not microphone.exhausted
    assert 0.0 <= microphone.latency_s < 0.1


@pytest.fixture
async def live(sound_server: SoundServer) -> AsyncIterator[Listening]:
    made = Listening(LiveMicrophone())
    await made.more(0.1)
    yield made
    await made.end()


async def test_at_ease_it_hands_over_several_blocks_at_once_and_loses_none(sound_server: SoundServer) -> None:
    microphone = LiveMicrophone()
    live = Listening(microphone)
    try:
        await live.more(0.1)
        microphone.at_ease = True
        await live.more(0.4)
        begin = len(live.blocks)
        await asyncio.to_thread(sound_server.speak, babble(1.0, 48_000), 48_000)
        await live.more(0.5)
        pauses = np.diff(live.at_s[begin:])
        assert np.count_nonzero(pauses > 0.05) <= 0.2 * len(pauses), "most come with the one before"
        microphone.at_ease = False
        await live.more(0.3)
        in_time = len(live.blocks)
        await live.more(0.4)
        assert np.median(np.diff(live.at_s[in_time:])) > 0.01, "each by itself"
    finally:
        await live.end()
    assert find(babble(1.0, RATE_HZ), live.heard).correlation >= 0.98


async def test_pitch_and_level_are_true(live: Listening, sound_server: SoundServer) -> None:
    await asyncio.to_thread(sound_server.speak, tone(1.0, 44_100, hz=1000.0, amplitude=0.25), 44_100)
    await live.more(0.2)
    loud = np.nonzero(np.abs(live.heard) > 0.1)[0]
    heard = live.heard[loud[0] + 1600 : loud[0] + 1600 + 8000]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert np.argmax(spectrum) * RATE_HZ / len(heard) == pytest.approx(1000.0, abs=2.0)
    assert np.sqrt(np.mean(heard**2)) == pytest.approx(0.25 / 2**0.5, rel=0.03)


async def test_latency_is_what_is_claimed(live: Listening, sound_server: SoundServer) -> None:
    sound = babble(1.0, 48_000)
    with sound_server.record("mic_in.monitor") as recording:
        await asyncio.to_thread(sound_server.speak, sound, 48_000)
        await live.more(0.3)
    expected = babble(1.0, RATE_HZ)
    said_s = recording.started_s + find(expected, recording.samples).start / RATE_HZ
    start = find(expected, live.heard).start
    ages_s = [
        live.at_s[number] - (said_s + ((number + 1) * 320 - start) / RATE_HZ)
        for number in range(start // 320 + 2, start // 320 + 45)
    ]
    assert float(np.median(ages_s)) == pytest.approx(LiveMicrophone().latency_s, abs=0.025)


async def test_a_microphone_that_dies_is_told_and_can_be_opened_again(
    live: Listening, sound_server: SoundServer
) -> None:
    sound_server.kill()
    killed_s = time.monotonic()
    await asyncio.wait({live.task}, timeout=5.0)
    assert time.monotonic() - killed_s < 2.0
    error = live.task.exception()
    assert isinstance(error, DeviceError)
    assert "microphone has gone" in error.message and "companion devices" in error.hint
    for _ in range(2):
        with pytest.raises(DeviceError, match="There is no microphone"):
            await anext(LiveMicrophone().blocks())
    sound_server.start()
    again = Listening(LiveMicrophone())
    await again.more(0.1)
    await asyncio.to_thread(sound_server.speak, babble(0.5, 48_000), 48_000)
    await again.more(0.3)
    await again.end()
    assert find(babble(0.5, RATE_HZ), again.heard).correlation >= 0.98


async def test_both_come_back_after_the_sound_server_died(live: Listening, sound_server: SoundServer) -> None:
    speaker = LiveSpeaker()
    await speaker.open()
    sound_server.kill()
    await asyncio.wait({live.task}, timeout=5.0)
    sound_server.start()
    again = Listening(LiveMicrophone())
    await again.more(0.1)
    assert speaker.lost
    await speaker.close()
    await speaker.open()
    speaker.begin()
    with sound_server.record() as recording:
        speaker.play(tone(0.2, speaker.rate_hz))
        await again.more(0.6)
    assert np.abs(recording.samples).max() > 0.4
    await again.end()
    await speaker.close()


async def test_a_sound_server_that_hangs_is_as_good_as_dead(live: Listening, sound_server: SoundServer) -> None:
    sound_server.freeze()
    frozen_s = time.monotonic()
    try:
        await asyncio.wait({live.task}, timeout=5.0)
        assert time.monotonic() - frozen_s < 2.0
        assert isinstance(live.task.exception(), DeviceError)
        with pytest.raises(DeviceError, match="does not answer"):
            await anext(LiveMicrophone().blocks())
    finally:
        sound_server.thaw()
    again = Listening(LiveMicrophone())
    await again.more(0.1)
    await again.end()


async def test_a_search_in_vain_disturbs_nobody(live: Listening, sound_server: SoundServer) -> None:
    assert not sound_devices.SOUND.rescan()
    await live.more(0.1)
    await live.end()
    assert sound_devices.SOUND.rescan()


async def test_looking_anew_lets_open_streams_go_on(live: Listening, sound_server: SoundServer) -> None:
    speaker = LiveSpeaker()
    await speaker.open()
    await asyncio.to_thread(sound_devices.reinitialise)
    await live.more(0.2)
    await asyncio.to_thread(sound_server.speak, babble(0.5, 48_000), 48_000)
    await live.more(0.3)
    assert find(babble(0.5, RATE_HZ), live.heard).correlation >= 0.98
    assert not speaker.lost
    await speaker.close()


async def test_a_microphone_is_taken_by_name(sound_server: SoundServer) -> None:
    sound_server.add_sink("far")
    sound_server.add_source("headset", master="far.monitor")
    for name in ("pulse:headset", "Headset"):
        microphone = LiveMicrophone(name)
        listening = Listening(microphone)
        await listening.more(0.1)
        await asyncio.to_thread(sound_server.play, babble(0.5, 48_000), 48_000, "far")
        await listening.more(0.3)
        await listening.end()
        assert microphone.name == "pulse:headset"
        assert find(babble(0.5, RATE_HZ), listening.heard).correlation >= 0.98


async def hears(listening: Listening, server: SoundServer, sink: str) -> bool:
    """Whether what is played on `sink` is heard."""
    before = len(listening.heard)
    await asyncio.to_thread(server.play, babble(0.5, 48_000), 48_000, sink)
    await listening.more(1.0)
    return find(babble(0.5, RATE_HZ), listening.heard[before:]).correlation >= 0.98


async def test_the_default_is_followed_in_mid_stream(live: Listening, sound_server: SoundServer) -> None:
    sound_server.add_sink("far")
    sound_server.add_source("headset", master="far.monitor")
    for source, sink in (("headset", "far"), ("microphone", "mic_in")):
        sound_server.set_default_source(source)
        sound_server.wait_for_use(source)
        assert await hears(live, sound_server, sink)


async def test_a_named_one_is_kept_and_gone_back_to(sound_server: SoundServer) -> None:
    sound_server.add_sink("far")
    sound_server.add_source("headset", master="far.monitor")
    listening = Listening(LiveMicrophone("Headset"))
    await listening.more(0.1)
    sound_server.set_default_source("headset")
    sound_server.set_default_source("microphone")
    await listening.more(0.5)
    sound_server.wait_for_use("headset")
    assert await hears(listening, sound_server, "far"), "the default is another one, which was not chosen"
    sound_server.remove_source("headset")
    sound_server.wait_for_use("microphone")
    assert await hears(listening, sound_server, "mic_in"), "the default takes its place"
    sound_server.add_source("headset", master="far.monitor")
    sound_server.wait_for_use("headset")
    assert await hears(listening, sound_server, "far"), "it is back"
    await listening.end()


async def test_her_own_voice_is_no_microphone(live: Listening, sound_server: SoundServer) -> None:
    sound_server.remove_source("microphone")  # the server gives the stream the monitor of the speaker
    await asyncio.wait({live.task}, timeout=5.0)
    error = live.task.exception()
    assert isinstance(error, DeviceError) and "has gone" in error.message
    with pytest.raises(DeviceError, match="There is no microphone"):
        await anext(LiveMicrophone().blocks())
    sound_server.add_source("microphone")
    again = Listening(LiveMicrophone())
    await again.more(0.1)
    assert await hears(again, sound_server, "mic_in")
    await again.end()


async def test_while_a_named_one_is_gone_the_default_is_opened(sound_server: SoundServer) -> None:
    sound_server.add_sink("far")
    sound_server.add_source("headset", master="far.monitor")
    microphone = LiveMicrophone("pulse:headset")
    for _ in range(2):
        listening = Listening(microphone)
        await listening.more(0.1)
        sound_server.remove_source("headset")
        sound_server.wait_for_use("microphone")
        await listening.end()
        assert "default" in microphone.name or "headset" in microphone.name
    sound_server.add_source("headset", master="far.monitor")
    listening = Listening(microphone)
    await listening.more(0.1)
    assert await hears(listening, sound_server, "far")
    await listening.end()


async def test_an_unknown_name(sound_server: SoundServer) -> None:
    for name in ("no such thing", "pulse:no such thing"):
        with pytest.raises(DeviceError) as caught:
            await anext(LiveMicrophone(name).blocks())
        assert "no such thing" in caught.value.message and "companion devices" in caught.value.hint


async def test_cancelled_while_it_opens(sound_server: SoundServer) -> None:
    opening = Listening(LiveMicrophone())
    await asyncio.sleep(0)
    await opening.end()
    assert opening.task.cancelled() and not opening.blocks
    after = Listening(LiveMicrophone())
    await after.more(0.1)
    await after.end()
