"""The conversations that facts are measured by, and what is found in them without a language model."""

from __future__ import annotations

from pathlib import Path

from tests.bench.facts.dataset import conversations
from tests.bench.facts.measure import Tally, known_after


def test_every_conversation_has_something_to_be_told() -> None:
    told = conversations()
    assert len(told) >= 10
    assert sum(conversation.held_out for conversation in told) >= 5
    for conversation in told:
        assert conversation.turns
        assert conversation.expected


async def test_what_is_plain_is_found_and_right_without_a_model(tmp_path: Path) -> None:
    tally = Tally()
    for number, conversation in enumerate(conversations()):
        (known,) = await known_after([conversation], None, tmp_path / f"{number}.db")
        tally.take(conversation, known, verbose=False)
    right, found = tally.counts["precision"], tally.counts["recall"]
    assert sum(right) >= 0.9 * len(right)
    assert sum(found) >= 0.6 * len(found)
