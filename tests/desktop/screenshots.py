"""Pictures of the running app, on a desktop of its own: `make screenshots`.

    python -m tests.desktop.screenshots [--all FOLDER]

Writes those that the README shows into assets/screenshots; with `--all`, into FOLDER, every window in every state, at
100 % and 200 %, for whoever wants to look through them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from companion.core.diary import Entry
from companion.diagnostics.sound_server import SoundServer, running_sound_server
from tests.desktop.app import TITLE, Home
from tests.desktop.desktop import DARK_PANEL, LIGHT_PANEL, running_desktop
from tests.desktop.person import SETTINGS, Person, person_at
from tests.desktop.x_windows import Window
from tests.room import room_noise

README_FOLDER = Path(__file__).parents[2] / "assets" / "screenshots"
README_SHOWS = ("window-speaking-day", "window-speaking-night", "conversation", "settings-voice", "first-steps-4")
GROUNDS = {"day": "#9db4bd", "night": "#1d2a33"}
"""Of the desktop; her window lets it through a little."""
PANELS = {"day": LIGHT_PANEL, "night": DARK_PANEL}
NIGHT = {"XDG_CURRENT_DESKTOP": "KDE", "KDE_FULL_SESSION": "true", "KDE_SESSION_VERSION": "5"}
"""Has Qt read the colours of the system from kdeglobals: there is no other way to tell it of a dark one on bare X."""
KDEGLOBALS = "[Colors:{part}]\nBackgroundNormal=36,36,36\nBackgroundAlternate=44,44,44\nForegroundNormal=238,238,238\n"
GREETING = (
    "Hello, it is good to hear you. The rain has stopped, and the light on the river is almost gold. "
    "I thought of you when I saw it. Tell me, how was your day, and what would you like to talk about now?"
)
ASKED, ANSWERED = "What was the name of that book on tides?", "You called it The Edge of the Sea, by Rachel Carson."
TURNS = 10_000


class Album:
    """Takes pictures on one desktop and keeps those that are wanted."""

    def __init__(self, folder: Path, scale: float, only: tuple[str, ...]) -> None:
        self._folder = folder
        self._suffix = "" if only else f"-{round(100 * scale)}"
        self._only = only
        self.scale = scale

    def wants(self, *beginnings: str) -> bool:
        """Is any picture wanted whose name begins so?"""
        return not self._only or any(name.startswith(beginnings) for name in self._only)

    def take(self, person: Person, name: str, window: Window | None, margin: int = 0) -> None:
        """What is there now; without `window`, the whole screen."""
        if not self.wants(name):
            return
        file = self._folder / f"{name}{self._suffix}.png"
        person.desktop.screenshot(file, window, round(margin * self.scale))
        subprocess.run(["mogrify", "-strip", "-define", "png:compression-level=9", str(file)], check=True)
        print(file.name, flush=True)


class Studio:
    """Where the app is started for pictures: a desktop, a quiet room, and homes with somebody in them."""

    def __init__(self, folder: Path, sound: SoundServer, album: Album) -> None:
        self._folder = folder
        self._sound = sound
        self._count = 0
        self.album = album

    @contextmanager
    def person(
        self,
        settings: str = SETTINGS,
        look: str = "day",
        compositor: bool = True,
        turns: int = 0,
        title: str = TITLE,
    ) -> Iterator[Person]:
        """Somebody at a desktop that looks like `day` or `night`, who has said `turns` things before."""
        self._count += 1
        home = Home.made(self._folder / f"home{self._count}")
        fill_diary(home, turns)
        folder = self._folder / f"desktop{self._count}"
        folder.mkdir()
        size = f"{round(1280 * self.album.scale)}x{round(800 * self.album.scale)}"
        with running_desktop(folder, compositor=compositor, tray=False, size=size, scale=self.album.scale) as desktop:
            desktop.paint(GROUNDS[look])
            desktop.start_tray(PANELS[look])
            if look == "night":
                desktop.environment.update(NIGHT)
                parts = ("Window", "View", "Button")
                colours = "".join(KDEGLOBALS.format(part=part) for part in parts)
                (home.folder / ".config" / "kdeglobals").write_text(colours)
            with person_at(desktop, self._sound, home.folder, settings, title=title) as person:
                yield person

    def storyteller(self) -> str:
        """Settings of somebody whom she greets at length."""
        persona = self._folder / "storyteller.toml"
        persona.write_text(f'name = "Samantha"\ncharacter = "You are Samantha."\ngreeting = "{GREETING}"\n')
        return f'persona = "{persona}"\n{SETTINGS}'


def main() -> None:
    parser = argparse.ArgumentParser(description="pictures of the running app")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every window in every state, into FOLDER")
    args = parser.parse_args()
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    folder = args.all or README_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for scale in (1.0, 2.0) if args.all else (1.0,):
        with (
            tempfile.TemporaryDirectory() as name,
            running_sound_server(Path(name)) as sound,
            # A microphone that hears nothing at all would be told of as broken.
            sound.playing(room_noise(16_000 * 1800, -62.0), 16_000),
        ):
            studio = Studio(Path(name), sound, Album(folder, scale, () if args.all else README_SHOWS))
            for take in (take_window, take_conversation, take_settings, take_first_steps, take_tray):
                take(studio)


def take_window(studio: Studio) -> None:
    for look in ("day", "night"):
        for compositor in (True, False):
            ending = look if compositor else f"{look}-no-compositor"
            if not studio.album.wants(f"window-speaking-{ending}", f"window-listening-{ending}"):
                continue
            with studio.person(studio.storyteller(), look, compositor) as person:
                person.app.wait_for("ClauseStarted")
                person.app.wait_for("ClauseStarted")
                person.read_on_screen("river")
                studio.album.take(person, f"window-speaking-{ending}", person.window, 24)
                if studio.album.wants(f"window-listening-{ending}"):
                    person.desktop.key("Escape")
                    person.app.wait_for("StateChanged", state="listening")
                    studio.album.take(person, f"window-listening-{ending}", person.window, 24)
                    person.choose("Shrink to her alone")
                    person.desktop.wait_for(lambda: person.window.width < 200 * studio.album.scale, "the small window")
                    studio.album.take(person, f"window-shrunk-{ending}", person.window, 24)


def take_conversation(studio: Studio) -> None:
    if studio.album.wants("conversation"):
        with studio.person(turns=TURNS) as person:
            person.app.wait_until_listening()
            person.choose("Hide the window")
            person.choose("All that was said")
            opened = person.desktop.window("said|onversation")
            person.reader.wait_for(lambda each: ANSWERED in each.name, "the newest turns")
            studio.album.take(person, "conversation", opened)


def take_settings(studio: Studio) -> None:
    if not studio.album.wants("settings"):
        return
    for look in ("day", "night"):
        if look == "night" and not studio.album.wants("settings-night"):
            continue
        with studio.person(look=look) as person:
            person.app.wait_until_listening()
            person.choose("Hide the window")
            person.choose("Settings")
            opened = person.desktop.window("Settings")
            person.reader.wait_for(lambda each: each.role == "list item", "the pages")
            pages = [each for each in person.reader.widgets() if each.role == "list item"]
            for page in pages:
                person.desktop.click(page.centre)
                person.desktop.wait_for_stillness(lambda: [each.place for each in person.reader.widgets()], looks=4)
                name = "settings-" + ("" if look == "day" else "night-") + page.name.lower().replace(" ", "-")
                studio.album.take(person, name, opened)


def take_first_steps(studio: Studio) -> None:
    if not studio.album.wants("first-steps"):
        return
    with studio.person(SETTINGS.replace("first_run_done = true", ""), title="First steps") as person:
        opened = person.desktop.window("First steps")
        for step in range(1, 7):
            person.reader.wait_for(lambda each: f"Step {step} of" in each.name, f"step {step}")  # noqa: B023
            person.desktop.wait_for_stillness(person.reader.outline, looks=6)
            studio.album.take(person, f"first-steps-{step}", opened)
            if step < 6:
                person.reader.press("Skip")


def take_tray(studio: Studio) -> None:
    """The six states, as they come in a conversation."""
    if not studio.album.wants("tray"):
        return
    for look in ("day", "night"):
        with studio.person(studio.storyteller(), look) as person:
            person.app.wait_for("ClauseStarted")
            take_icon(studio, person, f"speaking-{look}")
            person.desktop.key("Escape")
            person.app.wait_for("StateChanged", state="listening")
            take_icon(studio, person, f"listening-{look}")
            engine = person.app.engine()
            person.say_in_writing("Tell me a long story about the sea.")
            person.app.wait_for("StateChanged", state="thinking")
            engine.suspend()
            take_icon(studio, person, f"thinking-{look}")
            engine.resume()
            person.desktop.key("Escape")
            person.choose("Mute")
            person.app.wait_for("StateChanged", state="muted")
            take_icon(studio, person, f"muted-{look}")
            engine.kill()
            person.read_on_screen("She stopped without being asked")
            take_icon(studio, person, f"trouble-{look}")
        with studio.person(SETTINGS + "[talking]\nsleep_after_minutes = 0.02\n", look) as person:
            person.app.wait_for("StateChanged", state="asleep")
            take_icon(studio, person, f"asleep-{look}")


def take_icon(studio: Studio, person: Person, state: str) -> None:
    studio.album.take(person, f"tray-{state}", person.desktop.tray_icon(), 4)


def fill_diary(home: Home, turns: int) -> None:
    """Keep so many turns, the last ones of today."""
    if not turns:
        return
    from companion.memory.store import open_diary

    now = datetime.now().astimezone()
    lines = (
        (ASKED, "The waves come in from far away, and each of them has a story of its own."),
        ("Did I tell you about the walk by the river?", "You did: the heron stood so still that you did too."),
        ("What shall I cook tonight?", "There is still some of that soup. Bread, and you are done."),
    )
    entries = []
    for number in range(turns // 2):
        asked, answered = lines[number % len(lines)]
        at = now - timedelta(minutes=2 + 7 * (turns // 2 - number))
        cut = number % 9 == 4
        entries.append(Entry(2 * number + 1, at, "user", "Samantha", asked))
        heard, unheard = (answered[:22], answered[22:]) if cut else (answered, "")
        entries.append(Entry(2 * number + 2, at + timedelta(seconds=4), "companion", "Samantha", heard, unheard, cut))
    entries[-2:] = [
        Entry(turns - 1, now - timedelta(minutes=2), "user", "Samantha", ASKED),
        Entry(turns, now - timedelta(minutes=2), "companion", "Samantha", ANSWERED),
    ]
    diary = open_diary(home.folder / "conversations.db")
    diary.restore(entries)
    diary.close()


if __name__ == "__main__":
    main()
