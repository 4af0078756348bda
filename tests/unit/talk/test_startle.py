"""She pricks up her ears at what is sudden, and gets used to what is not."""

from __future__ import annotations

import numpy as np
import pytest

from companion.core.audio import BLOCK_S, BLOCK_SAMPLES, HEARING_RATE_HZ, Samples
from companion.talk.ear import Ear
from companion.talk.floor import Began, Her, Rules, Startled
from companion.talk.startle import LATELY_S, LEAST_DB, RISE_DB, Startle
from tests.fakes.engines import LoudnessActivity


def block(level_db: float) -> Samples:
    return np.full(BLOCK_SAMPLES, 10.0 ** (level_db / 20.0), dtype=np.float32)


@pytest.mark.parametrize("room_db", [-100.0, -70.0, -45.0, -30.0])
def test_a_sound_startles_that_is_much_louder_than_the_room(room_db: float) -> None:
    startle = Startle()
    needed_db = max(LEAST_DB, room_db + RISE_DB)
    startle.hear(block(room_db))
    assert not any(startle.hear(block(room_db)) for _ in range(100))
    assert not startle.hear(block(min(room_db + 1.0, needed_db - 1.0)))
    assert startle.hear(block(needed_db + 2.0))


def test_she_gets_used_to_what_comes_again_and_forgets_what_does_not() -> None:
    startle = Startle()
    keys = [-20.0 if number % 20 == 0 else -60.0 for number in range(1, 501)]
    assert [startle.hear(block(level)) for level in keys].count(True) == 1
    for _ in range(round(LATELY_S / BLOCK_S)):
        startle.hear(block(-60.0))
    assert startle.hear(block(-20.0))


def test_silence_startles_nobody() -> None:
    startle = Startle()
    assert not any(startle.hear(np.zeros(BLOCK_SAMPLES, dtype=np.float32)) for _ in range(10))


@pytest.mark.parametrize("her", Her)
def test_only_over_her_voice(her: Her) -> None:
    ear = Ear(LoudnessActivity(), Rules())
    for _ in range(100):
        ear.hear(block(-60.0), her)
    decisions = [kind for kind in map(type, ear.hear(block(-20.0), her)) if kind is Startled]
    assert decisions == ([Startled] if her is Her.SPEAKING else [])


def test_the_sound_began_with_its_block() -> None:
    ear = Ear(LoudnessActivity(), Rules())
    for _ in range(7):
        ear.hear(block(-60.0), Her.SPEAKING)
    decisions = [decision for _ in range(5) for decision in ear.hear(block(-6.0), Her.SPEAKING)]
    (began,) = [decision for decision in decisions if isinstance(decision, Began)]
    frame_s = LoudnessActivity.frame_samples / HEARING_RATE_HZ
    assert 7 * BLOCK_S - frame_s <= began.onset_s <= 7 * BLOCK_S
