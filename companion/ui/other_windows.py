"""The windows that are opened now and then, made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from companion.core import events as ev
from companion.core.diary import Diary
from companion.core.settings_file import SettingsFile
from companion.ui.commands import Commands
from companion.ui.engine import Engine
from companion.ui.view import View

TURN_ENDS = (ev.UserSpoke, ev.ReplyFinished, ev.ReplyInterrupted, ev.TurnTakenBack)


class OtherWindows(QObject):
    """Conversation, settings, report and first steps."""

    setting_changed = Signal(str, object, bool)
    """Key, value, and whether it is to be applied at once."""

    def __init__(
        self,
        file: SettingsFile,
        commands: Commands,
        engine: Engine,
        view: View,
        open_diary: Callable[[], Diary],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._commands = commands
        self._engine = engine
        self._view = view
        self._open_diary = open_diary
        self._diary: Diary | None = None
        self._open: dict[str, QWidget] = {}

    def close(self) -> None:
        for window in self._open.values():
            window.close()
        if self._diary:
            self._diary.close()
