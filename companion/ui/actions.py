"""What can be chosen from the menu, of the tray and of the window alike."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from companion.core.persona import known_personas
from companion.ui.commands import Commands
from companion.ui.view import View

QUIET_MINUTES = 60


class Actions(QObject):
    """Menus are made of it; what is chosen comes out as signals."""

    visibility_toggled = Signal()
    mute_toggled = Signal()
    quiet_toggled = Signal()
    private_toggled = Signal()
    shrink_toggled = Signal()
    persona_chosen = Signal(str)
    voice_chosen = Signal(str)
    begin_anew = Signal()
    conversation_wanted = Signal()
    memory_wanted = Signal()
    settings_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, view: View, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._commands = commands
        self._voices: list[str] = []
        self.visibility = self._action(self.tr("Show the window"), self.visibility_toggled)
        self.mute = self._action(self.tr("Mute the microphone"), self.mute_toggled)
        self.hint = self._action("", self.settings_wanted)  # what is off can neither be reached nor read by keyboard
        self.quiet = self._action(self.tr("Do not disturb for an hour"), self.quiet_toggled)
        self.private = self._action(self.tr("Private: keep nothing"), self.private_toggled)
        for action in (self.quiet, self.private):
            action.setCheckable(True)
        self.shrink = self._action(self.tr("Shrink to her alone"), self.shrink_toggled)
        self.anew = self._action(self.tr("New conversation"), self.begin_anew)
        self.conversation = self._action(self.tr("All that was said…"), self.conversation_wanted)
        self.memory = self._action(self.tr("What she remembers…"), self.memory_wanted)
        self.settings = self._action(self.tr("Settings…"), self.settings_wanted)
        self.quit = self._action(self.tr("Quit"), self.quit_wanted)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.say_how_to_talk("")

    def make_menu(self) -> QMenu:
        """A menu of all actions; it is filled anew each time that it opens."""
        menu = QMenu()
        menu.setAccessibleName(self.tr("Menu"))
        menu.addActions([self.visibility, self.mute, self.hint, self.quiet, self.private, self.shrink])
        menu.addSeparator()
        personas = menu.addMenu(self.tr("Persona"))
        personas.aboutToShow.connect(lambda: self._fill_personas(personas))
        voices = menu.addMenu(self.tr("Voice"))
        voices.aboutToShow.connect(lambda: self._fill_voices(voices))
        for submenu in (personas, voices):
            submenu.addAction("…").setEnabled(False)  # some panels do not open an empty one
        menu.addSeparator()
        menu.addActions([self.anew, self.conversation, self.memory, self.settings])
        menu.addSeparator()
        menu.addAction(self.quit)
        return menu

    def take_view(self, window_visible: bool, shrunk: bool) -> None:
        """Words and ticks as they are now."""
        view = self._view
        self.visibility.setText(self.tr("Hide the window") if window_visible else self.tr("Show the window"))
        self.mute.setText(self.tr("Listen again") if view.muted else self.tr("Mute the microphone"))
        self.quiet.setChecked(view.state == "quiet")
        self.private.setChecked(view.private)
        self.shrink.setText(self.tr("Show all of the window") if shrunk else self.tr("Shrink to her alone"))

    def say_how_to_talk(self, keys: str, why_not: str = "") -> None:
        """The hint on push-to-talk: `keys` are to be held, if there is no reason `why_not`. The settings tell it."""
        if not keys:
            self.hint.setText(self.tr("A key to talk: set it under Settings, Shortcuts"))
        elif why_not:
            self.hint.setText(self.tr("{keys} does not work here: see Settings, Shortcuts").format(keys=keys))
        else:
            self.hint.setText(self.tr("Hold {keys} to talk").format(keys=keys))

    def choose(self, persona: str, voice: str) -> None:
        """What is ticked among personas and voices."""
        self._persona, self._voice = persona, voice

    def _action(self, words: str, signal: SignalInstance) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(signal)
        return action

    def _fill_personas(self, menu: QMenu) -> None:
        choices = [(persona.key, persona.name) for persona in known_personas()]
        _fill(menu, choices, self._persona, self.persona_chosen.emit)

    def _fill_voices(self, menu: QMenu) -> None:
        """Those known so far; others are added when they are known, so that nothing moves under one's hand."""
        choices = [("auto", self.tr("The best one here")), *((name, name) for name in self._voices)]
        group = _fill(menu, choices, self._voice, self.voice_chosen.emit)
        asked = self._commands.make(self, "models", "--json")
        lines: list[str] = []
        asked.line.connect(lines.append)

        def add(code: int, _: str) -> None:
            asked.deleteLater()
            models = json.loads("\n".join(lines)) if code == 0 else []
            here = [each["name"] for each in models if each["purpose"] == "voice" and each["installed"]]
            for name in here:
                if name not in self._voices:
                    _add(menu, group, (name, name), self._voice, self.voice_chosen.emit)
            self._voices = here or self._voices

        asked.finished.connect(add)
        asked.start()


def _fill(menu: QMenu, choices: list[tuple[str, str]], chosen: str, choose: Callable[[str], object]) -> QActionGroup:
    menu.clear()
    group = QActionGroup(menu)
    for choice in choices:
        _add(menu, group, choice, chosen, choose)
    return group


def _add(
    menu: QMenu, group: QActionGroup, choice: tuple[str, str], chosen: str, choose: Callable[[str], object]
) -> None:
    key, words = choice
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(key == chosen)
    action.triggered.connect(lambda: choose(key))
    group.addAction(action)
