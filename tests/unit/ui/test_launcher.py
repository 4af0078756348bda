"""Launcher, icon and autostart entry: written exactly, removed exactly."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from companion.cli import main
from companion.core.errors import CompanionError, UsageError
from companion.ui import launcher

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="for Linux desktops so far")

START = ["/opt/my companion/bin/companion"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of our own, in which there is one folder of applications with one of somebody else's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assets = tmp_path / "assets"
    (assets / "icon").mkdir(parents=True)
    for name in ("companion.svg", "companion-48.png", "companion-256.png", "tray-asleep.svg"):
        (assets / "icon" / name).write_bytes(name.encode())
    monkeypatch.setattr(launcher, "shipped", lambda kind: tmp_path / kind)
    other = tmp_path / "share" / "applications" / "other.desktop"
    other.parent.mkdir(parents=True)
    other.write_text("theirs")
    return tmp_path


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_all_is_written_and_all_of_it_removed(home: Path) -> None:
    before = tree(home)
    deeds = launcher.install(autostart=True, start=START)
    assert {deed for _, deed in deeds} == {"written"}
    assert [str(path.relative_to(home)) for path, _ in deeds] == [
        "share/applications/companion.desktop",
        "share/icons/hicolor/256x256/apps/companion.png",
        "share/icons/hicolor/48x48/apps/companion.png",
        "share/icons/hicolor/scalable/apps/companion.svg",
        "config/autostart/companion.desktop",
    ]
    assert {deed for _, deed in launcher.install(autostart=True, start=START)} == {"there already"}
    assert launcher.autostart_is_on()
    assert {deed for _, deed in launcher.uninstall()} == {"removed"}
    assert [path for path in tree(home) if path not in ("share/companion",)] == before
    assert launcher.uninstall() == []
    assert not launcher.autostart_is_on()


def test_what_a_person_changed_is_kept_and_told(home: Path) -> None:
    launcher.install(autostart=False, start=START)
    launcher.launcher_file().write_text("[Desktop Entry]\nName=My own\n")
    assert (launcher.launcher_file(), "kept (changed since)") in launcher.install(autostart=False, start=START)
    assert (launcher.launcher_file(), "kept (changed since)") in launcher.uninstall()
    assert "My own" in launcher.launcher_file().read_text()


def test_what_another_wrote_is_kept_and_told(home: Path) -> None:
    launcher.launcher_file().write_text("[Desktop Entry]\nName=Another\n")
    assert (launcher.launcher_file(), "kept (not ours)") in launcher.install(autostart=False, start=START)
    launcher.uninstall()
    assert "Another" in launcher.launcher_file().read_text()


def test_a_program_that_moved_is_followed(home: Path) -> None:
    launcher.install(autostart=False, start=START)
    deeds = dict(launcher.install(autostart=False, start=["/elsewhere/companion"]))
    assert deeds[launcher.launcher_file()] == "written"
    assert "Exec=/elsewhere/companion\n" in launcher.launcher_file().read_text()


def test_start_at_login_is_switched_from_the_window(home: Path) -> None:
    assert not launcher.autostart_is_on()
    launcher.set_autostart(True, START)
    assert launcher.autostart_is_on()
    assert 'Exec="/opt/my companion/bin/companion" --hidden\n' in launcher.autostart_file().read_text()
    launcher.set_autostart(True, START)
    launcher.autostart_file().write_text(launcher.autostart_file().read_text() + "X-GNOME-Autostart-enabled = false\n")
    assert not launcher.autostart_is_on()
    launcher.set_autostart(True, START)
    assert launcher.autostart_is_on()
    launcher.set_autostart(False)
    assert not launcher.autostart_is_on() and not launcher.launcher_file().exists()
    launcher.set_autostart(False)
    assert launcher.uninstall() == []


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("/usr/bin/companion", "/usr/bin/companion"),
        ("/home/a b/companion", '"/home/a b/companion"'),
        ("/home/50%/companion", "/home/50%%/companion"),
        ("/a$b/c", '"/a\\\\$b/c"'),
        ('/a"b', '"/a\\\\"b"'),
        ("/a\\b", '"/a\\\\\\\\b"'),
        ("/it's", '"/it\'s"'),
        ("", '""'),
    ],
)
def test_what_stands_in_the_key_exec(argument: str, expected: str) -> None:
    lines = launcher.launcher_text([argument]).splitlines()
    assert f"Exec={expected}" in lines


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="needs desktop-file-utils")
@pytest.mark.parametrize("text", [launcher.launcher_text, launcher.autostart_text])
def test_the_desktop_finds_no_fault(tmp_path: Path, text: Callable[[Sequence[str]], str]) -> None:
    file = tmp_path / "companion.desktop"
    file.write_text(text(["/odd $pl`ace/50%/it's/companion", "--settings", 'my "own".toml']))
    done = subprocess.run(["desktop-file-validate", str(file)], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_a_folder_that_cannot_be_written_is_a_sentence(home: Path) -> None:
    (home / "config").write_text("in the way")
    with pytest.raises(CompanionError, match="cannot be written"):
        launcher.install(autostart=True, start=START)
    assert {deed for _, deed in launcher.uninstall()} == {"removed"}, "what was written before is known"


def test_other_systems_get_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    for call in (lambda: launcher.install(False), launcher.uninstall, lambda: launcher.set_autostart(True)):
        with pytest.raises(UsageError, match="Linux desktops so far"):
            call()


def test_the_commands(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["install-desktop", "--autostart", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "would write" in said and "autostart" in said and "Exec=/" in said
    assert not launcher.launcher_file().exists()
    assert main(["install-desktop"]) == 0
    assert f"written: {launcher.launcher_file()}" in capsys.readouterr().out
    assert main(["uninstall-desktop", "--dry-run"]) == 0
    assert f"would remove {launcher.launcher_file()}" in capsys.readouterr().out
    launcher.launcher_file().write_text("mine")
    assert main(["uninstall-desktop"]) == 1
    assert "by hand" in capsys.readouterr().err
    assert main(["uninstall-desktop"]) == 0
    assert "nothing to remove" in capsys.readouterr().out


def test_the_launcher_starts_this_program() -> None:
    done = subprocess.run([*launcher.program(), "--version"], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.startswith("companion ")


def test_no_qt_is_loaded_for_it() -> None:
    code = "import sys, companion.ui.launcher; print('PySide6.QtCore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
