"""`companion devices`, with devices, without, and without PortAudio."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import pytest

from companion.backends.sound_devices import list_devices, reinitialise
from companion.cli import devices
from companion.core.errors import DeviceError
from tests.sound_server import SoundServer


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    devices.add_parser(parser.add_subparsers())
    args = parser.parse_args(["devices", *words])
    code: int = args.run(args)
    return code


def test_devices_are_listed_with_the_default_marked(
    sound_server: SoundServer, capsys: pytest.CaptureFixture[str]
) -> None:
    sound_server.add_sink("headset")
    assert run() == 0
    out = capsys.readouterr().out
    assert "* pulse:microphone" in out and "* pulse:speaker" in out and "  pulse:headset" in out
    assert "monitor" not in out.lower().replace("remapped monitor of", "")


def test_json(sound_server: SoundServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json") == 0
    listed = json.loads(capsys.readouterr().out)
    defaults = {(device["kind"], device["name"], device["rate_hz"]) for device in listed if device["default"]}
    assert defaults == {("microphone", "pulse:microphone", 48_000), ("speaker", "pulse:speaker", 48_000)}


def test_without_pactl_portaudio_still_answers(sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert {(device.kind, device.name) for device in list_devices() if device.default} == {
        ("microphone", "default"),
        ("speaker", "default"),
    }


def test_nothing_plugged_in(sound_server: SoundServer, capfd: pytest.CaptureFixture[str]) -> None:
    sound_server.kill()
    reinitialise()
    assert run() == DeviceError.exit_code
    captured = capfd.readouterr()
    assert captured.err.startswith("No microphone and no speaker found.") and captured.err.count("\n") == 1


def test_portaudio_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(DeviceError) as caught:
        run()
    assert "apt install libportaudio2" in caught.value.hint
