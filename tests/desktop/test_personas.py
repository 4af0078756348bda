"""Who she is, chosen and changed while she is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.diagnostics.sound_server import SoundServer
from tests.desktop.desktop import Desktop
from tests.desktop.person import LOUD, Person, loudness, person_at

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def person(desktop: Desktop, sound: SoundServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    with person_at(desktop, sound, tmp_path_factory.mktemp("home")) as person:
        person.app.wait_until_listening()
        yield person


def test_another_takes_over_at_once_and_speaks_first(person: Person) -> None:
    person.say_in_writing("Hello")
    person.app.wait_for("ReplyFinished")
    person.wait_until_state("listening")
    with person.sound.record() as heard:
        person.choose("Persona", "Anselm")
        changed = person.app.wait_for("PersonaChanged")
        assert (changed["name"], changed["another"]) == ("Anselm", True)
        person.app.wait_for("ConversationBegun")
        person.app.wait_for("ReplyFinished")
        assert loudness(heard) > LOUD, "his first words are spoken, by the engine that ran before"
    person.desktop.wait_for(lambda: not person.reader.says("You: Hello"), "what was said to another to go")


def test_she_is_changed_in_the_settings_and_goes_on_as_she_is_now(person: Person) -> None:
    person.wait_until_state("listening")
    person.choose("Settings")
    settings = person.desktop.window("Settings")
    person.desktop.wait_for(lambda: person.desktop.x.active() == settings.id, "the settings to have the keyboard")
    person.press("Personality")
    person.press("Edit Anselm")
    editor = person.desktop.window("Anselm: persona")
    person.desktop.wait_for(lambda: person.desktop.x.active() == editor.id, "the editor to have the keyboard")
    person.press("Her name")
    person.desktop.key("ctrl+a")
    person.desktop.type("Bruno")
    person.desktop.key("ctrl+s")
    changed = person.app.wait_for("PersonaChanged")
    assert (changed["name"], changed["another"]) == ("Bruno", False)
    person.read_on_screen("Saved.")
    assert person.reader.nameless() == []
    person.desktop.x.close(person.desktop.window("Bruno: persona"))
    person.desktop.wait_for(lambda: not person.desktop.windows("Bruno: persona"), "the editor to be closed")
