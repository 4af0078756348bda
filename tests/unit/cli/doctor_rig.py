"""Engines for the doctor to look at, sound or broken."""

from __future__ import annotations

import argparse
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from companion import app, her_voices, sound
from companion.app import Note
from companion.backends.no_microphone import NoMicrophone
from companion.backends.sound_devices import SoundDevice
from companion.backends.wav_files import SilentSpeaker
from companion.cli import doctor
from companion.core.audio import BLOCK_SAMPLES, Samples
from companion.core.engines import EngineInfo, LanguageModel, Message, PromptTimings, ReplyLimits, Transcript, Voiced
from companion.core.settings import Settings
from companion.sound import Sound

VOICE_RATE_HZ = 22_050


class FakeVoice:
    rate_hz = VOICE_RATE_HZ

    def info(self) -> EngineInfo:
        return EngineInfo("voice", "Fake voice", "hum")

    def warm_up(self) -> None:
        self.voice("")

    def voice(self, text: str) -> Voiced:
        return Voiced(np.full(len(text) * VOICE_RATE_HZ // 20, 0.1, dtype=np.float32))


@dataclass
class FakeTranscriber:
    text: str = "What would you like?"
    heard: list[Samples] = field(default_factory=list)

    def info(self) -> EngineInfo:
        return EngineInfo("speech to text", "Fake ear", "tiny")

    def warm_up(self) -> None: ...

    def expect(self, names: tuple[str, ...]) -> None: ...

    def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
        self.heard.append(speech)
        return Transcript(self.text)


class FakeDetector:
    def info(self) -> EngineInfo:
        return EngineInfo("turn detection", "Fake detector", "v0")

    def warm_up(self) -> None: ...

    def completeness(self, turn: Samples) -> float:
        return 0.9


@dataclass
class FakeMind:
    pieces: tuple[str, ...] = ("Quite", " well.")
    timings: PromptTimings = field(default_factory=lambda: PromptTimings(350, 14, 0.3, 20, 1.0))
    error: Exception | None = None
    closed: bool = False
    warmed: Sequence[Message] = ()
    context_tokens: int = 4096

    def info(self) -> EngineInfo:
        return EngineInfo("language model", "Fake mind", "1b", "this computer")

    async def open(self) -> None: ...

    async def warm_up(self, messages: Sequence[Message]) -> None:
        self.warmed = messages

    async def anticipate(self, messages: Sequence[Message], whole: bool = False) -> None: ...

    async def finality(self, messages: Sequence[Message]) -> float | None: ...

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        raise AssertionError("nothing is filled by a check")

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        assert list(messages[: len(self.warmed)]) == list(self.warmed), "the prefix must stay, or no cache serves it"
        if self.error:
            raise self.error
        for piece in self.pieces:
            yield piece

    @property
    def last_timings(self) -> PromptTimings:
        return self.timings

    async def close(self) -> None:
        self.closed = True


class FakeMicrophone(NoMicrophone):
    """Gives the same block as often as it is asked."""

    def __init__(self, loudness: float = 0.1) -> None:
        super().__init__()
        self._block = np.full(BLOCK_SAMPLES, loudness, dtype=np.float32)

    @property
    def name(self) -> str:
        return "fake microphone"

    async def blocks(self) -> AsyncGenerator[Samples, None]:
        while True:
            yield self._block


class Rig:
    """All engines in order; a test breaks what it wants to see red."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        self._monkeypatch = monkeypatch
        self.settings_file = tmp_path / "settings.toml"
        self.settings = Settings()
        self.transcriber = FakeTranscriber()
        self.mind = FakeMind()
        self.detector: FakeDetector | None = FakeDetector()
        self.microphone: FakeMicrophone = FakeMicrophone()
        self.devices: list[SoundDevice] = []
        monkeypatch.setattr("companion.backends.sound_devices.list_devices", lambda: self.devices)
        monkeypatch.setattr(her_voices, "make_synthesizer", lambda settings: FakeVoice())
        monkeypatch.setattr(app, "make_transcriber", lambda settings: self.transcriber)
        monkeypatch.setattr(app, "make_detector", lambda settings, note: self.detector)
        monkeypatch.setattr(app, "open_mind", self._open_mind)
        monkeypatch.setattr(sound, "spoken", self._spoken)
        monkeypatch.setattr("psutil.cpu_percent", lambda interval: 3.0)
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    async def _open_mind(self, settings: Settings, note: Note) -> LanguageModel:
        return self.mind

    def _spoken(self, microphone: str = "", speaker: str = "", fast: bool = False) -> Sound:
        return Sound(self.microphone, SilentSpeaker)

    def break_(self, factory: str, error: Exception) -> None:
        """Have `factory`, of companion.app, companion.sound or the list of devices, raise `error`."""

        def broken(*_: object, **__: object) -> object:
            raise error

        owners = {"list_devices": "companion.backends.sound_devices", "spoken": "companion.sound"}
        owners |= {"make_synthesizer": "companion.her_voices"}
        self._monkeypatch.setattr(f"{owners.get(factory, 'companion.app')}.{factory}", broken)

    def run(self, *, as_json: bool = True) -> int:
        args = argparse.Namespace(settings=self.settings, settings_file=self.settings_file, json=as_json)
        return doctor.run(args)
