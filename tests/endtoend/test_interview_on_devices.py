"""The interview by voice: spoken answers end in a persona that loads, and that has their words in it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.core.persona import find_persona, load_persona
from tests.endtoend.live import LARGE, talking
from tests.endtoend.words import plain
from tests.sound_server import SoundServer

pytestmark = pytest.mark.timeout(400)

ANSWERS = (
    "Not so much. I like small groups best.",
    "Straight out, please. With a joke now and then.",
    "Cooking something slow, with the radio on.",
    "My grandmother, because she never gave up.",
    "Never lie to me.",
)


def test_spoken_answers_become_a_persona_in_their_words(
    sound_server: SoundServer, tmp_path: Path, say: Callable[[str], Samples], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with talking(tmp_path, LARGE, greeted=False, command="interview") as interview:
        for answer in ANSWERS:
            interview.wait_for("ReplyFinished")
            interview.wait_for("StateChanged", state="listening")
            sound_server.speak(say(answer), HEARING_RATE_HZ)
        interview.wait_until(lambda events: any("call myself" in event.get("text", "") for event in events), "an offer")
        offer = interview.wait_for("ReplyFinished")["text"]
        interview.wait_for("StateChanged", state="listening")
        sound_server.speak(say("Yes, I like her."), HEARING_RATE_HZ)
        chosen = interview.wait_for("PersonaChosen")
        assert interview.wait_for("PersonaChanged")["name"] == chosen["name"]
        assert interview.wait_for("ReplyFinished")["text"], "she greets, as the one she is now"
        assert interview.quit() == 0

    assert f"I'd call myself {chosen['name']}, because " in offer
    assert tomllib.loads((tmp_path / "settings.toml").read_text())["persona"] == chosen["key"]
    assert find_persona(chosen["key"]).is_relative_to(tmp_path)
    persona = load_persona(chosen["key"])
    words = plain(" ".join((persona.character, persona.manner, *persona.boundaries)))
    for theirs in ("small groups", "joke now and then", "radio on", "their grandmother", "never gave up", "never lie"):
        assert theirs in words, f"{theirs!r} in {words}"
    assert persona.name == chosen["name"]
    assert persona.dials.directness >= 8
