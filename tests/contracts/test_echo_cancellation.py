"""WebRTC's canceller in simulated rooms: her voice goes, the user's stays."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from companion.backends.far_end import FarEnd
from companion.backends.near_end import NearEnd
from companion.backends.silero import SileroActivity
from companion.backends.sound_devices import LiveSpeaker
from companion.backends.webrtc_echo import WebRtcEcho
from companion.core.audio import HEARING_RATE_HZ, Samples, level_db, silence
from companion.core.echo import ECHO_FRAME_SAMPLES
from companion.core.errors import EngineError
from companion.core.settings import Settings
from companion.her_voices import make_synthesizer
from tests.endtoend.live import STORY, at_rate, espeak
from tests.room import PATHS, conversation, echo, room_noise
from tests.signals import babble, find
from tests.sound_server import SoundServer

LEAD_S = 1.0
"""Silence before her story."""


FRAME_S = 0.032
"""Of voice activity."""

STOPS_HER_S = 0.25
"""So much speech over her voice, and she gives way."""


@pytest.fixture(scope="module")
def her() -> Samples:
    """Some nine seconds of her voice, as loud as she speaks.

    Recorded: Piper speaks the same words a little differently each time. Of one voicing in a hundred the canceller
    leaves two frames like speech, while it is new to the room. They lower her voice for a moment.
    """
    story, rate_hz = soundfile.read(Path(__file__).parent / "sounds" / "her-story.flac", dtype="float32")
    assert rate_hz == HEARING_RATE_HZ
    return amid_silence(story)


def amid_silence(story: Samples) -> Samples:
    return np.concatenate((silence(LEAD_S, HEARING_RATE_HZ), story, silence(2.0, HEARING_RATE_HZ)))


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """Another voice, at the level of conversation."""
    said = espeak("Wait a moment, please. What did the small brown dog look like?", tmp_path_factory.mktemp("user"))
    return np.asarray(said * 10 ** ((-26.0 - level_db(said)) / 20), dtype=np.float32)


class Ears:
    """A near end with the real canceller, and how it judged."""

    def __init__(self) -> None:
        self.far_end = FarEnd()
        self.near_end = NearEnd(self.far_end, WebRtcEcho(), "auto")

    def hear(self, her: Samples, heard: Samples, latency_s: float = 0.08, heap: int = 1) -> Samples:
        return conversation(self.near_end.hear, self.far_end.put, her, heard, latency_s, heap)


def frames_of_speech(samples: Samples) -> int:
    activity = SileroActivity()
    frame = activity.frame_samples
    starts = range(0, len(samples) - frame + 1, frame)
    return sum(activity.probability(samples[start : start + frame]) >= 0.5 for start in starts)


@pytest.mark.parametrize(("delay_s", "gain_db"), PATHS)
def test_nothing_of_her_voice_is_left_that_sounds_like_speech(her: Samples, delay_s: float, gain_db: float) -> None:
    ears = Ears()
    heard = echo(her, delay_s, gain_db) + room_noise(len(her))
    cleaned = ears.hear(her, heard)
    speaking = slice(round(LEAD_S * HEARING_RATE_HZ), len(her) - 2 * HEARING_RATE_HZ)
    assert ears.near_end.state == "cancelling"
    assert level_db(heard[speaking]) - level_db(cleaned[speaking]) >= 25
    assert frames_of_speech(heard) > 100
    assert frames_of_speech(cleaned) == 0


@pytest.mark.parametrize(("delay_s", "gain_db"), PATHS)
def test_however_she_says_it_too_little_is_left_to_stop_her(delay_s: float, gain_db: float) -> None:
    synthesizer = make_synthesizer(Settings())
    anew = amid_silence(at_rate(synthesizer.voice(STORY[:160]).samples, synthesizer.rate_hz))
    cleaned = Ears().hear(anew, echo(anew, delay_s, gain_db) + room_noise(len(anew)))
    assert frames_of_speech(cleaned) * FRAME_S < STOPS_HER_S


@pytest.mark.parametrize(("latency_s", "heap"), [(0.03, 1), (0.08, 2), (0.08, 3), (0.3, 1), (0.45, 2)])
def test_whatever_the_latency_of_the_devices(her: Samples, latency_s: float, heap: int) -> None:
    heard = echo(her, 0.04, -6.0) + room_noise(len(her))
    cleaned = Ears().hear(her, heard, latency_s, heap)
    second_half = slice(len(her) // 2, len(her))
    assert frames_of_speech(heard[second_half]) > 50
    assert frames_of_speech(cleaned[second_half]) == 0


@pytest.mark.parametrize(("delay_s", "gain_db"), PATHS)
def test_who_speaks_over_her_is_heard_soon(her: Samples, user: Samples, delay_s: float, gain_db: float) -> None:
    """As loud as the echo at -6 dB. She would have stopped by then; here she goes on."""
    onset = 5 * HEARING_RATE_HZ
    heard = echo(her, delay_s, gain_db) + room_noise(len(her))
    heard[onset : onset + len(user)] += user[: len(heard) - onset]
    cleaned = Ears().hear(her, heard)
    within = cleaned[onset : onset + round(1.0 * HEARING_RATE_HZ)]
    assert frames_of_speech(within) * FRAME_S >= STOPS_HER_S, "enough to stop her"
    assert frames_of_speech(cleaned[:onset]) == 0


def test_what_is_said_after_her_is_untouched(her: Samples, user: Samples) -> None:
    onset = len(her) - round(0.5 * HEARING_RATE_HZ)
    longer = np.concatenate((her, silence(6.0, HEARING_RATE_HZ)))
    heard = echo(longer, 0.09, -6.0) + room_noise(len(longer))
    heard[onset : onset + len(user)] += user
    cleaned = Ears().hear(longer, heard)
    assert np.array_equal(cleaned[onset:], heard[onset : len(cleaned)])


def test_it_begins_anew_within_half_a_second(her: Samples) -> None:
    canceller = WebRtcEcho()
    start = round(LEAD_S * HEARING_RATE_HZ)
    first = slice(start, start + HEARING_RATE_HZ)
    for delay_s in (0.05, 0.2):
        heard = echo(her, delay_s, -6.0) + room_noise(len(her))
        cleaned = alone(canceller, heard, her)
        assert frames_of_speech(cleaned[first]) == 0
        canceller.reset()


def test_its_delay_is_eight_milliseconds() -> None:
    noise = babble(2.0, HEARING_RATE_HZ) * np.float32(0.2)
    cleaned = alone(WebRtcEcho(), noise, np.zeros_like(noise))
    found = find(noise[HEARING_RATE_HZ // 2 : HEARING_RATE_HZ], cleaned)
    assert found.start - HEARING_RATE_HZ // 2 == pytest.approx(0.008 * HEARING_RATE_HZ, abs=16)
    assert level_db(cleaned[HEARING_RATE_HZ:]) == pytest.approx(level_db(noise), abs=1.0), "nobody's echo stays"


def test_sound_beyond_full_scale_is_no_error() -> None:
    loud = np.full(ECHO_FRAME_SAMPLES, 3.0, dtype=np.float32)
    canceller = WebRtcEcho()
    assert np.abs(canceller.clean(loud, -loud)).max() <= 1.0


async def test_the_far_end_is_what_the_speaker_plays(sound_server: SoundServer) -> None:
    far_end = FarEnd()
    speaker = LiveSpeaker(tap=far_end.put)
    await speaker.open()
    with sound_server.record() as recording:
        speaker.begin()
        speaker.play(babble(0.5, speaker.rate_hz))
        recording.wait_for_s(1.0)
    await speaker.close()
    far_end.catch_up()
    sound = babble(0.5, HEARING_RATE_HZ)
    assert find(sound, recording.samples).correlation > 0.9
    assert find(sound, far_end.read(0, far_end.length)).correlation > 0.95


def test_a_missing_package_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "livekit", None)
    with pytest.raises(EngineError) as caught:
        WebRtcEcho()
    assert "livekit" in caught.value.message and "headphones" in caught.value.hint


def alone(canceller: WebRtcEcho, near: Samples, far: Samples) -> Samples:
    frames = range(0, len(near) - ECHO_FRAME_SAMPLES + 1, ECHO_FRAME_SAMPLES)
    return np.concatenate(
        [canceller.clean(near[at : at + ECHO_FRAME_SAMPLES], far[at : at + ECHO_FRAME_SAMPLES]) for at in frames]
    )
