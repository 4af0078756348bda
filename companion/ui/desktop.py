"""Joins the engine, what is known of the conversation, the window, the tray and the menu."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from companion.core import events as ev
from companion.core.errors import SettingsError
from companion.core.event_record import to_record
from companion.core.events import Event
from companion.core.intents import (
    INTERVIEW_ME,
    BeginAnew,
    Configure,
    DoNotDisturb,
    HoldToTalk,
    Intent,
    Mute,
    ReleaseToTalk,
    Say,
    Stop,
    Tap,
    Unmute,
)
from companion.core.paths import state_file
from companion.core.settings_fields import setting_field
from companion.core.settings_file import SettingsFile
from companion.ui.actions import QUIET_MINUTES, Actions
from companion.ui.commands import Commands
from companion.ui.engine import Engine, EngineStatus
from companion.ui.files import Files
from companion.ui.hotkeys import Hotkeys
from companion.ui.options import Options
from companion.ui.other_windows import OtherWindows
from companion.ui.placement import Places
from companion.ui.reminder_words import reminder_words
from companion.ui.theme import Theme
from companion.ui.tool_words import tool_choices
from companion.ui.tray import Tray
from companion.ui.view import Notice, View
from companion.ui.window import FloatingWindow
from companion.ui.window_log import WindowLog
from companion.ui.words import state_words

TRAY_MS = 10_000
"""At login the tray may come so much later than we do."""


class Desktop(QObject):
    """One conversation on the desktop."""

    ended = Signal()
    """The engine is gone and nothing is left to wait for."""

    def __init__(
        self,
        file: SettingsFile,
        her_name: Callable[[], str],
        options: Options,
        files: Files,
        theme: Theme,
        log: WindowLog | None,
    ) -> None:
        """`her_name` tells what she is called by the settings as they are."""
        super().__init__()
        self._file = file
        self._her_name = her_name
        self._log = log
        self._events = options.events.open("w", encoding="utf-8") if options.events else None
        self.view = View(her_name())
        self.engine = Engine([*options.program, "--headless"], lambda: self.view.turns, self)
        commands = Commands(options.program)
        self.actions = Actions(self.view, commands, self)
        places = Places.load(state_file())
        self.window = FloatingWindow(theme, places, file.settings.window.always_on_top, self.view, time.monotonic)
        self.window.set_menu(self.actions.make_menu())
        self.window.set_still(file.settings.window.reduce_motion)
        self.tray = Tray(self.actions.make_menu(), self)
        self.hotkeys = Hotkeys(self)
        self.others = OtherWindows(file, commands, self.engine, self.view, self.hotkeys, files, self)
        self._mute_again = self._muted_before = self._interview_next = False
        self._quiet_until_s = 0.0
        self._connect()
        self._apply_keys()
        self._show()

    # --- what the person does

    def start(self, hidden: bool) -> None:
        """Show the window (`hidden`: only if no tray appears) and start the engine; at first, lead the first steps."""
        if not self._file.settings.window.first_run_done and not hidden:
            self.others.show_first_steps()
            return
        if hidden:
            QTimer.singleShot(TRAY_MS, self, self._show_without_tray)
        else:
            self.window.show()
        self.engine.start()
        if self._file.told:
            self.view.passing = Notice(self._file.told)
            self._show()

    def show_window(self) -> None:
        """Bring the window to the front."""
        self.window.show()
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def toggle_window(self) -> None:
        """Show the window, or hide it."""
        if self.window.isVisible():
            self.window.close()
        else:
            self.show_window()

    def quit(self) -> None:
        """End everything; `ended` tells when."""
        self.others.close()
        self.window.close_for_good()
        self.tray.hide()
        self.hotkeys.close()
        self.engine.quit()

    def _begin_first_steps(self) -> None:
        self._muted_before = self.view.muted
        self._ask(Stop())
        self._ask(Mute())

    def begin_interview(self) -> None:
        """She asks who she should be: now, or once she is there."""
        self.show_window()
        self._interview_next = self.engine.status != "running"
        if not self._interview_next:
            self.view.typed(INTERVIEW_ME)
            self._ask(Say(INTERVIEW_ME))
            self._show()

    def _end_first_steps(self) -> None:
        """She comes, as she was chosen to be."""
        self.view.muted = self._muted_before
        self.engine.restart()
        self.show_window()

    def _ask(self, intent: Intent) -> None:
        self.engine.ask(intent)

    def _say(self, text: str) -> None:
        self.view.typed(text)
        self._show()
        self._ask(Say(text, silently=not self._file.settings.window.speak_answers_to_typed))

    def _toggle_mute(self) -> None:
        self.view.muted = not self.view.muted
        self._ask(Mute() if self.view.muted else Unmute())
        self._show()

    def _toggle_quiet(self) -> None:
        self._ask(DoNotDisturb(0 if self.view.state == "quiet" else QUIET_MINUTES))

    def _toggle_private(self) -> None:
        self._choose_setting("memory.keep", not self._file.settings.memory.keep)
        self._show()

    def _choose_persona(self, key: str) -> None:
        self._choose_setting("persona", key)

    def _choose_voice(self, name: str) -> None:
        if self._choose_setting("voice.voice", name):
            self.engine.restart()

    def _choose_setting(self, key: str, value: str | bool) -> bool:
        """Whether it could be written."""
        try:
            self._file.set(key, value)
        except SettingsError as error:
            self.view.passing = Notice(error.message, error.hint)
            self._show()
            return False
        self.settings_changed(key, value, setting_field(key).live)
        return True

    def settings_changed(self, key: str, value: object, live: bool) -> None:
        """A setting has been changed and written; `live`: the engine is to take it at once."""
        if live and isinstance(value, (bool, int, float, str)):
            self._ask(Configure({key: value}))
        if key == "persona" and self.engine.status != "running":
            self.view.forget_all()  # what was said to another is not told to the one who comes
        window = self._file.settings.window
        if key == "window.always_on_top":
            self.window.set_on_top(window.always_on_top)
        elif key == "window.reduce_motion":
            self.window.set_still(window.reduce_motion)
        elif key == "memory.keep":
            self.others.show_private()
        elif key.startswith("shortcuts."):
            self._apply_keys()
        self._choose()

    # --- what the engine does

    def _take(self, event: Event) -> None:
        if self._events:
            with suppress(OSError):
                self._events.write(json.dumps(to_record(event), ensure_ascii=False) + "\n")
                self._events.flush()
        if isinstance(event, ev.QuietBegan):
            self._quiet_until_s = time.monotonic() + event.until_s - event.at_s
        elif isinstance(event, ev.QuietEnded):
            self._quiet_until_s = 0.0
        self.view.take(event, time.monotonic())
        if isinstance(event, (ev.LevelMeasured, ev.VoiceMeasured)):
            self.window.presence.set_levels(self.view.yours_db, self.view.hers_db)
            return
        if isinstance(event, ev.ConversationStarted):
            self._restore()
        elif isinstance(event, ev.KeepingChosen):
            if event.keep != self._file.settings.memory.keep:
                self._toggle_private()
        elif isinstance(event, ev.PersonaChosen):
            self._keep_persona(event.key)
        elif isinstance(event, ev.ReminderDue):
            notice = reminder_words(event)
            self.view.reminders.append(notice)
            self.tray.notify(notice.message, notice.hint)
        elif isinstance(event, ev.DeviceLost):
            self._notify(event.message, event.hint)
        self.others.take(event)
        self._show()

    def _keep_persona(self, key: str) -> None:
        """She is whom the interview has found, and will be the next time."""
        try:
            self._file.set("persona", key)
            self._file.reset("her_name")
        except SettingsError as error:
            self.view.passing = Notice(error.message, error.hint)
        self._choose()

    def _restore(self) -> None:
        """What the engine before was told, and this one does not know."""
        if self._mute_again:
            self._ask(Mute())
        left_s = self._quiet_until_s - time.monotonic()
        if left_s > 0:
            self._ask(DoNotDisturb(left_s / 60))
        if self._interview_next:
            self.begin_interview()

    def _take_status(self, status: EngineStatus) -> None:
        if self._log:
            self._log.write(engine=status, pid=self.engine.pid)
        if status in ("died", "given up"):
            self._mute_again = self.view.muted
            if cut_off := self.view.engine_died(time.monotonic()):
                self.others.keep(cut_off)
        match status:
            case "starting":
                self._mute_again = self._mute_again or self.view.muted
                self.view.name = self._her_name()
            case "died":
                self._trouble(
                    self.tr("She stopped without being asked, and is coming back."),
                    self.tr("Nothing of what was said is lost."),
                )
            case "given up":
                often = self.tr("She stopped again and again, so she is not started any more.")
                self._trouble(often, self._last_note())
            case "ended":
                self.ended.emit()
            case _:
                self.view.lasting.pop("engine", None)
        self._show()

    def _last_note(self) -> str:
        notes = " ".join(self.engine.notes[-2:]).replace("companion: ", "")
        return notes or self.engine.death

    def _tell_slow(self) -> None:
        self._trouble(self.tr("She takes unusually long to get ready."), self._last_note())
        self._show()

    def _trouble(self, message: str, hint: str) -> None:
        self.view.lasting["engine"] = Notice(message, hint)
        self._notify(message, hint)

    def _notify(self, message: str, hint: str) -> None:
        """Tell through the tray what the hidden window cannot show."""
        if not self.window.isVisible():
            self.tray.notify(message, hint)

    # --- joined

    def _connect(self) -> None:
        self.engine.happened.connect(self._take)
        self.engine.changed.connect(self._take_status)
        self.engine.noted.connect(self.window.tell_progress)
        self.engine.is_slow.connect(self._tell_slow)
        window, actions = self.window, self.actions
        window.said.connect(self._say)
        window.stopped.connect(lambda: self._ask(Stop()))
        window.mute_pressed.connect(self._toggle_mute)
        window.hidden_by_person.connect(self._hide_window)
        window.appeared.connect(self._tell_visible)
        window.shrunk_changed.connect(self._show)
        actions.visibility_toggled.connect(self.toggle_window)
        actions.mute_toggled.connect(self._toggle_mute)
        actions.quiet_toggled.connect(self._toggle_quiet)
        actions.private_toggled.connect(self._toggle_private)
        actions.shrink_toggled.connect(lambda: window.set_shrunk(not window.shrunk))
        actions.persona_chosen.connect(self._choose_persona)
        actions.voice_chosen.connect(self._choose_voice)
        actions.begin_anew.connect(lambda: self._ask(BeginAnew()))
        actions.conversation_wanted.connect(self.others.show_conversation)
        actions.memory_wanted.connect(self.others.show_memory)
        actions.settings_wanted.connect(self.others.show_settings)
        actions.quit_wanted.connect(self.quit)
        self.tray.activated.connect(self.toggle_window)
        self.tray.available_changed.connect(self._take_tray)
        self.hotkeys.pressed.connect(lambda: self._ask(HoldToTalk()))
        self.hotkeys.released.connect(lambda: self._ask(ReleaseToTalk()))
        self.hotkeys.toggled.connect(lambda: self._ask(Tap()))
        self.hotkeys.note_changed.connect(self._say_how_to_talk)
        self.others.setting_changed.connect(self.settings_changed)
        self.others.first_steps_begun.connect(self._begin_first_steps)
        self.others.first_steps_done.connect(self._end_first_steps)
        self.others.interview_wanted.connect(self.begin_interview)

    def _hide_window(self) -> None:
        """Into the tray; without one, where the window list keeps it."""
        if self.tray.available:
            self.window.hide()
        else:
            self.window.showMinimized()
        self._show()

    def _take_tray(self, available: bool) -> None:
        if not available:
            self._show_without_tray()

    def _show_without_tray(self) -> None:
        if not self.tray.available and not self.window.isVisible():
            self.window.show()

    def _tell_visible(self) -> None:
        if self._log:
            self._log.write(window="visible")
        self._show()

    def _apply_keys(self) -> None:
        keys = self._file.settings.shortcuts
        self.hotkeys.set_keys(keys.push_to_talk, keys.toggle_talk)
        self._say_how_to_talk(self.hotkeys.note)
        self._choose()

    def _say_how_to_talk(self, note: str) -> None:
        self.actions.say_how_to_talk(self._file.settings.shortcuts.push_to_talk, note)

    def _choose(self) -> None:
        self.actions.choose(self._file.settings.persona, self._file.settings.voice.voice)

    def _show(self) -> None:
        keys, self.view.way_to_talk = self._file.settings.shortcuts, self._file.settings.talking.way_to_talk
        self.view.has_key = bool(keys.push_to_talk if self.view.way_to_talk == "push-to-talk" else keys.toggle_talk)
        self.view.private = not self._file.settings.memory.keep
        self.window.take_view()
        self.window.tell(self._choices())
        self.actions.take_view(self.window.isVisible(), self.window.shrunk)
        doing = state_words(self.view.state, self.view.way_to_talk, self.view.has_key)
        words = self.tr("{name} is {doing}").format(name=self.view.name, doing=doing)
        if self.view.private:
            words = f"{words}\n{self.tr('Private: nothing is kept')}"
        self.tray.set_mood(self.view.mood, words)

    def _dismiss(self) -> None:
        self.view.read()
        self._show()

    def _choices(self) -> list[tuple[str, Callable[[], object]]]:
        """What can be pressed about the notice that is shown."""
        if "engine" not in self.view.lasting:
            if "tool" in self.view.lasting:
                return tool_choices(self._say)
            read = self.view.passing or self.view.reminders
            return [(self.tr("All right"), self._dismiss)] if read else []
        choices: list[tuple[str, Callable[[], object]]] = []
        if self.engine.status == "given up":
            choices.append((self.tr("Try again"), self.engine.start))
        if self.engine.status == "starting":
            choices.append((self.tr("Start anew"), self.engine.restart))
        if self.engine.status != "died":
            choices.append((self.tr("Settings"), self.others.show_settings))
        choices.append((self.tr("Report"), self.others.show_report))
        return choices
