"""A typed conversation on the path that a turn takes: prompt, memory, language model, what is cut of a reply."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from companion import app
from companion.backends.minilm import MiniLm
from companion.core.diary import Entry
from companion.core.engines import LanguageModel, Message, ReplyLimits
from companion.core.events import Latency
from companion.core.persona import Persona, load_persona
from companion.core.settings import Settings
from companion.core.transcript import Turn
from companion.her_voice import limits_of
from companion.memory.recall import SqliteMemory, open_memory
from companion.memory.store import SqliteDiary, open_diary
from companion.models.resolver import resolve
from companion.talk.prompt import Prompt
from companion.talk.recollection import Recollection
from companion.talk.reply import Reply
from companion.talk.workers import Worker

FIRST_TOKEN_TIMEOUT_S = 300.0
"""The machine may be busy with other things."""


class Overheard:
    """A language model of which all that it writes is kept, before anything is cut."""

    def __init__(self, mind: LanguageModel) -> None:
        self._mind = mind
        self.written = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._mind, name)

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        self.written = ""
        async with aclosing(self._mind.reply(messages, limits)) as pieces:
            async for piece in pieces:
                self.written += piece
                yield piece


@dataclass(frozen=True, slots=True)
class Exchange:
    """A line, and what came of it."""

    said: str
    written: str
    """All that the model wrote."""
    answer: str
    """What she says of that."""
    memories: tuple[str, ...] = ()


@dataclass
class TypedTalk:
    """One conversation. `memory` None: she has none but the conversation itself."""

    mind: Overheard
    persona: Persona
    settings: Settings
    memory: SqliteMemory | None = None
    diary: SqliteDiary | None = None
    turns: list[Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._limits = replace(limits_of(self.settings, self.persona), first_token_timeout_s=FIRST_TOKEN_TIMEOUT_S)
        tokens = app.prompt_tokens(self.mind, self._limits)
        self._prompt = Prompt(self.persona, self.settings.user_name, datetime.now(), tokens)
        self._began = datetime.now().astimezone() - timedelta(hours=3)
        self._worker = Worker("remember")
        self._recollection = Recollection(lambda: self.memory, self._worker, self._prompt)

    async def say(self, text: str, memories: Sequence[str] | None = None) -> Exchange:
        """Type `text`, with `memories` in mind: by default what the memory finds."""
        turns = [*self.turns, Turn("user", text)]
        self._recollection.start_turn()
        if memories is None:
            await self._recollection.follow(text, self._prompt.in_mind(turns))
        else:
            self._prompt.remember(memories)
        reply = Reply(
            self.mind,
            self._limits,
            None,
            Latency(0.0),
            lambda: 0.0,
            lambda event: None,
            (self.persona.name, self.settings.user_name),
        )

        async def messages() -> list[Message]:
            return self._prompt.messages(turns)

        reply.start(messages)
        while reply.tasks:
            await asyncio.wait(reply.tasks)
        if reply.fault:
            raise reply.fault
        self._keep(Turn("user", text), Turn("companion", reply.text))
        return Exchange(text, self.mind.written, reply.text, self._in_mind(turns))

    def close(self) -> None:
        self._worker.close()

    def _in_mind(self, turns: Sequence[Turn]) -> tuple[str, ...]:
        return tuple(
            part.text for part in self._prompt.parts(turns) if part.name in ("memories", "earlier conversation")
        )

    def _keep(self, *turns: Turn) -> None:
        for turn in turns:
            self.turns.append(turn)
            if self.diary is not None:
                at = self._began + timedelta(minutes=len(self.turns))
                self.diary.add(Entry(0, at, turn.who, self.persona.name, turn.text))
        while self.memory is not None and self.memory.ponder():
            pass


@asynccontextmanager
async def opened_mind(settings: Settings) -> AsyncIterator[Overheard]:
    mind = Overheard(await app.open_mind(settings, lambda note: None))
    try:
        yield mind
    finally:
        await mind.close()


@asynccontextmanager
async def remembering_talk(mind: Overheard, settings: Settings) -> AsyncIterator[TypedTalk]:
    """A conversation with a diary of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "conversations.db"
        diary = open_diary(file)
        memory = open_memory(file, MiniLm(resolve("minilm-l6-v2", "embedder")))
        talk = TypedTalk(mind, load_persona(settings.persona), settings, memory, diary)
        try:
            yield talk
        finally:
            talk.close()
            memory.close()
            diary.close()
