"""Stand-in until the drawn icons are merged."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from companion.ui.glyphs import glyph
from companion.ui.mood import Mood


def app_icon() -> QIcon:
    return glyph("microphone", "#b4532f")


def tray_icon(mood: Mood, dark_panel: bool) -> QIcon:
    return glyph("microphone off" if mood == "muted" else "microphone", "#ffffff" if dark_panel else "#33281f")
