"""The icon in the tray, with a tray that comes and goes. (On a real tray: tests/desktop.)"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from companion.ui import tray as module
from companion.ui.tray import Tray


@pytest.fixture
def there_is_a_tray(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """What the desktop tells; change it to change the desktop."""
    told = {"tray": False}
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: told["tray"]))
    monkeypatch.setattr(module, "LOOK_MS", 10)
    return told


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


def icon_of(tray: Tray) -> QSystemTrayIcon:
    icon = tray.findChild(QSystemTrayIcon)
    assert icon is not None
    return icon


def test_a_tray_that_appears_later_is_taken_up_and_left_when_it_goes(
    qtbot: QtBot, owner: QObject, there_is_a_tray: dict[str, bool]
) -> None:
    tray = Tray(QMenu(), owner)
    assert not tray.available
    assert not icon_of(tray).isVisible()
    for now in (True, False, True):
        there_is_a_tray["tray"] = now
        with qtbot.waitSignal(tray.available_changed) as told:
            pass
        assert told.args == [now]
        assert tray.available is now
        assert icon_of(tray).isVisible() is now


def test_only_a_left_click_is_told(qtbot: QtBot, owner: QObject, there_is_a_tray: dict[str, bool]) -> None:
    tray = Tray(QMenu(), owner)
    reason = QSystemTrayIcon.ActivationReason
    with qtbot.waitSignal(tray.activated):
        icon_of(tray).activated.emit(reason.Trigger)
    for other in (reason.Context, reason.DoubleClick, reason.MiddleClick):
        with qtbot.assertNotEmitted(tray.activated):
            icon_of(tray).activated.emit(other)


def test_the_mood_changes_the_icon_and_what_is_said_of_it(owner: QObject, there_is_a_tray: dict[str, bool]) -> None:
    tray = Tray(QMenu(), owner)
    before = icon_of(tray).icon().cacheKey()
    tray.set_mood("speaking", "Samantha is speaking")
    assert icon_of(tray).icon().cacheKey() != before
    assert icon_of(tray).toolTip() == "Samantha is speaking"


def test_a_message_is_shown_only_where_there_is_a_tray(
    owner: QObject, there_is_a_tray: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _self, title, *_rest: shown.append(title))
    Tray(QMenu(), owner).notify("Nobody sees it", "…")
    there_is_a_tray["tray"] = True
    Tray(QMenu(), owner).notify("She is back", "Nothing is lost.")
    assert shown == ["She is back"]


def test_hidden_it_does_not_come_back(qtbot: QtBot, owner: QObject, there_is_a_tray: dict[str, bool]) -> None:
    tray = Tray(QMenu(), owner)
    tray.hide()
    there_is_a_tray["tray"] = True
    with qtbot.assertNotEmitted(tray.available_changed, wait=50):
        pass
    assert not icon_of(tray).isVisible()
