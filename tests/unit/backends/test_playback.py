"""The playback queue: positions exact to the sample, no clicks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from companion.backends.playback import FADE_S, PlaybackQueue
from companion.core.audio import SILENCE_DB, Samples

RATE_HZ = 1000
FADE = round(FADE_S * RATE_HZ)


def ones(count: int) -> Samples:
    return np.ones(count, dtype=np.float32)


@pytest.fixture
def queue() -> PlaybackQueue:
    made = PlaybackQueue(RATE_HZ)
    made.begin()
    return made


def test_pieces_come_out_in_order_and_across_blocks(queue: PlaybackQueue) -> None:
    given = np.linspace(-1, 1, 230, dtype=np.float32)
    queue.push(given[:7])
    queue.push(given[7:150])
    queue.push(given[150:])
    out = np.concatenate([queue.render(20) for _ in range(12)])
    np.testing.assert_array_equal(out[:230], given)
    assert not out[230:].any()


def test_silence_between_late_clauses_is_no_part_of_the_position(queue: PlaybackQueue) -> None:
    queue.push(ones(30))
    for _ in range(10):
        queue.render(20)
    assert queue.position_s(math.inf) == 0.030
    queue.push(ones(5))
    queue.render(20)
    assert queue.position_s(math.inf) == 0.035
    assert queue.queued_s(math.inf) == 0.0


def test_the_level_is_of_what_is_being_heard_gain_included(queue: PlaybackQueue) -> None:
    queue.push(ones(100) * np.float32(0.5))
    queue.set_gain(0.1)
    queue.render(20, heard_at_s=10.0)
    queue.render(20, heard_at_s=10.020)
    assert queue.level_db(9.9) == SILENCE_DB, "nothing has reached the listener"
    assert queue.level_db(10.021) > queue.level_db(10.071), "the first block still fades"
    queue.render(20, heard_at_s=10.040)
    assert queue.level_db(10.08) == pytest.approx(20 * math.log10(0.05), abs=0.01)
    assert queue.level_db(11.0) == SILENCE_DB, "the queue ran dry for the listener"


def test_position_is_what_has_reached_the_ear_not_what_was_handed_over(queue: PlaybackQueue) -> None:
    queue.push(ones(50))
    queue.render(20, heard_at_s=10.0)
    queue.render(20, heard_at_s=10.020)
    assert queue.position_s(9.9) == 0.0
    assert queue.position_s(10.0105) == 0.010
    assert queue.position_s(10.0305) == 0.030
    assert queue.position_s(99.0) == 0.040
    assert queue.queued_s(10.0105) == pytest.approx(0.040)
    assert queue.unrendered_s == pytest.approx(0.010)


def test_position_stands_still_while_a_late_clause_travels(queue: PlaybackQueue) -> None:
    queue.push(ones(10))
    queue.render(20, heard_at_s=1.0)
    queue.push(ones(10))
    queue.render(20, heard_at_s=2.0)
    assert queue.position_s(1.5) == 0.010


def test_stop_fades_within_ten_milliseconds_and_counts_the_fade(queue: PlaybackQueue) -> None:
    queue.push(ones(500))
    before = queue.render(100)
    position_s = queue.stop()
    after = queue.render(100)
    assert position_s == (100 + FADE) / RATE_HZ <= 0.110
    assert queue.position_s(math.inf) == position_s
    assert queue.queued_s(math.inf) == 0.0
    assert before.all()
    assert not after[FADE:].any()
    assert np.all(np.diff(after[: FADE + 1]) <= 0) and abs(np.diff(after[:FADE])).max() < 1.5 / FADE


def test_stop_with_less_than_a_fade_left(queue: PlaybackQueue) -> None:
    queue.push(ones(103))
    queue.render(100)
    assert queue.stop() == 0.103
    assert queue.stop() == 0.103
    queue.render(20)
    assert queue.position_s(math.inf) == 0.103


def test_stop_before_anything_was_played(queue: PlaybackQueue) -> None:
    assert queue.stop() == 0.0
    assert not queue.render(20).any()


def test_begin_drops_the_last_utterance_and_counts_from_zero(queue: PlaybackQueue) -> None:
    queue.push(ones(500))
    queue.render(100)
    queue.begin()
    queue.push(np.full(50, 0.5, dtype=np.float32))
    assert queue.position_s(math.inf) == 0.0
    assert queue.queued_s(math.inf) == 0.050
    out = queue.render(20, heard_at_s=1.0)
    assert out[0] == 1.0 and out[FADE - 1] == 0.0, "what sounded fades"
    assert np.all(out[FADE:] == 0.5)
    assert queue.position_s(math.inf) == (20 - FADE) / RATE_HZ
    assert queue.position_s(1.0 + (FADE + 3.5) / RATE_HZ) == 0.003, "the fade delays the first sample"


def test_begin_then_stop_counts_only_the_new_utterance(queue: PlaybackQueue) -> None:
    queue.push(ones(500))
    queue.render(100)
    queue.begin()
    assert queue.stop() == 0.0
    queue.render(20)
    assert queue.position_s(math.inf) == 0.0


def test_gain_changes_without_a_click_within_one_block(queue: PlaybackQueue) -> None:
    queue.push(ones(100))
    queue.render(20)
    queue.set_gain(0.2)
    ducked = queue.render(20)
    assert ducked[0] == 1.0
    assert abs(np.diff(ducked)).max() < 1.0 / FADE
    np.testing.assert_allclose(ducked[FADE:], 0.2)
    np.testing.assert_allclose(queue.render(20), 0.2)
    queue.set_gain(1.0)
    assert queue.render(20)[-1] == 1.0


def test_gain_set_in_silence_holds_from_the_first_sample(queue: PlaybackQueue) -> None:
    queue.set_gain(0.5)
    queue.render(20)
    queue.push(ones(20))
    np.testing.assert_allclose(queue.render(20), 0.5)


def test_what_was_given_is_never_changed(queue: PlaybackQueue) -> None:
    given = ones(100)
    queue.push(given)
    queue.set_gain(0.1)
    queue.render(20)
    queue.stop()
    queue.render(20)
    assert np.all(given == 1.0)


def test_position_never_goes_back_over_a_long_utterance(queue: PlaybackQueue) -> None:
    queue.push(ones(60_000))
    positions = []
    for block in range(3000):
        queue.render(20, heard_at_s=block * 0.020 + 0.080)
        positions.append(queue.position_s(block * 0.020))
    assert np.all(np.diff(positions) >= 0)
    assert positions[-1] == pytest.approx(3000 * 0.020 - 0.1, abs=0.002)


# --- hold and release

NOISE = np.random.default_rng(3).uniform(0.2, 1.0, 1000).astype(np.float32)
"""No two samples alike, and none near zero: a lost, doubled or silent one shows."""


def rendered(queue: PlaybackQueue, count: int, block: int = 20) -> Samples:
    return np.concatenate([queue.render(block) for _ in range(count // block)])


def faded(before: Samples, after: Samples) -> Samples:
    """What is left of `before` where it becomes silent, and of `after` where it begins."""
    out = np.concatenate((before, after))
    out[len(before) - FADE : len(before)] *= np.arange(FADE - 1, -1, -1, dtype=np.float32) / FADE
    out[len(before) : len(before) + FADE] *= np.arange(1, FADE + 1, dtype=np.float32) / FADE
    return out


@pytest.mark.parametrize("block", [7, 20, 64])
@pytest.mark.parametrize("hold_at", [40, 41, 43, 47, 50, 59, 60, 200])
def test_held_she_falls_silent_there_and_released_goes_on_from_the_very_sample(
    queue: PlaybackQueue, hold_at: int, block: int
) -> None:
    queue.push(NOISE[:300])
    queue.push(NOISE[300:])
    assert queue.hold(hold_at / RATE_HZ) == hold_at / RATE_HZ
    first = rendered(queue, 40 * block, block)
    assert not first[hold_at:].any()
    assert queue.position_s(math.inf) == queue.committed_s == hold_at / RATE_HZ, "silence is no part of it"
    assert queue.queued_s(math.inf) == pytest.approx((1000 - hold_at) / RATE_HZ)
    queue.release()
    second = rendered(queue, 1100 // block * block, block)
    sound = np.concatenate((first[:hold_at], second))[:1000]
    np.testing.assert_allclose(sound, faded(NOISE[:hold_at], NOISE[hold_at:]), rtol=1e-5)
    assert queue.position_s(math.inf) == 1.0


@pytest.mark.parametrize("asked_s", [0.0, 0.05, 0.1, 0.103])
def test_held_at_what_is_past_she_fades_at_once(queue: PlaybackQueue, asked_s: float) -> None:
    queue.push(ones(500))
    queue.render(100)
    assert queue.hold(asked_s) == (100 + FADE) / RATE_HZ
    after = queue.render(60)
    np.testing.assert_allclose(after[:FADE], np.arange(FADE - 1, -1, -1) / FADE, atol=1e-6)
    assert not after[FADE:].any()


def test_a_hold_can_be_moved_later_and_earlier(queue: PlaybackQueue) -> None:
    queue.push(NOISE)
    queue.hold(0.050)
    queue.render(20)
    assert queue.hold(0.090) == 0.090
    assert queue.hold(0.060) == 0.060
    out = rendered(queue, 100)
    assert out[:39].all() and not out[40:].any()


def test_a_hold_moved_later_once_she_is_silent_lets_that_much_more_out(queue: PlaybackQueue) -> None:
    queue.push(NOISE)
    queue.hold(0.050)
    rendered(queue, 100)
    assert queue.hold(0.010) == 0.050, "she is silent already"
    assert queue.hold(0.080) == 0.080
    out = rendered(queue, 100)
    assert out[:29].all() and not out[30:].any()
    assert queue.committed_s == 0.080


@pytest.mark.parametrize("asked_again", [0.200, None])
def test_a_hold_taken_back_in_the_middle_of_its_fade_clicks_not(
    queue: PlaybackQueue, asked_again: float | None
) -> None:
    queue.push(ones(500))
    queue.hold(0.024)
    first = queue.render(20)
    assert first[-1] == pytest.approx(0.5, abs=0.01)
    if asked_again is None:
        queue.release()
    else:
        queue.hold(asked_again)
    out = np.concatenate((first, queue.render(20)))
    assert abs(np.diff(out)).max() < 1.5 / FADE
    assert out[-1] == 1.0
    assert queue.committed_s == 0.040


def test_a_release_before_the_hold_is_reached_changes_nothing(queue: PlaybackQueue) -> None:
    queue.push(NOISE)
    queue.hold(0.100)
    first = queue.render(40)
    queue.release()
    np.testing.assert_array_equal(np.concatenate((first, rendered(queue, 960))), NOISE)


def test_a_release_without_a_hold_is_nothing(queue: PlaybackQueue) -> None:
    queue.push(NOISE)
    queue.release()
    np.testing.assert_array_equal(rendered(queue, 1000), NOISE)


def test_a_queue_that_runs_dry_before_the_hold_waits_for_it_with_the_next_clause(queue: PlaybackQueue) -> None:
    queue.push(NOISE[:50])
    queue.hold(0.080)
    out = rendered(queue, 100)
    np.testing.assert_array_equal(out[:50], NOISE[:50])
    assert queue.committed_s == 0.050
    queue.push(NOISE[50:])
    out = rendered(queue, 100)
    assert out[:29].all() and not out[30:].any()
    assert queue.committed_s == 0.080


def test_held_with_nothing_queued_she_says_no_more_than_a_fade_of_what_comes(queue: PlaybackQueue) -> None:
    assert queue.hold(0.0) == FADE / RATE_HZ
    queue.push(ones(100))
    assert not rendered(queue, 60)[FADE:].any()


def test_a_new_utterance_is_not_held(queue: PlaybackQueue) -> None:
    queue.push(ones(500))
    queue.hold(0.050)
    rendered(queue, 100)
    queue.begin()
    queue.push(np.full(100, 0.5, dtype=np.float32))
    np.testing.assert_array_equal(rendered(queue, 100), 0.5)
    assert queue.position_s(math.inf) == 0.100


def test_stopped_while_she_is_silent_nothing_more_is_heard(queue: PlaybackQueue) -> None:
    queue.push(ones(500))
    queue.hold(0.050)
    rendered(queue, 100)
    assert queue.stop() == 0.050
    assert not rendered(queue, 100).any()
    assert queue.queued_s(math.inf) == 0.0


def test_stopped_before_she_is_silent_only_a_fade_is_heard(queue: PlaybackQueue) -> None:
    queue.push(ones(500))
    queue.hold(0.200)
    queue.render(20)
    assert queue.stop() == (20 + FADE) / RATE_HZ
    assert not rendered(queue, 100)[FADE:].any()


def test_stopped_in_the_middle_of_a_fade_clicks_not(queue: PlaybackQueue) -> None:
    queue.push(ones(500))
    queue.hold(0.024)
    first = queue.render(20)
    queue.stop()
    assert abs(np.diff(np.concatenate((first, queue.render(20))))).max() < 1.5 / FADE


def test_a_hold_waits_until_the_utterance_before_has_faded(queue: PlaybackQueue) -> None:
    queue.push(ones(500))
    queue.render(20)
    queue.begin()
    queue.push(np.full(100, 0.5, dtype=np.float32))
    assert queue.hold(0.0) == FADE / RATE_HZ
    out = rendered(queue, 60)
    assert out[0] > 0.8 and out[FADE - 1] == pytest.approx(0.0, abs=0.2)
    assert out[FADE : 2 * FADE - 1].all() and not out[2 * FADE :].any()
    assert queue.committed_s == FADE / RATE_HZ
    queue.release()
    assert queue.render(20)[-1] == 0.5


def test_gain_and_hold_fade_together(queue: PlaybackQueue) -> None:
    queue.push(ones(500))
    queue.render(20)
    queue.set_gain(0.2)
    queue.hold(0.040)
    ducked = queue.render(40)
    np.testing.assert_allclose(ducked[FADE : 20 - FADE], 0.2, rtol=1e-6)
    assert not ducked[20:].any()
    queue.set_gain(1.0)
    queue.release()
    back = queue.render(40)
    assert np.all(np.diff(np.concatenate((ducked, back))) < 2.1 / FADE)
    assert np.all(back[FADE:] == 1.0)


def test_committed_is_what_was_handed_over_heard_or_not(queue: PlaybackQueue) -> None:
    assert queue.committed_s == 0.0
    queue.push(ones(50))
    queue.render(20, heard_at_s=9.0)
    assert queue.position_s(1.0) == 0.0
    assert queue.committed_s == 0.020
    rendered(queue, 100)
    assert queue.committed_s == 0.050
    queue.begin()
    assert queue.committed_s == 0.0
