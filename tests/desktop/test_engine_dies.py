"""The engine is killed: she comes back, with all that was said."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.diagnostics.sound_server import SoundServer
from tests.desktop.desktop import Desktop
from tests.desktop.person import Person, person_at

pytestmark = pytest.mark.timeout(120)


def test_killed_in_mid_reply_she_comes_back_and_knows_what_was_said(
    desktop: Desktop, sound: SoundServer, tmp_path: Path
) -> None:
    with person_at(desktop, sound, tmp_path) as person:
        person.app.wait_until_listening()
        person.say_in_writing("My name is Robin. Tell me a long story.")
        person.app.wait_for("ClauseStarted")
        first = person.app.engine()
        first.kill()
        person.app.wait_for("ConversationStarted")
        person.app.wait_for("StateChanged", state="listening")
        assert person.app.engine().pid != first.pid
        assert deaths(person) == ["died"]
        person.say_in_writing("And who are you?")
        since_death = person.app.wait_for_any("UserSpoke", "ReplyStarted")
        assert since_death["event"] == "UserSpoke", "she does not greet anew"
        person.app.wait_for("ReplyFinished")
        person.choose("All that was said")
        for line in ("My name is Robin. Tell me a long story.", "And who are you?"):
            person.read_on_screen(line)


def test_killed_again_and_again_she_says_so_and_offers_what_can_be_done(
    desktop: Desktop, sound: SoundServer, tmp_path: Path
) -> None:
    with person_at(desktop, sound, tmp_path) as person:
        for count in (1, 2, 3):
            person.app.engine().kill()
            wait_for_deaths(person, count)
        assert deaths(person) == ["died", "died", "given up"]
        person.read_on_screen("again and again")
        for offer in ("Settings", "Report"):
            assert person.reader.shown(offer)
        person.press("Try again")
        person.app.wait_for("ConversationStarted")


def deaths(person: Person) -> list[object]:
    """How the window took each end of an engine."""
    return [line["engine"] for line in person.app.window_log() if line.get("engine") in ("died", "given up")]


def wait_for_deaths(person: Person, count: int) -> None:
    person.desktop.wait_for(lambda: len(deaths(person)) == count, f"death {count} to be noticed")
