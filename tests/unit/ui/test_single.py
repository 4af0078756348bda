"""One window: real sockets, and real processes for the first."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from companion.core.errors import CompanionError
from companion.ui.single import SingleInstance, instance_name, is_open

PROCESS = """
import sys
from PySide6.QtCore import QCoreApplication
from companion.ui.single import SingleInstance
app = QCoreApplication([])
single = SingleInstance("companion-test")
single.asked_to_show.connect(lambda: print("asked", flush=True))
if not single.claim():
    sys.exit(0)
print("first", flush=True)
app.exec()
"""


@pytest.fixture(autouse=True)
def runtime_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("run")
    folder.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def first() -> Iterator[subprocess.Popen[str]]:
    """Another process that is the first."""
    process = start()
    assert process.stdout and process.stdout.readline() == "first\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def start() -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", PROCESS], stdout=subprocess.PIPE, text=True)


def test_the_second_start_shows_the_first_and_ends(qtbot: QtBot) -> None:
    single = SingleInstance("companion-test")
    assert single.claim()
    with qtbot.waitSignal(single.asked_to_show, timeout=20_000):
        second = start()
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.communicate()[0] == "" and second.returncode == 0
    single.release()


def test_each_settings_file_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    names = [instance_name(tmp_path / name) for name in ("a.toml", "b.toml", "./a.toml")]
    assert names[0] == names[2] != names[1]
    singles = [SingleInstance(name) for name in names[:2]]
    assert all(single.claim() for single in singles)
    for single in singles:
        single.release()


def test_another_process_is_asked(qtbot: QtBot, first: subprocess.Popen[str]) -> None:
    assert not SingleInstance("companion-test").claim()
    assert first.stdout and first.stdout.readline() == "asked\n"


def test_what_a_killed_process_left_is_taken_over(qtbot: QtBot, first: subprocess.Popen[str], tmp_path: Path) -> None:
    left = Path(os.environ["XDG_RUNTIME_DIR"]) / "companion-test"
    first.kill()
    first.wait()
    assert left.is_socket()
    single = SingleInstance("companion-test")
    assert single.claim()
    with qtbot.waitSignal(single.asked_to_show, timeout=20_000):
        second = start()
    qtbot.waitUntil(lambda: second.poll() == 0, timeout=20_000)
    second.communicate()
    single.release()


@pytest.mark.skipif(sys.platform == "win32", reason="a process is stopped by a signal")
def test_one_that_hangs_is_named(qtbot: QtBot, first: subprocess.Popen[str]) -> None:
    first.send_signal(signal.SIGSTOP)
    with pytest.raises(CompanionError) as caught:
        SingleInstance("companion-test").claim()
    assert "does not answer" in caught.value.message
    assert str(first.pid) in caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no file mode")
def test_nobody_else_can_open_the_socket(qtbot: QtBot, runtime_folder: Path) -> None:
    single = SingleInstance("companion-test")
    assert single.claim()
    mode = stat.S_IMODE((runtime_folder / "companion-test").stat().st_mode)
    assert mode & 0o077 == 0
    single.release()


def test_nonsense_is_hung_up_on(qtbot: QtBot, runtime_folder: Path) -> None:
    single = SingleInstance("companion-test")
    assert single.claim()
    asked: list[bool] = []
    single.asked_to_show.connect(lambda: asked.append(True))
    line = QLocalSocket()
    line.connectToServer(str(runtime_folder / "companion-test"))
    with qtbot.waitSignal(line.disconnected, timeout=5000):
        line.write(b"delete everything\n")
    assert not asked
    single.release()


def test_the_launchers_token_reaches_the_first(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else Wayland would not let the window come to the front."""
    single = SingleInstance("companion-test")
    assert single.claim()
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "from-the-launcher")
    with qtbot.waitSignal(single.asked_to_show, timeout=20_000):
        second = start()
        monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "from-the-launcher"
    qtbot.waitUntil(lambda: second.poll() == 0, timeout=20_000)
    second.communicate()
    single.release()


def test_without_a_place_for_the_lock_it_starts_all_the_same(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("companion.ui.single.FileLock.acquire", full)
    assert SingleInstance("companion-test").claim()


def test_others_can_tell_whether_a_window_is_open_without_opening_one(qtbot: QtBot) -> None:
    assert not is_open("companion-test")
    single = SingleInstance("companion-test")
    assert single.claim()
    assert is_open("companion-test")
    single.release()
    assert not is_open("companion-test")
