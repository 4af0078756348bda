"""What assistive technology sees and does: run by the system's Python, which has pyatspi; lines of JSON in and out.

It imports nothing of ours, and answers each request with one line: {"ok": ...} or {"error": "..."}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi
from gi.repository import GLib

ENDS = 50
"""So many of the first and of the last of one parent are looked at: a list of ten thousand lines is no obstacle."""


focused: list[dict[str, Any]] = []
"""What got the keyboard, in order: of a menu there is no other trace, as Qt leaves menus out of the tree."""


def main() -> None:
    listen()
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, lambda *_: obey(sys.stdin.readline(), loop))
    loop.run()


def obey(line: str, loop: Any) -> bool:
    """Answer one request; False at the end of the requests."""
    if not line:
        loop.quit()
        return False
    request = json.loads(line)
    try:
        answer = {"ok": DEEDS[request.pop("do")](**request)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    return True


def hear_of_focus(event: Any) -> None:
    if event.detail1:
        focused.append(described(event.source, 0))


def listen() -> None:
    """Ask programs anew to tell what gets the keyboard: one that has just come may have missed it."""
    pyatspi.Registry.deregisterEventListener(hear_of_focus, "object:state-changed:focused")
    pyatspi.Registry.registerEventListener(hear_of_focus, "object:state-changed:focused")


def take_focused(pid: int) -> list[dict[str, Any]]:
    """What was focused since this was last asked."""
    taken = list(focused)
    focused.clear()
    return taken


def tree(pid: int) -> list[dict[str, Any]]:
    """All widgets of a program that are shown, each before what is in it; empty if it is not known (yet)."""
    return [described(node, depth) for node, depth in below(pid)]


def press(pid: int, name: str, role: str) -> bool:
    """Do what a widget is there for: press, toggle, open."""
    action = found(pid, name, role).queryAction()
    names = [action.getName(index).lower() for index in range(action.nActions)]
    wanted = next((names.index(one) for one in ("press", "toggle", "click", "showmenu") if one in names), 0)
    return bool(action.doAction(wanted))


def write(pid: int, name: str, role: str, text: str) -> bool:
    return bool(found(pid, name, role).queryEditableText().setTextContents(text))


def set_value(pid: int, name: str, role: str, value: float) -> bool:
    found(pid, name, role).queryValue().currentValue = value
    return True


def focus(pid: int, name: str, role: str) -> bool:
    return bool(found(pid, name, role).queryComponent().grabFocus())


DEEDS: dict[str, Callable[..., Any]] = {
    "tree": tree,
    "press": press,
    "write": write,
    "set_value": set_value,
    "focus": focus,
    "take_focused": take_focused,
    "listen": lambda pid: listen(),
}


def below(pid: int) -> Iterator[tuple[Any, int]]:
    for application in pyatspi.Registry.getDesktop(0):
        if application is not None and application.get_process_id() == pid:
            application.clear_cache()
            for window in application:
                yield from walk(window, 0)


def walk(node: Any, depth: int) -> Iterator[tuple[Any, int]]:
    """What is not shown is left out with all that is in it."""
    if node is None or not node.getState().contains(pyatspi.STATE_SHOWING):
        return
    yield node, depth
    count = node.childCount
    for index in (*range(min(count, ENDS)), *range(max(ENDS, count - ENDS), count)):
        yield from walk(node.getChildAtIndex(index), depth + 1)


def found(pid: int, name: str, role: str) -> Any:
    """The first widget that is shown and has that name, and that role if one is given."""
    for node, _ in below(pid):
        if node.name == name and role in ("", node.getRoleName()):
            return node
    raise LookupError(f"no widget {name!r} {role}")


def described(node: Any, depth: int) -> dict[str, Any]:
    states = [pyatspi.stateToString(state) for state in node.getState().getStates()]
    return {
        "role": node.getRoleName(),
        "name": node.name,
        "description": node.description,
        "text": text_of(node),
        "states": states,
        "place": place_of(node),
        "depth": depth,
    }


def text_of(node: Any) -> str:
    if "Text" not in pyatspi.listInterfaces(node):
        return ""
    text = node.queryText()
    return str(text.getText(0, text.characterCount))


def place_of(node: Any) -> list[int]:
    """x, y, width, height on the screen."""
    if "Component" not in pyatspi.listInterfaces(node):
        return [0, 0, 0, 0]
    return list(node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS))


if __name__ == "__main__":
    main()
