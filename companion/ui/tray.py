"""Her icon in the tray: shows how she is; a click, a menu, a message. There may be no tray, or one that comes later."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from companion.ui.icons import tray_icon
from companion.ui.mood import Mood
from companion.ui.theme import panel_is_dark

LOOK_MS = 2_000
"""How often it is looked whether there is a tray: Qt has no signal that one came or went."""

SHOWN_MS = 8_000
"""How long a message stays, where the desktop asks us."""


class Tray(QObject):
    """What works with a tray and without: without one it waits for one to appear."""

    activated = Signal()
    """The icon was clicked, or a message was."""
    available_changed = Signal(bool)

    def __init__(self, menu: QMenu, parent: QObject) -> None:
        super().__init__(parent)
        self._mood: Mood = "asleep"
        self._available = QSystemTrayIcon.isSystemTrayAvailable()
        self._icon = QSystemTrayIcon(tray_icon(self._mood, panel_is_dark()), self)
        self._menu = menu
        self._icon.setContextMenu(menu)  # which does not keep it
        self._icon.activated.connect(self._take_click)
        self._icon.messageClicked.connect(self.activated)
        self._icon.setVisible(self._available)
        self._watch = QTimer(self, interval=LOOK_MS)
        self._watch.timeout.connect(self._look)
        self._watch.start()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._redraw)

    @property
    def available(self) -> bool:
        """Whether there is a tray, and she is in it."""
        return self._available

    def set_mood(self, mood: Mood, tooltip: str) -> None:
        """`tooltip` says the mood in words."""
        if tooltip != self._icon.toolTip():
            self._icon.setToolTip(tooltip)
        if mood != self._mood:
            self._mood = mood
            self._redraw()

    def notify(self, title: str, text: str) -> None:
        """Show a message beside the tray. Without a tray nothing is shown."""
        if self._available:
            self._icon.showMessage(title, text, self._icon.icon(), SHOWN_MS)

    def hide(self) -> None:
        """Leave the tray for good."""
        self._watch.stop()
        self._icon.hide()

    def _redraw(self) -> None:
        self._icon.setIcon(tray_icon(self._mood, panel_is_dark()))

    def _take_click(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.activated.emit()

    def _look(self) -> None:
        available = QSystemTrayIcon.isSystemTrayAvailable()
        if available == self._available:
            return
        self._available = available
        self._icon.setVisible(available)
        self.available_changed.emit(available)
