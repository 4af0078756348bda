"""Her memory in the user's hands, by voice and typed: the conversation and the file of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from companion.core import events as ev
from companion.core.diary import Entry
from companion.core.errors import CompanionError
from companion.core.intents import Say
from companion.core.transcript import History
from companion.memory.facts import SqliteFacts, open_facts
from companion.memory.store import SqliteDiary, open_diary
from companion.memory.told import as_fact, days_of
from companion.talk.memory_answers import BACK, GONE, KEPT, WILL_REMEMBER
from companion.talk.memory_deeds import Past
from companion.talk.prompt import Prompt
from companion.talk.remembering import Remembering
from companion.talk.workers import Worker
from tests.dialogues.stage import PERSONA, Dialogue, perform
from tests.fakes.engines import SilenceUntil

NOW = datetime(2026, 3, 5, 20, 0, tzinfo=UTC)


@dataclass
class Home:
    """Where a conversation is kept, and what she does with it."""

    diary: SqliteDiary
    facts: SqliteFacts
    worker: Worker
    keeps: bool = True
    kept: list[bool] = field(default_factory=list)
    forgot: list[tuple[str, ...]] = field(default_factory=list)
    at: datetime = NOW
    fails: CompanionError | None = None
    before: Callable[[], object] = lambda: None
    """Called on the worker before it reads."""

    def take(self, event: ev.Event) -> None:
        match event:
            case ev.UserSpoke(text=text):
                self.write("user", text)
            case ev.ReplyFinished(text=text):
                self.write("companion", text)

    def write(self, who: object, text: str) -> None:
        if self.keeps:
            self.at += timedelta(seconds=5)
            self.diary.add(Entry(0, self.at, "user" if who == "user" else "companion", "Ada", text))

    def remembering(self, history: History, prompt: Prompt) -> Remembering:
        return Remembering(
            self.past, self.worker, history, prompt, (PERSONA.name,), self.keep, self.note, lambda: self.at, Random(1)
        )

    def past(self) -> Past | None:
        self.before()
        if self.fails:
            raise self.fails
        return Past(self.diary, self.facts, None, as_fact, days_of)

    def note(self, texts: tuple[str, ...], everything: bool) -> None:
        self.forgot.append(("everything",) if everything else texts)

    def keep(self, wanted: bool) -> None:
        self.kept.append(wanted)

    def words(self) -> list[str]:
        return [entry.text for entry in self.diary.entries()]

    def known(self) -> list[str]:
        return [fact.statement for fact in self.facts.all()]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    file = tmp_path / "conversations.db"
    diary, facts = open_diary(file), open_facts(file)
    with Worker("remember") as worker:
        yield Home(diary, facts, worker)
    facts.close()
    diary.close()


async def typed(home: Home, *lines: str, replies: Sequence[str] = ()) -> Dialogue:
    """Lines that are typed one after another, each after the answer to the last."""
    intents = [(0.1 + 8.0 * number, Say(line)) for number, line in enumerate(lines)]
    return await perform([-8.0 * len(lines)], [], replies, intents=intents, memory=home.remembering, on_event=home.take)


def hers(done: Dialogue) -> list[str]:
    return [event.text for event in done.of(ev.ReplyFinished)]


async def test_what_she_is_told_to_remember_she_knows_by_voice(home: Home) -> None:
    done = await perform(
        [1.0, -5.0, 1.0, -8.0],
        ["Ada, remember that I'm allergic to nuts.", "What do you know about me?"],
        [],
        memory=home.remembering,
        on_event=home.take,
    )
    assert hers(done)[0] in WILL_REMEMBER
    assert hers(done)[1] == "You're allergic to nuts."
    assert done.of(ev.Faulted) == []


async def test_the_language_model_answers_all_else(home: Home) -> None:
    done = await typed(home, "I can't remember that film.", "What do you know about jazz?", replies=["Which?", "Lots."])
    assert hers(done) == ["Which?", "Lots."]


async def test_where_she_knows_nothing_she_says_so(home: Home) -> None:
    done = await typed(home, "What do you know about me?", "What do you remember about Mara?")
    assert all("swear" in line or "certain" in line for line in hers(done))


async def test_asked_what_she_knows_of_them_she_tells_of_theirs_too(home: Home) -> None:
    for text in ("My sister Clara lives in Lyon", "Mara moved to Rome", "I am a carpenter"):
        home.facts.keep(as_fact(text, home.at))
    done = await typed(home, "What do you know about me?")
    assert "You're a carpenter" in hers(done)[0]
    assert "our sister Clara lives in Lyon" in hers(done)[0]
    assert "Mara" not in hers(done)[0]


async def test_where_she_knows_a_name_alone_she_tells_it(home: Home) -> None:
    def named(history: History, prompt: Prompt) -> Remembering:
        prompt.become(PERSONA, "Robin")
        return home.remembering(history, prompt)

    done = await perform([-8.0], [], [], intents=[(0.1, Say("What do you know about me?"))], memory=named)
    assert "Robin" in hers(done)[0]


async def test_one_thing_is_forgotten_after_she_has_said_what_goes_with_it(home: Home) -> None:
    home.write("user", "I'm a carpenter.")
    home.facts.keep(as_fact("I am a carpenter", home.at))
    home.facts.keep(as_fact("I live in Lyon", home.at))
    done = await typed(home, "Forget that I am a carpenter.", "Yes.")
    assert hers(done)[0] == "With it goes this: You're a carpenter. Shall I forget that you are a carpenter?"
    assert hers(done)[1] in GONE
    assert home.known() == ["You live in Lyon."]
    assert not [text for text in home.words() if "carpenter" in text]


async def test_what_was_never_told_is_not_forgotten(home: Home) -> None:
    done = await typed(home, "Forget that I am a pilot.", "Yes.", replies=["Yes what?"])
    assert hers(done) == ["I have nothing of the kind.", "Yes what?"]


async def test_forget_that_takes_what_was_said_from_file_and_model(home: Home) -> None:
    done = await typed(home, "I stole a pen.", "Forget that.", "And now?", replies=["Which one?", "Now what?"])
    assert hers(done)[1] in GONE
    assert set(home.forgot[0]) == {"I stole a pen.", "Which one?"}
    assert not [text for text in home.words() if "pen" in text or "Which" in text]
    assert not [turn for turn in done.turns if "pen" in turn.text or "Which" in turn.text]


async def test_what_was_forgotten_can_be_brought_back(home: Home) -> None:
    done = await typed(home, "I stole a pen.", "Forget that.", "Bring that back.", replies=["Which one?"])
    assert hers(done)[2] in BACK
    assert "I stole a pen." in home.words()
    assert [turn.text for turn in done.turns[:2]] == ["I stole a pen.", "Which one?"]


async def test_what_was_remembered_is_forgotten_with_what_was_said(home: Home) -> None:
    await typed(home, "Remember that I hate peas.", "Forget that.")
    assert home.known() == []


def tell_of_mara(home: Home) -> None:
    for text in ("My sister is called Mara.", "Mara moved to Lyon.", "I like tea."):
        home.write("user", text)
        home.facts.keep(as_fact(text.rstrip("."), home.at))


async def test_destroying_asks_first_and_does_it_on_yes(home: Home) -> None:
    tell_of_mara(home)
    done = await perform(
        [1.0, -12.0, 0.6, -6.0],
        ["Forget everything about Mara.", "Yes."],
        [],
        memory=home.remembering,
        on_event=home.take,
    )
    assert hers(done)[0] == (
        "That is two things that I know and two things that were said. Shall I forget everything about Mara?"
    )
    assert hers(done)[1] in GONE
    assert not [text for text in (*home.words(), *home.known()) if "Mara" in text]
    assert home.known() == ["You like tea."]
    assert not [turn for turn in done.turns if "Mara" in turn.text]


@pytest.mark.parametrize(
    ("answer", "replies", "said"),
    [("No, don't.", [], KEPT), ("What's the time?", ["Late."], ("Late.",)), ("Undo.", ["Undo what?"], ("Undo what?",))],
)
async def test_anything_but_yes_keeps_everything(
    home: Home, answer: str, replies: list[str], said: tuple[str, ...]
) -> None:
    tell_of_mara(home)
    before = home.known()
    done = await typed(home, "Forget everything about Mara.", answer, replies=replies)
    assert hers(done)[1] in said
    assert home.known() == before


async def test_a_yes_that_comes_later_is_meant_for_something_else(home: Home) -> None:
    tell_of_mara(home)
    await typed(home, "Forget everything about Mara.", "Is it late?", "Yes.", replies=["Are you tired?", "Sleep."])
    assert "Mara moved to Lyon." in home.words()


async def test_a_topic_comes_back_whole(home: Home) -> None:
    tell_of_mara(home)
    before = sorted(home.known())
    await typed(home, "Forget everything about Mara.", "Yes.", "Undo that.")
    assert sorted(home.known()) == before
    assert "Mara moved to Lyon." in home.words()


async def test_everything_goes_after_a_yes(home: Home) -> None:
    tell_of_mara(home)
    done = await typed(home, "Forget everything.", "Yes, please.", "Undo.", replies=["I can't."])
    assert "can't be undone" in hers(done)[0]
    assert home.known() == []
    assert home.words() == [hers(done)[1], "Undo.", "I can't."]
    assert home.forgot == [("everything",)]


async def test_what_was_talked_about_on_a_day(home: Home) -> None:
    home.at = NOW - timedelta(days=1)
    home.write("user", "The boiler broke and the plumber never came.")
    home.write("companion", "Oh no.")
    home.at = NOW
    done = await typed(home, "What did we talk about yesterday?", "What did we talk about last year?")
    assert hers(done) == [
        "Yesterday you said: “The boiler broke and the plumber never came.”",
        "I have nothing kept from last year.",
    ]


async def test_what_stays_between_them_is_not_kept(home: Home) -> None:
    done = await typed(home, "This stays between us.", "Remember that I steal pens.", "You can remember again.")
    assert home.kept == [False, True]
    assert "keep" in hers(done)[1]
    assert home.known() == []


async def test_a_request_that_goes_on_leaves_no_trace_of_its_first_half(home: Home) -> None:
    went_on = threading.Event()
    home.before = lambda: went_on.wait(10)

    def notice(event: ev.Event) -> None:
        home.take(event)
        if isinstance(event, ev.TurnTakenBack):
            went_on.set()

    done = await perform(
        [1.0, SilenceUntil("UserSpoke"), 1.0, SilenceUntil("ReplyFinished")],
        ["Remember that I'm allergic to nuts", "and cats."],
        [],
        memory=home.remembering,
        on_event=notice,
    )
    assert [turn.text for turn in done.turns][:1] == ["Remember that I'm allergic to nuts and cats."]
    assert home.known() == ["You are allergic to nuts and cats."]


async def test_a_memory_out_of_reach_is_told_of(home: Home) -> None:
    home.fails = CompanionError("The disk is full.", "Make room.")
    done = await typed(home, "Remember that I'm allergic to nuts.", "Forget that.")
    assert hers(done) == ["I can't get at my memory just now. The disk is full."] * 2
    assert done.turns[0].text == "Remember that I'm allergic to nuts."
