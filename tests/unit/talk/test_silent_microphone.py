"""When a silent microphone is mentioned, and when not."""

from __future__ import annotations

import numpy as np

from companion.core.audio import BLOCK_S, BLOCK_SAMPLES, Samples
from companion.talk.silent_microphone import PATIENCE_S, SilentMicrophoneWatch


def noise(db: float) -> Samples:
    """One block of noise at this level."""
    random = np.random.default_rng(7)
    return np.asarray(random.standard_normal(BLOCK_SAMPLES) * 10.0 ** (db / 20.0), dtype=np.float32)


ZEROS: Samples = np.zeros(BLOCK_SAMPLES, dtype=np.float32)


def told_after_s(watch: SilentMicrophoneWatch, block: Samples, for_s: float) -> list[float]:
    """The seconds after which it speaks, while it hears `block` again and again."""
    return [
        round(number * BLOCK_S, 2) for number in range(1, round(for_s / BLOCK_S) + 1) if watch.hear(block) is not None
    ]


def test_a_muted_microphone_is_told_once() -> None:
    for nothing in (ZEROS, noise(-90.0)):
        assert told_after_s(SilentMicrophoneWatch(), nothing, 100.0) == [PATIENCE_S]


def test_the_remedy_is_told() -> None:
    watch = SilentMicrophoneWatch()
    told = [error for _ in range(501) if (error := watch.hear(ZEROS))]
    assert "muted" in told[0].message and "another microphone" in told[0].hint


def test_a_quiet_room_is_no_fault() -> None:
    assert told_after_s(SilentMicrophoneWatch(), noise(-75.0), 100.0) == []


def test_any_sound_starts_the_wait_afresh() -> None:
    watch = SilentMicrophoneWatch()
    assert told_after_s(watch, ZEROS, PATIENCE_S - 0.1) == []
    watch.hear(noise(-40.0))
    assert told_after_s(watch, ZEROS, PATIENCE_S) == [PATIENCE_S]


def test_again_after_sound_but_with_more_and_more_patience() -> None:
    watch = SilentMicrophoneWatch()
    told = []
    for _ in range(9):
        told += told_after_s(watch, ZEROS, 700.0)
        watch.hear(noise(-40.0))
    assert told == [10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0, 640.0, 640.0]
