"""The set of the recall benchmark is as large and as varied as it should be."""

from __future__ import annotations

from collections import Counter

from tests.bench.recall.dataset import KINDS, conversations


def test_the_set_is_the_same_each_time_and_large_enough() -> None:
    read = conversations()
    assert read == conversations()
    questions = [asked for conversation in read for asked in conversation.questions]
    kinds = Counter(asked.kind for asked in questions)
    assert len(read) >= 8
    assert len(questions) >= 300
    assert min(kinds[kind] for kind in KINDS) >= 30
    assert all(bool(asked.evidence) == (asked.kind != "never") for asked in questions)
    assert all(len({turn.id for turn in conversation.turns}) == len(conversation.turns) >= 300 for conversation in read)
