"""The settings of the app on the desktop: its window, and the keys that work in every program."""

from __future__ import annotations

from typing import Literal

from companion.core.setting import Section, setting


class Window(Section):
    """The app on the desktop."""

    always_on_top: bool = setting(True, "Always on top", "Her window stays above all others.", live=True)
    reduce_motion: bool = setting(False, "Reduce motion", "Nothing in the window moves by itself.", live=True)
    theme: Literal["system", "light", "dark"] = setting(
        "system",
        "Colours",
        "Light or dark colours, or those of the system.",
        live=True,
        labels={"system": "As the system", "light": "Light", "dark": "Dark"},
    )
    language: Literal["system", "en", "de"] = setting(
        "system",
        "Language of the app",
        "Language of windows and menus; a new one is taken when the app starts the next time.",
        live=True,
        labels={"system": "As the system", "en": "English", "de": "Deutsch"},
    )
    speak_answers_to_typed: bool = setting(
        True, "Speak answers to typed lines", "Typed lines are answered aloud.", live=True
    )
    start_at_login: bool = setting(False, "Start at login", "She is there when you log in to this computer.", live=True)
    first_run_done: bool = setting(
        False, "First steps done", "The first steps were gone through.", live=True, hidden=True
    )


class Shortcuts(Section):
    """Keys that work in every program, in Qt's portable text such as "Ctrl+Alt+Space"; empty: none."""

    push_to_talk: str = setting(
        "", "Push to talk", "Hold these keys, in whatever program, while you speak to her.", live=True
    )
    toggle_talk: str = setting(
        "",
        "Tap to talk",
        "Press these keys, in whatever program, and say something to her; pressed again they end your turn.",
        live=True,
    )
