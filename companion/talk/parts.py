"""What a conversation is put together from: ears, a mind, a mouth, each with the thread it runs on."""

from __future__ import annotations

from asyncio import Task
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from companion.core.audio import Samples
from companion.core.engines import (
    LanguageModel,
    Message,
    Microphone,
    ReplyLimits,
    Speaker,
    Synthesizer,
    Transcriber,
    TurnDetector,
    WakeWord,
)
from companion.core.events import Event
from companion.core.transcript import Turn
from companion.talk.attention import Attention
from companion.talk.ear import Ear
from companion.talk.language_of_talk import LanguageOfTalk
from companion.talk.prompt import Prompt
from companion.talk.recollection import Recollection
from companion.talk.workers import Worker


@dataclass(frozen=True, slots=True)
class Recognizers:
    """The engines that understand a turn."""

    transcriber: Transcriber | None
    """None in a conversation that is only typed."""
    transcriber_worker: Worker
    detector: TurnDetector | None
    detector_worker: Worker
    language: LanguageOfTalk = field(default_factory=LanguageOfTalk)
    """What is being spoken, as far as was understood."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What she hears with. Its microphone's blocks are the conversation's time."""

    microphone: Microphone
    ear: Ear
    recognizers: Recognizers
    attention: Attention
    wake_word: WakeWord | None = None


Answer: TypeAlias = Callable[[], Awaitable[str | None]]
"""Finds what she says; None leaves it to the language model."""


Compose: TypeAlias = Callable[[], Awaitable[Sequence[Message]]]
"""Makes a prompt, once it is wanted."""


class AskedOfMemory(Protocol):
    """Answers turns that ask something of her memory, in place of the language model."""

    @property
    def tasks(self) -> set[Task[None]]:
        """What still runs for a turn that was taken back."""

    def concerns(self, text: str) -> bool:
        """Whether `text`, said now, is for her memory, so that no other answer need be begun. Changes nothing."""

    def take(self, text: str) -> Answer | None:
        """What is to be said to `text`, the last turn of the history; None if that is for the language model.

        It is to be told of every turn of the user, or what is said next may be taken for an answer to it.
        """

    def take_back(self) -> None:
        """The turn taken last was not complete: nothing of what was done for it remains."""


class NoMemoryAsked:
    """Every turn is for the language model."""

    @property
    def tasks(self) -> set[Task[None]]:
        return set()

    def concerns(self, text: str) -> bool:
        return False

    def take(self, text: str) -> Answer | None:
        return None

    def take_back(self) -> None:
        pass


class InTurn:
    """Several of them, asked in their order: the first that has an answer gives it."""

    def __init__(self, *parts: AskedOfMemory) -> None:
        self._parts = parts

    @property
    def tasks(self) -> set[Task[None]]:
        return {task for part in self._parts for task in part.tasks}

    def concerns(self, text: str) -> bool:
        return any(part.concerns(text) for part in self._parts)

    def take(self, text: str) -> Answer | None:
        answers: list[Answer] = []
        for part in self._parts:
            # Each is told of the turn; one that is answered already is none for those behind.
            if (answer := part.take("" if answers else text)) is not None:
                answers.append(answer)
        return answers[0] if answers else None

    def take_back(self) -> None:
        for part in self._parts:
            part.take_back()


class SpeaksUp(Protocol):
    """What she says of her own accord."""

    @property
    def tasks(self) -> set[Task[Any]]:
        """What still runs for it."""

    def pass_time(self, duration_s: float, at_s: float) -> Sequence[Event]:
        """`duration_s` of audio went by until `at_s`: what has come due since, each once, to be shown. Returns soon."""

    def words(self) -> str:
        """All that is due and not said yet; empty: nothing."""

    def was_said(self) -> None:
        """What `words` gave last was heard."""


class NothingToSay:
    """She speaks when she is spoken to."""

    @property
    def tasks(self) -> set[Task[Any]]:
        return set()

    def pass_time(self, duration_s: float, at_s: float) -> Sequence[Event]:
        return ()

    def words(self) -> str:
        return ""

    def was_said(self) -> None:
        pass


@dataclass(slots=True)
class Thinking:
    """What she thinks with. Limits and names may be changed at any time: the next reply goes by them."""

    mind: LanguageModel
    prompt: Prompt
    limits: ReplyLimits
    greeting: str = ""
    names: tuple[str, str] = ("", "")
    """Hers and the user's."""
    memory: AskedOfMemory = field(default_factory=NoMemoryAsked)
    recollection: Recollection | None = None
    speaks_up: SpeaksUp = field(default_factory=NothingToSay)

    def begin_turn(self) -> None:
        """What came to mind before may be forgotten."""
        if self.recollection:
            self.recollection.start_turn()

    async def messages(self, turns: Sequence[Turn]) -> list[Message]:
        """The prompt for a reply to the last of `turns`, with what its words bring to mind."""
        if self.recollection and turns and turns[-1].who == "user":
            await self.recollection.follow(turns[-1].text, self.prompt.in_mind(turns[:-1]))
        return self.prompt.messages(turns)


class OtherVoices(Protocol):
    """Voices for what her own does not speak."""

    def in_language(self, language: str) -> Synthesizer:
        """What is to speak `language` (two letters), at the rate of her own voice. Returns at once."""


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
    others: OtherVoices | None = None
    """Without them her one voice speaks everything."""

    def voice_for(self, language: str) -> Synthesizer:
        """What is to speak `language`, two letters."""
        return self.others.in_language(language) if self.others else self.synthesizer

    def chime(self, name: str) -> None:
        """Play a soft sound. What she says next cuts it off."""
        if name in self.chimes and not self.speaker.lost:
            self.speaker.set_gain(1.0)
            self.speaker.begin()
            self.speaker.play(self.chimes[name])
