"""The form that is made from the settings tree: every field once, written as it is changed, searched, reset."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSlider,
    QWidget,
)

from companion.core.settings import Settings, load_settings
from companion.core.settings_fields import setting_field, setting_fields
from companion.ui.settings.controls import NumberBox, PressedKeys
from companion.ui.settings.page import Page
from companion.ui.settings.row import SettingRow
from companion.ui.settings.switch import Switch
from companion.ui.settings.tree_words import TREE_WORDS
from companion.ui.settings.window import SettingsWindow
from companion.ui.theme import DAY
from companion.ui.widgets import dress
from tests.unit.ui.settings.conftest import Rig

SHOWN = [field for field in setting_fields().values() if not field.hidden]


def page_of(widget: QWidget) -> Page:
    parent = widget.parentWidget()
    while not isinstance(parent, Page):
        assert parent is not None
        parent = parent.parentWidget()
    return parent


def open_page_of(window: SettingsWindow, row: SettingRow) -> None:
    window.show_page(window.pages.index(page_of(row)))
    show_finer(window)


def show_finer(window: SettingsWindow) -> None:
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text() == "Show finer settings":
            button.click()


def change_by_hand(rig: Rig, row: SettingRow) -> object:
    """Give the field another value through its widget; returns it."""
    field, control = row.field, row.control
    if switch := control.findChild(Switch):
        rig.key(switch, Qt.Key.Key_Space)
        return not field.default
    if box := control.findChild(QComboBox):
        start = box.currentIndex()
        rig.key(box, Qt.Key.Key_Down)
        if box.currentIndex() == start:
            rig.key(box, Qt.Key.Key_Up)
        assert box.currentIndex() != start
        return box.currentData()
    if number := control.findChild(NumberBox):
        rig.key(number, Qt.Key.Key_Up)
        if number.value() == field.default:
            rig.key(number, Qt.Key.Key_Down)
        return number.value()
    if keys := control.findChild(PressedKeys):
        rig.key(keys, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        rig.until(lambda: bool(rig.changes))
        return "Ctrl+Alt+K"
    if line := control.findChild(QLineEdit):
        line.clear()
        text = "de=mine.onnx#2" if field.key == "voice.by_language" else "http://127.0.0.1:1234"
        rig.type(line, text)
        rig.key(line, Qt.Key.Key_Return)
        return text
    raise AssertionError(field.key)


def test_every_field_appears_exactly_once(rig: Rig) -> None:
    window = rig.open_all()
    found = Counter(row.field.key for row in window.findChildren(SettingRow))
    assert found == Counter(field.key for field in SHOWN)
    assert all(page_of(row) in window.pages for row in window.findChildren(SettingRow))


@pytest.mark.parametrize("key", [field.key for field in SHOWN if field.key != "persona"])
def test_a_change_by_hand_is_written_and_told_and_can_be_reset(rig: Rig, key: str) -> None:
    window = rig.open_all()
    row = window.form.rows[key]
    open_page_of(window, row)
    if box := row.control.findChild(QComboBox):
        rig.until(lambda: box.count() > 1)
    assert not row.reset_button.isVisible()
    value = change_by_hand(rig, row)
    field = setting_field(key)
    assert value != field.default
    assert field.value_in(load_settings(rig.file.path)) == value
    assert rig.changes == [(key, value, field.live)]
    assert row.reset_button.isVisible()
    row.reset_button.click()
    assert load_settings(rig.file.path) == Settings()
    assert rig.changes[1:] == [(key, field.default, field.live)]
    assert not row.reset_button.isVisible()


def test_a_number_out_of_range_says_so_beside_the_field_and_writes_nothing(rig: Rig) -> None:
    window = rig.open_all()
    row = window.form.rows["voice.speed"]
    box = row.control.findChild(QDoubleSpinBox)
    assert box is not None
    box.selectAll()
    rig.type(box, "9")
    rig.key(box, Qt.Key.Key_Return)
    assert row.told == "It must be from 0.5 to 2 ×."
    assert rig.shows(row.told) and box.property("wrong") is True
    assert not rig.file.path.exists() and not rig.changes
    box.selectAll()
    rig.type(box, "1.5")
    rig.key(box, Qt.Key.Key_Return)
    assert row.told == "" and box.property("wrong") is False
    assert rig.file.settings.voice.speed == 1.5


def test_a_bad_address_says_so_and_writes_nothing(rig: Rig) -> None:
    row = rig.open_all().form.rows["mind.ollama_address"]
    line = row.control.findChild(QLineEdit)
    assert line is not None
    line.setText("")
    rig.type(line, "my computer")
    rig.key(line, Qt.Key.Key_Return)
    assert "http://127.0.0.1:11434" in row.told
    assert not rig.file.path.exists()


def test_a_file_that_cannot_be_written_is_told_beside_the_field(rig: Rig) -> None:
    row = rig.open_all().form.rows["voice.speed"]
    rig.file.path.mkdir()
    rig.window.form.set("voice.speed", 1.2)
    assert "cannot be read" in row.told
    assert not rig.changes


def test_a_file_that_was_edited_badly_meanwhile_is_told_and_the_change_is_made(rig: Rig) -> None:
    row = rig.open_all().form.rows["voice.speed"]
    rig.file.path.write_text("broken")
    rig.window.form.set("voice.speed", 1.2)
    assert "It is kept as" in row.told
    assert load_settings(rig.file.path).voice.speed == 1.2


def test_what_is_typed_wrongly_stays_when_the_window_is_looked_at_again(rig: Rig) -> None:
    row = rig.open_all().form.rows["mind.ollama_address"]
    line = row.control.findChild(QLineEdit)
    assert line is not None
    line.clear()
    rig.type(line, "half an addr")
    rig.key(line, Qt.Key.Key_Return)
    rig.window.refresh()
    assert line.text() == "half an addr" and row.told


def test_text_is_taken_when_the_window_is_closed_in_mid_typing(rig: Rig) -> None:
    window = rig.open_all()
    row = window.form.rows["user_name"]
    open_page_of(window, row)
    line = row.control.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    rig.type(line, "Zoe")
    window.close()
    assert load_settings(rig.file.path).user_name == "Zoe"


def test_slider_and_box_follow_each_other(rig: Rig) -> None:
    row = rig.open_all().form.rows["voice.volume"]
    slider, box = row.control.findChild(QSlider), row.control.findChild(QDoubleSpinBox)
    assert slider is not None and box is not None
    slider.setValue(40)
    assert box.value() == pytest.approx(0.4) and rig.file.settings.voice.volume == pytest.approx(0.4)
    box.setValue(0.7)
    assert slider.value() == 70 and rig.file.settings.voice.volume == pytest.approx(0.7)


def test_a_value_between_the_steps_is_shown_and_left_as_it_is(rig: Rig) -> None:
    rig.file.set("voice.volume", 0.333)
    rig.file.set("hearing.language", "eo")
    rig.file.set("hearing.microphone", "One that is unplugged")
    before = rig.file.path.read_text()
    window = rig.open_all()
    box = window.form.rows["hearing.microphone"].control.findChild(QComboBox)
    assert box is not None
    window.show_page(2)
    rig.until(lambda: box.findText("Desk microphone") >= 0)
    assert box.currentText() == "One that is unplugged"
    assert rig.file.path.read_text() == before and not rig.changes


def test_what_was_changed_elsewhere_is_shown(rig: Rig) -> None:
    window = rig.open_all()
    rig.file.set("voice.speed", 1.4)
    window.refresh()
    box = window.form.rows["voice.speed"].control.findChild(QDoubleSpinBox)
    assert box is not None and box.value() == 1.4
    assert window.form.rows["voice.speed"].reset_button.isVisible()


def test_a_text_that_nobody_guesses_the_form_of_shows_an_example(rig: Rig) -> None:
    window = rig.open_all()
    for key, example in (
        ("voice.by_language", "de=piper-de_DE-thorsten-medium"),
        ("elsewhere.mind", "http://192.168.1.5:8080/v1#qwen3-8b"),
    ):
        line = window.form.rows[key].control.findChild(QLineEdit)
        assert line is not None
        assert line.placeholderText() == example
        assert setting_field(key).checked(example) == example


@pytest.mark.parametrize("focused", [False, True])
def test_the_wheel_scrolls_and_changes_nothing(rig: Rig, focused: bool) -> None:
    window = rig.open_all()
    for kind in (QSlider, QDoubleSpinBox, QComboBox):
        widget = window.pages[0].findChild(kind)
        assert widget is not None
        if focused:  # as Qt does with what the wheel comes upon
            window.activateWindow()
            rig.qtbot.waitUntil(window.isActiveWindow)
            widget.setFocus()
            assert widget.hasFocus()
        here = QPointF(5, 5)
        event = QWheelEvent(
            here,
            widget.mapToGlobal(here),
            QPoint(0, 0),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
        assert not event.isAccepted()
    assert not rig.changes


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("SPEED", {"voice.speed"}),
        ("ollama address", {"mind.ollama_address"}),
        ("wake word", {"talking.wake_word"}),
        ("push hold keys", {"shortcuts.push_to_talk"}),
        ("dark", {"window.theme"}),
        ("hearing patient", {"turn_taking.silence_s", "turn_taking.max_silence_s"}),
        ("xyzzy", set()),
    ],
)
def test_search_shows_what_holds_all_words_on_all_pages(rig: Rig, typed: str, expected: set[str]) -> None:
    window = rig.open_all()
    search = rig.named("Search the settings")
    rig.type(search, typed)
    assert {key for key, row in window.form.rows.items() if row.isVisible()} == expected
    assert rig.shows("No setting has these words.") == (not expected)
    rig.key(search, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert {page_of(row) for row in window.form.rows.values() if row.isVisible()} == {window.pages[0]}


def test_every_control_has_a_name_and_is_reached_by_tab(rig: Rig) -> None:
    rig.file.set("voice.speed", 1.2)
    window = rig.open_all()
    window.form.set("voice.voice", "piper-en_US-joe-medium")
    for number in range(len(window.pages)):
        window.show_page(number)
        show_finer(window)
        wanted = set(tab_stops_in(window))
        for widget in wanted:
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
        assert reached_by_tab(rig, len(wanted)) == wanted, window.pages[number].title


def tab_stops_in(window: QWidget) -> list[QWidget]:
    inner = ("qt_spinbox_lineedit", "qt_keysequenceedit_lineedit")
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.objectName() not in inner
        and widget.focusProxy() is None
    ]


def reached_by_tab(rig: Rig, at_most: int) -> set[QWidget]:
    start = rig.named("Search the settings")
    start.setFocus()
    reached = {start}
    for _ in range(at_most):
        focused = rig.window.focusWidget()
        assert focused is not None
        rig.key(focused, Qt.Key.Key_Tab)
        focused = rig.window.focusWidget()
        assert focused is not None
        reached.add(focused)
    return reached


@pytest.mark.parametrize("width", [512, 700, 940, 1500])
def test_no_words_are_cut_off_at_any_width(rig: Rig, qapp: QApplication, width: int) -> None:
    rig.file.set("voice.speed", 1.2)
    dress(qapp, DAY)
    window = rig.open_all()
    window.form.rows["voice.speed"].tell("This is what is wrong with the number that was typed here.")
    window.resize(width, 600)
    for number in range(len(window.pages)):
        window.show_page(number)
        show_finer(window)
        rig.until(lambda: not cut_off_in(window))
    qapp.setStyleSheet("")


def cut_off_in(window: QWidget) -> list[str]:
    """The words that do not fit into their places."""
    labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    return [label.text() for label in labels if label.height() < needed_height(label)]


def needed_height(label: QLabel) -> int:
    return label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()


def test_the_words_of_the_tree_are_listed_for_translation() -> None:
    words = {word for field in SHOWN for word in (field.title, field.help, *field.labels.values())}
    assert set(TREE_WORDS) == words


def test_the_hidden_fields_are_the_program_s_own() -> None:
    assert {field.key for field in setting_fields().values() if field.hidden} == {"window.first_run_done"}
