"""Speed and time left."""

from __future__ import annotations

from companion.cli.pace import Pace


def told(steps: list[tuple[float, int]], total: int = 1000) -> list[tuple[int | None, int | None]]:
    now_s = 0.0
    pace = Pace(lambda: now_s)
    said = []
    for now_s, done in steps:  # noqa: B007
        said.append(pace.tell(done, total))
    return said


def test_nothing_is_said_before_half_a_second() -> None:
    assert told([(0.0, 0), (0.4, 50)]) == [(None, None), (None, None)]


def test_a_steady_speed() -> None:
    assert told([(0.0, 0), (1.0, 100), (2.0, 200)])[-1] == (100, 8)


def test_what_was_long_ago_does_not_count() -> None:
    steps = [(float(second), 10 * second) for second in range(6)] + [
        (float(6 + more), 50 + 100 * more) for more in range(8)
    ]
    speed, left_s = told(steps, 10_000)[-1]
    assert speed == 100
    assert left_s == round((10_000 - 750) / 100)


def test_a_standstill_has_no_end() -> None:
    assert told([(0.0, 100), (9.0, 100)])[-1] == (0, None)


def test_it_begins_anew_with_what_is_counted_anew() -> None:
    assert told([(0.0, 900), (1.0, 1000), (1.1, 0)])[-1] == (None, None)
