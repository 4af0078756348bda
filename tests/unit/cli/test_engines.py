"""`companion engines`: found by multicast on a real network interface, or named; each says what it offers."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from wyoming.info import AsrModel, AsrProgram, Attribution, Info, TtsProgram, TtsVoice
from zeroconf import ServiceInfo, Zeroconf

from companion.backends import wyoming_discovery
from companion.cli import main
from companion.core.wyoming_address import WyomingAddress
from tests.fakes.wyoming_server import Line, answering

ABOUT: dict[str, Any] = {"attribution": Attribution("us", ""), "description": None, "version": None}


def describe(line: Line) -> None:
    line.until("describe")
    model = AsrModel(name="base", languages=["en"], installed=True, **ABOUT)
    voices = [TtsVoice(name=f"v{n}", languages=["en"], installed=n != 3, **ABOUT) for n in range(9)]
    asr = AsrProgram(name="whisper", models=[model], installed=True, **ABOUT)
    tts = TtsProgram(name="piper", voices=voices, installed=True, **ABOUT)
    line.send(Info(asr=[asr], tts=[tts]).event())


def test_a_server_that_is_named_says_what_it_offers(capsys: pytest.CaptureFixture[str]) -> None:
    with answering(describe) as address:
        assert main(["engines", f"127.0.0.1:{address.port}"]) == 0
    said = capsys.readouterr()
    assert "speech to text: whisper, base\n" in said.out
    assert f'[hearing] transcriber = "{address}"\n' in said.out
    assert "voice: piper, v0, v1, v2, v4, v5, v6 and 2 more" in said.out
    assert said.err == ""


def test_a_server_that_announces_itself_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    with answering(describe) as address, Zeroconf() as network:
        name = f"ours-{address.port}.{wyoming_discovery.SERVICE}"
        here = [socket.inet_aton("127.0.0.1")]
        network.register_service(ServiceInfo(wyoming_discovery.SERVICE, name, addresses=here, port=address.port))
        main(["engines", "--json", "--seconds", "2"])
    offers = json.loads(capsys.readouterr().out)
    assert {"speech to text", "voice"} <= {offer["part"] for offer in offers if offer["address"] == str(address)}


def test_of_a_host_the_usual_ports_are_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(describe) as address:
        monkeypatch.setattr(wyoming_discovery, "USUAL_PORTS", {"voice": address.port, "wake word": 9})
        assert main(["engines", "127.0.0.1"]) == 0
    assert capsys.readouterr().err == "", "what does not run on it is no fault"
    assert wyoming_discovery.usual_places("h")[0] == WyomingAddress("h", address.port)


def test_one_that_is_silent_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    with answering(describe) as address:
        pass
    assert main(["engines", f"wyoming://127.0.0.1:{address.port}"]) == 5
    assert "does not answer" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["a b"], ["http://h"], ["--seconds", "0"], ["--seconds", "nan"]])
def test_what_cannot_be_asked_for_is_a_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["engines", *arguments]) == 2
    assert capsys.readouterr().err.startswith("companion: ")
