"""Launcher, icon and autostart entry of a Linux desktop, by the XDG specifications. Without Qt.

What was written is noted with its checksum, so that taking it away takes nothing else.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import platformdirs

from companion.core.errors import CompanionError, UsageError
from companion.core.paths import shipped

NAME = "companion"
_KEYWORDS = "voice;talk;speak;assistant;companion;microphone;"

Deed = Literal["written", "there already", "removed", "kept (changed since)", "kept (not ours)"]
Deeds = list[tuple[Path, Deed]]


@dataclass(slots=True)
class _Written:
    """What was written, as it is noted in `file`."""

    file: Path
    checksums: dict[str, str] = field(default_factory=dict)
    """Path to the SHA-256 of what we wrote there."""
    folders: list[str] = field(default_factory=list)
    """Folders that we made, outer ones first."""

    @classmethod
    def load(cls) -> _Written:
        file = Path(platformdirs.user_data_dir(NAME, appauthor=False)) / "desktop-files.json"
        with suppress(OSError, ValueError, KeyError, TypeError):
            noted = json.loads(file.read_text(encoding="utf-8"))
            return cls(file, dict(noted["checksums"]), list(noted["folders"]))
        return cls(file)

    def save(self) -> None:
        if self.checksums:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            noted = {"checksums": self.checksums, "folders": self.folders}
            self.file.write_text(json.dumps(noted, indent=2), encoding="utf-8")
        else:
            self.file.unlink(missing_ok=True)

    def is_as_written(self, path: Path) -> bool:
        """Whether what stands there is what we wrote."""
        return path.is_file() and self.checksums.get(str(path)) == _checksum(path.read_bytes())


def program() -> list[str]:
    """How this program is started, with absolute paths."""
    python = Path(sys.executable).absolute()
    command = python.with_name(NAME)
    return [str(command)] if command.is_file() else [str(python), "-m", "companion"]


def launcher_file() -> Path:
    return _data_folder() / "applications" / f"{NAME}.desktop"


def autostart_file() -> Path:
    return Path(platformdirs.user_config_dir()) / "autostart" / f"{NAME}.desktop"


def files(autostart: bool, start: Sequence[str] | None = None) -> dict[Path, bytes]:
    """All files of the desktop and what is in them. `start` is the program with its options."""
    command = list(start or program())
    wanted = {launcher_file(): launcher_text(command).encode()}
    icons = _data_folder() / "icons" / "hicolor"
    for drawing in sorted((shipped("assets") / "icon").glob(f"{NAME}*")):
        size = re.fullmatch(rf"{NAME}-(\d+)\.png", drawing.name)
        if size:
            folder = "{0}x{0}".format(int(size[1]))
            wanted[icons / folder / "apps" / f"{NAME}.png"] = drawing.read_bytes()
        elif drawing.name == f"{NAME}.svg":
            wanted[icons / "scalable" / "apps" / drawing.name] = drawing.read_bytes()
    if autostart:
        wanted[autostart_file()] = autostart_text(command).encode()
    return wanted


def install(autostart: bool, start: Sequence[str] | None = None) -> Deeds:
    """Write what is not there yet; what another wrote, or a person changed, is kept.

    Raises UsageError on another system than Linux, CompanionError if something cannot be written.
    """
    _must_be_linux()
    written = _Written.load()
    deeds: Deeds = []
    with _noted(written):
        for path, content in files(autostart, start).items():
            deeds.append((path, _write(path, content, written)))
    return deeds


def uninstall() -> Deeds:
    """Remove exactly what was written. Raises as `install`."""
    _must_be_linux()
    written = _Written.load()
    deeds: Deeds = []
    with _noted(written):
        for path in map(Path, list(written.checksums)):
            if path.exists():
                deeds.append((path, _remove(path, written)))
            written.checksums.pop(str(path), None)
        for folder in map(Path, reversed(written.folders)):
            with suppress(OSError):  # somebody else keeps something in it
                folder.rmdir()
    return deeds


def written_files() -> list[Path]:
    """What `uninstall` would remove."""
    written = _Written.load()
    return [path for path in map(Path, written.checksums) if written.is_as_written(path)]


def autostart_is_on() -> bool:
    """Whether she starts at login."""
    try:
        lines = autostart_file().read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return not {"Hidden=true", "X-GNOME-Autostart-enabled=false"} & {line.replace(" ", "") for line in lines}


def set_autostart(on: bool, start: Sequence[str] | None = None) -> None:
    """Start her at login, into the tray, or no more. Raises as `install`."""
    _must_be_linux()
    written = _Written.load()
    with _noted(written):
        autostart_file().unlink(missing_ok=True)
        written.checksums.pop(str(autostart_file()), None)
        if on:
            _write(autostart_file(), autostart_text(list(start or program())).encode(), written)


def launcher_text(command: Sequence[str]) -> str:
    """The launcher, by the Desktop Entry Specification 1.1."""
    return _entry(
        Type="Application",
        Version="1.1",
        Name="Companion",
        GenericName="Voice Companion",
        Comment="Talk with her, aloud or typed, on your own computer",
        Exec=_exec(command),
        Icon=NAME,
        Terminal="false",
        Categories="Utility;",
        Keywords=_KEYWORDS,
        StartupNotify="true",
        StartupWMClass=NAME,
    )


def autostart_text(command: Sequence[str]) -> str:
    """The entry that starts her at login, into the tray."""
    return _entry(
        Type="Application",
        Version="1.1",
        Name="Companion",
        Comment="Starts at login, into the tray",
        Exec=_exec([*command, "--hidden"]),
        Icon=NAME,
        Terminal="false",
        StartupNotify="false",
        StartupWMClass=NAME,
    )


def _entry(**keys: str) -> str:
    return "\n".join(["[Desktop Entry]", *(f"{key}={value}" for key, value in keys.items()), ""])


def _exec(command: Sequence[str]) -> str:
    return " ".join(map(_quoted, command))


def _quoted(argument: str) -> str:
    """One argument of the key Exec: quoted where it must be, then escaped as every string of the file is."""
    text = argument.replace("%", "%%")
    if not text or re.search(r"[\s\"'\\><~|&;$*?#()`]", text):
        text = '"' + re.sub(r'(["`$\\])', r"\\\1", text) + '"'
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _write(path: Path, content: bytes, written: _Written) -> Deed:
    if path.exists():
        if path.read_bytes() == content:
            written.checksums.setdefault(str(path), _checksum(content))
            return "there already"
        if not written.is_as_written(path):
            return "kept (changed since)" if str(path) in written.checksums else "kept (not ours)"
    new = [folder for folder in path.parents if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    written.folders += [str(folder) for folder in reversed(new)]
    half = path.with_name(f".{path.name}.new")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    written.checksums[str(path)] = _checksum(content)
    return "written"


def _remove(path: Path, written: _Written) -> Deed:
    if not written.is_as_written(path):
        return "kept (changed since)"
    path.unlink()
    return "removed"


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _data_folder() -> Path:
    return Path(platformdirs.user_data_dir())


def _must_be_linux() -> None:
    if sys.platform != "linux":
        raise UsageError(
            "Launchers and starting at login are for Linux desktops so far.",
            "On this system add `companion` to the programs that start at login by hand.",
        )


@contextmanager
def _noted(written: _Written) -> Iterator[None]:
    """Keeps the note of what was written, also when the rest fails; tells that in plain words."""
    try:
        try:
            yield
        finally:
            written.save()
    except OSError as error:
        raise CompanionError(
            f"{error.filename or 'A file of the desktop'} cannot be written: {error.strerror}.",
            "Make room or give yourself the right to write there, then try again.",
        ) from error
