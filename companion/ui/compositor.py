"""Whether translucent windows can be had."""

from __future__ import annotations

from contextlib import closing

from PySide6.QtGui import QGuiApplication


def translucency() -> bool:
    """True if something blends windows: always but on X11, where a compositor has to run."""
    return _x11_compositor() if QGuiApplication.platformName() == "xcb" else True


def _x11_compositor() -> bool:
    from Xlib.display import Display
    from Xlib.error import DisplayError

    try:
        with closing(Display()) as display:
            name = f"_NET_WM_CM_S{display.get_default_screen()}"
            return bool(display.get_selection_owner(display.intern_atom(name)))
    except (DisplayError, OSError):
        return False
