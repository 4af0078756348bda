"""The checks that need no engine, and how any check is carried out."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from companion.core.errors import ModelError, SettingsError
from companion.diagnostics import checks
from companion.diagnostics.checks import Check, Finding, carry_out


def test_what_is_not_ok_must_have_a_remedy() -> None:
    with pytest.raises(ValueError, match="remedy"):
        Finding("red", "broken")


def test_an_error_of_ours_becomes_a_red_line_with_its_remedy() -> None:
    def look() -> Finding:
        raise ModelError("The voice is missing.", "companion models install voice")

    finding = carry_out(Check("voice", look)).finding
    assert finding == Finding("red", "The voice is missing.", "companion models install voice")


def test_any_other_error_becomes_a_red_line_with_a_remedy() -> None:
    def look() -> Finding:
        raise RuntimeError("illegal instruction")

    finding = carry_out(Check("voice", look)).finding
    assert finding.state == "red"
    assert "RuntimeError: illegal instruction" in finding.text
    assert "companion --debug doctor" in finding.remedy


def test_a_check_that_hangs_is_given_up() -> None:
    release = threading.Event()

    def look() -> Finding:
        release.wait()
        return Finding("ok", "")

    result = carry_out(Check("voice", look, timeout_s=0.01))
    release.set()
    assert result.gave_up
    assert result.finding.state == "red"
    assert "companion doctor" in result.finding.remedy


def test_a_check_that_answers_is_not_given_up() -> None:
    result = carry_out(Check("voice", lambda: Finding("ok", "well")))
    assert not result.gave_up
    assert result.finding.text == "well"


@pytest.mark.parametrize(
    ("version", "state"),
    [((3, 10, 9), "red"), ((3, 11, 0), "ok"), ((3, 13, 9), "ok"), ((3, 14, 0), "red"), ((4, 0, 0), "red")],
)
def test_python(version: tuple[int, int, int], state: str) -> None:
    assert checks.python(version).state == state


def test_all_libraries_of_the_project_can_be_imported() -> None:
    assert checks.libraries().state == "ok"


def test_a_library_that_cannot_be_imported_is_named() -> None:
    finding = checks.libraries({"piper-tts": "no_such_module_of_ours", "pip": "pip"})
    assert finding.state == "red"
    assert "piper-tts" in finding.text
    assert "make install" in finding.remedy


def test_a_system_library_that_a_wheel_lacks_is_named_with_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = "libgomp.so.1: cannot open shared object file: No such file or directory"
    (tmp_path / "without_openmp.py").write_text(f"raise ImportError({reason!r})")
    monkeypatch.syspath_prepend(tmp_path)
    finding = checks.libraries({"xllamacpp": "without_openmp"})
    assert finding.state == "red"
    assert "apt-get install libgomp1`" in finding.remedy


@pytest.mark.parametrize(
    ("package", "state"),
    [("sounddevice", "ok"), ("soundfile", "red")],
)
def test_a_missing_portaudio_is_a_matter_of_sound(
    package: str, state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "without_its_system_library.py").write_text("raise OSError('library not found')")
    monkeypatch.syspath_prepend(tmp_path)
    assert checks.libraries({package: "without_its_system_library"}).state == state


def test_settings_are_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    assert "does not exist" in checks.settings(file).text
    with pytest.raises(SettingsError, match="no settings file"):
        checks.settings(file, must_exist=True)
    file.write_text("[mind]\nthreads = 3\n")
    assert "sound" in checks.settings(file).text
    file.write_text("[mind]\nthreads = 0\n")
    with pytest.raises(SettingsError, match=r"line 2: mind\.threads"):
        checks.settings(file)


def test_persona() -> None:
    assert checks.persona("samantha").text.startswith("Samantha")
    with pytest.raises(SettingsError):
        checks.persona("nobody-of-this-name")


@pytest.mark.parametrize(
    ("environment", "platform", "state"),
    [
        ({}, "linux", "warning"),
        ({"DISPLAY": ""}, "linux", "warning"),
        ({"DISPLAY": ":0"}, "linux", "ok"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", "ok"),
        ({}, "darwin", "ok"),
        ({}, "win32", "ok"),
    ],
)
def test_display(environment: Mapping[str, str], platform: str, state: str) -> None:
    assert checks.display(environment, platform).state == state


def test_disk_looks_at_the_nearest_folder_that_exists(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    assert checks.disk(0, folder).state in ("ok", "warning")
    finding = checks.disk(10**18, folder)
    assert finding.state == "warning"
    assert "COMPANION_MODELS" in finding.remedy
    assert not folder.exists()


def test_memory() -> None:
    assert checks.memory(4_000_000_000, 2_000_000_000).state == "ok"
    finding = checks.memory(2_000_000_000, 2_000_000_000)
    assert finding.state == "warning"
    assert "companion models install smollm2-135m-instruct" in finding.remedy


@pytest.mark.parametrize(("busy", "state"), [(3.0, "ok"), (90.0, "warning")])
def test_the_machine_is_one_line(busy: float, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psutil.cpu_percent", lambda interval: busy)
    finding = checks.machine()
    assert finding.state == state
    assert len(finding.text.splitlines()) == 1
    assert ("90 % busy" in finding.text) is (state == "warning")


def test_the_home_folder_is_not_spelt_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert checks.shortened(tmp_path / "a" / "b") == str(Path("~/a/b"))
    assert checks.shortened(tmp_path.parent) == str(tmp_path.parent)
