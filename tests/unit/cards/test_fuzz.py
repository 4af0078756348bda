"""A few hundred of the cards of `tests.bench.fuzz_cards`."""

from __future__ import annotations

import pytest

from tests.bench.fuzz_cards import mutant, use


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_damaged_cards_end_in_a_persona_or_in_a_clean_error(first: int) -> None:
    ends = {use(mutant(seed)) for seed in range(first, first + 50)}
    assert "a persona" in ends and len(ends) > 3
