"""What the settings window needs of the rest of the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import SignalInstance

from companion.core.diary import Diary
from companion.core.intents import Intent, Mute, Unmute
from companion.ui.view import View


@dataclass(frozen=True, slots=True)
class Services:
    """Callables return at once; those that touch a disk raise CompanionError when it says no."""

    view: View
    ask: Callable[[Intent], None]
    restart: Callable[[], None]
    """Start the engine anew; the conversation is kept."""
    happened: SignalInstance
    """Events of the engine (`core.events`)."""
    engine_status: SignalInstance
    """`EngineStatus`: it reads the settings when it says "starting"."""
    echo: Callable[[], str]
    """What is done about her voice in the microphone; empty while that is not known."""
    diary: Callable[[], Diary]
    """Of the persona in use, as are the next three."""
    diary_file: Callable[[], Path]
    key_place: Callable[[], str]
    """Where the key of the diary is, as in "in the keyring of your system"."""
    delete_all: Callable[[], int]
    """Delete all that was said; how many turns there were."""
    memory: Callable[[], None]
    """Show what she remembers."""
    first_steps: Callable[[], None]
    """Go through the first steps again."""
    interview: Callable[[], None]
    """She asks, aloud, who she should be; a persona comes of it."""
    shortcuts_note: Callable[[], str]
    """What of global shortcuts is impossible here; empty if nothing is."""
    set_start_at_login: Callable[[bool], None]


class Hush:
    """Keeps her from listening while something else speaks or is spoken to."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._muted = False

    def begin(self) -> None:
        if not self._muted and self._services.view.state in ("listening", "waiting", "hearing", "thinking", "speaking"):
            self._muted = True
            self._services.ask(Mute())

    def end(self) -> None:
        if self._muted:
            self._muted = False
            self._services.ask(Unmute())
