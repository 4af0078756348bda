"""Colours and measures of everything that is drawn: warm paper by day, embers by night."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb. Text on its ground has a contrast of at least 4.5 (WCAG AA)."""

    dark: bool
    ground: str
    """Behind everything."""
    raised: str
    """Fields, bubbles, cards."""
    line: str
    """Hairlines between things."""
    text: str
    faint: str
    """Text that is less important."""
    accent: str
    """What one may press, and her."""
    on_accent: str
    you: str
    """Your words."""
    trouble: str
    petals: tuple[str, str, str]
    """Her body, in layers from behind to the front."""
    light: str
    """The glow around her."""


_EMBERS = ("#df7466", "#ee8a5a", "#f6b26b")

DAY = Theme(
    dark=False,
    ground="#fbf6f0",
    raised="#ffffff",
    line="#e6dacd",
    text="#33281f",
    faint="#766555",
    accent="#b4532f",
    on_accent="#ffffff",
    you="#3d6180",
    trouble="#a32a22",
    petals=_EMBERS,
    light="#f0a878",
)
NIGHT = Theme(
    dark=True,
    ground="#201a17",
    raised="#2c2420",
    line="#463a33",
    text="#f4e9df",
    faint="#b7a596",
    accent="#f0a077",
    on_accent="#2a1509",
    you="#9cc3e0",
    trouble="#ff8f80",
    petals=_EMBERS,
    light="#d9794a",
)


def choose_theme(choice: str) -> None:
    """From now on `current_theme` is the one for "light" or "dark", or follows the "system".

    Qt is told too, for what it draws itself; on a plain X server it takes no notice, so it is not asked.
    """
    app = _app()
    app.setProperty(_CHOICE, choice)
    app.styleHints().setColorScheme(_SCHEMES.get(choice, Qt.ColorScheme.Unknown))


def current_theme() -> Theme:
    """What was chosen, or else what the system asks for."""
    choice = _app().property(_CHOICE)
    dark = choice == "dark" if choice in _SCHEMES else _system_is_dark()
    return NIGHT if dark else DAY


def panel_is_dark() -> bool:
    """Whether the desktop's panel is dark, as far as one can know: not while a choice of ours hides the system's."""
    return _app().property(_CHOICE) not in _SCHEMES and _system_is_dark()


def _system_is_dark() -> bool:
    """The system's colour scheme where it tells one, else the lightness of windows before we dressed them."""
    app = _app()
    scheme = app.styleHints().colorScheme()
    if scheme is not Qt.ColorScheme.Unknown:
        return scheme is Qt.ColorScheme.Dark
    if app.property(_FOUND_DARK) is None:
        app.setProperty(_FOUND_DARK, app.palette().window().color().lightness() < 128)
    return bool(app.property(_FOUND_DARK))


def _app() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    return app


_CHOICE, _FOUND_DARK = "companion theme", "companion found dark"
_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def blend(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it; all as #rrggbb."""
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
