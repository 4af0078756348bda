"""`companion say` with another voice than that of the settings."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from companion.cli import say
from companion.core.engines import Synthesizer
from companion.core.errors import UsageError
from companion.core.settings import Settings
from tests.fakes.engines import EvenSynthesizer


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Settings, str]]:
    """By which settings each voice was made, and to read what language."""
    made: list[tuple[Settings, str]] = []

    def make_synthesizer(wanted: Settings, *, language: str) -> Synthesizer:
        made.append((wanted, language))
        return EvenSynthesizer()

    monkeypatch.setattr(say, "make_synthesizer", make_synthesizer)
    return made


def typed(*words: str) -> int:
    parser = argparse.ArgumentParser()
    say.add_parser(parser.add_subparsers())
    args = parser.parse_args(["say", *words])
    args.settings = Settings()
    code: int = args.run(args)
    return code


def test_the_options_go_before_the_settings(made: list[tuple[Settings, str]], tmp_path: Path) -> None:
    out = ["--out", str(tmp_path / "out.wav")]
    assert typed(*out, "--voice", "other", "--speed", "1.5", "--expressiveness", "0", "--volume", "0", "--", "Hi.") == 0
    assert typed(*out, "Hi.") == 0
    voice = made[0][0].voice
    assert (voice.voice, voice.speed, voice.expressiveness, voice.volume) == ("other", 1.5, 0.0, 0.0)
    assert made[1] == (Settings(), "")


def test_the_language_is_that_of_the_text(made: list[tuple[Settings, str]], tmp_path: Path) -> None:
    assert typed("--out", str(tmp_path / "out.wav"), "--language", "de", "Guten Tag.") == 0
    assert made == [(Settings(), "de")]


@pytest.mark.parametrize(("option", "allowed"), [("--speed=9", "0.5 to 2"), ("--volume=-1", "0.0 to 1")])
def test_what_cannot_be_is_a_mistake(made: list[tuple[Settings, str]], option: str, allowed: str) -> None:
    with pytest.raises(UsageError) as caught:
        typed(option, "Hi.")
    assert allowed in caught.value.hint
    assert made == []
