"""What she remembers, looked through and changed as a person does it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from companion.core.errors import CompanionError
from companion.core.facts import YOU, Fact
from companion.memory.facts import SqliteFacts
from companion.ui.memory.forget_dialog import ForgetDialog
from companion.ui.memory.statements import PAGE
from tests.unit.ui.memory.conftest import NOON, Rig

CONTROL = Qt.KeyboardModifier.ControlModifier


def many(count: int) -> list[Fact]:
    """The newest is of the last person."""
    return [
        Fact(number, "fact", YOU, f"You know person{number}.", NOON + timedelta(minutes=number))
        for number in range(1, count + 1)
    ]


def test_all_that_is_known_is_there_with_when_it_was_said_and_of_whom(rig: Rig) -> None:
    rig.know("You like tea.", pinned=True)
    tomorrow = date.today() + timedelta(days=1)
    rig.know("Anna has a concert.", subject="Anna", kind="plan", days=1, due=tomorrow, confidence=0.5)
    rig.open()
    assert rig.read_aloud == [
        "You like tea. You, 1 Mar 2026, pinned",
        "Anna has a concert. Anna, 2 Mar 2026, for Tomorrow, not sure",
    ]
    assert "2 statements" in rig.labels


def test_kinds_and_people_are_counted_and_lead_to_theirs(rig: Rig) -> None:
    rig.know("You like tea.")
    rig.know("Anna plays the cello.", subject="Anna")
    rig.know("Anna is a doctor.", subject="Anna", days=1)
    rig.know("You will visit Anna.", kind="plan", days=2)
    rig.know("You talked about music.", kind="episode", days=3)
    rig.open()
    assert rig.topics == [
        "Everything, 5 statements",
        "Facts, 3 statements",
        "Plans and promises, one statement",
        "How conversations went, one statement",
        "People and things",
        "You, 2 statements",
        "Anna, 2 statements",
    ]
    rig.choose_topic("Anna")
    assert rig.shown == ["Anna is a doctor.", "Anna plays the cello."]
    rig.choose_topic("Plans")
    assert rig.shown == ["You will visit Anna."]
    rig.choose_topic("People")
    assert rig.shown == ["You will visit Anna."], "a heading is not chosen"


def test_what_was_true_before_is_shown_after_the_rest_when_wanted(rig: Rig) -> None:
    rig.know("You live in Paris.")
    rig.know("You moved to Lyon.", days=9)
    rig.know("You like tea.", days=-30)
    rig.open()
    assert rig.shown == ["You moved to Lyon.", "You like tea."]
    rig.window.findChild(QCheckBox).click()  # type: ignore[union-attr]
    assert rig.shown == ["You moved to Lyon.", "You like tea.", "You live in Paris."]
    assert rig.read_aloud[-1] == "You live in Paris. You, 1 Mar 2026, was true until 10 Mar 2026"


def test_the_search_finds_unfinished_words_at_once_and_other_forms_soon(rig: Rig) -> None:
    rig.know("You moved to Lyon.")
    rig.know("You like Éclairs.", days=1)
    rig.open()
    rig.search("ecl")
    assert rig.shown == ["You like Éclairs."]
    rig.search("moving")
    rig.wait_for(lambda: rig.shown == ["You moved to Lyon."])
    rig.search("tea")
    rig.wait_for(lambda: "Nothing is known with “tea”." in rig.labels)
    rig.line("Search what she knows").clear()
    assert len(rig.shown) == 2


def test_a_statement_shows_the_turns_that_it_comes_from_and_leads_to_them(rig: Rig) -> None:
    rig.say("Hello.")
    turn = rig.say("I like tea.")
    rig.know("You like tea.", turn)
    rig.open()
    rig.choose(0)
    rig.wait_for(rig.sources.isVisible)
    (words,) = rig.rows_of("Where it comes from", rig.sources)
    assert words.endswith("I like tea.")
    with rig.qtbot.waitSignal(rig.window.turn_wanted) as wanted:
        rig.button("Show in the conversation").click()
    assert wanted.args == [turn]


def test_what_was_asked_to_be_remembered_has_no_turns(rig: Rig) -> None:
    rig.know("You like tea.")
    rig.open()
    rig.choose(0)
    rig.wait_for(lambda: "You asked for it to be remembered." in rig.labels)
    assert not rig.button("Show in the conversation").isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_it_is_corrected_in_place_and_that_can_be_undone(rig: Rig, key: Qt.Key) -> None:
    before = rig.know("You like tee.", confidence=0.5)
    rig.open()
    rig.choose(0)
    rig.press(key)
    rig.rewrite("You like tea.")
    rig.wait_for(lambda: rig.shown == ["You like tea."])
    rig.wait_for(lambda: rig.known == ["You like tea."])
    assert rig.view.hasFocus()
    rig.press(Qt.Key.Key_Z, CONTROL)
    rig.wait_for(lambda: rig.shown == ["You like tee."])
    assert rig.facts.all() == [before], "as unsure as it was"


def test_nothing_is_corrected_by_escape_or_to_nothing(rig: Rig) -> None:
    rig.know("You like tea.")
    rig.open()
    rig.choose(0)
    rig.press(Qt.Key.Key_F2)
    rig.rewrite("You hate tea.", Qt.Key.Key_Escape)
    rig.press(Qt.Key.Key_F2)
    rig.rewrite(" ")
    assert rig.shown == rig.known == ["You like tea."]


def test_what_another_process_learns_appears_but_not_under_what_is_being_written(rig: Rig) -> None:
    rig.know("You like tea.")
    rig.open()
    rig.know("You sing.", days=1)
    rig.wait_for(lambda: rig.shown == ["You sing.", "You like tea."])
    rig.choose(1)
    rig.press(Qt.Key.Key_F2)
    rig.know("You paint.", days=2)
    rig.wait_for(lambda: rig.topics[0] == "Everything, 3 statements")
    assert rig.shown == ["You sing.", "You like tea."]
    rig.rewrite("You like green tea.")
    rig.wait_for(lambda: rig.shown == ["You paint.", "You sing.", "You like green tea."])
    assert rig.chosen == ["You like green tea."]


def test_what_one_reads_stays_in_place_when_something_is_learnt(rig: Rig) -> None:
    rig.facts.restore(many(60))
    rig.open()
    bar = rig.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    index = rig.view.indexAt(rig.view.viewport().rect().center())
    before, top = index.data(), rig.view.visualRect(index).top()
    rig.know("You sing.", days=99)
    rig.wait_for(lambda: len(rig.shown) == 61)
    index = rig.view.indexAt(rig.view.viewport().rect().center())
    assert (index.data(), rig.view.visualRect(index).top()) == (before, top)


def test_the_star_pins_it_to_the_top(rig: Rig) -> None:
    rig.know("You like tea.")
    rig.know("You sing.", days=1)
    rig.open()
    index = rig.view.model().index(1, 0)
    star = rig.view.rows.star_place(rig.view.visualRect(index), index)
    QTest.mouseClick(rig.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, star.center())
    rig.wait_for(lambda: rig.shown == ["You like tea.", "You sing."])
    assert rig.facts.all()[0].pinned
    rig.choose(0)
    rig.press(Qt.Key.Key_D, CONTROL)
    rig.wait_for(lambda: rig.shown == ["You sing.", "You like tea."])
    assert rig.chosen == ["You like tea."]


def test_what_is_chosen_is_deleted_and_can_be_undone(rig: Rig) -> None:
    turn = rig.say("I sing, I paint, and I like tea.")
    before = [
        rig.know(words, turn, days=days) for days, words in enumerate(("You sing.", "You paint.", "You like tea."))
    ]
    rig.open()
    rig.choose(0, 1)
    rig.press(Qt.Key.Key_Delete)
    assert rig.shown == ["You sing."]
    assert rig.chosen == ["You sing."], "one goes on with what comes next"
    assert rig.told == "Deleted: 2 statements."
    rig.wait_for(lambda: rig.known == ["You sing."])
    rig.button("Undo").click()
    rig.wait_for(lambda: len(rig.shown) == 3)
    assert rig.told == ""
    assert rig.facts.all() == before[::-1]


def test_something_is_remembered_by_hand(rig: Rig) -> None:
    rig.know("You live in Paris.")
    rig.open()
    rig.button("Remember something…").click()
    line = rig.line("What she is to remember")
    assert line.hasFocus()
    assert not rig.button("Remember").isEnabled()
    QTest.keyClicks(line, "I moved to Lyon")
    QTest.keyClick(line, Qt.Key.Key_Return)
    rig.wait_for(lambda: rig.shown == ["You moved to Lyon."])
    assert rig.told == "She remembers: You moved to Lyon."
    assert not line.isVisible()
    assert rig.known == ["You moved to Lyon.", "You live in Paris."], "the old place becomes the past"
    rig.press(Qt.Key.Key_Z, CONTROL)
    rig.wait_for(lambda: rig.shown == ["You live in Paris."])
    assert rig.known == ["You live in Paris."]


def test_what_is_known_already_is_still_there_after_it_was_written_again_and_undone(rig: Rig) -> None:
    rig.know("You like tea.", confidence=0.5)
    rig.open()
    rig.remember("you like tea")
    assert rig.facts.all()[0].confidence == 1
    rig.press(Qt.Key.Key_Z, CONTROL)
    rig.wait_for(lambda: [fact.confidence for fact in rig.facts.all()] == [0.5])
    assert rig.known == ["You like tea."]
    rig.facts.change(rig.facts.all()[0].number, "You like tea.")
    rig.remember("I like tea")
    rig.press(Qt.Key.Key_Z, CONTROL)
    rig.wait_for(lambda: rig.told == "")
    assert rig.known == ["You like tea."]


def test_writing_is_left_by_escape(rig: Rig) -> None:
    rig.open()
    rig.button("Remember something…").click()
    line = rig.line("What she is to remember")
    QTest.keyClicks(line, "I sing")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.isVisible()
    assert rig.known == []


def dialog() -> ForgetDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, ForgetDialog)
    return found


def test_everything_about_something_is_shown_then_forgotten_and_can_be_undone(rig: Rig) -> None:
    said = rig.say("Anna plays the cello.")
    rig.say("I like tea.")
    rig.know("Anna is musical.", said, subject="Anna")
    rig.know("You like tea.", days=-1)
    rig.open()
    rig.menu("Forget everything about…")
    asking = dialog()
    assert not rig.button("Forget it", asking).isEnabled()
    QTest.keyClicks(rig.line("Forget everything about", asking), "anna")
    rig.wait_for(rig.button("Forget it", asking).isEnabled)
    listed = rig.rows_of("What would be forgotten", asking)
    assert listed[0] == "Anna is musical."
    assert listed[1].endswith("Anna plays the cello.")
    assert len(listed) == 2
    with rig.qtbot.waitSignal(rig.window.deleted) as deleted:
        rig.button("Forget it", asking).click()
    assert deleted.args == [["Anna plays the cello."]]
    assert rig.told == "Forgotten: one statement, one turn."
    rig.wait_for(lambda: rig.shown == ["You like tea."])
    assert [entry.text for entry in rig.diary.entries()] == ["I like tea."]
    rig.button("Undo").click()
    rig.wait_for(lambda: rig.shown == ["Anna is musical.", "You like tea."])
    assert rig.diary.count() == 2


def test_what_nobody_spoke_of_cannot_be_forgotten_and_it_can_be_kept(rig: Rig) -> None:
    rig.know("Anna is musical.", subject="Anna")
    rig.open()
    rig.choose(0)
    rig.view.customContextMenuRequested.emit(rig.view.rect().center())
    rig.menu("Forget everything about Anna…")
    asking = dialog()
    rig.wait_for(rig.button("Forget it", asking).isEnabled)
    line = rig.line("Forget everything about", asking)
    line.setText("the sea")
    assert not rig.button("Forget it", asking).isEnabled(), "it is not known yet what would go"
    rig.wait_for(lambda: "Nothing is known or was said with these words." in texts(asking))
    rig.button("Keep it", asking).click()
    assert rig.known == ["Anna is musical."]


def texts(dialog: ForgetDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_it_is_copied(rig: Rig) -> None:
    rig.know("You like tea.")
    rig.open()
    rig.choose(0)
    rig.press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "You like tea."


def test_all_is_exported_and_imported_by_the_program(rig: Rig) -> None:
    rig.open()
    file = rig.folder / "all.json"
    rig.window.export_to(file)
    rig.wait_for(lambda: rig.told == f"All that is kept is written to {file}; only you can read it.")
    rig.window.import_from(file)
    rig.wait_for(lambda: rig.told.startswith("New from all.json: 3 turns, 2 statements."))
    asked = [json.loads(line) for line in (rig.folder / "asked").read_text().splitlines()]
    assert asked == [["memory", "export", "--all", str(file)], ["memory", "import", "--json", str(file)]]


def test_an_export_that_fails_says_why(rig: Rig) -> None:
    rig.open()
    (rig.folder / "fails").touch()
    rig.window.export_to(rig.folder / "all.json")
    rig.wait_for(lambda: rig.told == "It cannot be done. Do something else.")


def test_private_mode_is_told_and_ends_here(rig: Rig) -> None:
    window = rig.open()
    told = "Private: nothing of what is said is kept now. What is below was kept before."
    assert told not in rig.labels
    window.set_private(True)
    assert told in rig.labels
    with rig.qtbot.waitSignal(window.keep_wanted):
        rig.button("Keep conversations").click()


def test_empty_it_says_how_it_is_filled(rig: Rig) -> None:
    rig.open()
    assert any(label.startswith("Nothing is known yet.") for label in rig.labels)


def test_a_disk_that_says_no_is_told_and_what_was_deleted_is_still_shown(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: SqliteFacts, numbers: object) -> list[Fact]:
        raise CompanionError("The disk is full.", "Make room.")

    rig.know("You like tea.")
    rig.open()
    monkeypatch.setattr(SqliteFacts, "delete", refuse)
    rig.choose(0)
    rig.press(Qt.Key.Key_Delete)
    rig.wait_for(lambda: rig.told == "The disk is full. Make room.")
    rig.wait_for(lambda: rig.shown == ["You like tea."])


def test_thousands_are_shown_a_page_at_a_time(qtbot: QtBot, rig: Rig) -> None:
    rig.facts.restore(many(3 * PAGE))
    rig.open()
    assert f"{3 * PAGE} statements" in rig.labels
    assert len(rig.shown) == PAGE
    for pages in (2, 3):
        rig.view.scrollToBottom()
        assert len(rig.shown) == pages * PAGE
    assert rig.shown[-1] == "You know person1."


def test_by_keyboard_and_by_ear(rig: Rig) -> None:
    rig.know("You like tea.")
    window = rig.open()
    QTest.keyClick(rig.view, Qt.Key.Key_F, CONTROL)
    assert rig.line("Search what she knows").hasFocus()
    rig.search("x")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert rig.line("Search what she knows").text() == ""
    rig.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert rig.view.currentIndex() != QModelIndex()
    named = [*window.findChildren(QPushButton), *window.findChildren(QLineEdit), *window.findChildren(QListView)]
    for widget in (*named, rig.button("More")):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name), widget
