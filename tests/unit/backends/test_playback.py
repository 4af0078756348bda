"""The playback queue: positions exact to the sample, no clicks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from companion.backends.playback import FADE_S, PlaybackQueue
from companion.core.audio import Samples

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
