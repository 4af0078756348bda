"""What a conversation was about."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from companion.core.diary import Entry
from companion.memory import episodes

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def conversation(*said: str) -> list[Entry]:
    """Turns by turns, the user first."""
    return [
        Entry(number, NOON + timedelta(minutes=number), "user" if number % 2 == 0 else "companion", "Eve", text)
        for number, text in enumerate(said)
    ]


TALK = conversation(
    "I moved to Lyon in May.", "How is the flat?", "On the fifth floor. My cat Pixel hates it.", "Poor Pixel!"
)


def told(*topics: object) -> str:
    return json.dumps({"topics": topics})


def test_an_episode_names_what_was_talked_about() -> None:
    episode = episodes.episode(TALK, told("your cat Pixel", "The flat on the fifth floor", "Lyon"))
    assert episode
    assert episode.statement == "You talked about your cat Pixel, the flat on the fifth floor and Lyon."
    assert (episode.kind, episode.said_at, episode.turns) == ("episode", NOON, (0, 1, 2, 3))


def test_what_was_not_said_and_what_is_said_of_it_are_left_out() -> None:
    episode = episodes.episode(TALK, told("my cat Pixel hates it", "your dog Rex", "Paris", "Lyon in 2019", "Lyon"))
    assert episode
    assert episode.statement == "You talked about your cat Pixel and Lyon."


@pytest.mark.parametrize(
    "answer", [told(), told("Paris"), told(7, None, ""), "{}", "[]", '{"topics": "Lyon"}', "Lyon", ""]
)
def test_an_answer_that_tells_nothing_makes_no_episode(answer: str) -> None:
    assert episodes.episode(TALK, answer) is None


def test_a_few_words_are_no_conversation() -> None:
    assert episodes.worth_summing_up(TALK)
    assert not episodes.worth_summing_up(TALK[:3])
    assert not episodes.worth_summing_up(conversation("Hm.", "Yes?", "No.", "Well."))


def test_of_a_long_conversation_the_beginning_and_the_end_are_shown() -> None:
    shown = episodes.messages(conversation(*(f"word{number}" for number in range(100))))[-1].text
    assert len(shown.splitlines()) == episodes.SHOWN
    assert "word0" in shown
    assert "word50" not in shown
    assert "word99" in shown
