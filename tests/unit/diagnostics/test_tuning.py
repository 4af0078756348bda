"""Tuning finds what is quicker, and believes nothing that is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.diagnostics.tuning import Knobs, Measured, Value, tune

PRESENT: Knobs = {"threads": 2, "compute": "auto"}
CHOICES: dict[str, list[Value]] = {"threads": [1, 2, 4], "compute": ["float32"]}


class Bench:
    """A machine on which the waits follow a table; `asked` notes each measurement."""

    def __init__(self, waits: dict[tuple[object, object], float], errors: dict[object, float] | None = None) -> None:
        self.waits, self.errors = waits, errors or {}
        self.asked: list[tuple[object, object]] = []

    def __call__(self, knobs: Knobs) -> Measured | None:
        key = knobs["threads"], knobs["compute"]
        self.asked.append(key)
        if key not in self.waits:
            return None
        return Measured(self.waits[key], self.errors.get(knobs["compute"], 0.0))


def test_the_quickest_is_found_knob_by_knob() -> None:
    bench = Bench({(2, "auto"): 1.0, (1, "auto"): 1.5, (4, "auto"): 0.6, (4, "float32"): 0.5})
    found = tune("ears", PRESENT, CHOICES, bench)
    assert found.knobs == {"threads": 4, "compute": "float32"}
    assert (found.before.wait_s, found.after.wait_s, found.tried) == (1.0, 0.5, 4)
    assert found.why == "50% quicker, in 3 of 3 rounds"


def test_the_present_settings_stay_where_nothing_is_quicker() -> None:
    found = tune("ears", PRESENT, CHOICES, Bench({(2, "auto"): 1.0, (1, "auto"): 1.5, (4, "auto"): 1.1}))
    assert found.knobs == {}
    assert found.before == found.after
    assert found.why == "nothing else was quicker"


def test_what_cannot_be_run_is_passed_over() -> None:
    found = tune("ears", PRESENT, CHOICES, Bench({(2, "auto"): 1.0, (2, "float32"): 0.5}))
    assert found.knobs == {"compute": "float32"}


def test_what_understands_less_is_not_taken_however_quick() -> None:
    bench = Bench({(2, "auto"): 1.0, (2, "float32"): 0.1}, {"auto": 0.05, "float32": 0.08})
    assert tune("ears", PRESENT, CHOICES, bench).knobs == {}
    bench.errors["float32"] = 0.06
    assert tune("ears", PRESENT, CHOICES, bench).knobs == {"compute": "float32"}


def test_a_gain_within_chance_is_not_believed() -> None:
    found = tune("ears", PRESENT, CHOICES, Bench({(2, "auto"): 1.0, (4, "auto"): 0.95}))
    assert found.knobs == {}
    assert found.why == "what seemed quicker is so by 5%, which is too little to be sure"


def test_what_was_quick_only_once_is_not_believed() -> None:
    """As on a machine that was busy while the present settings were measured."""
    waits: Iterator[float] = iter([1.0, 0.5, 1.0, 0.9, 0.9, 0.8, 0.9, 0.9, 0.9])

    def measure(knobs: Knobs) -> Measured:
        return Measured(next(waits))

    found = tune("mind", {"threads": 2}, {"threads": [1, 4]}, measure)
    assert found.knobs == {}
    assert "measured again" in found.why


def test_both_are_measured_in_turns() -> None:
    bench = Bench({(2, "auto"): 1.0, (4, "auto"): 0.5})
    tune("ears", PRESENT, {"threads": [4]}, bench, rounds=3)
    assert [threads for threads, _ in bench.asked[2:]] == [2, 4, 4, 2, 2, 4]


def test_present_settings_that_do_not_work_are_an_error() -> None:
    with pytest.raises(ValueError, match="cannot be measured"):
        tune("ears", PRESENT, CHOICES, Bench({}))
