"""What an X server shows, read from the server itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from Xlib import X, Xatom, display, error
from Xlib.protocol import event


class Place(NamedTuple):
    """A point of the screen, in its pixels."""

    x: int
    y: int


class Window(NamedTuple):
    """A window that is shown; its place is that of its content, in pixels of the screen."""

    id: int
    title: str
    kind: str
    """The class that its program gave it."""
    x: int
    y: int
    width: int
    height: int
    managed: bool
    """False for menus and the like, which the window manager leaves alone."""

    @property
    def centre(self) -> Place:
        return Place(self.x + self.width // 2, self.y + self.height // 2)


class XWindows:
    """A connection to an X server."""

    def __init__(self, name: str) -> None:
        self._display = display.Display(name)
        self._root = self._display.screen().root

    @classmethod
    @contextlib.contextmanager
    def connected(cls, name: str) -> Iterator[XWindows]:
        """Connected until the block ends; a server that has gone by then is no error."""
        windows = cls(name)
        try:
            yield windows
        finally:
            with contextlib.suppress(error.ConnectionClosedError):
                windows._display.close()

    @property
    def size(self) -> tuple[int, int]:
        geometry = self._root.get_geometry()
        return geometry.width, geometry.height

    def has_owner(self, selection: str) -> bool:
        """Does some program play this part, such as _NET_SYSTEM_TRAY_S0?"""
        return bool(self._display.get_selection_owner(self._atom(selection)) != X.NONE)

    def has_window_manager(self) -> bool:
        return bool(self._root.get_full_property(self._atom("_NET_SUPPORTING_WM_CHECK"), X.AnyPropertyType))

    def shown(self) -> list[Window]:
        """Windows with a title or a class that are on the screen, undermost first."""
        return [window for resource in self._below(self._root) if (window := self._look_at(resource))]

    def in_tray(self) -> list[Window]:
        """Icons that are embedded in the tray's panel, from its first to its last."""
        panels = [resource for resource in self._below(self._root) if self._title(resource) == "panel"]
        return [
            icon
            for panel in panels
            for resource in self._below(panel)
            if self._property(resource, "_XEMBED_INFO") and (icon := self._look_at(resource))
        ]

    def states(self, window: Window) -> set[str]:
        """What the window manager says of it, such as _NET_WM_STATE_ABOVE."""
        resource = self._display.create_resource_object("window", window.id)
        value = self._property(resource, "_NET_WM_STATE")
        return {self._display.get_atom_name(atom) for atom in (value.value if value else ())}

    def active(self) -> int:
        """The window that has the keyboard, as its number; 0 if none."""
        value = self._property(self._root, "_NET_ACTIVE_WINDOW")
        return int(value.value[0]) if value and len(value.value) else 0

    def close(self, window: Window) -> None:
        """Ask the window manager to, as the button in a frame does."""
        resource = self._display.create_resource_object("window", window.id)
        message = event.ClientMessage(window=resource, client_type=self._atom("_NET_CLOSE_WINDOW"), data=(32, [0] * 5))
        self._root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self._display.sync()

    def colour_at(self, place: Place) -> str:
        """What is to be seen there, as #rrggbb."""
        image = self._root.get_image(place.x, place.y, 1, 1, X.ZPixmap, 0xFFFFFFFF)
        blue, green, red = image.data[:3]
        return f"#{red:02x}{green:02x}{blue:02x}"

    def paint(self, colour: str) -> None:
        """The background, as #rrggbb; also for a compositor, which draws it from a pixmap that is announced."""
        ground = self._root.create_pixmap(1, 1, self._display.screen().root_depth)
        brush = self._root.create_gc(foreground=int(colour.lstrip("#"), 16))
        ground.fill_rectangle(brush, 0, 0, 1, 1)
        self._root.change_property(self._atom("_XROOTPMAP_ID"), Xatom.PIXMAP, 32, [ground.id])
        self._root.change_attributes(background_pixmap=ground)
        self._root.clear_area()
        self._display.sync()

    def _below(self, resource: Any) -> Iterator[Any]:
        for child in self._children(resource):
            yield child
            yield from self._below(child)

    def _children(self, resource: Any) -> list[Any]:
        with contextlib.suppress(error.BadWindow):
            return list(resource.query_tree().children)
        return []

    def _look_at(self, resource: Any) -> Window | None:
        """None if it is not shown, has no name, or has just gone."""
        try:
            attributes, geometry = resource.get_attributes(), resource.get_geometry()
            kind, title = resource.get_wm_class(), self._title(resource)
            if attributes.map_state != X.IsViewable or not (kind or title):
                return None
            # From the root's view: how far its corner lies from the root's.
            corner = resource.translate_coords(self._root, 0, 0)
        except (error.BadWindow, error.BadDrawable):
            return None
        return Window(
            resource.id,
            title,
            kind[1] if kind else "",
            -corner.x,
            -corner.y,
            geometry.width,
            geometry.height,
            not attributes.override_redirect,
        )

    def _title(self, resource: Any) -> str:
        value = self._property(resource, "_NET_WM_NAME") or self._property(resource, "WM_NAME")
        text = value.value if value else b""
        return text.decode(errors="replace") if isinstance(text, bytes) else str(text)

    def _property(self, resource: Any, name: str) -> Any:
        with contextlib.suppress(error.BadWindow):
            return resource.get_full_property(self._atom(name), X.AnyPropertyType)
        return None

    def _atom(self, name: str) -> int:
        return int(self._display.intern_atom(name))
