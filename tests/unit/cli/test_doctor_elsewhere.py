"""`companion doctor` on what runs elsewhere: servers of her parts, a wake word, and the tools of others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from wyoming.info import Attribution, Info, WakeModel, WakeProgram

from companion.cli.elsewhere_checks import checks_elsewhere
from companion.cli.tool_checks import tool_checks
from companion.core.paths import tool_servers_file
from companion.core.settings import Elsewhere, Settings, Talking
from companion.diagnostics.checks import Finding, carry_out
from tests.fakes.engines import EvenSynthesizer, ScriptedTranscriber
from tests.fakes.speech_server import SpeechServer
from tests.fakes.wyoming_server import Line, answering


def found(settings: Settings) -> dict[str, Finding]:
    return {check.name: carry_out(check).finding for check in checks_elsewhere(settings)}


def listens(line: Line) -> None:
    about = {"attribution": Attribution("us", ""), "description": None, "version": None}
    line.until("describe")
    model = WakeModel("ok_nabu", installed=True, languages=["en"], phrase="okay nabu", **about)  # type: ignore[arg-type]
    line.send(Info(wake=[WakeProgram("openwakeword", installed=True, models=[model], **about)]).event())  # type: ignore[arg-type]


def test_what_runs_here_has_no_line() -> None:
    assert found(Settings()) == {}


def test_hearing_and_voice_elsewhere_are_measured() -> None:
    with SpeechServer(ScriptedTranscriber("One.", "Two."), EvenSynthesizer()) as server:
        parts = Elsewhere(hearing=server.address, voice=server.address)
        lines = found(Settings(elsewhere=parts))
    assert {name: finding.state for name, finding in lines.items()} == {
        "voice elsewhere": "ok",
        "speech to text elsewhere": "ok",
    }


@pytest.mark.parametrize(("stand_in", "state"), [(True, "warning"), (False, "red")])
def test_one_that_is_away_is_as_bad_as_there_is_nothing_to_stand_in(stand_in: bool, state: str) -> None:
    with SpeechServer(ScriptedTranscriber(), EvenSynthesizer()) as server:
        address = server.address
    finding = found(Settings(elsewhere=Elsewhere(voice=address, stand_in=stand_in)))["voice elsewhere"]
    assert finding.state == state
    assert "does not answer" in finding.text
    assert finding.remedy


def test_a_wake_word_elsewhere_is_asked_for_its_phrase() -> None:
    with answering(listens) as address:
        finding = found(Settings(talking=Talking(wake_word=f"{address}#ok_nabu")))["wake word elsewhere"]
    assert (finding.state, finding.text) == ("ok", f"openwakeword ok_nabu on {address.where}: “Okay Nabu” wakes her")


def test_a_wake_word_that_its_server_does_not_know_is_red_and_those_that_it_knows_are_told() -> None:
    with answering(listens) as address:
        finding = found(Settings(talking=Talking(wake_word=f"{address}#alexa")))["wake word elsewhere"]
    assert finding.state == "red"
    assert "does not know alexa" in finding.text
    assert "ok_nabu" in finding.remedy


def test_a_wake_word_of_a_server_that_is_away_is_a_warning() -> None:
    with answering(listens) as address:
        pass
    finding = found(Settings(talking=Talking(wake_word=str(address))))["wake word elsewhere"]
    assert finding.state == "warning"
    assert "only her name and your keys call her" in finding.text
    assert finding.remedy


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Finding]:
    """What is found of a file of tool servers."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def written(text: str) -> Finding:
        tool_servers_file().parent.mkdir(parents=True, exist_ok=True)
        tool_servers_file().write_text(text)
        (check,) = tool_checks()
        assert check.name == "tools"
        return carry_out(check).finding

    return written


def test_without_servers_of_tools_there_is_no_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert tool_checks() == []


@pytest.mark.parametrize(
    ("text", "state", "words"),
    [
        ('{"mcpServers": {"time": {"command": "sh"}}}', "ok", "time (sh)"),
        (
            '{"mcpServers": {"home": {"url": "https://me:secret@home.example:8123/mcp?key=secret"}}}',
            "ok",
            "home (https://home.example:8123)",
        ),
        ('{"mcpServers": {}}', "ok", "none is switched on"),
        ('{"mcpServers": {"time": {"command": "no-such-program"}}}', "warning", "no-such-program, which is not here"),
        ('{"mcpServers": {"time": {}}}', "warning", 'mcpServers.time is without exactly one of "command" and "url"'),
        ("{", "warning", "line 1, column 2 is no JSON"),
    ],
)
def test_servers_of_tools_are_looked_at_and_not_started(
    servers: Callable[[str], Finding], text: str, state: str, words: str
) -> None:
    finding = servers(text)
    assert finding.state == state
    assert words in finding.text
    assert "secret" not in finding.text
    assert bool(finding.remedy) == (state != "ok")
