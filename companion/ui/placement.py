"""Where the window stands: at edges, on which screen, and back where it was. Pure but for the file it is kept in."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

SNAP_PX = 18
"""So near to an edge the window goes to it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in logical pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


def snapped(box: Box, room: Box) -> Box:
    """`box`, moved to the edges of `room` that it is near to."""
    return replace(
        box,
        x=_snap(box.x, box.width, room.x, room.width),
        y=_snap(box.y, box.height, room.y, room.height),
    )


def _snap(start: int, length: int, room_start: int, room_length: int) -> int:
    end = room_start + room_length - length
    if abs(start - room_start) <= SNAP_PX:
        return room_start
    return end if abs(start - end) <= SNAP_PX else start


def fitted(box: Box, room: Box) -> Box:
    """`box`, wholly inside `room`, made smaller if it must be."""
    width, height = min(box.width, room.width), min(box.height, room.height)
    x = max(room.x, min(box.x, room.x + room.width - width))
    y = max(room.y, min(box.y, room.y + room.height - height))
    return Box(x, y, width, height)


def screen_of(box: Box, screens: dict[str, Box]) -> str:
    """The name of the screen that `box` stands on: the one that holds its centre, or is nearest to it."""
    x, y = box.centre

    def distance(name: str) -> float:
        room = screens[name]
        dx = max(room.x - x, 0, x - room.x - room.width)
        dy = max(room.y - y, 0, y - room.y - room.height)
        return float(dx * dx + dy * dy)

    return min(screens, key=distance)


def first_place(room: Box, width: int, height: int, margin: int = 24) -> Box:
    """Where the window stands at first: below on the right, out of the way."""
    corner = Box(room.x + room.width - width - margin, room.y + room.height - height - margin, width, height)
    return fitted(corner, room)


@dataclass
class Places:
    """Remembered boxes, for each screen one, and which screen was last. What cannot be read or kept is forgotten."""

    file: Path
    boxes: dict[str, Box] = field(default_factory=dict)
    last: str = ""
    shrunk: bool = False
    whole: tuple[int, int] | None = None
    """Width and height of the window before it was shrunk."""

    @classmethod
    def load(cls, file: Path) -> Places:
        places = cls(file)
        with suppress(OSError, ValueError, TypeError, KeyError):
            kept = json.loads(file.read_text(encoding="utf-8"))
            places.boxes = {str(name): Box(*map(int, box)) for name, box in kept["boxes"].items()}
            places.last, places.shrunk = str(kept["last"]), bool(kept["shrunk"])
            width, height = kept["whole"]
            places.whole = (int(width), int(height))
        return places

    def save(self) -> None:
        boxes = {name: [box.x, box.y, box.width, box.height] for name, box in self.boxes.items()}
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            kept = {"boxes": boxes, "last": self.last, "shrunk": self.shrunk, "whole": self.whole}
            self.file.write_text(json.dumps(kept))

    def remember(self, box: Box, screens: dict[str, Box]) -> None:
        self.last = screen_of(box, screens)
        self.boxes[self.last] = box

    def place(self, screens: dict[str, Box], primary: str, width: int, height: int) -> Box:
        """Where to stand now: as last time if that screen is there, else as remembered for the primary one."""
        name = self.last if self.last in screens else primary
        box = self.boxes.get(name)
        return fitted(box, screens[name]) if box else first_place(screens[name], width, height)
