"""The set of the recall benchmark is as large and as varied as it should be."""

from __future__ import annotations

from collections import Counter

from tests.bench.recall.dataset import conversations, talks_of_friends


def test_the_set_is_the_same_each_time_and_large_enough() -> None:
    read = conversations()
    assert read == conversations()
    questions = [asked for conversation in read for asked in conversation.questions]
    kinds = Counter(asked.kind for asked in questions)
    assert len(read) >= 8
    assert len(questions) >= 300
    assert min(kinds[kind] for kind in ("fact", "several", "time", "preference", "changed", "never")) >= 30
    assert all(bool(asked.evidence) == (asked.kind != "never") for asked in questions)
    assert all(len({turn.id for turn in conversation.turns}) == len(conversation.turns) >= 300 for conversation in read)


def test_the_set_of_friends_names_both_and_is_long_enough() -> None:
    read = talks_of_friends()
    assert len(read) >= 3
    for talk in read:
        assert len(talk.turns) >= 150
        assert len(talk.questions) >= 50
        assert len({turn.speaker for turn in talk.turns}) == 2
        assert all(asked.evidence for asked in talk.questions)
