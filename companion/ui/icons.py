"""Her icons: the program's own, and the six of the tray, told apart at 16 pixels without colour and without motion."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from companion.core.paths import shipped
from companion.ui.mood import Mood

SIZES_PX = (16, 22, 24, 32, 48, 64)

ON_LIGHT, ON_DARK = "#c04a1b", "#ffb98c"
"""Ink. The one for light panels can be seen on a dark one too (3:1): some desktops are light with a dark panel."""

DRAWINGS: dict[Mood, str] = {
    "asleep": '<path d="M3.5 8.5a4.5 4.5 0 0 1 9 0z"/><path d="M1.25 11h13.5M5 14h6" stroke-width="1.5"/>',
    "listening": '<circle cx="8" cy="8" r="3.5"/><circle cx="8" cy="8" r="6.75" fill="none" stroke-width="1.5"/>',
    "thinking": '<circle cx="8" cy="8.75" r="2.25"/><circle cx="8" cy="2.25" r="1.75"/>'
    '<circle cx="2.25" cy="12.5" r="1.75"/><circle cx="13.75" cy="12.5" r="1.75"/>',
    "speaking": '<path fill-rule="evenodd" d="M6.96 0.9Q8 -0.1 9.04 0.9Q10.08 1.91 10.52 3.07Q10.96 4.22 12.2 4.29'
    "Q13.44 4.35 14.71 5.03Q15.99 5.7 15.35 7Q14.72 8.3 13.76 9.08Q12.79 9.86 13.11 11.05"
    "Q13.44 12.25 13.19 13.67Q12.94 15.1 11.51 14.89Q10.08 14.69 9.04 14.02Q8 13.34 6.96 14.02"
    "Q5.92 14.69 4.49 14.89Q3.06 15.1 2.81 13.67Q2.56 12.25 2.89 11.05Q3.21 9.86 2.24 9.08Q1.28 8.3 0.65 7"
    "Q0.01 5.7 1.29 5.03Q2.56 4.35 3.8 4.29Q5.04 4.22 5.48 3.07Q5.92 1.91 6.96 0.9z"
    'M8 6.3a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"/>',
    "muted": '<circle cx="8" cy="8" r="6.5" fill="none" stroke-width="1.5"/>'
    '<path d="M3.4 3.4l9.2 9.2" stroke-width="2"/>',
    "trouble": '<path fill-rule="evenodd" d="M8 .75a7.25 7.25 0 1 0 0 14.5 7.25 7.25 0 0 0 0-14.5zM7 3.5h2v5.5H7z'
    'M7 10.75h2v2H7z"/>',
}
"""On a grid of 16, in one ink: what she looks like in presence.py, no finer than a small icon can show."""


def tray_icon(mood: Mood, dark_panel: bool, sizes: Sequence[int] = SIZES_PX) -> QIcon:
    """She in `mood`, for a panel; `sizes` are the sides in pixels at which it is drawn to be sharp."""
    ink = ON_DARK if dark_panel else ON_LIGHT
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f'<g fill="{ink}" stroke="{ink}" stroke-width="0" stroke-linecap="round">{DRAWINGS[mood]}</g></svg>'
    )
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    icon = QIcon()
    for side in sizes:
        picture = QPixmap(QSize(side, side))
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            renderer.render(painter, QRectF(0, 0, side, side))
        icon.addPixmap(picture)
    return icon


def app_icon() -> QIcon:
    """The program's own icon."""
    icon = QIcon()
    for picture in sorted((shipped("assets") / "icon").glob("companion-[0-9]*.png")):
        icon.addFile(str(picture))
    return icon
