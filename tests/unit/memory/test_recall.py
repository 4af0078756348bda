"""What comes to mind: by words, by meaning, by time and by who said it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from companion.core.diary import Entry
from companion.core.facts import YOU, Fact
from companion.core.memory import CERTAIN_ENOUGH
from companion.memory.batches import open_batches
from companion.memory.facts import open_facts
from companion.memory.importers.turn import PastTurn
from companion.memory.recall import SqliteMemory, open_memory
from companion.memory.store import SqliteDiary, open_diary
from tests.fakes.meanings import ThemeEmbedder

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
FILLER = tuple(
    f"Nothing much happened here, it was a day like number {count} before it, you know." for count in range(30)
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def diary(file: Path) -> Iterator[SqliteDiary]:
    diary = open_diary(file)
    yield diary
    diary.close()


@pytest.fixture
def remembering(file: Path) -> Iterator[Callable[..., SqliteMemory]]:
    """A memory of `file` that has taken in all meanings."""
    opened: list[SqliteMemory] = []

    def open_it(embedder: ThemeEmbedder | None = None) -> SqliteMemory:
        opened.append(open_memory(file, embedder))
        while opened[-1].ponder():
            pass
        return opened[-1]

    yield open_it
    for memory in opened:
        memory.close()


def say(diary: SqliteDiary, *texts: str, who: Literal["user", "companion"] = "user", at: datetime = NOON) -> list[int]:
    return [
        diary.add(Entry(0, at + timedelta(minutes=minute), who, "Samantha", text)).number
        for minute, text in enumerate(texts)
    ]


def test_words_are_found_in_another_form(diary: SqliteDiary, remembering: Callable[..., SqliteMemory]) -> None:
    say(diary, *FILLER)
    (number,) = say(diary, "I was running along the canals with my two horses, for the first time since the flood.")
    best = remembering().recall("Did I run by a canal with a horse?")[0]
    assert (best.number, best.id, best.speaker) == (number, number, "")
    assert best.text.startswith("I was running")


def test_meaning_is_found_without_a_word_in_common(
    diary: SqliteDiary, remembering: Callable[..., SqliteMemory]
) -> None:
    say(diary, *FILLER)
    (number,) = say(diary, "Every evening I pick up the old violin and play until the neighbours knock on the wall.")
    found = remembering(ThemeEmbedder()).recall("Which instrument is mine?")
    assert found[0].number == number
    assert found[0].score >= CERTAIN_ENOUGH


def test_what_was_never_said_brings_up_nothing(diary: SqliteDiary, remembering: Callable[..., SqliteMemory]) -> None:
    say(diary, *FILLER)
    found = remembering(ThemeEmbedder()).recall("Which vehicle is mine?")
    assert all(turn.score < CERTAIN_ENOUGH for turn in found)


def test_an_answer_is_found_by_its_question(diary: SqliteDiary, remembering: Callable[..., SqliteMemory]) -> None:
    say(diary, *FILLER)
    asked, told = say(diary, "Where did you grow the leeks?", "Behind the shed of the old railway station in Swansea.")
    say(diary, *FILLER, at=NOON + timedelta(days=1))
    assert [turn.number for turn in remembering().recall("the leeks", limit=2)] in ([asked, told], [told, asked])


def test_a_short_answer_comes_with_its_question(diary: SqliteDiary, remembering: Callable[..., SqliteMemory]) -> None:
    say(diary, *FILLER)
    say(diary, "Lovely. Where did you grow the leeks?", who="companion")
    say(diary, "Behind the old railway station.", at=NOON + timedelta(minutes=1))
    say(diary, "Which leeks were the best?", who="companion", at=NOON + timedelta(minutes=2))
    say(diary, "I could talk about leeks for hours, but the ones from behind the shed were the best of all.", at=NOON)
    found = {one.text: one.asked for one in remembering().recall("the leeks at the railway station")}
    assert found["Behind the old railway station."] == "Where did you grow the leeks?"
    assert found["Lovely. Where did you grow the leeks?"] == ""
    assert not any(asked for text, asked in found.items() if text.startswith("I could"))


def test_a_time_is_enough(diary: SqliteDiary, remembering: Callable[..., SqliteMemory]) -> None:
    say(diary, *FILLER[:10], at=NOON - timedelta(days=5))
    numbers = say(diary, "We painted the kitchen ceiling together, and half of it came down on us.", at=NOON)
    found = remembering().recall("What did we do yesterday?", at=NOON + timedelta(days=1))
    assert found[0].number == numbers[0]


@pytest.mark.parametrize("question", ["What did we do in March?", "What did we do last week?"])
def test_a_time_of_which_nothing_is_kept_is_seen_from_when_something_was_said_last(
    diary: SqliteDiary, remembering: Callable[..., SqliteMemory], question: str
) -> None:
    say(diary, *FILLER[:10], at=NOON - timedelta(days=40))
    (number,) = say(diary, "We painted the kitchen ceiling together, and half of it came down on us.", at=NOON)
    say(diary, "It is dry by now.", at=NOON + timedelta(days=3))
    found = remembering().recall(question, at=NOON + timedelta(days=1000))
    assert found[0].number == number


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What kind of bread did I bake before the move?", "I baked rye bread."),
        ("What kind of bread did I bake after the move?", "I baked white bread."),
        ("What kind of bread did I bake after the wedding?", None),
    ],
)
def test_a_time_can_be_told_by_what_happened_then(
    diary: SqliteDiary, remembering: Callable[..., SqliteMemory], question: str, answer: str | None
) -> None:
    said = ("I baked rye bread.", "We moved to Nantes yesterday.", "I baked white bread.")
    for days, text in enumerate(said):
        say(diary, text, *FILLER[:10], at=NOON + timedelta(days=30 * days))
    found = remembering().recall(question, NOON + timedelta(days=300))
    breads = [turn for turn in found if "bread" in turn.text]
    if answer:
        assert breads[0].text == answer
        assert breads[0].score > breads[1].score + 0.05
    else:
        assert abs(breads[0].score - breads[1].score) < 0.05


def test_a_talk_tells_a_time(diary: SqliteDiary, remembering: Callable[..., SqliteMemory]) -> None:
    say(diary, "There was rye bread.", *FILLER[:10])
    say(diary, "The trip will be long.", *FILLER[:10], "There was white bread.", at=NOON + timedelta(days=30))
    say(diary, "There was dark bread.", *FILLER[:10], at=NOON + timedelta(days=60))
    found = remembering().recall("Which bread was there when we talked about the trip?", NOON + timedelta(days=300))
    assert next(turn.text for turn in found if "bread" in turn.text) == "There was white bread."


def test_who_said_it_counts(file: Path, remembering: Callable[..., SqliteMemory]) -> None:
    batches = open_batches(file)
    said = "I learned to bake bread in the mountains, with an old man who never spoke."
    batches.add("chat", [PastTurn(NOON, "Anna", said, id="a"), PastTurn(LATER, "Tom Reed", said, id="b")])
    batches.close()
    memory = remembering()
    assert memory.recall("Where did Anna learn to bake?")[0].id == "a"
    assert memory.recall("Where did Tom learn to bake?")[0].id == "b"


def test_the_meaning_of_a_question_is_asked_for_without_names(
    file: Path, remembering: Callable[..., SqliteMemory]
) -> None:
    batches = open_batches(file)
    batches.add("chat", [PastTurn(NOON, name, f"{name} here. {text}") for name in ("Anna", "Tom") for text in FILLER])
    batches.add("chat", [PastTurn(LATER, "Tom", "Every evening I pick up the old violin until they knock.", id="v")])
    batches.close()
    embedder = ThemeEmbedder()
    memory = remembering(embedder)
    assert memory.recall("Which instrument is Tom's?")[0].id == "v"
    assert embedder.asked[-1] == "Which instrument is ?"
    assert "Every evening I pick up the old violin until they knock." in embedder.asked, "nor is the speaker's name"
    memory.recall("Tom?")
    assert embedder.asked[-1] == "Tom?", "unless nothing else is left"


@pytest.mark.parametrize("asked_of", ["Tom", "Anna"])
def test_who_mixes_up_two_people_finds_it_all_the_same(
    file: Path, remembering: Callable[..., SqliteMemory], asked_of: str
) -> None:
    batches = open_batches(file)
    batches.add("chat", [PastTurn(NOON, ("Anna", "Tom")[place % 2], text) for place, text in enumerate(FILLER)])
    batches.add("chat", [PastTurn(LATER, "Tom", "Every evening I pick up the old violin until they knock.", id="v")])
    batches.close()
    assert remembering(ThemeEmbedder()).recall(f"Which instrument is {asked_of}'s?")[0].id == "v"


@pytest.mark.parametrize("embedder", [None, ThemeEmbedder()])
def test_as_many_are_found_as_are_wanted(
    diary: SqliteDiary, remembering: Callable[..., SqliteMemory], embedder: ThemeEmbedder | None
) -> None:
    for day in range(20):
        say(diary, *FILLER, at=NOON + timedelta(days=day))
    memory = remembering(embedder)
    for limit in (1, 20, 500):
        found = memory.recall("Was it a day like any other?", limit=limit)
        assert len(found) == limit
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_what_is_said_meanwhile_is_remembered_too(diary: SqliteDiary, remembering: Callable[..., SqliteMemory]) -> None:
    embedder = ThemeEmbedder()
    memory = remembering(embedder)
    assert memory.recall("the soup") == []
    (number,) = say(diary, "My grandmother's soup had seven kinds of beans in it, and one secret.")
    assert memory.recall("beans")[0].number == number
    assert memory.ponder() == 0
    assert memory.recall("food")[0].number == number


def test_what_is_said_while_she_remembers_does_no_harm(
    diary: SqliteDiary, remembering: Callable[..., SqliteMemory]
) -> None:
    class Interrupted(ThemeEmbedder):
        """While it works, somebody says more."""

        def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            say(diary, *more)
            return super().embed(texts)

    more: list[str] = []
    say(diary, "Hello there.")
    memory = remembering(Interrupted())
    memory.recall("Hello there.")
    more += ["Hello there."] * 3
    assert [turn.text for turn in memory.recall("Hello there.")] == ["Hello there."] * 4


def test_what_was_deleted_is_forgotten(diary: SqliteDiary, remembering: Callable[..., SqliteMemory]) -> None:
    numbers = say(diary, "My sister Petra walks on cliffs without a thought for the rest of the family.", *FILLER[:3])
    memory = remembering(ThemeEmbedder())
    assert memory.recall("Who is my sibling?")[0].number == numbers[0]
    gone = diary.delete(numbers[:1])
    assert numbers[0] not in [turn.number for turn in memory.recall("Who is my sibling?")]
    diary.restore(gone)
    memory.ponder()
    assert memory.recall("Who is my sibling?")[0].number == numbers[0]
    diary.delete_all()
    assert memory.recall("Who is my sibling?") == []


def test_another_embedder_takes_all_in_anew(diary: SqliteDiary, remembering: Callable[..., SqliteMemory]) -> None:
    say(diary, *FILLER)
    remembering(ThemeEmbedder("one"))
    other = ThemeEmbedder("other")
    remembering(other)
    assert len(other.asked) == len(FILLER)


def test_where_the_embedder_fails_words_are_found(diary: SqliteDiary, remembering: Callable[..., SqliteMemory]) -> None:
    (number,) = say(diary, "The violin is in the attic, under the blanket that smells of camphor.")
    embedder = ThemeEmbedder()
    memory = remembering(embedder)
    embedder.broken = True
    assert memory.recall("camphor")[0].number == number


def test_neither_words_nor_meanings_can_be_read_on_disk(
    diary: SqliteDiary, file: Path, remembering: Callable[..., SqliteMemory]
) -> None:
    say(diary, "marmalade and violin")
    remembering(ThemeEmbedder())
    content = b"".join(path.read_bytes() for path in file.parent.glob("conversations.db*"))
    assert not any(word in content for word in (b"marmalade", b"marmalad", b"violin", b"themes"))


def test_what_is_still_so_is_likelier_than_what_was_and_what_is_pinned_likeliest(
    diary: SqliteDiary, file: Path, remembering: Callable[..., SqliteMemory]
) -> None:
    said = [f"I live on the {floor} floor of the old house by the river." for floor in ("first", "second", "third")]
    numbers = [number for day, text in enumerate(said) for number in say(diary, text, at=NOON + timedelta(days=day))]
    facts = open_facts(file)
    first, second = (
        facts.keep(Fact(0, "fact", YOU, statement, NOON, (number,)))
        for statement, number in (("You have a dog.", numbers[0]), ("You paint owls.", numbers[1]))
    )
    memory = remembering()

    def order() -> list[int]:
        return [turn.number for turn in memory.recall("Which floor of the house by the river?", LATER)]

    assert order()[-1] == numbers[2], "nothing is known from it"
    facts.end(first.number, LATER)
    assert order() == [numbers[1], numbers[2], numbers[0]]
    facts.end(second.number, LATER)
    facts.keep(Fact(0, "fact", YOU, "You like the third floor.", NOON, (numbers[0],), pinned=True))
    assert order()[0] == numbers[0]
    facts.close()
