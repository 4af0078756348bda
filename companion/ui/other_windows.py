"""The windows that are opened now and then, made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from companion.core import events as ev
from companion.core.diary import Entry
from companion.core.errors import CompanionError, SettingsError
from companion.core.events import Event
from companion.core.intents import BeginAnew, Forget
from companion.core.paths import diary_file
from companion.core.settings_fields import setting_field
from companion.core.settings_file import SettingsFile
from companion.core.transcript import Turn
from companion.ui.commands import Commands
from companion.ui.engine import Engine, EngineStatus
from companion.ui.files import Files, OpenedSoon, mark_of
from companion.ui.hotkeys import Hotkeys
from companion.ui.view import Notice, View

if TYPE_CHECKING:
    from companion.ui.settings.services import Services

TURN_ENDS = (ev.UserSpoke, ev.ReplyFinished, ev.ReplyInterrupted, ev.TurnTakenBack)

KEPT_MS = 300
"""After a turn has ended, the engine has surely written it down within this time."""

Window = TypeVar("Window", bound=QWidget)


class OtherWindows(QObject):
    """Conversation, settings, report and first steps."""

    setting_changed = Signal(str, object, bool)
    """Key, value, and whether the engine can take it at once."""
    first_steps_begun = Signal()
    """She is to be still meanwhile: they speak and listen by themselves."""
    first_steps_done = Signal()
    interview_wanted = Signal()
    """She is to ask who she should be, as soon as she can."""

    def __init__(
        self,
        file: SettingsFile,
        commands: Commands,
        engine: Engine,
        view: View,
        hotkeys: Hotkeys,
        files: Files,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._commands = commands
        self._engine = engine
        self._view = view
        self._hotkeys = hotkeys
        self._files = files
        self._diary = OpenedSoon(files.open_diary, lambda: file.settings, self._file_of_diary)
        self._facts = OpenedSoon(files.open_facts, lambda: file.settings, self._file_of_diary)
        self._remembered_in = Path()
        engine.changed.connect(self._follow_engine)
        self._made: dict[str, QWidget] = {}
        self._report: QWidget | None = None
        self._kept = QTimer(self, interval=KEPT_MS, singleShot=True)
        self._kept.timeout.connect(self._refresh_conversation)

    def take(self, event: Event) -> None:
        """Follow the conversation."""
        if isinstance(event, TURN_ENDS):
            self._kept.start()
        elif (isinstance(event, ev.PersonaChanged) and event.another) or isinstance(event, ev.ConversationStarted):
            self._remembered_in = self._file_of_diary()
            self._follow_persona()
            self._diary.begin()

    def keep(self, turn: Turn) -> None:
        """Write down a turn of hers that the engine no longer could, if turns are kept."""
        if not (self._file.settings.memory.keep and turn.text):
            return
        entry = Entry(0, datetime.now().astimezone(), turn.who, self._view.name, turn.text, turn.unheard, True)
        try:
            self._diary.get().add(entry)
        except CompanionError as error:
            self._tell(error)

    def show_conversation(self) -> None:
        """All that was said, by day."""
        from companion.ui.conversation.window import ConversationWindow

        def make() -> ConversationWindow:
            window = ConversationWindow(self._diary.get())
            window.new_conversation.connect(lambda: self._engine.ask(BeginAnew()))
            window.deleted.connect(self._forget)
            return window

        self._follow_persona()
        try:
            self._show("conversation", make).refresh()
        except CompanionError as error:
            self._tell(error)

    def show_memory(self) -> None:
        """What she knows, and where from."""
        from companion.ui.memory.shelf import Shelf
        from companion.ui.memory.window import MemoryWindow

        def make() -> MemoryWindow:
            mark = partial(mark_of, self._file_of_diary())
            shelf = Shelf(self._facts.get(), self._diary.get(), self._files.as_written, mark)
            window = MemoryWindow(shelf, self._commands)
            window.turn_wanted.connect(self._show_turn)
            window.deleted.connect(self._forget)
            window.keep_wanted.connect(lambda: self._set("memory.keep", True))
            return window

        self._follow_persona()
        try:
            self._show("memory", make).set_private(not self._file.settings.memory.keep)
        except CompanionError as error:
            self._tell(error)

    def show_private(self) -> None:
        """Tell whether what is said is kept, where that is of interest."""
        if memory := self._made.get("memory"):
            memory.set_private(not self._file.settings.memory.keep)  # type: ignore[attr-defined]

    def show_settings(self) -> None:
        """The settings."""
        from companion.ui.settings.window import SettingsWindow

        def make() -> SettingsWindow:
            window = SettingsWindow(self._file, self._commands, self._services())
            window.changed.connect(self.setting_changed)
            return window

        self._show("settings", make)

    def show_report(self) -> None:
        """What is known of the engine's death, for whoever is to mend it."""
        from companion.ui.report import ReportDialog

        self._report = ReportDialog(self._commands, self._engine.death, self._engine.notes)
        self._report.show()

    def show_first_steps(self) -> None:
        """The first steps, once more or for the first time."""
        from companion.ui.first_run.window import FirstRun

        def make() -> FirstRun:
            window = FirstRun(self._file, self._commands)
            window.setting_changed.connect(self.setting_changed)
            window.interview_wanted.connect(self.interview_wanted)
            window.finished.connect(self.first_steps_done)
            return window

        self.first_steps_begun.emit()
        self._show("first steps", make)

    def close(self) -> None:
        """Take away what is open, and close the diary. To quit is not to have gone through the first steps."""
        for window in filter(None, [*self._made.values(), self._report]):
            window.hide()
        self._diary.close()
        self._facts.close()

    def _show(self, name: str, make: Callable[[], Window]) -> Window:
        window = self._made.get(name)
        if window is None:
            window = self._made[name] = make()
        if not window.isVisible():  # else she would stand before it
            on_top = self._file.settings.window.always_on_top
            window.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on_top)
        window.show()
        window.raise_()
        window.activateWindow()
        return window  # type: ignore[return-value]

    def _services(self) -> Services:
        from companion.ui import launcher
        from companion.ui.settings.services import Services

        return Services(
            view=self._view,
            ask=self._engine.ask,
            restart=self._engine.restart,
            happened=self._engine.happened,
            engine_status=self._engine.changed,
            echo=lambda: self._view.echo,
            diary=self._diary.get,
            diary_file=self._file_of_diary,
            key_place=lambda: self._diary.get().where_key_is(),
            delete_all=self._delete_all,
            memory=self.show_memory,
            first_steps=self.show_first_steps,
            interview=self.interview_wanted.emit,
            shortcuts_note=lambda: self._hotkeys.note,
            set_start_at_login=launcher.set_autostart,
        )

    def _delete_all(self) -> int:
        count = self._diary.get().delete_all()
        self._files.clear_agenda()
        self._view.forget_all()
        self._engine.ask(BeginAnew())
        return count

    def _refresh_conversation(self) -> None:
        conversation = self._made.get("conversation")
        if conversation and conversation.isVisible():
            conversation.refresh()  # type: ignore[attr-defined]

    def _follow_engine(self, status: EngineStatus) -> None:
        """What was said with another persona is not told to one who has a memory of her own."""
        if status == "starting" and self._remembered_in not in (Path(), self._file_of_diary()):
            self._view.forget_all()

    def _follow_persona(self) -> None:
        """Each persona has her own conversations; what shows those of another is made anew."""
        if not self._diary.is_of_another:
            return
        shown = {"conversation": self.show_conversation, "memory": self.show_memory}
        for window, show in [(self._made.pop(name, None), show) for name, show in shown.items()]:
            if window:
                was_visible = window.isVisible()
                window.close()
                window.deleteLater()
                if was_visible:
                    show()

    def _file_of_diary(self) -> Path:
        settings = self._file.settings
        return diary_file(settings.persona, settings.memory.shared)

    def _show_turn(self, number: int) -> None:
        self.show_conversation()
        if conversation := self._made.get("conversation"):
            conversation.show_turn(number)  # type: ignore[attr-defined]

    def _set(self, key: str, value: bool) -> None:
        try:
            self._file.set(key, value)
        except SettingsError as error:
            self._tell(error)
        else:
            self.setting_changed.emit(key, value, setting_field(key).live)

    def _forget(self, texts: list[str]) -> None:
        self._view.forget(set(texts))
        self._engine.ask(Forget(tuple(texts)))

    def _tell(self, error: CompanionError) -> None:
        self._view.passing = Notice(error.message, error.hint)
