"""A person before the desktop: eyes, a mouse, a keyboard, a screen reader, a voice and ears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from companion.diagnostics.sound_server import Recording, SoundServer
from tests.desktop.accessibility import Reader, reading
from tests.desktop.app import TITLE, App, Home, running_app
from tests.desktop.desktop import Desktop
from tests.desktop.x_windows import Place, Window

SETTINGS = """\
[hearing]
transcriber = "whisper-tiny.en"
[mind]
engine = "embedded"
model = "smollm2-135m-instruct"
max_reply_tokens = 30
[shortcuts]
push_to_talk = "Ctrl+Alt+Space"
toggle_talk = "Ctrl+Alt+M"
[window]
first_run_done = true
language = "en"
"""
"""The small models, and someone who has been here before."""

LOUD = 0.03
"""-30 dB of full scale: her voice is louder, and nothing else sounds."""


class Person:
    """Does with the app what people do."""

    def __init__(self, desktop: Desktop, app: App, reader: Reader, sound: SoundServer) -> None:
        self.desktop = desktop
        self.app = app
        self.reader = reader
        self.sound = sound

    @property
    def window(self) -> Window:
        """Her window, once it is shown and stands still."""
        self.desktop.window(TITLE)
        self.desktop.wait_for_stillness(lambda: self.desktop.windows(TITLE), looks=4)
        return self.desktop.window(TITLE)

    @property
    def sees_her(self) -> bool:
        return bool(self.desktop.windows(TITLE))

    def wait_until_shown(self, shown: bool) -> None:
        self.desktop.wait_for(lambda: self.sees_her == shown, f"her window to be {'shown' if shown else 'hidden'}")

    def click_tray(self) -> None:
        self.desktop.click(self.desktop.tray_icon().centre)

    def choose(self, *entries: str) -> None:
        """From the tray's menu: an entry by the beginning of its name, through submenus."""
        self.desktop.open_menu(self.desktop.tray_icon().centre)
        self.choose_in_menu(*entries)

    def choose_in_menu(self, *entries: str) -> None:
        """From the menu that is open."""
        *submenus, last = entries
        for name in submenus:
            self.reader.find_in_menu(name)
            self.desktop.key("Right")
        self.reader.find_in_menu(last)
        self.desktop.key("Return")

    def close_menu(self) -> None:
        self.desktop.key("Escape")

    def press(self, name: str) -> None:
        """With the mouse, in the middle of what has that name."""
        self.desktop.click(self.reader.shown(name).centre)

    def say_in_writing(self, line: str) -> None:
        """Typed into her window, and sent with Enter."""
        self.desktop.click(self.reader.shown("Type to her").centre)
        self.desktop.type(line)
        self.desktop.key("Return")

    def drag_window(self, by_x: int, by_y: int) -> None:
        """By the ground at its top, between the buttons."""
        window = self.window
        grip = Place(window.x + window.width // 2, window.y + 20)
        self.desktop.drag(grip, Place(grip.x + by_x, grip.y + by_y))

    def read_on_screen(self, words: str) -> None:
        """Return once these words are to be read in her window."""
        self.reader.wait_for(lambda each: words in each.name or words in each.text, f"{words!r} on the screen")

    def wait_until_state(self, state: str) -> None:
        """Return once she has been in that state since what was last waited for, or is in it."""
        self.app.wait_until(lambda events: _last_state(events) == state, f"her to be {state}")


def loudness(recording: Recording, since_s: float = 0.0) -> float:
    """The highest peak from there on, of 1."""
    samples = recording.since(since_s)
    return float(np.abs(samples).max()) if len(samples) else 0.0


@contextmanager
def person_at(
    desktop: Desktop,
    sound: SoundServer,
    folder: Path,
    settings: str = SETTINGS,
    measured: bool = True,
    title: str = TITLE,
) -> Iterator[Person]:
    """Somebody whose app has just been started and shows the window `title`; it is ended with the block."""
    with running_app(desktop, sound.environment, Home.made(folder, settings), measured=measured) as app:
        desktop.window(title)
        with reading(desktop, app.process.pid) as reader:
            yield Person(desktop, app, reader, sound)


def _last_state(events: list[dict[str, object]]) -> object:
    return next((event["state"] for event in reversed(events) if event["event"] == "StateChanged"), None)
