"""`companion` without a command: the app on the desktop; where there is none, the conversation in the terminal."""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
from contextlib import closing
from datetime import datetime

from companion.core.diary import Diary
from companion.core.errors import NoDesktopError
from companion.core.facts import Fact, Facts
from companion.core.settings import Settings


def run(args: argparse.Namespace) -> int:
    """Show her on the desktop until the person quits. Raises CompanionError if another window hangs."""
    if why := why_no_desktop():
        return _talk_instead(args, why)
    from companion.ui.application import run_app
    from companion.ui.files import Files
    from companion.ui.options import Options

    program = [sys.executable, "-m", "companion"]
    if args.settings_named:
        program += ["--settings", str(args.settings_file)]
    options = Options(tuple(program), args.settings_file, args.hidden, args.events, args.window_log)
    try:
        return run_app(options, Files(_open_diary, _open_facts, _as_written, _clear_agenda))
    except NoDesktopError as error:
        return _talk_instead(args, f"{error.message} ({error.hint})")


def why_no_desktop() -> str:
    """Why there can be no window here, with the remedy; empty if there can be one."""
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return f"There is no window, as Qt cannot be loaded ({error}). `make install` brings what it needs."
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "xcb") != "xcb":
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    if not os.environ.get("DISPLAY"):
        return "There is no display here, so no window."
    return _why_no_x11()


def _why_no_x11() -> str:
    from Xlib.display import Display
    from Xlib.error import DisplayConnectionError, DisplayError

    name = os.environ["DISPLAY"]
    try:
        with closing(Display()):
            ctypes.CDLL("libxcb-cursor.so.0")
    except (DisplayError, DisplayConnectionError, OSError) as error:
        if "libxcb" in str(error):
            return "There is no window, as the library libxcb-cursor0 is missing: apt install libxcb-cursor0"
        return f"The display {name} does not answer, so there is no window."
    return ""


def _open_diary(settings: Settings) -> Diary:
    from companion.diaries import open_diary

    return open_diary(settings)


def _open_facts(settings: Settings) -> Facts:
    from companion.diaries import open_facts

    return open_facts(settings)


def _as_written(text: str, at: datetime) -> Fact:
    from companion.memory.told import as_written

    return as_written(text, at)


def _clear_agenda() -> None:
    from companion.reminding import open_store

    if agenda := open_store(False):
        with closing(agenda):
            agenda.clear()


def _talk_instead(args: argparse.Namespace, why: str) -> int:
    from companion.cli.talk import converse
    from companion.sound import spoken

    print(f"·  {why} She talks with you here instead.", file=sys.stderr)
    settings: Settings = args.settings
    sound = spoken(settings.hearing.microphone, settings.voice.speaker, echo=settings.hearing.echo)
    converse(settings, sound, args.settings_file)
    return 0
