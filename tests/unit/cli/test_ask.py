"""One question to the language model, and how fast it answered."""

from __future__ import annotations

import argparse
import json

import pytest

from companion import app
from companion.cli import ask
from companion.core.engines import LanguageModel
from companion.core.errors import EngineError, UsageError
from companion.core.settings import Settings
from tests.fakes.scripted_mind import BreaksOff, ScriptedMind, bare


def typed(*words: str) -> int:
    parser = argparse.ArgumentParser()
    ask.add_parser(parser.add_subparsers())
    args = parser.parse_args(["ask", *words])
    args.settings = Settings()
    code: int = args.run(args)
    return code


@pytest.fixture
def mind(monkeypatch: pytest.MonkeyPatch) -> ScriptedMind:
    scripted = ScriptedMind(["The sea is salt water."])

    async def open_mind(settings: Settings, note: app.Note) -> LanguageModel:
        note("Language model: scripted.")
        return scripted

    monkeypatch.setattr(app, "open_mind", open_mind)
    return scripted


def test_the_answer_is_printed(mind: ScriptedMind, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("What is the sea?") == 0
    out, err = capsys.readouterr()
    assert out == "The sea is salt water.\n"
    assert "scripted" in err
    assert bare(mind.prompts[0][-1]) == "What is the sea?"
    assert mind.prompts[0][0].role == "system", "she is herself"
    assert mind.warmed[0] == mind.prompts[0][:-1], "what stands before the question is not counted"
    assert mind.closed


def test_as_json_the_pieces_come_first_and_then_the_speed(
    mind: ScriptedMind, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed("--json", "What is the sea?") == 0
    *pieces, record = map(json.loads, capsys.readouterr().out.splitlines())
    assert "".join(piece["piece"] for piece in pieces) == "The sea is salt water."
    assert set(record) == {"model", "engine", "where", "first_token_s", "tokens_per_s", "tokens"}
    assert (record["engine"], record["where"], record["tokens"]) == ("scripted", "this computer", 5)
    assert record["first_token_s"] >= 0


def test_no_question_is_a_mistake() -> None:
    with pytest.raises(UsageError):
        typed("  ")


def test_a_failure_is_hers_to_tell_and_the_model_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    scripted = ScriptedMind([BreaksOff("The", EngineError("It died.", "Try again."))])

    async def open_mind(settings: Settings, note: app.Note) -> LanguageModel:
        return scripted

    monkeypatch.setattr(app, "open_mind", open_mind)
    with pytest.raises(EngineError, match="died"):
        typed("What is the sea?")
    assert scripted.closed
