"""`companion bench --live`: its options, the settings it gives an agent, and what it needs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from companion.cli import main
from companion.cli.live_agents import CompanionAgent, for_bench
from companion.core.persona import load_persona
from companion.core.settings import Settings, load_settings
from companion.diagnostics.live.agent import Program, RunningAgent
from companion.diagnostics.live.scripts import STORY


@pytest.mark.parametrize("options", [["--only", "response,dancing"], ["--turns", "0"], ["--reply-tokens", "many"]])
def test_what_cannot_be_is_refused(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["bench", "--live", *options])
    assert ended.value.code == 2
    assert options[0] in capsys.readouterr().err


def test_a_missing_sound_server_is_told_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["bench", "--live"]) == 6
    told = capsys.readouterr().err
    assert "pulseaudio, pactl, pacat, parec" in told
    assert "apt install pulseaudio pulseaudio-utils" in told


def test_the_agent_gets_the_settings_under_measurement(tmp_path: Path) -> None:
    chosen = Settings(user_name='Theo "T"', hearing={"microphone": "USB"}, voice={"speaker": "HDMI"})
    settings = for_bench(chosen, reply_tokens=24)
    with CompanionAgent(settings).program("companion", tmp_path) as program:
        given = load_settings(Path(program.command[program.command.index("--settings") + 1]))
    assert given == settings
    assert (given.hearing.microphone, given.voice.speaker) == ("", ""), "the devices of the private sound server"
    assert (given.mind.engine, given.mind.max_reply_tokens) == ("embedded", 24)
    assert "auto" not in (given.mind.model, given.hearing.transcriber, given.voice.voice)


def test_a_storyteller_begins_with_the_story_in_a_voice_that_does_not_vary(tmp_path: Path) -> None:
    with CompanionAgent(for_bench(Settings(), 24)).program("storyteller", tmp_path) as program:
        given = load_settings(Path(program.command[program.command.index("--settings") + 1]))
    assert load_persona(given.persona).greeting == STORY
    assert given.voice.expressiveness == 0.0


def test_an_agent_ends_with_all_that_it_started(tmp_path: Path) -> None:
    import psutil

    child = tmp_path / "child"
    script = f"sleep 60 & echo $! > {child}.part; mv {child}.part {child}; wait"
    with (tmp_path / "log").open("wb") as log:
        agent = RunningAgent(Program(["sh", "-c", script], {}), {}, log)
        while not child.exists():
            time.sleep(0.01)
        started = psutil.Process(int(child.read_text()))
        agent.stop()
    assert not agent.alive
    assert not started.is_running() or started.status() == psutil.STATUS_ZOMBIE, "dead, if nobody asked after it"


def test_the_words_that_an_agent_believes_were_heard_are_those_of_its_first_interruption(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text(
        '{"event": "ReplyInterrupted", "at_s": 1.0, "heard": "One", "unheard": "two."}\n'
        '{"event": "ReplyInterrupted", "at_s": 2.0, "heard": "Three", "unheard": "four."}\n{"event": "Repl'
    )
    with (tmp_path / "log").open("wb") as log:
        agent = RunningAgent(Program(["true"], {}, events=events), {}, log)
        assert agent.heard_words() == "One", "what was said over her answer to it is another story"
        agent.stop()
        silent = RunningAgent(Program(["true"], {}), {}, log)
        assert silent.heard_words() is None
        silent.stop()
