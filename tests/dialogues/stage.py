"""The stage of a dialogue: a scripted ear, mind and mouth around the real conversation, in audio time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from companion.backends.wav_files import SilentSpeaker
from companion.coming_back import UNKNOWN, Return
from companion.core.audio import Samples
from companion.core.engines import LanguageModel, Microphone, ReplyLimits, Speaker, Synthesizer, TurnDetector, WakeWord
from companion.core.errors import CompanionError
from companion.core.events import Event
from companion.core.intents import Configure, Intent
from companion.core.persona import Persona
from companion.core.settings import Settings
from companion.core.transcript import History, Turn
from companion.keeping import Keeping, OpenDiary
from companion.live_persona import LivePersona, Parts
from companion.live_settings import LiveSettings
from companion.talk.attention import Attention, Habits
from companion.talk.conversation import Conversation
from companion.talk.ear import Ear
from companion.talk.floor import Rules
from companion.talk.parts import (
    AskedOfMemory,
    Hearing,
    Mouth,
    NoMemoryAsked,
    NothingToSay,
    OtherVoices,
    Recognizers,
    SpeaksUp,
    Thinking,
)
from companion.talk.prompt import Prompt
from companion.talk.workers import Worker
from tests.fakes.engines import (
    EvenSynthesizer,
    FixedDetector,
    Heard,
    LoudnessActivity,
    ScriptedMicrophone,
    ScriptedTranscriber,
)
from tests.fakes.scripted_mind import Scripted, ScriptedMind

PERSONA = Persona(name="Ada", character="You are Ada.")
E = TypeVar("E")


@dataclass
class Dialogue:
    """What happened in a dialogue that has ended."""

    events: list[Event]
    turns: tuple[Turn, ...]
    transcriber: ScriptedTranscriber
    at_ease: list[bool]
    """After each block of 20 ms, whether the microphone might wait before it handed over more."""

    def of(self, kind: type[E]) -> list[E]:
        """The events of one kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    def names(self, *without: str) -> list[str]:
        """The names of all events, but for the chatter of states and levels."""
        skipped = {
            "StateChanged",
            "LevelMeasured",
            "VoiceMeasured",
            "WordsRecognized",
            "ConversationStarted",
            "ConversationEnded",
            *without,
        }
        return [name for event in self.events if (name := type(event).__name__) not in skipped]


async def perform(
    script: Sequence[Heard],
    says: Sequence[str | CompanionError] | ScriptedTranscriber,
    replies: Sequence[Scripted],
    *,
    detector: TurnDetector | None = None,
    rules: Rules | None = None,
    mind: LanguageModel | None = None,
    speaker: Speaker | None = None,
    greeting: str = "",
    limits: ReplyLimits | None = None,
    intents: Sequence[tuple[float, Intent]] = (),
    on_event: Callable[[Event], None] | None = None,
    habits: Habits | None = None,
    chimes: Mapping[str, Samples] | None = None,
    wake_word: WakeWord | None = None,
    synthesizer: Synthesizer | None = None,
    others: OtherVoices | None = None,
    memory: Callable[[History, Prompt], AskedOfMemory] | None = None,
    speaks_up: SpeaksUp | None = None,
    open_diary: OpenDiary | None = None,
    back: Return = UNKNOWN,
) -> Dialogue:
    """Run a whole conversation. `script` is what the microphone hears (see ScriptedMicrophone), `says` what the
    transcriber makes of each turn, `replies` what she answers. `intents` come at their time in seconds.

    Fails if a task outlives the conversation.
    """
    events: list[Event] = []
    before = asyncio.all_tasks()
    transcriber = says if isinstance(says, ScriptedTranscriber) else ScriptedTranscriber(*says)
    heard = ScriptedMicrophone(script)
    microphone = TimedIntents(heard, intents)

    def take(event: Event) -> None:
        events.append(event)
        heard.happened.append(type(event).__name__)
        if on_event:
            on_event(event)

    with Worker("hear") as hear, Worker("detect") as detect, Worker("voice") as voice:
        ear = Ear(LoudnessActivity(), rules or Rules())
        names = (PERSONA.name, wake_word.phrase.split()[-1]) if wake_word else (PERSONA.name,)
        history, told = History(), prompt()
        recognizers = Recognizers(transcriber, hear, detector or FixedDetector(0.9), detect)
        attention = Attention(habits or Habits(), names)
        thinking = Thinking(
            mind or ScriptedMind(list(replies)),
            told,
            limits or ReplyLimits(),
            greeting,
            memory=memory(history, told) if memory else NoMemoryAsked(),
            speaks_up=speaks_up or NothingToSay(),
        )
        keeping = Keeping(open_diary, PERSONA.name, lambda error: None)
        keeping.want(open_diary is not None)
        conversation = Conversation(
            Hearing(microphone, ear, recognizers, attention, wake_word),
            thinking,
            Mouth(
                synthesizer or EvenSynthesizer(),
                voice,
                speaker or SilentSpeaker(EvenSynthesizer.rate_hz),
                chimes=chimes or {},
                others=others,
            ),
            history,
            keeping.beside(take),
        )

        def remember_with(settings: Settings, persona: Persona) -> None:
            keeping.become(persona.name, open_diary)

        async def looked_back() -> Return:
            return back

        parts = Parts(
            conversation,
            thinking,
            lambda: None,
            attention,
            names[1:],
            transcriber,
            None,
            remember_with,
            looked_back,
        )
        persona = LivePersona(Settings(persona=PERSONA.name), PERSONA, parts, no_voice, lambda name: False, take)
        settings = LiveSettings(Settings(persona=PERSONA.name), conversation, None, keeping.want, take, persona.become)
        microphone.ask = lambda intent: (
            settings.change(intent.changes) if isinstance(intent, Configure) else conversation.ask(intent)
        )
        async with asyncio.timeout(10):
            await conversation.run(())
        await persona.close()
        keeping.close()
        leaked = [task.get_name() for task in asyncio.all_tasks() - before]
    assert leaked == [], "a task outlived the conversation"
    return Dialogue(events, conversation.history.turns, transcriber, microphone.ease)


def said(turns: tuple[Turn, ...]) -> list[tuple[str, str]]:
    return [(turn.who, turn.text) for turn in turns]


def no_voice(settings: Settings) -> Synthesizer:
    """The stage has one voice."""
    raise AssertionError(settings.voice.voice)


def prompt() -> Prompt:
    """What she is told before a conversation on the stage."""
    return Prompt(PERSONA, "", datetime(2026, 1, 1), 3000)


class TimedIntents:
    """A microphone that also presses keys: each intent is asked when its time has been heard."""

    def __init__(self, microphone: Microphone, intents: Sequence[tuple[float, Intent]]) -> None:
        self._microphone = microphone
        self._intents = sorted(intents, key=lambda pair: pair[0])
        self.ask: Callable[[Intent], None] = lambda intent: None
        self._heard_s = 0.0
        self.ease: list[bool] = []

    name = "script"
    latency_s = 0.0
    at_ease = False

    @property
    def lockstep(self) -> bool:
        return self._microphone.lockstep

    @property
    def exhausted(self) -> bool:
        return self._microphone.exhausted

    async def blocks(self) -> AsyncGenerator[Samples, None]:
        async for block in self._microphone.blocks():
            while self._intents and self._intents[0][0] <= self._heard_s:
                self.ask(self._intents.pop(0)[1])
            self._heard_s += len(block) / 16_000
            if self.lockstep:
                await asyncio.sleep(0)  # so that a lost device is looked for meanwhile
            yield block
            self.ease.append(self.at_ease)
