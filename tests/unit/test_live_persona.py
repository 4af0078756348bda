"""What of her changes with her persona while she is there, and what stays if she cannot be that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from companion.coming_back import UNKNOWN, Return
from companion.core.engines import ReplyLimits, Synthesizer, Tone
from companion.core.errors import ModelError, SettingsError
from companion.core.events import Event, PersonaChanged
from companion.core.intents import BeginAnew, Intent, Stop
from companion.core.paths import personas_folder
from companion.core.persona import Persona
from companion.core.settings import Settings
from companion.live_persona import LivePersona, Parts
from companion.live_settings import LiveVoice
from companion.talk.attention import Attention, Habits
from companion.talk.parts import Thinking
from companion.talk.prompt import Prompt
from companion.talk.voiced_openings import VoicedOpenings
from companion.talk.workers import Worker
from tests.fakes.engines import EvenSynthesizer, ScriptedTranscriber
from tests.fakes.scripted_mind import ScriptedMind

ADA = Persona(version=2, name="Ada", character="You are Ada.")
OTHER = 'version = 2\nname = "{name}"\ncharacter = "You are {name}."\ngreeting = "Here."\n[voice]\nvoice = "{voice}"\n'


@dataclass
class Talk:
    """Stands for the conversation."""

    asked: list[Intent] = field(default_factory=list)
    greeted: list[str] = field(default_factory=list)

    def now_s(self) -> float:
        return 2.0

    def ask(self, intent: Intent) -> None:
        self.asked.append(intent)

    def greet(self, text: str) -> None:
        self.greeted.append(text)


class HighVoice(EvenSynthesizer):
    rate_hz = 22_050


@dataclass
class Stage:
    become: Callable[[Settings, bool], Settings]
    parts: Parts
    talk: Talk
    openings: VoicedOpenings
    made: list[str]
    events: list[Event]
    remembered: list[str]


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    personas_folder().mkdir(parents=True)
    for key, voice_name in (("bea", "high"), ("cleo", "broken"), ("dora", "missing")):
        (personas_folder() / f"{key}.toml").write_text(OTHER.format(name=key.title(), voice=voice_name))
    made: list[str] = []
    events: list[Event] = []
    remembered: list[str] = []

    def make_voice(settings: Settings) -> Synthesizer:
        if settings.voice.voice == "broken":
            raise ModelError("The voice is damaged.", "Install it anew.")
        made.append(settings.voice.voice)
        return HighVoice() if settings.voice.voice == "high" else EvenSynthesizer()

    async def looked_back() -> Return:
        return UNKNOWN

    openings, talk = VoicedOpenings(EvenSynthesizer()), Talk()
    with Worker("voice") as worker:
        voice = LiveVoice(openings, worker, Tone())
        thinking = Thinking(ScriptedMind([]), Prompt(ADA, "", datetime(2026, 1, 1), 3000), ReplyLimits())
        parts = Parts(
            talk,
            thinking,
            lambda: None,
            Attention(Habits(way_to_talk="by-name"), ("Ada",)),
            ("Jarvis",),
            ScriptedTranscriber(),
            voice,
            lambda settings, persona: remembered.append(settings.persona),
            looked_back,
        )
        live = LivePersona(
            Settings(persona="ada"), ADA, parts, make_voice, lambda name: name != "missing", events.append
        )
        yield Stage(live.become, parts, talk, openings, made, events, remembered)
        await live.close()
        await voice.close()


async def test_all_of_her_changes(stage: Stage) -> None:
    hers = stage.become(Settings(persona="bea", user_name="Robin"), True)
    await asyncio.sleep(0)
    assert hers.voice.voice == "high" and stage.made == ["high"]
    assert stage.openings.rate_hz == EvenSynthesizer.rate_hz, "the speaker that is open goes on"
    assert len(stage.openings.voice("One two three.").samples) > 0
    assert stage.parts.thinking.names == ("Bea", "Robin")
    assert "You are Bea." in stage.parts.thinking.prompt.prefix[0].text
    assert stage.parts.attention.question("Bea, hello") and not stage.parts.attention.question("Ada, hello")
    assert stage.parts.attention.question("Jarvis, hello"), "a wake word stays"
    assert stage.talk.asked == [Stop(), BeginAnew()] and stage.talk.greeted == ["Here."]
    assert stage.remembered == ["bea"]
    assert stage.events == [PersonaChanged(2.0, "Bea", True)]


async def test_who_cannot_be_leaves_all_as_it_was(stage: Stage) -> None:
    before = stage.parts.thinking.prompt.prefix
    with pytest.raises(ModelError):
        stage.become(Settings(persona="cleo"), True)
    with pytest.raises(SettingsError):
        stage.become(Settings(persona="nobody"), True)
    assert stage.parts.thinking.prompt.prefix == before
    assert not (stage.talk.asked or stage.remembered or stage.events or stage.made)


async def test_a_voice_that_is_not_there_is_not_taken(stage: Stage) -> None:
    assert stage.become(Settings(persona="dora"), True).voice.voice == "auto"
    assert stage.made == []


async def test_back_again_she_has_the_first_voice(stage: Stage) -> None:
    stage.become(Settings(persona="bea"), True)
    stage.become(Settings(persona="dora"), True)
    assert stage.made == ["high", "auto"]


async def test_other_settings_leave_her_as_she_is(stage: Stage) -> None:
    stage.become(Settings(persona="bea"), True)
    stage.events.clear()
    hers = stage.become(Settings(persona="bea"), False)
    assert hers.voice.voice == "high" and stage.events == []
