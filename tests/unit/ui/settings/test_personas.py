"""The gallery of personas, and the window in which one is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QFileDialog, QLabel, QToolButton, QWidget

from companion.core.intents import Mute, Unmute
from companion.core.paths import personas_folder
from companion.core.persona import load_persona
from companion.ui.personas.editor import PersonaEditor
from companion.ui.personas.gallery import Entry, Gallery
from companion.ui.personas.lists import GreetingsField, RowsField
from companion.ui.personas.voice_field import VoiceField
from companion.ui.settings.personality_page import PersonalityPage
from companion.ui.theme import DAY
from companion.ui.widgets import dress
from tests.unit.cards import samples
from tests.unit.ui.settings.conftest import Rig
from tests.unit.ui.settings.test_form import cut_off_in, tab_stops_in

PERSONALITY = 1


@pytest.fixture(autouse=True)
def folder(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's personas, none yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(rig.folder))
    return personas_folder()


@pytest.fixture
def page(rig: Rig) -> PersonalityPage:
    rig.open().show_page(PERSONALITY)
    page = rig.window.pages[PERSONALITY]
    assert isinstance(page, PersonalityPage)
    return page


def entry(page: PersonalityPage, key: str) -> Entry:
    gallery = page.findChild(Gallery)
    assert gallery is not None
    return gallery.entries[key]


def keys(page: PersonalityPage) -> list[str]:
    gallery = page.findChild(Gallery)
    assert gallery is not None
    return list(gallery.entries)


def choose(page: PersonalityPage, key: str, words: str) -> None:
    """Choose from the menu of a persona."""
    menu = entry(page, key).more.menu()
    assert menu is not None
    (action,) = (action for action in menu.actions() if action.text() == words)
    assert action.isEnabled() and action.isVisible()
    action.trigger()


def press(rig: Rig, name: str) -> None:
    button = rig.named(name)
    assert isinstance(button, QAbstractButton) and button.isEnabled()
    button.click()


def edit(rig: Rig, page: PersonalityPage, key: str) -> PersonaEditor:
    entry(page, key).edit.click()
    editor = page.editors[-1]
    rig.until(editor.isActiveWindow)
    return editor


def rows(editor: PersonaEditor, name: str) -> RowsField:
    field = editor.fields[name]
    assert isinstance(field, RowsField)
    return field


def write(rig: Rig, editor: PersonaEditor, name: str, text: str) -> None:
    """Type `text` into a field of one line, in place of what is there."""
    line = editor.fields[name].line  # type: ignore[attr-defined]
    line.selectAll()
    rig.key(line, Qt.Key.Key_Delete)
    rig.type(line, text)


# --- the gallery


def test_what_came_with_the_program_can_be_chosen_and_not_removed(rig: Rig, page: PersonalityPage) -> None:
    assert {"anselm", "juno", "samantha"} <= set(keys(page))
    assert not entry(page, "juno").removal.isVisible()
    entry(page, "juno").radio.click()
    assert rig.changes == [("persona", "juno", True)], "she is that at once"
    assert not rig.shows("Restart her now")


def test_she_may_be_asked_to_find_out_who_she_should_be(rig: Rig, page: PersonalityPage) -> None:
    (button,) = (one for one in page.findChildren(QAbstractButton) if one.text() == "Let her ask you")
    button.click()
    assert rig.calls == ["interview"]


def test_one_is_duplicated_edited_and_removed_and_comes_back(rig: Rig, page: PersonalityPage) -> None:
    choose(page, "juno", "Duplicate")
    rig.until(lambda: bool(page.editors))
    (editor,) = page.editors
    assert editor.windowTitle() == "Juno 2: persona" and "Yours." in labels(entry(page, "juno-2"))
    write(rig, editor, "name", "Nora")
    editor.bar.save.click()
    assert load_persona("juno-2").name == "Nora" and load_persona("juno").name == "Juno"
    assert "Nora" in load_persona("juno-2").character
    editor.close()
    choose(page, "juno-2", "Remove")
    rig.until(lambda: rig.shows("Nora is removed."))
    assert "juno-2" not in keys(page)
    press(rig, "Undo the deletion")
    rig.until(lambda: "juno-2" in keys(page))
    assert load_persona("juno-2").name == "Nora"


def test_the_one_in_use_cannot_be_removed(rig: Rig, page: PersonalityPage) -> None:
    choose(page, "juno", "Duplicate")
    rig.until(lambda: "juno-2" in keys(page))
    entry(page, "juno-2").radio.click()
    assert not entry(page, "juno-2").removal.isEnabled()
    entry(page, "samantha").radio.click()
    assert entry(page, "juno-2").removal.isEnabled()


def test_a_card_that_is_dropped_becomes_a_persona_with_its_picture(
    rig: Rig, page: PersonalityPage, tmp_path: Path
) -> None:
    from companion.ui.personas.portrait import Portrait

    card = samples.written(tmp_path, "mina.png", samples.as_png(samples.V3, "ccv3"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(card)), QUrl.fromLocalFile(str(tmp_path / "notes.txt"))])
    plain, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, plain))
    rig.until(lambda: "min" in keys(page))
    assert rig.shows("is here now.") and rig.shows("Kept in the card but not used:")
    portrait = entry(page, "min").findChild(Portrait)
    assert portrait is not None
    rig.until(lambda: portrait.has_picture)


def test_a_card_that_is_none_is_told_of(rig: Rig, page: PersonalityPage, tmp_path: Path) -> None:
    before = keys(page)
    page.take_card(str(samples.written(tmp_path, "bad.json", b"[1, 2")))
    rig.until(lambda: not rig.shows("is being read…"))
    assert rig.shows("The card is damaged: its text is not JSON.") and keys(page) == before


def test_one_is_exported_as_a_card(rig: Rig, page: PersonalityPage, tmp_path: Path) -> None:
    choose(page, "anselm", "Export…")
    (dialog,) = page.findChildren(QFileDialog)
    dialog.selectNameFilter("Card (*.json)")
    dialog.fileSelected.emit(str(tmp_path / "anselm"))
    rig.until(lambda: rig.shows("Anselm is in"))
    assert json.loads((tmp_path / "anselm.json").read_text())["spec"] == "chara_card_v3"
    dialog.reject()


def test_an_export_that_fails_says_why(rig: Rig, page: PersonalityPage, tmp_path: Path) -> None:
    choose(page, "anselm", "Export…")
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "no" / "such" / "a.png"))
    rig.until(lambda: rig.shows("There is no folder"))
    dialog.reject()


# --- saving


def test_a_shipped_one_is_saved_as_ones_own_version_and_comes_back(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "samantha")
    assert "becomes your own version" in editor.bar.told and not editor.bar.save.isEnabled()
    editor.fields["dials.warmth"].slider.setValue(2)  # type: ignore[attr-defined]
    assert editor.changed and editor.bar.told == "Not saved yet."
    assert not personas_folder().exists(), "nothing is written until it is saved"
    rig.key(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (personas_folder() / "samantha.toml").is_file() and load_persona("samantha").dials.warmth == 2
    assert rig.changes == [("persona", "samantha", True)], "she who speaks is told"
    assert "Your own version; the original is kept." in labels(entry(page, "samantha"))
    editor.bar.original.click()
    editor.bar.save.click()
    assert list(personas_folder().iterdir()) == [] and load_persona("samantha").dials.warmth == 8
    editor.close()


def test_going_back_from_the_gallery_needs_no_editor(rig: Rig, page: PersonalityPage) -> None:
    personas_folder().mkdir(parents=True)
    (personas_folder() / "juno.toml").write_text('version = 2\nname = "Una"\ncharacter = "You are Una."\n')
    page.open()
    choose(page, "juno", "Back to the original")
    rig.until(lambda: rig.shows("Una is the original again."))
    assert entry(page, "juno").known.name == "Juno"


def test_a_new_one_is_written_from_nothing(rig: Rig, page: PersonalityPage) -> None:
    press(rig, "New persona…")
    (editor,) = page.editors
    editor.bar.save.click()
    told = {name for name, field in editor.fields.items() if field.told}
    assert told == {"name", "character"} and "not saved" in editor.bar.told
    write(rig, editor, "name", "Zoe")
    rig.type(editor.fields["character"].text, "You are Zoe.")  # type: ignore[attr-defined]
    editor.bar.save.click()
    assert editor.key == "zoe" and "zoe" in keys(page) and not editor.changed
    assert load_persona("zoe").character == "You are Zoe."
    press(rig, "New persona…")
    assert [each.key for each in page.editors] == ["zoe", ""], "each has a window of her own"
    for each in page.editors:
        each.close()


def test_an_editor_that_is_opened_again_shows_what_is_in_the_file_now(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "juno")
    write(rig, editor, "summary", "Another.")
    editor.close()
    editor.bar.discard.click()
    personas_folder().mkdir(parents=True)
    (personas_folder() / "juno.toml").write_text('version = 2\nname = "Una"\ncharacter = "You are Una."\n')
    page.open()
    assert edit(rig, page, "juno").fields["name"].value() == "Una"
    page.editors[0].close()


def test_changes_are_undone(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "juno")
    before = editor.values()
    write(rig, editor, "summary", "Another.")
    rows(editor, "likes").add()
    rig.type(editor.focusWidget(), "rain")
    assert editor.values() != before
    editor.bar.revert.click()
    assert editor.values() == before and not editor.changed and not editor.bar.revert.isEnabled()
    editor.close()


def test_one_who_leaves_is_asked_what_becomes_of_the_changes(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "juno")
    write(rig, editor, "summary", "Another.")
    rig.key(editor, Qt.Key.Key_Escape)
    assert editor.isVisible() and editor.bar.told == "Save what you changed in Juno?"
    editor.bar.stay.click()
    assert editor.isVisible() and not editor.bar.discard.isVisible()
    editor.close()
    editor.bar.discard.click()
    assert not editor.isVisible() and not personas_folder().exists()
    assert edit(rig, page, "juno").fields["summary"].value() != "Another."


def test_a_file_that_cannot_be_written_is_told(rig: Rig, page: PersonalityPage) -> None:
    editor = edit(rig, page, "juno")
    personas_folder().parent.mkdir(exist_ok=True)
    personas_folder().write_text("no folder")
    write(rig, editor, "summary", "Another.")
    editor.bar.save.click()
    assert "cannot be written" in editor.bar.told and editor.changed
    editor.bar.revert.click()


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


def labels(widget: QWidget) -> str:
    """All that it says."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))
