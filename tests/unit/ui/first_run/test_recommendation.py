"""What is recommended to which machine."""

from __future__ import annotations

import json

import pytest

from companion.cli import main
from companion.ui.first_run.recommendation import Machine, Model, recommend


def model(name: str, purpose: str, memory_mb: int, *languages: str, installed: bool = False) -> Model:
    return Model(name, purpose, "", languages or ("en",), memory_mb * 1_000_000, memory_mb, "MIT", installed)


MODELS = [
    model("tiny", "transcriber", 260),
    model("base", "transcriber", 400, "many"),
    model("small", "transcriber", 1000, "many"),
    model("large", "transcriber", 3900, "many"),
    model("poor", "language-model", 320),
    model("good", "language-model", 1700),
    model("better", "language-model", 3900),
    model("best", "language-model", 6000),
    model("joe", "voice", 180, "en_US"),
    model("amy", "voice", 180, "en_US", installed=True),
    model("thorsten", "voice", 180, "de_DE"),
]


@pytest.mark.parametrize(
    ("memory_mb", "cores", "gpu", "expected"),
    [
        (1000, 1, False, ("tiny", "poor")),
        (3000, 1, False, ("tiny", "poor")),
        (4000, 2, False, ("base", "poor")),
        (5000, 2, False, ("base", "good")),
        (8000, 2, False, ("base", "good")),
        (25000, 2, False, ("base", "good")),
        (8000, 4, False, ("small", "good")),
        (8000, 6, False, ("small", "better")),
        (6000, 6, False, ("small", "good")),
        (32000, 16, False, ("small", "best")),
        (16000, 4, True, ("large", "good")),
        (16000, 8, True, ("large", "best")),
        (2100, 8, True, ("tiny", "poor")),
    ],
)
def test_the_table(memory_mb: int, cores: int, gpu: bool, expected: tuple[str, str]) -> None:
    chosen = recommend(Machine(memory_mb, cores, gpu), MODELS)
    assert (chosen["transcriber"], chosen["language-model"]) == expected
    assert chosen["voice"] == "amy", "of equal voices the one that is here"


def test_another_language_takes_what_understands_it() -> None:
    chosen = recommend(Machine(8000, 1), MODELS, "de")
    assert (chosen["transcriber"], chosen["voice"]) == ("base", "thorsten")


def test_a_language_that_no_voice_speaks_takes_any() -> None:
    assert recommend(Machine(8000, 4), MODELS, "xx")["voice"] == "amy"


def test_without_models_there_is_nothing_to_recommend() -> None:
    assert recommend(Machine(8000, 4), []) == {}


def test_the_commands_tell_what_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    """The real output of both commands can be read, and this machine gets one of each."""
    main(["models", "--json"])
    models = [Model.from_record(record) for record in json.loads(capsys.readouterr().out)]
    main(["report", "--json"])
    machine = Machine.from_record(json.loads(capsys.readouterr().out)["machine"])
    assert machine.memory_mb > 100 and machine.cores >= 1
    assert set(recommend(machine, models)) == {"transcriber", "language-model", "voice"}
