"""What a conversation is put together from: ears, a mind, a mouth, each with the thread it runs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.core.audio import Samples
from companion.core.engines import (
    LanguageModel,
    Microphone,
    ReplyLimits,
    Speaker,
    Synthesizer,
    Transcriber,
    TurnDetector,
    WakeWord,
)
from companion.talk.attention import Attention
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
    attention: Attention
    wake_word: WakeWord | None = None


@dataclass(slots=True)
class Thinking:
    """What she thinks with. Limits and names may be changed at any time: the next reply goes by them."""

    mind: LanguageModel
    prompt: Prompt
    limits: ReplyLimits
    greeting: str = ""
    names: tuple[str, str] = ("", "")
    """Hers and the user's."""


@dataclass(slots=True)
class Mouth:
    """What a reply speaks with. Without one, it is only shown."""

    synthesizer: Synthesizer
    worker: Worker
    speaker: Speaker
    ducked_gain: float = 0.25
    """Her loudness while it is found out if the user wants to speak; may be changed at any time."""
    chimes: Mapping[str, Samples] = field(default_factory=dict)
    """Soft sounds by their name, at the speaker's rate."""

    def chime(self, name: str) -> None:
        """Play a soft sound. What she says next cuts it off."""
        if name in self.chimes and not self.speaker.lost:
            self.speaker.set_gain(1.0)
            self.speaker.begin()
            self.speaker.play(self.chimes[name])
