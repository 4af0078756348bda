"""Stand-in until the watched tray is merged."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from companion.ui.icons import tray_icon
from companion.ui.mood import Mood


class Tray(QObject):
    activated = Signal()
    available_changed = Signal(bool)

    def __init__(self, menu: QMenu, parent: QObject) -> None:
        super().__init__(parent)
        self._icon = QSystemTrayIcon(tray_icon("asleep", False), self)
        self._icon.setContextMenu(menu)
        self._menu = menu
        self._icon.activated.connect(self._take)
        self._icon.show()

    @property
    def available(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def _take(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.activated.emit()

    def set_mood(self, mood: Mood, tooltip: str) -> None:
        self._icon.setIcon(tray_icon(mood, False))
        self._icon.setToolTip(tooltip)

    def hide(self) -> None:
        self._icon.hide()
