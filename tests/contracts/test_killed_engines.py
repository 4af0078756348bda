"""Each engine elsewhere is killed in mid-turn, once; `tests.bench.killed_engines` does it ten times, and measures."""

from __future__ import annotations

import pytest

from tests.bench.killed_engines import rounds


@pytest.mark.timeout(180)
async def test_a_turn_in_which_an_engine_dies_goes_on_here_and_the_next_works() -> None:
    results = await rounds(1, seed=1)
    assert [result.part for result in results] == [
        "mind",
        "Ollama",
        "hearing",
        "voice",
        "Wyoming hearing",
        "Wyoming voice",
    ]
    assert all(result.well for result in results), results
