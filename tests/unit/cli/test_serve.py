"""`companion serve`: what cannot be, and what it says before anybody can connect."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

import pytest

from companion.cli import serve
from companion.core.engines import EngineInfo
from companion.core.errors import UsageError
from companion.core.settings import Memory, Settings
from companion.serve.access import AllowList, own_address
from companion.serving import Offer, Wanted


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def run(*options: str) -> int:
    parser = argparse.ArgumentParser()
    serve.add_parser(parser.add_subparsers())
    args = parser.parse_args(["serve", *options])
    args.settings, args.settings_file = Settings(), Path("settings.toml")
    return int(args.run(args))


def test_the_token_is_shown_and_renewed(capsys: pytest.CaptureFixture[str]) -> None:
    shown = list[str]()
    for option in ("--show-token", "--show-token", "--new-token"):
        assert run(option) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] != shown[2]
    assert len(shown[0].strip()) == 64


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--address", "nowhere"], "no IP address"),
        (["--address", "192.168.1.10", "--wyoming"], "knows no token"),
        (["--address", "0.0.0.0", "--wyoming"], "knows no token"),
        (["--announce"], "nothing to announce"),
        (["--announce", "--wyoming"], "nothing to announce"),
        (["--announce", "--address", "192.168.1.10"], "nothing to announce"),
        (["--announce", "--wyoming", "--address", "0.0.0.0", "--allow", "10.0.0.1"], "nothing to announce"),
        (["--certificate", "a.pem"], "belong together"),
        (["--key", "a.key"], "belong together"),
        (["--allow", "kitchen"], "neither an address nor a network"),
        (["--address", "192.0.2.1"], "no address of this computer"),
    ],
)
def test_what_cannot_be_is_refused_before_a_model_is_loaded(options: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said) as told:
        run(*options)
    assert told.value.hint


HERE = EngineInfo("language model", "llama.cpp", "small")


def sentences(
    address: str,
    *allowed: str,
    tls: bool = False,
    wyoming: bool = False,
    keep: bool = True,
    engines: tuple[EngineInfo, ...] = (HERE,),
) -> str:
    files = (Path("a.pem"), Path("a.key")) if tls else None
    wanted = Wanted(own_address(address), 1, AllowList(allowed), "token", files)

    async def said() -> str:
        ended = asyncio.create_task(asyncio.sleep(0))
        offer = Offer("http://here/v1", "tcp://here:1" if wyoming else "", engines, ended)
        return "\n".join(serve.sentences(Settings(memory=Memory(keep=keep)), wanted, offer))

    return asyncio.run(said())


def test_on_this_computer_alone_nothing_is_said_of_a_network() -> None:
    said = sentences("127.0.0.1")
    assert "Only this computer reaches her" in said
    assert "unencrypted" not in said
    assert "Wyoming" not in said
    assert "kept in her memory" in said
    assert "Nothing of what is said there is kept" in sentences("127.0.0.1", keep=False)


def test_on_a_network_it_is_said_who_may_and_that_words_are_not_encrypted() -> None:
    said = sentences("192.168.1.10")
    assert "Anybody there may connect" in said
    assert "hears what she remembers of you" in said
    assert "Words travel unencrypted; --certificate and --key encrypt them." in said
    assert "unencrypted" not in sentences("192.168.1.10", tls=True)
    assert "Only 192.168.1.20 may connect" in sentences("192.168.1.10", "192.168.1.20")


@pytest.mark.parametrize("part", ["language model", "speech to text", "voice", "memory"])
def test_of_what_runs_elsewhere_it_is_said_where(part: str) -> None:
    away = EngineInfo(part, "OpenAI's protocol", "m", "https://far.example")
    assert "runs at https://far.example: " in sentences("127.0.0.1", engines=(HERE, away))
    assert "runs at" not in sentences("127.0.0.1")


def test_of_wyoming_it_is_said_that_it_knows_no_token() -> None:
    said = sentences("192.168.1.10", "192.168.1.20", wyoming=True)
    assert "no token, and no encryption: 192.168.1.20 talks with her as you do" in said
    assert "this computer, whoever uses it, talks with her" in sentences("127.0.0.1", wyoming=True)
