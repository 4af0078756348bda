"""A desktop that nobody sees: an X server, a window manager, a tray, and a session bus with assistive technology.

Everything is started for one test (or one module of tests), waited for by a condition that tells it is there, and
ended with all that it started. Programs that are to be seen on it are started with its `environment`.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from tests.desktop.x_windows import Place, Window, XWindows
from tests.sound_server import wait_until

PROGRAMS = ("Xvfb", "openbox", "trayer", "xcompmgr", "xdotool", "dbus-daemon", "import")
LIGHT_PANEL, DARK_PANEL = "0xf4f4f4", "0x262626"

Button = Literal[1, 2, 3]
"""Left, middle, right."""


class Desktop:
    """A running desktop. `environment` makes a program appear on it, with accessibility turned on."""

    def __init__(self, folder: Path, size: str, scale: float) -> None:
        self.scale = scale
        self._stack = contextlib.ExitStack()
        self._log = folder / "desktop.log"
        runtime = folder / "run"
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.environment = {
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_SESSION_TYPE": "x11",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_SCALE_FACTOR": str(scale),
            "NO_AT_BRIDGE": "0",
            "WAYLAND_DISPLAY": "",
            "LANG": "C.UTF-8",
        }
        try:
            self._start_bus(runtime / "bus")
            self._server = self._start_server(size)
            self.x = self._stack.enter_context(XWindows.connected(self.environment["DISPLAY"]))
            self.start("openbox", "--sm-disable")
            self.wait_for(self.x.has_window_manager, "the window manager")
        except BaseException:
            self.end()
            raise

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """A program of the desktop; it ends with it."""
        return self._run(list(command))

    def start_tray(self, tint: str = LIGHT_PANEL) -> subprocess.Popen[bytes]:
        """A panel with a tray at the lower right; returns when icons can go there."""
        options = ["--edge", "bottom", "--align", "right", "--widthtype", "request", "--height", "24"]
        options += ["--SetDockType", "true", "--SetPartialStrut", "true"]
        tray = self.start("trayer", *options, "--transparent", "true", "--alpha", "0", "--tint", tint)
        self.wait_for(lambda: self.x.has_owner("_NET_SYSTEM_TRAY_S0"), "the tray")
        return tray

    def start_compositor(self) -> subprocess.Popen[bytes]:
        """From here on translucent windows are translucent."""
        compositor = self.start("xcompmgr")
        self.wait_for(lambda: self.x.has_owner("_NET_WM_CM_S0"), "the compositor")
        return compositor

    def end(self) -> None:
        """End all that was started, newest first."""
        self._stack.close()

    def end_session(self) -> None:
        """The X server goes, as when somebody logs out."""
        _end_group(self._server)

    def windows(self, title: str = "") -> list[Window]:
        """Windows that are shown and whose title holds the regular expression; undermost first."""
        return [window for window in self.x.shown() if re.search(title, window.title)]

    def window(self, title: str) -> Window:
        """The one window of that title, once it is shown."""
        self.wait_for(lambda: len(self.windows(title)) == 1, f"one window {title!r} among {self.windows()}")
        return self.windows(title)[0]

    def tray_icon(self) -> Window:
        """The icon in the tray, once it is there and as large as it will be."""
        self.wait_for(lambda: bool(self.x.in_tray()), "an icon in the tray")
        self.wait_for_stillness(lambda: self.x.in_tray()[0])
        return self.x.in_tray()[0]

    def wait_for(self, holds: Callable[[], bool], what: str, within_s: float = 15.0) -> None:
        """Return as soon as it holds. Raises TimeoutError."""
        wait_until(holds, what, within_s)

    def wait_for_stillness(self, look: Callable[[], object], looks: int = 8) -> None:
        """Return once what is looked at was the same so many times in a row, some 20 ms apart."""
        seen: list[object] = []

        def still() -> bool:
            seen.append(look())
            return len(seen) >= looks and all(one == seen[-1] for one in seen[-looks:])

        wait_until(still, "stillness", every_s=0.02)

    def move_to(self, place: Place) -> None:
        self._xdotool("mousemove", str(place.x), str(place.y))

    def click(self, place: Place, button: Button = 1) -> None:
        self.move_to(place)
        self._xdotool("click", str(button))

    def open_menu(self, place: Place, button: Button = 3) -> Window:
        """Right-click there; returns the menu that opens."""
        before = {window.id for window in self.windows()}
        self.click(place, button)

        def opened() -> list[Window]:
            return [window for window in self.windows() if not window.managed and window.id not in before]

        self.wait_for(lambda: bool(opened()), f"a menu at {place}")
        return opened()[0]

    def drag(self, start: Place, end: Place, steps: int = 12) -> None:
        """Press at `start`, go to `end` in a straight line, let go."""
        self.move_to(start)
        self._xdotool("mousedown", "1")
        for step in range(1, steps + 1):
            self.move_to(
                Place(start.x + (end.x - start.x) * step // steps, start.y + (end.y - start.y) * step // steps)
            )
        self._xdotool("mouseup", "1")

    def type(self, text: str) -> None:
        """Type into whatever has the keyboard."""
        self._xdotool("type", "--delay", "15", text)

    def key(self, *keys: str) -> None:
        """Press and let go of each, such as "Escape" or "ctrl+comma"."""
        self._xdotool("key", "--delay", "30", *keys)

    def key_down(self, key: str) -> None:
        self._xdotool("keydown", key)

    def key_up(self, key: str) -> None:
        self._xdotool("keyup", key)

    def screenshot(self, path: Path, window: Window | None = None, margin: int = 0) -> None:
        """What is to be seen on the screen, or of it where `window` is and `margin` pixels around, as PNG."""
        crop: list[str] = []
        if window:
            left, top = max(0, window.x - margin), max(0, window.y - margin)
            right, bottom = window.x + window.width + margin, window.y + window.height + margin
            crop = ["-crop", f"{right - left}x{bottom - top}+{left}+{top}", "+repage"]
        self._tool("import", "-silent", "-window", "root", *crop, str(path))

    def paint(self, colour: str) -> None:
        """The background, as #rrggbb; returns when it is seen. A compositor that has just started misses the first."""

        def painted() -> bool:
            self.x.paint(colour)
            return self.x.colour_at(Place(2, 2)) == colour

        self.wait_for(painted, f"the desktop to be {colour}")

    def _start_server(self, size: str) -> subprocess.Popen[bytes]:
        reading, writing = os.pipe()
        options = ["-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
        server = self._run(["Xvfb", *options], pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError(f"Xvfb did not start: {self._log.read_text()[-2000:]}")
        self.environment["DISPLAY"] = f":{number}"
        return server

    def _start_bus(self, socket: Path) -> None:
        self._run(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={socket}"])
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"
        wait_until(socket.exists, "the session bus")

    def _run(self, command: Sequence[str], pass_fds: Sequence[int] = ()) -> subprocess.Popen[bytes]:
        """In a session of its own, so that what it starts in turn (the accessibility bus does) ends with it."""
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | self.environment,
                start_new_session=True,
                pass_fds=pass_fds,
            )
        self._stack.callback(_end_group, process)
        return process

    def _xdotool(self, *arguments: str) -> None:
        self._tool("xdotool", *arguments)

    def _tool(self, *command: str) -> None:
        subprocess.run(command, env=os.environ | self.environment, check=True, timeout=30)


@contextlib.contextmanager
def running_desktop(
    folder: Path, *, compositor: bool = False, tray: bool = True, size: str = "1280x800", scale: float = 1.0
) -> Iterator[Desktop]:
    """A desktop that runs until the block ends; what it writes of itself is in `folder`, which must exist."""
    if missing := missing_programs():
        raise FileNotFoundError(f"not installed: {', '.join(missing)}; `make test` installs them")
    desktop = Desktop(folder, size, scale)
    try:
        if compositor:
            desktop.start_compositor()
        if tray:
            desktop.start_tray()
        yield desktop
    finally:
        desktop.end()


def missing_programs() -> list[str]:
    """Which of the programs that a desktop needs are not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End it and what it has started; for good if it does not listen."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=3)
