"""A conversation that is ready to run, and the engines that were loaded for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from companion.backends.loading_mind import LoadingMind
from companion.core.engines import Embedder, EngineInfo, Synthesizer, Transcriber, TurnDetector, WakeWord
from companion.core.intents import Configure, Intent, Quit
from companion.core.persona import Persona
from companion.live_settings import LiveSettings
from companion.talk.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Engines:
    """Everything that was loaded for a conversation."""

    mind: LoadingMind
    transcriber: Transcriber | None
    detector: TurnDetector | None
    synthesizer: Synthesizer | None
    wake_word: WakeWord | None = None
    embedder: Embedder | None = None

    def infos(self) -> tuple[EngineInfo, ...]:
        """Those that she runs on now. What finds by meaning is named only where it is elsewhere."""
        parts = (self.wake_word, self.transcriber, self.detector, self.mind, self.synthesizer, self.embedder)
        infos = [part.info() for part in parts if part is not None]
        return tuple(info for info in infos if info.part != "memory" or info.where != "this computer")


class Session:
    """A conversation that is ready to run, and what it was put together from."""

    def __init__(
        self, conversation: Conversation, engines: Engines, persona: Persona, live_settings: LiveSettings
    ) -> None:
        self.conversation = conversation
        self.engines = engines
        self.persona = persona
        self._live_settings = live_settings

    def ask(self, intent: Intent) -> None:
        """Do what the person asks. Call it on the event loop."""
        if isinstance(intent, Configure):
            self._live_settings.change(intent.changes)
        else:
            self.conversation.ask(intent)

    async def run(self) -> None:
        """Until the end. Raises what the language model raises, if it is still loading and fails."""
        loading = self.engines.mind.loading
        loading.add_done_callback(self._quit_if_failed)
        await self.conversation.run(self.engines.infos())
        if loading.done():
            loading.result()

    def _quit_if_failed(self, loading: asyncio.Task[None]) -> None:
        if not loading.cancelled() and loading.exception():
            self.conversation.ask(Quit())
