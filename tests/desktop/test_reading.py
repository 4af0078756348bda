"""Without eyes and without a mouse: the app through assistive technology and the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.diagnostics.sound_server import SoundServer
from tests.desktop.desktop import Desktop
from tests.desktop.person import Person, person_at

pytestmark = pytest.mark.timeout(120)

CONTROLS = ("Menu", "Shrink to her alone", "Hide the window", "Type to her", "Mute the microphone", "Stop her (Esc)")


@pytest.fixture(scope="module")
def person(desktop: Desktop, sound: SoundServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    with person_at(desktop, sound, tmp_path_factory.mktemp("home")) as person:
        person.app.wait_until_listening()
        yield person


def test_each_control_of_the_window_says_what_it_is(person: Person) -> None:
    for name in CONTROLS:
        assert person.reader.shown(name)
    assert person.reader.nameless() == []
    person.reader.wait_for(lambda each: each.name == "Samantha is listening", "her state")


def test_each_control_of_the_window_is_reached_by_tab(person: Person) -> None:
    person.reader.focus("Type to her")
    reached = {heard.name for _ in range(2 * len(CONTROLS)) if (heard := person.reader.after_key("Tab"))}
    assert set(CONTROLS) - {"Stop her (Esc)"} <= reached, "the stop button is off while she is silent"


def test_muting_and_a_line_by_the_reader_alone(person: Person) -> None:
    person.app.skip()
    person.reader.press("Mute the microphone")
    person.app.wait_for("StateChanged", state="muted")
    person.reader.press("Listen again")
    person.app.wait_for("StateChanged", state="listening")
    person.reader.write("Type to her", "What makes a good friend?")
    person.reader.focus("Type to her")
    person.desktop.key("Return")
    assert person.app.wait_for("UserSpoke")["text"] == "What makes a good friend?"
    answer = person.app.wait_for("ReplyFinished")["text"]
    person.read_on_screen(answer.split("\n")[0])


def test_each_control_of_the_settings_says_what_it_is(person: Person) -> None:
    person.choose("Settings")
    person.desktop.window("Settings")
    pages = [each.name for each in person.reader.widgets() if each.role == "list item"]
    assert len(pages) >= 7, person.reader.outline()
    for page in pages:
        person.desktop.click(person.reader.shown(page, "list item").centre)
        person.desktop.wait_for_stillness(person.reader.outline, looks=3)
        assert person.reader.nameless() == [], page
    person.desktop.key("Escape")
