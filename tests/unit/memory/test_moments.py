"""Times in many shapes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from companion.memory.importers.moments import moment

AFTERNOON = datetime(2023, 5, 8, 13, 56)


@pytest.mark.parametrize(
    "given",
    [
        *("1:56 pm on 8 May, 2023", "1:56 P.M., 8th of May 2023", "8 May 2023 at 13:56", "8-May-2023 13:56:00"),
        *("May 8, 2023 1:56 pm", "Mon May  8 13:56:00 2023", "Monday, May 8th, 2023, 1:56\u202fPM"),
        *("2023-05-08 13:56", "2023-05-08T13:56:00.000", "2023/05/08 (Mon) 13:56", "20230508T135600"),
        *("05/08/2023 13:56", "08.05.2023, 13:56", "05/08/2023 01:56:00 PM"),
    ],
)
def test_a_time_is_read_as_it_is_written(given: str) -> None:
    assert moment(given) == AFTERNOON


@pytest.mark.parametrize(
    "given",
    [
        *("2023-05-08T13:56:00Z", "2023-05-08T15:56+02:00", "Mon, 08 May 2023 13:56:00 +0000"),
        *(1683554160, 1683554160.0, 1683554160000, 1683554160_000_000_000, "1683554160", "1683554160000"),
    ],
)
def test_a_time_zone_is_read(given: object) -> None:
    at = moment(given)
    assert at is not None
    assert (at, at.utcoffset() is None) == (AFTERNOON.replace(tzinfo=UTC), False)


@pytest.mark.parametrize(
    ("given", "day"),
    [("2023-05-08", 8), ("May 2023", 1), ("8 May", None), ("13/05/2023", 13), ("31.12.2023", 31)],
)
def test_a_day_begins_at_midnight(given: str, day: int | None) -> None:
    at = moment(given)
    assert (at and (at.day, at.hour)) == (day and (day, 0))


@pytest.mark.parametrize(
    "given",
    [
        *(None, "", "Session 1", "30 February 2023", "9999-12-31T23:59:59-23:00", "0001-01-01", "25:00 8 May 20231"),
        *(True, {}, [], 1e300, -1e300, float("nan"), float("inf"), "9" * 400, "1:00 " * 1000),
    ],
    ids=lambda given: repr(given)[:20],
)
def test_what_is_no_time_is_none(given: object) -> None:
    assert moment(given) is None
