"""`companion doctor` on fake engines: what is broken is red and has a remedy, the rest is looked at all the same."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.backends.sound_devices import SoundDevice
from companion.cli import checks as with_engines
from companion.cli import doctor
from companion.core.audio import HEARING_RATE_HZ, seconds
from companion.core.engines import PromptTimings
from companion.core.errors import DeviceError, EngineError, ModelError
from companion.core.settings import Settings
from companion.diagnostics.checks import Finding, Result
from tests.unit.cli.doctor_rig import FakeMicrophone, Rig

NAMES = [
    "machine",
    "Python",
    "libraries",
    "settings",
    "persona",
    "display",
    "disk",
    "sound library",
    "microphone",
    "speaker",
    "echo cancellation",
    "voice activity",
    "voice",
    "transcriber",
    "turn detection",
    "language model",
    "memory",
    "conversation",
]


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Rig:
    return Rig(monkeypatch, tmp_path)


Look = Callable[[], tuple[int, dict[str, dict[str, str]]]]


@pytest.fixture
def look(rig: Rig, capsys: pytest.CaptureFixture[str]) -> Look:
    """Run the doctor; the exit code, and the lines by name."""

    def run() -> tuple[int, dict[str, dict[str, str]]]:
        code = rig.run()
        lines = json.loads(capsys.readouterr().out)
        assert [line["name"] for line in lines] == NAMES, "every check is carried out, whatever the others find"
        for line in lines:
            assert set(line) == {"name", "state", "text", "remedy"}
            assert line["state"] in ("ok", "warning", "red")
            assert line["text"]
            assert line["state"] == "ok" or line["remedy"], f"{line['name']} has no remedy"
        return code, {line["name"]: line for line in lines}

    return run


def test_all_in_order(look: Look) -> None:
    code, lines = look()
    assert code == 0
    assert not [line for line in lines.values() if line["state"] == "red"]
    assert "companion talk" in lines["conversation"]["text"]


def test_measured_speeds_are_told(look: Look, rig: Rig) -> None:
    _, lines = look()
    assert "five words in" in lines["voice"]["text"]
    assert "2.0 s of speech in" in lines["transcriber"]["text"]
    assert "real-time factor" in lines["transcriber"]["text"]
    assert "a verdict in" in lines["turn detection"]["text"]
    assert "(350 tokens cached, 14 read), 20 tokens a second" in lines["language model"]["text"]
    assert "on this computer" in lines["language model"]["text"]
    assert rig.mind.closed


def test_the_transcriber_hears_what_the_voice_said(look: Look, rig: Rig) -> None:
    look()
    lengths = [seconds(speech, HEARING_RATE_HZ) for speech in rig.transcriber.heard]
    spoken = [len(text) / 20 for text in (with_engines.SHORT_SPEECH, with_engines.LONG_SPEECH)]
    assert lengths == pytest.approx(spoken, abs=0.01)


@pytest.mark.parametrize(
    ("factories", "red", "expected"),
    [
        (["spoken"], {"microphone", "speaker"}, 6),
        (["list_devices", "spoken"], {"sound library", "microphone", "speaker"}, 6),
        (["make_synthesizer"], {"voice"}, 1),
        (["make_transcriber"], {"transcriber"}, 1),
        (["make_detector"], {"turn detection"}, 1),
        (["open_mind"], {"language model"}, 1),
        (["open_mind", "spoken"], {"language model", "microphone", "speaker"}, 1),
    ],
)
@pytest.mark.parametrize(
    "error", [DeviceError("It has gone."), ModelError("It is missing.", "Bring it."), OSError("?")]
)
def test_what_is_broken_is_red_and_the_exit_code_says_how_bad(
    factories: list[str], red: set[str], expected: int, error: Exception, look: Look, rig: Rig
) -> None:
    for factory in factories:
        rig.break_(factory, error)
    code, lines = look()
    assert code == expected
    assert {name for name, line in lines.items() if line["state"] == "red"} - {"conversation"} == red
    assert lines["conversation"]["state"] == ("warning" if expected == 6 else "red")


def test_without_sound_one_can_type(look: Look, rig: Rig) -> None:
    rig.break_("spoken", DeviceError("There is none."))
    _, lines = look()
    assert "typed only" in lines["conversation"]["text"]
    assert "companion chat" in lines["conversation"]["remedy"]


def test_without_a_voice_the_transcriber_is_loaded_and_not_measured(look: Look, rig: Rig) -> None:
    rig.break_("make_synthesizer", ModelError("The voice is missing.", "Bring it."))
    _, lines = look()
    assert lines["transcriber"]["state"] == "ok"
    assert "not measured" in lines["transcriber"]["text"]
    assert "companion chat" in lines["conversation"]["remedy"]


def test_a_transcriber_that_hears_nothing_is_red(look: Look, rig: Rig) -> None:
    rig.transcriber.text = ""
    code, lines = look()
    assert code == 1
    assert lines["transcriber"]["state"] == "red"


def test_a_model_that_answers_nothing_is_red_and_closed(look: Look, rig: Rig) -> None:
    rig.mind.pieces = ()
    code, lines = look()
    assert code == 1
    assert "answers nothing" in lines["language model"]["text"]
    assert rig.mind.closed


def test_a_model_that_fails_in_mid_stream_is_red_and_closed(look: Look, rig: Rig) -> None:
    rig.mind.error = EngineError("Ollama died.", "Start it: ollama serve")
    code, lines = look()
    assert code == 1
    assert lines["language model"]["text"].startswith("Ollama died")
    assert lines["language model"]["remedy"] == "Start it: ollama serve"
    assert rig.mind.closed


def test_a_slow_model_is_a_warning(look: Look, rig: Rig) -> None:
    rig.mind.timings = PromptTimings(None, None, None, 20, 20.0)
    code, lines = look()
    assert code == 0
    assert lines["language model"]["state"] == "warning"
    assert "companion models install" in lines["language model"]["remedy"]


def test_a_model_that_tells_no_timings_is_fine(look: Look, rig: Rig) -> None:
    rig.mind.timings = PromptTimings()
    code, lines = look()
    assert code == 0
    assert "tokens a second" not in lines["language model"]["text"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("", "Fake mind 1b on this computer: first token after"),
        ("Ollama refuses.", "Ollama refuses; it was asked at http://elsewhere:11434"),
        ("Ollama is not at http://me:secret@elsewhere:11434.", "Ollama is not at http://elsewhere:11434"),
    ],
)
def test_the_address_that_was_asked_is_told_once_without_its_password(
    error: str, told: str, look: Look, rig: Rig
) -> None:
    rig.settings = Settings.model_validate({"mind": {"ollama_address": "http://me:secret@elsewhere:11434"}})
    if error:
        rig.break_("open_mind", EngineError(error, "Start it: ollama serve"))
    _, lines = look()
    text = lines["language model"]["text"]
    assert text.startswith(told)
    assert text.count("http://elsewhere:11434") == 1
    assert "secret" not in json.dumps(lines)


def test_an_embedded_model_asks_no_address(look: Look, rig: Rig) -> None:
    rig.settings = Settings.model_validate({"mind": {"engine": "embedded"}})
    _, lines = look()
    assert "http" not in lines["language model"]["text"]


def test_a_missing_turn_detector_is_a_warning(look: Look, rig: Rig) -> None:
    rig.detector = None
    code, lines = look()
    assert code == 0
    assert lines["turn detection"]["state"] == "warning"
    assert "companion models install smart-turn-v3.2" in lines["turn detection"]["remedy"]


def test_silence_instead_of_a_turn_detector_may_be_wanted(look: Look, rig: Rig) -> None:
    rig.detector = None
    rig.settings = Settings.model_validate({"turn_taking": {"turn_detector": "silence"}})
    _, lines = look()
    assert lines["turn detection"]["state"] == "ok"


def test_the_cost_of_echo_cancellation_is_told(look: Look) -> None:
    line = look()[1]["echo cancellation"]
    assert line["state"] == "ok" and re.search(r"\d\.\d\d ms for each 10 ms", line["text"])


def test_without_echo_cancellation_one_can_talk(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "livekit", None)
    code, lines = look()
    line = lines["echo cancellation"]
    assert code == 0
    assert line["state"] == "warning"
    assert "does not listen while she speaks" in line["text"] and "pip install livekit" in line["remedy"]


@pytest.mark.parametrize("echo", ["headphones", "half-duplex"])
def test_no_echo_cancellation_may_be_wanted(look: Look, rig: Rig, echo: str) -> None:
    rig.settings = Settings.model_validate({"hearing": {"echo": echo}})
    line = look()[1]["echo cancellation"]
    assert line["state"] == "ok" and echo in line["text"]


def test_a_muted_microphone_is_a_warning(look: Look, rig: Rig) -> None:
    rig.microphone = FakeMicrophone(loudness=0.0)
    code, lines = look()
    assert code == 0
    assert lines["microphone"]["state"] == "warning"
    assert "perfect silence" in lines["microphone"]["text"]


def test_default_devices_are_named(look: Look, rig: Rig) -> None:
    rig.devices = [
        SoundDevice("USB headset", "speaker", default=False, rate_hz=48_000),
        SoundDevice("Loudspeaker", "speaker", default=True, rate_hz=48_000),
    ]
    _, lines = look()
    assert "no microphone; speakers: 2, by default Loudspeaker" in lines["sound library"]["text"]


def test_a_broken_settings_file_is_red_with_field_and_line(look: Look, rig: Rig) -> None:
    rig.settings_file.write_text("[voice]\nspeed = 9.0\n")
    code, lines = look()
    assert code == 1
    assert "line 2: voice.speed" in lines["settings"]["text"]
    assert "not possible" in lines["conversation"]["text"]


def test_a_broken_persona_hides_nothing_else(look: Look, rig: Rig) -> None:
    rig.settings = Settings(persona="nobody-of-this-name")
    code, lines = look()
    assert code == 1
    assert lines["persona"]["state"] == "red"
    assert lines["language model"]["state"] == "ok"


def test_a_pipe_gets_one_line_for_each_check(rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    rig.break_("make_synthesizer", ModelError("The voice\nis missing.", "Bring it."))
    assert rig.run(as_json=False) == 1
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert len(lines) == len(NAMES)
    assert "red      voice: The voice is missing. -> Bring it." in lines
    assert captured.err == ""


def test_a_terminal_gets_a_table_with_remedies(
    rig: Rig, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    rig.break_("make_synthesizer", ModelError("The voice is missing.", "companion models install [voice]"))
    rig.run(as_json=False)
    out = capsys.readouterr().out
    assert "The voice is missing." in out
    assert "→ companion models install [voice]" in out


def test_a_check_that_still_hangs_does_not_hold_the_program(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []
    hung = Result("language model", Finding("red", "did not answer", "Try again."), gave_up=True)
    monkeypatch.setattr(doctor, "examine", lambda args, progress: [hung])
    monkeypatch.setattr(os, "_exit", left.append)
    rig.run()
    assert left == [1]


def test_the_command_line_knows_it() -> None:
    parser = argparse.ArgumentParser()
    doctor.add_parser(parser.add_subparsers())
    args = parser.parse_args(["doctor", "--json"])
    assert args.json
    assert args.run is doctor.run


def test_starter_models_count_only_while_they_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(with_engines, "locate", lambda model: None)
    missing = with_engines.lacking_starter_bytes()
    monkeypatch.setattr(with_engines, "locate", lambda model: tmp_path)
    assert missing > 1_000_000_000
    assert with_engines.lacking_starter_bytes() == 0


def test_the_least_memory_is_that_of_the_smallest_models() -> None:
    assert 500_000_000 < with_engines.least_memory_bytes() < 1_200_000_000
