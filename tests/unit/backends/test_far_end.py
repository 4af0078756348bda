"""The far end: every sample in its place, at whatever rate and in whatever heaps it comes."""

from __future__ import annotations

import numpy as np
import pytest

from companion.backends.alignment import MARGIN_S, Alignment, Change
from companion.backends.far_end import FarEnd
from companion.core.audio import BLOCK_SAMPLES, HEARING_RATE_HZ, Samples
from tests.signals import babble, find, tone

MARGIN = round(MARGIN_S * HEARING_RATE_HZ)


def put(far_end: FarEnd, samples: Samples, rate_hz: int = HEARING_RATE_HZ) -> None:
    for block in np.split(samples, len(samples) // (rate_hz // 50)):
        far_end.put(block, rate_hz)
        far_end.catch_up()


def put_silence(far_end: FarEnd, blocks: int) -> None:
    put(far_end, np.zeros(blocks * BLOCK_SAMPLES, dtype=np.float32))


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100, 48_000])
def test_what_is_played_is_kept_at_its_place(rate_hz: int) -> None:
    far_end = FarEnd()
    quiet = np.zeros(rate_hz // 2, dtype=np.float32)
    put(far_end, np.concatenate((quiet, babble(1.0, rate_hz), quiet)), rate_hz)
    assert far_end.length == 2 * HEARING_RATE_HZ
    found = find(babble(1.0, HEARING_RATE_HZ), far_end.read(0, far_end.length))
    assert found.start == pytest.approx(HEARING_RATE_HZ // 2, abs=2)
    assert found.correlation > 0.99


def test_silence_in_between_moves_nothing() -> None:
    """Each silence ends the work of the resampler; the samples it held back must not be lost or doubled."""
    far_end = FarEnd()
    for _ in range(20):
        put(far_end, tone(0.06, 48_000), 48_000)
        put(far_end, np.zeros(48_000 // 50, dtype=np.float32), 48_000)
    put(far_end, babble(0.5, 48_000), 48_000)
    put(far_end, np.zeros(48_000 // 50, dtype=np.float32), 48_000)
    found = find(babble(0.5, HEARING_RATE_HZ), far_end.read(0, far_end.length))
    assert found.start == pytest.approx(20 * 4 * BLOCK_SAMPLES, abs=2)


def test_a_change_of_rate_moves_nothing() -> None:
    far_end = FarEnd()
    put(far_end, tone(0.5, 48_000), 48_000)
    put(far_end, babble(0.5, 44_100), 44_100)
    put(far_end, np.zeros(441 * 2, dtype=np.float32), 44_100)
    assert find(babble(0.5, HEARING_RATE_HZ), far_end.read(0, far_end.length)).start == pytest.approx(8000, abs=2)


def test_what_is_not_there_is_silence() -> None:
    far_end = FarEnd()
    put(far_end, tone(5.0, HEARING_RATE_HZ))
    assert not far_end.read(-10, 10).any()
    assert not far_end.read(0, HEARING_RATE_HZ // 2).any(), "forgotten"
    put_silence(far_end, 1)
    assert far_end.read(far_end.length - BLOCK_SAMPLES - 10, 10).any()
    assert not far_end.read(far_end.length, 10).any(), "not played yet"


def test_the_block_is_copied_and_not_kept() -> None:
    far_end = FarEnd()
    block = tone(0.02, HEARING_RATE_HZ)
    far_end.put(block, HEARING_RATE_HZ)
    block[:] = 0.0
    far_end.catch_up()
    assert far_end.read(0, BLOCK_SAMPLES).any()


def test_only_what_can_be_heard_is_loud() -> None:
    far_end = FarEnd()
    put(far_end, tone(0.1, HEARING_RATE_HZ))
    put(far_end, tone(0.1, HEARING_RATE_HZ, amplitude=0.0005))
    assert far_end.loud_until == 1600
    assert far_end.length == 3200


# --- alignment


def aligned() -> tuple[FarEnd, Alignment]:
    far_end = FarEnd()
    alignment = Alignment(far_end)
    assert alignment.far(0) is None
    put_silence(far_end, 5)
    assert alignment.arrive(BLOCK_SAMPLES) is Change.NEW_SPEAKER
    return far_end, alignment


def run(far_end: FarEnd, alignment: Alignment, blocks: int) -> list[Change]:
    """Both devices in step."""
    changes = []
    for _ in range(blocks):
        put_silence(far_end, 1)
        changes.append(alignment.arrive(BLOCK_SAMPLES))
    return [change for change in changes if change is not Change.NONE]


def test_what_is_heard_goes_with_what_was_played_a_little_before() -> None:
    far_end, alignment = aligned()
    assert alignment.far(alignment.near) == far_end.length - MARGIN


def test_nothing_is_aligned_until_something_is_played() -> None:
    alignment = Alignment(FarEnd())
    assert alignment.arrive(BLOCK_SAMPLES) is Change.NONE
    assert alignment.far(0) is None


def test_heaps_and_late_blocks_change_nothing() -> None:
    far_end, alignment = aligned()
    offset = alignment.far(0)
    for heap in [1, 1, 2, 9, 1, 1, 3, 1, 1, 1, 1, 1, 5, 1, 2, 1, 1, 1, 1] * 5:
        for _ in range(heap):
            assert alignment.arrive(BLOCK_SAMPLES) is Change.NONE
        put_silence(far_end, heap)
    assert alignment.far(0) == offset


def test_of_blocks_that_were_kept_back_nothing_is_learnt() -> None:
    far_end, alignment = aligned()
    run(far_end, alignment, 50)
    offset = alignment.far(0)
    for _ in range(50):
        put_silence(far_end, 8)
        assert [alignment.arrive(BLOCK_SAMPLES, in_time=False) for _ in range(8)] == [Change.NONE] * 8
    assert run(far_end, alignment, 50) == []
    assert alignment.far(0) == offset


@pytest.mark.parametrize("blocks", [2, 4, 8])
def test_sound_that_the_speaker_lost_is_allowed_for(blocks: int) -> None:
    far_end, alignment = aligned()
    run(far_end, alignment, 50)
    before = alignment.far(alignment.near)
    assert before is not None
    in_hand = far_end.length - before
    for _ in range(blocks):
        assert alignment.arrive(BLOCK_SAMPLES) is Change.NONE
    assert run(far_end, alignment, 50) == []
    assert alignment.far(alignment.near) == far_end.length - in_hand


@pytest.mark.parametrize("blocks", [2, 4, 8])
def test_sound_that_the_microphone_lost_is_allowed_for(blocks: int) -> None:
    far_end, alignment = aligned()
    run(far_end, alignment, 50)
    put_silence(far_end, blocks)
    assert run(far_end, alignment, 50) == []
    assert alignment.far(alignment.near) == far_end.length - MARGIN


def test_clocks_that_differ_are_followed() -> None:
    far_end, alignment = aligned()
    for _ in range(40):
        run(far_end, alignment, 50)
        far_end.put(np.zeros(40, dtype=np.float32), HEARING_RATE_HZ)
        far_end.catch_up()
    now = alignment.far(alignment.near)
    assert now is not None
    assert abs(far_end.length - MARGIN - now) <= 0.032 * HEARING_RATE_HZ


@pytest.mark.parametrize(("blocks", "in_hand_s"), [(1, 0.08), (2, 0.1), (6, 0.06)])
def test_devices_that_start_with_a_heap_settle(blocks: int, in_hand_s: float) -> None:
    far_end, alignment = aligned()
    put_silence(far_end, blocks)
    assert run(far_end, alignment, 30) == []
    assert alignment.far(alignment.near) == far_end.length - round(in_hand_s * HEARING_RATE_HZ)


@pytest.mark.parametrize(("blocks", "in_hand_s", "changes"), [(1, 0.04, 0), (2, 0.02, 0), (3, 0.06, 1), (4, 0.06, 1)])
def test_devices_that_start_with_a_gap_settle(blocks: int, in_hand_s: float, changes: int) -> None:
    far_end, alignment = aligned()
    for _ in range(blocks):
        alignment.arrive(BLOCK_SAMPLES)
    assert run(far_end, alignment, 30) == [Change.SOONER] * changes
    assert alignment.far(alignment.near) == far_end.length - round(in_hand_s * HEARING_RATE_HZ)


def test_a_speaker_that_was_away_may_be_another() -> None:
    far_end, alignment = aligned()
    for _ in range(120):
        assert alignment.arrive(BLOCK_SAMPLES) is Change.NONE
    assert run(far_end, alignment, 100) == [Change.NEW_SPEAKER]


@pytest.mark.parametrize("lag_s", [0.6, 0.4, 0.0, -0.02])
def test_an_echo_that_comes_too_late_or_too_soon_gets_another_margin(lag_s: float) -> None:
    far_end, alignment = aligned()
    before = alignment.far(0)
    assert alignment.correct(0.1) is Change.NONE
    assert alignment.correct(lag_s) is Change.SOONER
    after = alignment.far(0)
    assert before is not None and after is not None
    new_lag_s = lag_s - (before - after) / HEARING_RATE_HZ
    assert 0.005 <= new_lag_s <= 0.06
    assert run(far_end, alignment, 300) == [], "it stays"
