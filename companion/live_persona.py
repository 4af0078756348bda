"""Who she is, which may change in mid-conversation: at once, and without her knowing what another was told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from companion.backends.voice_at_rate import at_rate
from companion.coming_back import Return, first_words
from companion.core.engines import Synthesizer, Transcriber
from companion.core.events import Event, PersonaChanged
from companion.core.intents import BeginAnew, Intent, Stop
from companion.core.persona import Persona, load_persona
from companion.core.settings import Settings
from companion.her_voice import limits_of, with_her_voice
from companion.live_settings import LiveVoice, tone_of
from companion.talk.attention import Attention
from companion.talk.language_of_talk import LanguageOfTalk
from companion.talk.parts import Thinking


class Talk(Protocol):
    """What a change of persona needs of the conversation."""

    def now_s(self) -> float: ...

    def ask(self, intent: Intent) -> None: ...

    def greet(self, text: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """All of a conversation that depends on who she is."""

    talk: Talk
    thinking: Thinking
    fit: Callable[[], None]
    """Makes the prompt as long as the model and the present limits allow."""
    attention: Attention
    extra_names: tuple[str, ...]
    """What she answers to, whoever she is."""
    transcriber: Transcriber | None
    voice: LiveVoice | None
    remember_with: Callable[[Settings, Persona], None]
    """From now on what is said is remembered as said with this persona, of these settings."""
    looked_back: Callable[[], Awaitable[Return]]
    """What she knows of the conversations before this one."""
    language: LanguageOfTalk | None = None


class LivePersona:
    """The persona of a conversation that runs."""

    def __init__(
        self,
        settings: Settings,
        persona: Persona,
        parts: Parts,
        make_voice: Callable[[Settings], Synthesizer],
        has_voice: Callable[[str], bool],
        emit: Callable[[Event], None],
    ) -> None:
        """`persona` is that of `settings`. `has_voice` tells of a voice if `make_voice` can make it."""
        self._key = settings.persona
        self._persona = persona
        self._parts = parts
        self._make_voice = make_voice
        self._has_voice = has_voice
        self._voice = with_her_voice(settings, persona, has_voice).voice.voice
        self._emit = emit
        self._arriving: asyncio.Task[None] | None = None

    def become(self, settings: Settings, again: bool) -> Settings:
        """See `live_settings.Become`. Another begins a conversation of her own, with her own first words.

        Raises SettingsError if her file cannot be read, ModelError if her voice is damaged; then nothing has changed.
        """
        if not again:
            return with_her_voice(settings, self._persona, self._has_voice)
        persona = load_persona(settings.persona).called(settings.her_name)
        hers = with_her_voice(settings, persona, self._has_voice)
        voice = self._make_voice(hers) if self._parts.voice and hers.voice.voice != self._voice else None
        another = settings.persona != self._key
        if another:
            self._parts.talk.ask(Stop())  # what she was saying is still kept with the rest of hers
        self._change(persona, hers, voice)
        if another:
            self._parts.remember_with(settings, persona)
        self._key, self._persona, self._voice = settings.persona, persona, hers.voice.voice
        self._emit(PersonaChanged(self._parts.talk.now_s(), persona.name, another))
        if another:
            self._parts.talk.ask(BeginAnew())
            self._arrive(persona, settings.user_name)
        return hers

    async def close(self) -> None:
        """End what is under way."""
        if self._arriving:
            self._arriving.cancel()
            await asyncio.wait({self._arriving})

    def _arrive(self, persona: Persona, user_name: str) -> None:
        """She looks back on her own past, and greets accordingly: within a second, and nobody waits for it."""
        if self._arriving:
            self._arriving.cancel()

        async def arrive() -> None:
            back = await self._parts.looked_back()
            self._parts.thinking.prompt.summarize(back.before)
            self._parts.talk.greet(first_words(persona, user_name, datetime.now(), back))

        self._arriving = asyncio.create_task(arrive(), name="arrive")

    def _change(self, persona: Persona, settings: Settings, voice: Synthesizer | None) -> None:
        parts = self._parts
        parts.thinking.limits = limits_of(settings, persona)
        parts.thinking.names = (persona.name, settings.user_name)
        parts.thinking.prompt.become(persona, settings.user_name)
        parts.fit()
        parts.attention.answer_to((*persona.names, *parts.extra_names))
        if parts.language:
            parts.language.become(persona.language)
        if parts.transcriber:
            parts.transcriber.expect(persona.names)
        if parts.voice and voice:
            parts.voice.become(at_rate(voice, parts.voice.rate_hz), tone_of(settings))
