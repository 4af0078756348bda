"""The running program as a screen reader has it: what it is told, and what it can press."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.desktop.desktop import Desktop
from tests.desktop.x_windows import Place

_SYSTEM_PYTHON = "/usr/bin/python3"
"""pyatspi is a package of the system's, for its own Python."""
_CHILD = Path(__file__).with_name("screen_reader.py")

MOST_ENTRIES = 30
"""Of a menu, counted with those that one passes twice."""

PRESSED = frozenset({
    "push button", "button", "toggle button", "check box", "radio button", "combo box", "text", "entry", "slider",
    "spin button", "menu item", "check menu item", "radio menu item", "page tab", "list", "table", "tree", "link",
    "password text", "list item", "tree table", "dial", "list box", "push button menu",
})  # fmt: skip
"""Roles of what one can press, write or choose: each must say its name."""


class Widget(NamedTuple):
    """One widget as it is told to a person who cannot see it."""

    role: str
    name: str
    description: str
    text: str
    states: frozenset[str]
    place: tuple[int, int, int, int]
    """x, y, width, height on the screen."""
    depth: int

    @property
    def centre(self) -> Place:
        x, y, width, height = self.place
        return Place(x + width // 2, y + height // 2)


class Reader:
    """A screen reader, looking at the program with the number `pid`."""

    def __init__(self, child: subprocess.Popen[str], desktop: Desktop, pid: int) -> None:
        self._child = child
        self._desktop = desktop
        self._pid = pid

    def widgets(self) -> list[Widget]:
        """All that is shown, each window before what is in it; of long lists both ends."""
        return self._told("tree")

    def focused(self) -> list[Widget]:
        """What has got the keyboard since this was last asked, the newest last: menu entries too."""
        return self._told("take_focused")

    def shown(self, name: str, role: str = "") -> Widget:
        """The widget of that name, once it is shown."""
        return self.wait_for(lambda each: each.name == name and role in ("", each.role), f"{role or 'widget'} {name!r}")

    def wait_for(self, fits: Callable[[Widget], bool], what: str, within_s: float = 15.0) -> Widget:
        """A widget that is shown and fits, as soon as there is one. Raises TimeoutError, which lists what there is."""
        fitting: list[Widget] = []

        def there() -> bool:
            fitting[:] = filter(fits, self.widgets())
            return bool(fitting)

        try:
            self._desktop.wait_for(there, what, within_s)
        except TimeoutError as error:
            raise TimeoutError(f"{error}; there is:\n{self.outline()}") from error
        return fitting[0]

    def find_in_menu(self, name: str) -> Widget:
        """Go through the open menu with the arrow keys until it says `name` (its beginning will do)."""
        passed: list[str] = []
        for _ in range(MOST_ENTRIES):
            entry = self.after_key("Down")
            if entry and entry.name.startswith(name):
                return entry
            passed.append(entry.name if entry else "")
        raise LookupError(f"no menu entry {name!r} among {list(dict.fromkeys(passed))}")

    def after_key(self, key: str) -> Widget | None:
        """What has the keyboard after a press of that key; None if nothing tells.

        A menu that has just opened may miss the key. A program that has just started may miss that it is listened to
        (one in six did), so it is told again.
        """
        heard: list[Widget] = []

        def told() -> bool:
            heard.extend(self.focused())
            return bool(heard)

        self.focused()
        self._desktop.key(key)
        try:
            self._desktop.wait_for(told, "something to get the keyboard", within_s=1.0)
        except TimeoutError:
            self._ask("listen")
            return None
        return heard[-1]

    def says(self, words: str) -> bool:
        """Is it to be read anywhere on the screen, as a name or as text?"""
        return any(words in each.name or words in each.text for each in self.widgets())

    def press(self, name: str, role: str = "") -> None:
        """Press, toggle or open the widget of that name."""
        assert self._ask("press", name=name, role=role), f"{name!r} did not let itself be pressed"

    def write(self, name: str, text: str, role: str = "") -> None:
        """Put `text` into the field of that name."""
        assert self._ask("write", name=name, role=role, text=text), f"{name!r} did not take the text"

    def focus(self, name: str, role: str = "") -> None:
        assert self._ask("focus", name=name, role=role), f"{name!r} did not take the keyboard"

    def nameless(self) -> list[Widget]:
        """What is shown, can be pressed, written or chosen, and does not say what it is."""
        return [each for each in self.widgets() if each.role in PRESSED and not each.name.strip()]

    def outline(self) -> str:
        """What is shown, as an indented list."""
        lines = (f"{'  ' * each.depth}{each.role} {each.name!r} {each.text[:60]!r}" for each in self.widgets())
        return "\n".join(lines)

    def _told(self, deed: str) -> list[Widget]:
        told = self._ask(deed)
        assert isinstance(told, list)
        return [self._widget(one) for one in told]

    def _widget(self, told: dict[str, Any]) -> Widget:
        """Qt tells places in its own pixels, which are larger than the screen's where all is shown larger."""
        x, y, width, height = (round(each * self._desktop.scale) for each in told["place"])
        return Widget(**{**told, "states": frozenset(told["states"]), "place": (x, y, width, height)})

    def _ask(self, deed: str, **details: object) -> object:
        assert self._child.stdin and self._child.stdout
        self._child.stdin.write(json.dumps({"do": deed, "pid": self._pid, **details}) + "\n")
        self._child.stdin.flush()
        answer = json.loads(self._child.stdout.readline())
        if "error" in answer:
            raise LookupError(f"{deed} {details}: {answer['error']}")
        return answer["ok"]


@contextlib.contextmanager
def reading(desktop: Desktop, pid: int) -> Iterator[Reader]:
    """A screen reader for the program `pid`, until the block ends."""
    with subprocess.Popen(
        [_SYSTEM_PYTHON, str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | desktop.environment | {"PYTHONPATH": "", "VIRTUAL_ENV": ""},
    ) as child:
        try:
            yield Reader(child, desktop, pid)
        finally:
            child.kill()
