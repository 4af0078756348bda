"""The window in which a persona is written: its fields, and how she would answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QToolButton

from companion.core.intents import Mute, Unmute
from companion.core.paths import personas_folder
from companion.ui.personas.lists import GreetingsField
from companion.ui.personas.voice_field import VoiceField
from companion.ui.settings.personality_page import PersonalityPage
from companion.ui.theme import DAY
from companion.ui.widgets import dress
from tests.unit.ui.settings.conftest import Rig
from tests.unit.ui.settings.personality import edit, labels, rows, write
from tests.unit.ui.settings.test_form import cut_off_in, tab_stops_in

# --- the fields


def test_what_is_wrong_is_told_beside_the_field(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "juno")
    write(rig, editor, "name", "J" * 61)
    assert editor.fields["name"].told == "It may have 60 letters."
    write(rig, editor, "name", "")
    assert editor.fields["name"].told == "This must not be empty."
    editor.bar.revert.click()
    examples = rows(editor, "examples")
    examples.show_rows([["Hello?", ""]])
    examples.changed.emit()
    editor.bar.save.click()
    assert examples.troubled and "This must not be empty." in labels(examples)
    editor.bar.revert.click()


def test_a_dial_says_what_it_tells_her(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "juno")
    slider = editor.fields["dials.humour"].slider  # type: ignore[attr-defined]
    slider.setValue(0)
    assert "She is told: “You are serious and do not joke.”" in labels(editor.fields["dials.humour"])
    slider.setValue(5)
    assert "The middle: she is told nothing about it." in labels(editor.fields["dials.humour"])
    editor.bar.revert.click()


def test_rows_are_added_and_taken_away(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "juno")
    likes = rows(editor, "likes")
    count = len(likes.value())
    likes.add_button.click()
    text = editor.focusWidget()
    assert text is not None and text.accessibleName() == f"What she likes {count + 1}"
    assert len(likes.value()) == count, "an empty row is none"
    rig.type(text, "chess")
    assert likes.value()[-1] == "chess"
    first = likes.findChild(QToolButton)
    assert first is not None and first.accessibleName() == "Remove: What she likes 1"
    gone = likes.value()[0]
    first.click()
    assert gone not in likes.value() and len(likes.value()) == count
    editor.bar.revert.click()


def test_first_words_are_kept_by_occasion(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "samantha")
    greetings = rows(editor, "greetings")
    assert isinstance(greetings, GreetingsField)
    before = greetings.value()
    greetings.box.setCurrentIndex(greetings.box.findData("night"))
    assert not editor.changed, "to look at others is no change"
    greetings.show_rows([["Shh."]])
    greetings.changed.emit()
    assert greetings.value() == {**before, "night": ["Shh."]}
    assert greetings.box.currentText() == "At night (1)"
    editor.bar.revert.click()


def test_her_voice_is_heard_as_it_is_set(rig: Rig, page: PersonalityPage) -> None:
    (rig.folder / "hangs").touch()
    editor = edit(rig, page, "samantha")
    voice = editor.fields["voice"]
    assert isinstance(voice, VoiceField)
    rig.until(lambda: voice.box.count() == 2)
    voice.box.setCurrentIndex(1)
    own_speed = voice.speed.findChild(QCheckBox)
    assert own_speed is not None
    own_speed.setChecked(True)
    assert voice.value() == {"voice": "piper-en_US-joe-medium", "speed": 1.0, "expressiveness": None}
    voice.play.click()
    rig.until(lambda: bool(rig.asked()))
    (asked,) = rig.asked()
    options = ["--voice", "piper-en_US-joe-medium", "--speed", "1.0", "--expressiveness", "0.5", "--volume", "1.0"]
    assert asked[:9] == ["say", *options] and "Hi. I was hoping that was you." in asked
    assert rig.intents == [Mute()]
    voice.play.click()
    rig.until(lambda: rig.intents == [Mute(), Unmute()])
    editor.bar.revert.click()
    editor.close()


def test_a_number_between_the_steps_stays_as_it_is(rig: Rig, page: PersonalityPage) -> None:
    personas_folder().mkdir(parents=True)
    (personas_folder() / "una.toml").write_text(
        'version = 2\nname = "Una"\ncharacter = "You are Una."\n[voice]\nvoice = "piper-xx"\nspeed = 1.07\n'
    )
    page.open()
    editor = edit(rig, page, "una")
    assert editor.fields["voice"].value() == {"voice": "piper-xx", "speed": 1.07, "expressiveness": None}
    assert not editor.changed


# --- what she would answer


def test_a_moved_dial_is_answered_anew(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "samantha")
    for value in (4, 6, 9):
        editor.fields["dials.length"].slider.setValue(value)  # type: ignore[attr-defined]
    rig.until(lambda: editor.sample.words == "Samantha, length 9: I had a long day.")
    assert "Written by fake-1b." in labels(editor.sample)
    editor.sample.line.setText("And now?")
    rig.key(editor.sample.line, Qt.Key.Key_Return)
    rig.until(lambda: editor.sample.words == "Samantha, length 9: And now?")
    asked = (rig.folder / "asked").read_text().splitlines()
    assert asked.count('["persona", "sample", "-", "--json"]') == 1, "one model for all"
    editor.bar.revert.click()
    editor.close()


def test_a_model_that_fails_is_told_of_and_asked_again(rig: Rig, page: PersonalityPage) -> None:
    (rig.folder / "fails").touch()
    editor = edit(rig, page, "samantha")
    editor.sample.wanted.emit()
    rig.until(lambda: "It cannot be done. Do something else." in labels(editor.sample))
    (rig.folder / "fails").unlink()
    editor.sample.wanted.emit()
    rig.until(lambda: editor.sample.words.startswith("Samantha, length"))
    editor.close()


def test_one_who_cannot_be_is_not_asked(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "samantha")
    write(rig, editor, "name", "")
    editor.sample.wanted.emit()
    assert "She can answer once what is marked is mended." in labels(editor.sample)
    editor.bar.revert.click()


# --- for everybody


@pytest.mark.parametrize("width", [500, 800, 1400])
def test_no_words_are_cut_off(rig: Rig, page: PersonalityPage, qapp: QApplication, width: int) -> None:
    dress(qapp, DAY)
    editor = edit(rig, page, "samantha")
    editor.resize(width, 700)
    rig.until(lambda: not cut_off_in(editor))
    write(rig, editor, "name", "")
    editor.close()
    rig.until(lambda: not cut_off_in(editor))
    editor.bar.discard.click()
    qapp.setStyleSheet("")


def test_every_control_has_a_name_and_is_reached_by_tab(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "samantha")
    rig.until(lambda: rows(editor, "examples").isVisible())
    wanted = set(tab_stops_in(editor))
    for widget in wanted:
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget
    start = editor.fields["name"].line  # type: ignore[attr-defined]
    start.setFocus()
    reached = {start}
    for _ in range(len(wanted)):
        focused = editor.focusWidget()
        assert focused is not None
        rig.key(focused, Qt.Key.Key_Tab)
        reached.add(editor.focusWidget())
    assert reached == wanted
