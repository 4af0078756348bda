"""The app by mouse, keyboard and ear: what people do with the tray and the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.diagnostics.sound_server import SoundServer
from tests.desktop.app import TITLE
from tests.desktop.desktop import Desktop
from tests.desktop.person import LOUD, Person, loudness, person_at
from tests.desktop.x_windows import Place
from tests.endtoend.words import error_rate

pytestmark = pytest.mark.timeout(120)

A_STORY = "Tell me a long story about the sea."


@pytest.fixture(scope="module")
def resident(desktop: Desktop, sound: SoundServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    with person_at(desktop, sound, tmp_path_factory.mktemp("home")) as person:
        person.app.wait_until_listening()
        yield person


@pytest.fixture
def person(resident: Person) -> Person:
    """With the app as it is after its start: the window shown and large, she listens, no menu open."""
    if not resident.sees_her:
        resident.click_tray()
    resident.wait_until_shown(True)
    resident.wait_until_state("listening")
    resident.app.skip()
    return resident


def test_a_left_click_on_the_tray_hides_and_shows_the_window(person: Person) -> None:
    before = person.window
    person.click_tray()
    person.wait_until_shown(False)
    person.click_tray()
    person.wait_until_shown(True)
    assert person.window[3:] == before[3:], "it stands where it stood"


def test_the_window_stays_above_others(person: Person) -> None:
    assert "_NET_WM_STATE_ABOVE" in person.desktop.x.states(person.window)


def test_the_menu_hides_and_shows_the_window(person: Person) -> None:
    person.choose("Hide the window")
    person.wait_until_shown(False)
    person.choose("Show the window")
    person.wait_until_shown(True)


def test_the_menu_mutes_and_listens_again(person: Person) -> None:
    person.choose("Mute the microphone")
    person.app.wait_for("StateChanged", state="muted")
    assert "checked" in person.reader.shown("Listen again").states
    person.choose("Listen again")
    person.app.wait_for("StateChanged", state="listening")
    person.reader.shown("Mute the microphone")


def test_the_menu_tells_how_to_talk(person: Person) -> None:
    person.desktop.open_menu(person.desktop.tray_icon().centre)
    assert person.reader.find_in_menu("Hold Ctrl+Alt+Space to talk")
    person.close_menu()


def test_the_menu_asks_not_to_be_disturbed(person: Person) -> None:
    person.choose("Do not disturb")
    began = person.app.wait_for("QuietBegan")
    assert began["until_s"] - began["at_s"] == pytest.approx(3600, abs=5)
    person.read_on_screen("do not disturb")
    person.choose("Do not disturb")
    person.app.wait_for("QuietEnded")


def test_the_menu_shrinks_the_window_to_her_and_back(person: Person) -> None:
    large = person.window
    person.choose("Shrink to her alone")
    person.desktop.wait_for(lambda: person.window.width < large.width / 2, "a small window")
    assert not [each for each in person.reader.widgets() if each.name == "Type to her"]
    person.choose("Show all of the window")
    person.desktop.wait_for(lambda: person.window[3:] == large[3:], "the window as it was")


@pytest.mark.parametrize(
    ("entry", "title"),
    [("All that was said", "[Cc]onversation|said"), ("What she remembers", "remembers"), ("Settings", "Settings")],
)
def test_the_menu_opens_windows(person: Person, entry: str, title: str) -> None:
    person.choose(entry)
    opened = person.desktop.window(title)
    person.desktop.wait_for(lambda: person.desktop.x.active() == opened.id, f"{entry} to have the keyboard")
    person.desktop.x.close(opened)
    person.desktop.wait_for(lambda: not person.desktop.windows(title), f"{entry} to be closed")
    assert person.sees_her


def test_the_menu_chooses_her_voice(person: Person) -> None:
    person.desktop.open_menu(person.desktop.tray_icon().centre)
    person.reader.find_in_menu("Voice")
    person.desktop.key("Right")  # which goes to its first entry
    person.desktop.key("Return")
    person.app.wait_for("ConversationStarted")
    person.wait_until_state("listening")


def test_the_menu_begins_a_new_conversation(person: Person) -> None:
    person.say_in_writing("Hello")
    person.app.wait_for("ReplyFinished")
    person.app.wait_for("StateChanged", state="listening")
    person.choose("New conversation")
    person.app.wait_for("ConversationBegun")
    person.desktop.wait_for(lambda: not person.reader.says("You: Hello"), "the old words to go")


def test_dragging_moves_the_window_and_it_goes_to_a_near_edge(person: Person) -> None:
    before = person.window
    person.drag_window(-300, -90)
    person.desktop.wait_for(lambda: person.window[3:5] == (before.x - 300, before.y - 90), "the window to move")
    person.drag_window(-person.window.x + 11, 0)
    person.desktop.wait_for(lambda: person.window.x == 0, "the window to go to the left edge")
    right = person.desktop.x.size[0] - before.width
    person.drag_window(right - 9, 0)
    person.desktop.wait_for(lambda: person.window.x == right, "the window to go to the right edge")


def test_a_typed_line_is_answered_on_the_screen_and_aloud(person: Person) -> None:
    with person.sound.record() as heard:
        person.say_in_writing("What makes a good friend?")
        assert person.app.wait_for("UserSpoke")["text"] == "What makes a good friend?"
        person.read_on_screen("What makes a good friend?")
        answer = person.app.wait_for("ReplyFinished")["text"]
        assert loudness(heard) > LOUD
    person.read_on_screen(answer.split("\n")[0])


def begin_a_story(person: Person) -> None:
    """She has begun to tell one. Of what was interrupted before she knows nothing, or she would break off like that."""
    person.choose("New conversation")
    person.app.wait_for("ConversationBegun")
    person.say_in_writing(A_STORY)
    person.app.wait_for("ClauseStarted")


def test_escape_stops_her_and_what_was_not_heard_is_struck_through(person: Person) -> None:
    with person.sound.record() as heard:
        begin_a_story(person)
        person.desktop.key("Escape")
        person.app.wait_for("ReplyInterrupted")
        stopped_s = heard.duration_s + 0.5
        person.app.wait_for("StateChanged", state="listening")
        heard.wait_for_s(1.5)
        assert loudness(heard) > LOUD
        assert loudness(heard, stopped_s) < LOUD
    person.read_on_screen("Not heard: ")


def test_a_click_on_her_stops_her(person: Person) -> None:
    begin_a_story(person)
    window = person.window
    person.desktop.click(Place(window.centre.x, window.y + window.height // 3))
    person.app.wait_for("ReplyInterrupted")


def test_the_stop_button_stops_her(person: Person) -> None:
    begin_a_story(person)
    person.press("Stop her (Esc)")
    person.app.wait_for("ReplyInterrupted")


def test_a_typed_line_interrupts_her(person: Person) -> None:
    begin_a_story(person)
    person.desktop.type("And now be brief.")
    person.desktop.key("Return")
    person.app.wait_for("ReplyInterrupted")
    assert person.app.wait_for("UserSpoke")["text"] == "And now be brief."
    person.desktop.key("Escape")


def test_the_mute_button_shuts_her_ears(person: Person, say: Callable[[str], Samples]) -> None:
    person.press("Mute the microphone")
    person.app.wait_for("StateChanged", state="muted")
    person.sound.speak(np.pad(say("Can you hear me now?"), (0, HEARING_RATE_HZ)), HEARING_RATE_HZ)
    assert not [event for event in person.app.unseen if event["event"] == "SpeechStarted"]
    person.press("Listen again")
    person.app.wait_for("StateChanged", state="listening")


def test_a_key_of_the_whole_desktop_interrupts_her_to_talk(person: Person) -> None:
    begin_a_story(person)
    person.click_tray()
    person.wait_until_shown(False)
    person.desktop.key("ctrl+alt+m")
    person.app.wait_for("ReplyInterrupted")
    person.app.wait_for("StateChanged", state="listening")


def test_push_to_talk_takes_a_spoken_question_while_the_window_is_hidden(
    person: Person, say: Callable[[str], Samples]
) -> None:
    question = "What is the capital of France?"
    person.click_tray()
    person.wait_until_shown(False)
    for key in ("ctrl", "alt", "space"):
        person.desktop.key_down(key)
    person.sound.speak(say(question), HEARING_RATE_HZ)
    for key in ("space", "alt", "ctrl"):
        person.desktop.key_up(key)
    assert person.app.wait_for("TurnEnded")["why"] == "key released"
    assert error_rate(question, person.app.wait_for("UserSpoke")["text"]) <= 0.2
    person.app.wait_for("ReplyFinished")


def test_a_second_start_shows_the_first_window(person: Person) -> None:
    person.click_tray()
    person.wait_until_shown(False)
    again = person.app.run_beside()
    assert (again.returncode, again.stdout) == (0, "")
    person.wait_until_shown(True)
    assert len(person.desktop.windows(TITLE)) == 1
