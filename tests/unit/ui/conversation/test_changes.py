"""Turns that are deleted, brought back and exported, and disks that say no."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.core.diary import Entry
from companion.ui.conversation.turns import PAGE
from tests.fakes.list_diary import ListDiary
from tests.unit.ui.conversation.conftest import (
    START,
    BrokenDiary,
    MakeWindow,
    button,
    choose,
    chosen_from_menu,
    entries,
    many,
    said,
    search,
    shown,
    turn_list,
)


def test_turns_are_deleted_told_and_brought_back(make_window: MakeWindow, qtbot: QtBot) -> None:
    diary = ListDiary(entries("one", "two", "three", "four"))
    window = make_window(diary)
    told: list[list[str]] = []
    window.deleted.connect(told.append)
    view = choose(window, 1, 2)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert shown(window) == [entry.text for entry in diary.entries()] == ["one", "four"]
    assert told == [["two", "three"]]
    assert said(window) == "Deleted: 2 turns."
    assert str(view.currentIndex().data()).endswith("four"), "one goes on with what came next"
    QTest.mouseClick(button(window, "Undo"), Qt.MouseButton.LeftButton)
    assert shown(window) == [entry.text for entry in diary.entries()] == ["one", "two", "three", "four"]
    assert said(window) == ""


def test_the_keyboard_undoes_deletions_the_last_first(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(ListDiary(entries("one", "two", "three")))
    for _ in range(2):
        QTest.keyClick(choose(window, 0), Qt.Key.Key_Delete)
    assert shown(window) == ["three"]
    undo = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(turn_list(window), *undo)
    assert shown(window) == ["two", "three"]
    QTest.keyClick(turn_list(window), *undo)
    QTest.keyClick(turn_list(window), *undo)
    assert shown(window) == ["one", "two", "three"]


def test_what_comes_back_during_a_search_is_shown_if_it_matches(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(ListDiary(entries("a cat", "a dog", "cats")))
    view = choose(window, 0, 1, 2)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    search(qtbot, window, "cat")
    assert shown(window) == []
    QTest.mouseClick(button(window, "Undo"), Qt.MouseButton.LeftButton)
    assert shown(window) == ["a cat", "cats"]


def test_a_day_is_deleted_by_the_menu(make_window: MakeWindow, qtbot: QtBot) -> None:
    diary = ListDiary(entries("day one", "day two", "day three", apart=timedelta(days=1)))
    diary.add(Entry(0, START + timedelta(days=2, minutes=1), "user", "Samantha", "day three still"))
    window = make_window(diary)
    view = choose(window, 2)
    chosen_from_menu(window, qtbot, view.visualRect(view.currentIndex()).center(), "Delete all of this day")
    assert shown(window) == ["day one", "day two"]
    QTest.mouseClick(button(window, "Undo"), Qt.MouseButton.LeftButton)
    assert shown(window)[2:] == ["day three", "day three still"]


@pytest.mark.parametrize(("name", "kind"), [("all.md", "Markdown (*.md)"), ("all.md", "JSON (*.json)")])
def test_all_is_exported(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    window = make_window(many(PAGE + 3))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), kind))
    QTest.mouseClick(button(window, "Export…"), Qt.MouseButton.LeftButton)
    (file,) = tmp_path.iterdir()
    text = file.read_text(encoding="utf-8")
    if kind.startswith("JSON"):
        assert len(json.loads(text)["turns"]) == PAGE + 3
    else:
        assert text.count("\nturn ") == PAGE + 3
    assert str(file) in said(window)


def test_an_export_that_fails_is_told(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(many(3))
    window.export_to(tmp_path / "none" / "file.md")
    assert "could not be written" in said(window)


def test_a_diary_that_cannot_be_read_is_told(make_window: MakeWindow) -> None:
    window = make_window(BrokenDiary([], {"entries"}))
    assert said(window) == "The disk is full. Make room."


def test_a_deletion_or_its_undo_that_fails_changes_nothing(make_window: MakeWindow, qtbot: QtBot) -> None:
    refused = {"delete"}
    window = make_window(BrokenDiary(entries("one", "two"), refused))
    QTest.keyClick(choose(window, 0), Qt.Key.Key_Delete)
    assert shown(window) == ["one", "two"]
    assert said(window) == "The disk is full. Make room."
    refused.clear()
    QTest.keyClick(choose(window, 0), Qt.Key.Key_Delete)
    refused.add("restore")
    undo = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(turn_list(window), *undo)
    assert said(window) == "The disk is full. Make room."
    refused.clear()
    QTest.keyClick(turn_list(window), *undo)
    assert shown(window) == ["one", "two"]
