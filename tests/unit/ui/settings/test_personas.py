"""The gallery of personas, and how one that is written is saved."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from companion.core.paths import personas_folder
from companion.core.persona import load_persona
from companion.ui.settings.personality_page import PersonalityPage
from tests.unit.cards import samples
from tests.unit.ui.settings.conftest import Rig
from tests.unit.ui.settings.personality import choose, edit, entry, keys, labels, press, rows, write

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
