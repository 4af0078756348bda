"""She becomes another in mid-conversation: at once, and neither knows what was said to the other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from companion.coming_back import Return
from companion.core import events as ev
from companion.core.intents import BeginAnew, Configure, DoNotDisturb, Say
from companion.core.paths import personas_folder
from companion.keeping import OpenedDiary
from tests.dialogues.stage import PERSONA, Dialogue, perform
from tests.fakes.list_diary import ListDiary
from tests.fakes.scripted_mind import NeverEnds, ScriptedMind

TEN = "One two three four five six seven eight nine ten."
BEA = """
version = 2
name = "Bea"
character = "You are Bea, a lighthouse keeper."
greeting = "Bea here."
[dials]
length = 0
"""


class Opened(ListDiary):
    told = ""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's personas: Bea."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    made = personas_folder()
    made.mkdir(parents=True)
    (made / "bea.toml").write_text(BEA)
    return made


def told(done: Dialogue) -> list[str]:
    return [
        name for name in done.names() if name in ("PersonaChanged", "ConversationBegun", "Configured", "ReplyFinished")
    ]


async def test_another_begins_a_conversation_of_her_own_with_her_own_words() -> None:
    mind = ScriptedMind(["Noted.", "No idea."])
    done = await perform(
        [-9.0], [], [], mind=mind,
        intents=[
            (0.1, Say("My cat is called Quillon.")), (3.0, Configure({"persona": "bea"})), (6.0, Say("What is it?"))
        ],
    )  # fmt: skip
    assert done.of(ev.PersonaChanged) == [ev.PersonaChanged(done.of(ev.PersonaChanged)[0].at_s, "Bea", True)]
    assert told(done) == [
        "ReplyFinished", "PersonaChanged", "ConversationBegun", "Configured", "ReplyFinished", "ReplyFinished"
    ]  # fmt: skip
    assert [turn.text for turn in done.turns] == ["Bea here.", "What is it?", "No idea."]
    asked = " ".join(message.text for message in mind.prompts[-1])
    assert "lighthouse" in asked and "Quillon" not in asked and "You are Ada" not in asked
    ahead = [" ".join(message.text for message in read) for read in mind.anticipated]
    assert any("lighthouse" in read and "Bea here." not in read for read in ahead), "it is read while nobody waits"
    assert done.transcriber.expected == ("Bea",)


async def test_she_greets_as_one_who_knows_what_was_before(folder: Path) -> None:
    (folder / "bea.toml").write_text(BEA + '[greetings]\nlong = ["It has been a while."]\n')
    mind = ScriptedMind(["Robin."])
    done = await perform(
        [-8.0], [], [], mind=mind, back=Return(away=timedelta(days=9), before="The user is called Robin."),
        intents=[(0.1, Configure({"persona": "bea"})), (4.0, Say("Who am I?"))],
    )  # fmt: skip
    assert done.turns[0].text == "It has been a while."
    assert any("The user is called Robin." in message.text for message in mind.prompts[-1])


async def test_she_does_not_greet_over_who_speaks_already() -> None:
    done = await perform([-6.0], [], ["Yes."], intents=[(0.5, Configure({"persona": "bea"})), (0.5, Say("Bea?"))])
    assert [turn.text for turn in done.turns] == ["Bea?", "Yes."]


async def test_she_answers_to_the_new_name() -> None:
    done = await perform(
        [-4.0, 1.0, -4.0], ["Bea, are you there?"], ["Yes."], intents=[(0.1, Configure({"persona": "bea"}))]
    )
    assert done.turns[1].text == "Are you there?"


async def test_what_is_cut_off_is_kept_with_hers_and_what_follows_with_the_others() -> None:
    diaries: list[Opened] = []

    def open_diary() -> OpenedDiary:
        diaries.append(Opened())
        return diaries[-1]

    done = await perform(
        [-8.0], [], [TEN, "Ahoy."], open_diary=open_diary,
        intents=[(0.1, Say("Count.")), (1.5, Configure({"persona": "bea"})), (5.0, Say("Hello."))],
    )  # fmt: skip
    cut_off = done.of(ev.ReplyInterrupted)[0].heard
    first, second = diaries
    assert [(entry.name, entry.text) for entry in first.entries()] == [(PERSONA.name, "Count."), ("Ada", cut_off)]
    assert [(entry.name, entry.text) for entry in second.entries()] == [
        ("Bea", "Bea here."), ("Bea", "Hello."), ("Bea", "Ahoy.")
    ]  # fmt: skip


async def test_one_who_is_changed_goes_on_with_the_conversation(folder: Path) -> None:
    mind = ScriptedMind(["Hi.", "Yes."])

    def change(event: ev.Event) -> None:
        if isinstance(event, ev.ReplyFinished) and event.text == "Hi.":
            (folder / "bea.toml").write_text(BEA.replace("a lighthouse keeper", "a pilot"))

    done = await perform(
        [-12.0], [], [], mind=mind, on_event=change,
        intents=[
            (0.1, Configure({"persona": "bea"})), (4.0, Say("Hello.")),
            (7.0, Configure({"persona": "bea", "her_name": "Cleo"})), (8.0, Say("Still there?")),
        ],
    )  # fmt: skip
    changed = done.of(ev.PersonaChanged)
    assert [(event.name, event.another) for event in changed] == [("Bea", True), ("Cleo", False)]
    assert len(done.of(ev.ConversationBegun)) == 1
    said = [message.text for message in mind.prompts[-1]]
    assert "You are Cleo, a pilot." in said[0] and "Hello." in said and "Still there?" in said


async def test_one_who_cannot_be_read_is_told_of_and_she_stays() -> None:
    done = await perform([-3.0], [], ["Yes."], intents=[(0.1, Configure({"persona": "nobody"})), (0.5, Say("Ada?"))])
    assert "There is no persona called 'nobody'." in done.of(ev.Faulted)[0].message
    assert not done.of(ev.PersonaChanged) and done.turns[-1].text == "Yes."


async def test_an_answer_that_nobody_heard_is_given_up() -> None:
    mind = ScriptedMind([NeverEnds("and"), "Yes."])
    done = await perform(
        [-5.0], [], [], mind=mind,
        intents=[(0.1, Say("Go on.")), (0.2, Configure({"persona": "bea"})), (3.0, Say("Bea?"))],
    )  # fmt: skip
    assert [turn.text for turn in done.turns] == ["Bea here.", "Bea?", "Yes."]


async def test_she_says_nothing_while_she_is_not_to_disturb() -> None:
    done = await perform(
        [-3.0], [], [], intents=[(0.1, DoNotDisturb(5)), (0.5, Configure({"persona": "bea"})), (1.0, BeginAnew())]
    )
    assert done.of(ev.PersonaChanged) and not done.of(ev.ReplyStarted)
