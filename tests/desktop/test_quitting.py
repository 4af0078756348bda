"""However it ends, nothing of it stays behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from companion.diagnostics.sound_server import SoundServer
from tests.desktop.app import Home, running_app
from tests.desktop.desktop import Desktop, running_desktop
from tests.desktop.person import SETTINGS, Person, person_at

pytestmark = pytest.mark.timeout(120)


def by_menu(person: Person) -> None:
    person.choose("Quit")


def by_signal(person: Person) -> None:
    person.app.ask_to_end()


@pytest.mark.parametrize("quit_it", [by_menu, by_signal])
def test_quitting_ends_the_engine_too(
    desktop: Desktop, sound: SoundServer, tmp_path: Path, quit_it: Callable[[Person], None]
) -> None:
    with person_at(desktop, sound, tmp_path) as person:
        person.app.wait_for("ReplyStarted")
        engine = person.app.engine()
        quit_it(person)
        assert person.app.left() == 0
        assert not engine.is_running()


def test_it_can_be_quit_before_the_engine_is_ready(desktop: Desktop, sound: SoundServer, tmp_path: Path) -> None:
    with running_app(desktop, sound.environment, Home.made(tmp_path, SETTINGS)) as app:
        app.wait_for_window_log(window="visible")
        app.engine()
        assert app.quit() == 0


def test_logging_out_ends_it(sound: SoundServer, tmp_path: Path) -> None:
    with running_desktop(tmp_path) as desktop, person_at(desktop, sound, tmp_path / "home") as person:
        person.app.wait_for("ConversationStarted")
        person.app.engine()
        desktop.end_session()
        person.app.left()


def test_a_window_that_is_killed_takes_its_engine_along(desktop: Desktop, sound: SoundServer, tmp_path: Path) -> None:
    with person_at(desktop, sound, tmp_path) as person:
        person.app.wait_for("ConversationStarted")
        person.app.engine()
        person.app.process.kill()
        person.app.left()
        assert person.desktop.windows("Samantha") == []
    with person_at(desktop, sound, tmp_path) as again:
        assert again.window, "what the first left behind is no obstacle"
