"""What is known: kept with its sources, superseded, found, changed, and forgotten with what it was drawn from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from companion.core.diary import Entry
from companion.core.facts import YOU, Fact, Kind
from companion.memory import schema
from companion.memory.batches import open_batches
from companion.memory.facts import SqliteFacts, open_facts
from companion.memory.importers.turn import PastTurn
from companion.memory.store import SqliteDiary, open_diary

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def diary(file: Path) -> Iterator[SqliteDiary]:
    diary = open_diary(file)
    yield diary
    diary.close()


@pytest.fixture
def facts(file: Path, diary: SqliteDiary) -> Iterator[SqliteFacts]:
    facts = open_facts(file)
    yield facts
    facts.close()


def say(diary: SqliteDiary, text: str) -> int:
    return diary.add(Entry(0, NOON, "user", "Samantha", text)).number


def fact(statement: str, *turns: int, subject: str = YOU, kind: Kind = "fact", days: int = 0, **more: object) -> Fact:
    return replace(Fact(0, kind, subject, statement, NOON + timedelta(days=days), turns), **more)  # type: ignore[arg-type]


def statements(known: object) -> list[str]:
    assert isinstance(known, list)
    return [fact.statement for fact in known]


def test_a_fact_comes_back_as_it_was_given(diary: SqliteDiary, facts: SqliteFacts) -> None:
    turns = say(diary, "a"), say(diary, "b")
    given = fact("You have a test.", *turns, kind="plan", due=date(2026, 3, 5), confidence=0.75, pinned=True)
    kept = facts.keep(given)
    assert kept == replace(given, number=kept.number)
    assert facts.all() == [kept]


def test_what_is_pinned_comes_first_then_the_newest(facts: SqliteFacts) -> None:
    for days, statement in enumerate(("You sing.", "You paint pictures.", "You keep bees.")):
        facts.keep(fact(statement, days=days))
    facts.pin(facts.all()[-1].number, True)
    assert statements(facts.all()) == ["You sing.", "You keep bees.", "You paint pictures."]


def test_what_is_newer_takes_the_place_of_the_older_which_stays_as_the_past(facts: SqliteFacts) -> None:
    paris = facts.keep(fact("You live in Paris.", pinned=True))
    lyon = facts.keep(fact("You moved to Lyon.", days=9))
    assert lyon.supersedes == paris.number
    assert lyon.pinned
    assert facts.all() == [lyon]
    assert facts.all(past=True) == [lyon, replace(paris, valid_until=lyon.said_at)]


def test_what_was_said_before_something_newer_is_past_at_once(facts: SqliteFacts) -> None:
    facts.keep(fact("You moved to Lyon.", days=9))
    paris = facts.keep(fact("You live in Paris."))
    assert paris.valid_until == NOON + timedelta(days=9)
    assert statements(facts.all()) == ["You moved to Lyon."]


def test_what_is_known_is_not_kept_twice_and_has_both_sources(diary: SqliteDiary, facts: SqliteFacts) -> None:
    first, second = say(diary, "I like tea with milk"), say(diary, "as I said, I like tea with milk")
    kept = facts.keep(fact("You like tea with milk.", first, confidence=0.6))
    again = facts.keep(fact("You really like tea with milk!", second, confidence=0.9))
    assert again == replace(kept, turns=(first, second), confidence=0.9)
    assert facts.all() == [again]


def test_facts_are_found_by_any_form_of_their_words(facts: SqliteFacts) -> None:
    facts.keep(fact("Anna moved to Lyon.", subject="Anna"))
    facts.keep(fact("You keep bees."))
    assert statements(facts.all("moving")) == ["Anna moved to Lyon."]
    assert statements(facts.all("anna")) == ["Anna moved to Lyon."]
    assert statements(facts.all("bee")) == ["You keep bees."]
    assert statements(facts.all("bees anna")) == []
    assert statements(facts.all('"AND')) == []


def test_it_is_known_whom_something_is_known_about(facts: SqliteFacts) -> None:
    facts.keep(fact("Anna moved to Lyon.", subject="Anna"))
    facts.keep(fact("Anna sings in a choir.", subject="Anna"))
    facts.keep(fact("Rex is a terrier.", subject="Rex"))
    facts.keep(fact("You keep bees."))
    facts.keep(fact("You talked about bees.", kind="episode"))
    assert facts.people() == ["Anna", "Rex"]
    assert len(facts.about("anna")) == 2
    assert statements(facts.about(YOU)) == ["You keep bees."]


def test_the_user_corrects_ends_and_pins(facts: SqliteFacts) -> None:
    kept = facts.keep(fact("You keep bees.", confidence=0.5))
    changed = facts.change(kept.number, "You keep wasps.")
    assert changed == replace(kept, statement="You keep wasps.", confidence=1.0)
    assert statements(facts.all("wasp")) == ["You keep wasps."]
    assert statements(facts.all("bees")) == []
    ended = facts.end(kept.number, NOON + timedelta(days=1))
    assert ended == replace(changed, valid_until=NOON + timedelta(days=1))
    assert facts.all() == []
    assert facts.pin(kept.number, True) == replace(ended, pinned=True)


def test_what_is_not_there_cannot_be_changed(facts: SqliteFacts) -> None:
    assert facts.change(7, "You keep wasps.") is None
    assert facts.end(7, NOON) is None
    assert facts.pin(7, True) is None
    assert facts.delete([7]) == []


def test_deleted_facts_are_restored_and_the_diary_stays(diary: SqliteDiary, facts: SqliteFacts) -> None:
    kept = facts.keep(fact("You keep bees.", say(diary, "I keep bees")))
    assert facts.delete([kept.number]) == [kept]
    assert facts.all("bees") == []
    assert diary.count() == 1
    facts.restore([kept])
    facts.restore([kept])
    assert facts.all("bees") == [kept]


def test_a_fact_goes_with_the_last_of_its_turns_and_comes_back_with_it(diary: SqliteDiary, facts: SqliteFacts) -> None:
    first, second = say(diary, "I keep bees"), say(diary, "bees, in three hives")
    kept = facts.keep(fact("You keep bees in three hives.", first, second))
    deleted = [*diary.delete([first])]
    assert facts.all() == [replace(kept, turns=(second,))]
    deleted += diary.delete([second])
    assert facts.all(past=True) == []
    assert facts.all("bees") == []
    diary.restore(deleted)
    assert facts.all("bees") == [kept]


def test_a_summary_goes_with_any_of_its_turns(diary: SqliteDiary, facts: SqliteFacts) -> None:
    first, second = say(diary, "I robbed a bank"), say(diary, "and now it rains")
    kept = facts.keep(fact("You talked about a bank.", first, second, kind="episode"))
    deleted = diary.delete([first])
    assert facts.latest_episode() is None
    diary.restore(deleted)
    assert facts.latest_episode() == kept


def test_what_was_entered_by_hand_stays_whatever_turns_go(diary: SqliteDiary, facts: SqliteFacts) -> None:
    turn = say(diary, "something")
    kept = facts.keep(fact("You keep bees."))
    diary.delete([turn])
    assert facts.all() == [kept]
    diary.delete_all()
    assert facts.all(past=True) == []


def test_nothing_is_kept_of_turns_that_are_gone(diary: SqliteDiary, facts: SqliteFacts) -> None:
    turn = say(diary, "I keep bees")
    diary.delete([turn])
    assert facts.keep(fact("You keep bees.", turn)).number == 0
    assert facts.all() == []


def test_a_topic_is_forgotten_everywhere_and_all_of_it_can_be_undone(
    file: Path, diary: SqliteDiary, facts: SqliteFacts
) -> None:
    batches = open_batches(file)
    batches.add("chat", [PastTurn(NOON, "Tom", "Lyon in May?", "other", "x1"), PastTurn(NOON, "Tom", "Rome!", "other")])
    stays = say(diary, "I keep bees")
    goes = say(diary, "I moved to Lyon, and I keep bees there")
    drawn = facts.keep(fact("Your bees have moved too.", goes))
    named = facts.keep(fact("You live in Lyon.", stays, days=2))
    other = facts.keep(fact("You keep bees.", stays, goes))
    before = list(batches.turns())
    shown = facts.mentioning("Lyon")
    assert {found.number for found in shown.facts} == {drawn.number, named.number}
    assert [entry.number for entry in shown.entries] == [goes]
    assert len(shown.imported) == 1
    assert facts.forget_about("Lyon") == shown
    assert facts.all(past=True) == [replace(other, turns=(stays,))]
    assert [turn.text for turn in batches.turns()] == ["Rome!", "I keep bees"]
    assert not facts.mentioning("Lyon")
    facts.remember_again(shown)
    facts.remember_again(shown)
    assert {found.number for found in facts.all()} == {drawn.number, named.number, other.number}
    assert list(batches.turns()) == before
    assert facts.mentioning("lyon") == shown
    batches.close()


def test_her_answer_goes_with_what_it_answers(diary: SqliteDiary, facts: SqliteFacts) -> None:
    def add(who: Literal["user", "companion"], text: str, minute: float) -> int:
        return diary.add(Entry(0, NOON + timedelta(minutes=minute), who, "Eve", text)).number

    add("user", "Where does my sister live?", 0)
    add("companion", "In Lyon, you told me.", 0.1)
    stays = [add("user", "And the weather?", 0.2), add("companion", "Rain.", 0.3)]
    add("user", "Oh, my sister!", 0.4)
    stays.append(add("companion", "Good morning.", 500))
    assert len(facts.forget_about("my sister").entries) == 3
    assert [entry.number for entry in diary.entries()] == stays


@pytest.mark.parametrize("topic", ["", "  ", "me", "the", "?!"])
def test_a_topic_that_says_nothing_forgets_nothing(diary: SqliteDiary, facts: SqliteFacts, topic: str) -> None:
    say(diary, "the bees and me")
    facts.keep(fact("You keep bees."))
    assert not facts.forget_about(topic)
    assert diary.count() == 1


def test_open_ends_are_what_is_due_soon_or_was_just_now(facts: SqliteFacts) -> None:
    for days in (-20, -3, 0, 6, 9):
        due = NOON.date() + timedelta(days=days)
        facts.keep(fact(f"You have a test in room {days + 50}.", kind="plan", due=due))
    facts.keep(fact("You want to learn Dutch.", kind="plan"))
    facts.keep(fact("You want to paint the kitchen.", kind="plan", days=-30))
    facts.keep(fact("You promised Anna a picture.", kind="promise", subject="Anna"))
    facts.keep(fact("You keep bees."))
    ended = facts.keep(fact("You have a concert.", kind="plan", due=NOON.date()))
    facts.end(ended.number, NOON)
    found = [(end.due - NOON.date()).days if end.due else end.statement for end in facts.open_ends(NOON)]
    assert found[:3] == [-3, 0, 6]
    assert sorted(map(str, found[3:])) == ["You promised Anna a picture.", "You want to learn Dutch."]


def test_the_latest_episode_is_that_of_the_last_conversation(diary: SqliteDiary, facts: SqliteFacts) -> None:
    assert facts.latest_episode() is None
    newer = facts.keep(fact("You talked about bees.", kind="episode", days=3))
    facts.keep(fact("You talked about Lyon.", kind="episode", days=1, pinned=True))
    assert facts.latest_episode() == newer
    assert [fact.kind for fact in facts.all(kinds=["episode"])] == ["episode"] * 2


def test_a_file_from_before_there_were_facts_is_brought_up_to_date(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:2])
        earlier.setattr("companion.memory.fact_rows.going_with", lambda connection, numbers: [])
        batches = open_batches(file)
        batches.add("chat", [PastTurn(NOON, "Tom", "I keep bees", "user")])
        batches.close()
    facts = open_facts(file)
    assert len(facts.mentioning("bee").imported) == 1
    assert len(facts.forget_about("keeping").imported) == 1
    assert not facts.mentioning("bee")
    facts.close()


def test_halves_of_surrogate_pairs_are_kept_as_well_as_can_be(facts: SqliteFacts) -> None:
    kept = facts.keep(fact("You like \ud83d signs."))
    assert facts.all() == [kept]
    assert json.dumps(kept.statement) == '"You like ? signs."'
