"""What a persona would answer, asked once or again and again while it is being changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Sequence

import pytest

from companion import app, cli
from companion.cli import persona_sample
from companion.core.engines import LanguageModel
from companion.core.errors import EngineError
from companion.core.persona import load_persona
from companion.core.settings import Settings
from tests.fakes.scripted_mind import NeverEnds, Scripted, ScriptedMind, bare

Script = Callable[[Sequence[Scripted]], ScriptedMind]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Gives the command a mind with these replies."""

    def give(replies: Sequence[Scripted]) -> ScriptedMind:
        mind = ScriptedMind(replies)

        async def choose_mind(settings: Settings, note: app.Note) -> LanguageModel:
            return mind

        monkeypatch.setattr(app, "choose_mind", choose_mind)
        return mind

    return give


def ask_lines(monkeypatch: pytest.MonkeyPatch, *lines: str, until: Callable[[], bool] = lambda: True) -> None:
    """Standard input: each line once `until` holds after the one before."""

    async def typed() -> AsyncGenerator[str, None]:
        for line in lines:
            yield line
            while not until():  # noqa: ASYNC110
                await asyncio.sleep(0)

    monkeypatch.setattr(persona_sample, "typed_lines", typed)


def wish(number: int, **dials: int) -> str:
    persona = load_persona("samantha").model_dump(mode="json")
    return json.dumps({"persona": {**persona, "dials": dials}, "line": "Well?", "number": number})


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_persona_is_heard_without_being_chosen(script: Script, capsys: pytest.CaptureFixture[str]) -> None:
    mind = script(["Sit down, then."])
    assert cli.main(["persona", "sample", "anselm", "--line", "I am tired."]) == 0
    assert capsys.readouterr().out == "Sit down, then.\n"
    assert "Anselm" in mind.prompts[0][0].text and bare(mind.prompts[0][-1]) == "I am tired."
    assert mind.closed
    assert cli.main(["persona", "sample", "anselm", "--line", " "]) == 2


def test_unsaved_dials_are_what_the_model_is_told(
    script: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mind = script(["Yes.", "Yes, and more."])
    ask_lines(monkeypatch, wish(1, length=0), wish(2, length=10), until=lambda: len(mind.prompts) > 0)
    assert cli.main(["persona", "sample", "-"]) == 0
    last = records(capsys)[-1]
    assert (last["number"], last["reply"]) == (2, "Yes, and more.")
    assert "a few words" in mind.prompts[0][0].text and "tell things whole" in mind.prompts[1][0].text
    assert mind.closed


def test_a_newer_line_ends_the_answer_to_the_older(
    script: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mind = script([NeverEnds(), "Enough."])
    ask_lines(monkeypatch, wish(1), wish(2), until=lambda: len(mind.prompts) > 0)
    assert cli.main(["persona", "sample", "-"]) == 0
    whole = [record for record in records(capsys) if "reply" in record]
    assert [(record["number"], record["reply"]) for record in whole] == [(2, "Enough.")]
    assert mind.cancelled == 1


def test_what_goes_wrong_is_told_and_the_next_line_is_answered(
    script: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mind = script([EngineError("It stopped.", "Try again."), "Better."])
    ask_lines(monkeypatch, wish(1), until=lambda: len(mind.prompts) > 0)
    assert cli.main(["persona", "sample", "-"]) == 0
    assert records(capsys) == [{"number": 1, "trouble": "It stopped. Try again."}]
    ask_lines(monkeypatch, '{"persona": {"name": ""}}')
    assert cli.main(["persona", "sample", "-"]) == 0
    (told,) = records(capsys)
    assert "persona.name" in str(told["trouble"])
