"""How things move: levels and the way to a target."""

from __future__ import annotations

import pytest

from companion.ui.motion import follow, follow_level, loudness


@pytest.mark.parametrize(("db", "expected"), [(-120, 0), (-54, 0), (-31.5, 0.5), (-9, 1), (0, 1)])
def test_loudness_reaches_from_a_quiet_room_to_a_loud_word(db: float, expected: float) -> None:
    assert loudness(db) == pytest.approx(expected)


def test_it_is_on_its_way_and_then_arrives_without_passing_by() -> None:
    value, way = 0.0, []
    for _ in range(60):
        value = follow(value, 1.0, 1 / 30, time_s=0.2)
        way.append(value)
    assert way == sorted(way)
    assert way[5] == pytest.approx(0.632, abs=0.01)
    assert way[-1] == 1.0


def test_a_late_frame_lands_where_many_small_ones_do() -> None:
    value = 1.0
    for _ in range(10):
        value = follow(value, 0.0, 0.02, time_s=0.3)
    assert value == pytest.approx(follow(1.0, 0.0, 0.2, time_s=0.3))


def test_a_level_rises_faster_than_it_falls() -> None:
    assert follow_level(0.0, 1.0, 0.05) > 1 - follow_level(1.0, 0.0, 0.05)
