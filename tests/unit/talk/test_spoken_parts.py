"""Where somebody speaks in a recording."""

from __future__ import annotations

import numpy as np
import pytest

from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.talk.spoken_parts import MARGIN_S, PAUSE_S, spoken_parts


class LoudIsSpeech:
    """VoiceActivity: a frame that is not silent is speech."""

    frame_samples = 512

    def __init__(self) -> None:
        self.resets = 0

    def probability(self, frame: Samples) -> float:
        assert frame.shape == (self.frame_samples,)
        return 0.9 if np.any(frame) else 0.1

    def reset(self) -> None:
        self.resets += 1


def sound(*lengths_s: float) -> Samples:
    """Silence where a length is negative, else something that is heard."""
    return np.concatenate(
        [np.full(round(abs(s) * HEARING_RATE_HZ), 0.0 if s < 0 else 0.5, dtype=np.float32) for s in lengths_s]
    )


def lengths_s(parts: list[Samples]) -> list[float]:
    return [len(part) / HEARING_RATE_HZ for part in parts]


def test_silence_around_what_is_said_is_left_out() -> None:
    [part] = lengths_s(spoken_parts(sound(-4.0, 2.0, -6.0), LoudIsSpeech()))
    assert part == pytest.approx(2.0 + 2 * MARGIN_S, abs=0.07)


def test_a_pause_parts_nothing_and_a_long_silence_does() -> None:
    assert len(spoken_parts(sound(1.0, -(PAUSE_S - 0.1), 1.0), LoudIsSpeech())) == 1
    assert len(spoken_parts(sound(1.0, -(PAUSE_S + 0.1), 1.0, -3.0, 1.0), LoudIsSpeech())) == 3


def test_all_that_is_spoken_is_in_the_parts_once() -> None:
    parts = spoken_parts(sound(0.3, -1.2, 0.7, -5.0, 1.0), LoudIsSpeech())
    assert sum(int(np.count_nonzero(part)) for part in parts) == round(2.0 * HEARING_RATE_HZ)


def test_where_nobody_speaks_there_is_no_part() -> None:
    activity = LoudIsSpeech()
    assert spoken_parts(sound(-3.0), activity) == []
    assert spoken_parts(np.zeros(0, dtype=np.float32), activity) == []
    assert activity.resets == 2
