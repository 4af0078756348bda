"""What a conversation is put together from: ears, a mind, a mouth, each with the thread it runs on."""

from __future__ import annotations

from dataclasses import dataclass

from companion.core.engines import (
    LanguageModel,
    Microphone,
    ReplyLimits,
    Speaker,
    Synthesizer,
    Transcriber,
    TurnDetector,
)
from companion.talk.ear import Ear
from companion.talk.prompt import Prompt
from companion.talk.workers import Worker


@dataclass(frozen=True, slots=True)
class Recognizers:
    """The engines that understand a turn."""

    transcriber: Transcriber | None
    """None in a conversation that is only typed."""
    transcriber_worker: Worker
    detector: TurnDetector | None
    detector_worker: Worker


@dataclass(frozen=True, slots=True)
class Hearing:
    """What she hears with. Its microphone's blocks are the conversation's time."""

    microphone: Microphone
    ear: Ear
    recognizers: Recognizers


@dataclass(frozen=True, slots=True)
class Thinking:
    """What she thinks with."""

    mind: LanguageModel
    prompt: Prompt
    limits: ReplyLimits
    greeting: str = ""
    names: tuple[str, str] = ("", "")
    """Hers and the user's."""


@dataclass(frozen=True, slots=True)
class Mouth:
    """What a reply speaks with. Without one, it is only shown."""

    synthesizer: Synthesizer
    worker: Worker
    speaker: Speaker
