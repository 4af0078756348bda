"""She, as those talk with her who come by the network: any of her personas, one conversation at a time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from companion.app import Note
from companion.core.engines import Embedder, LanguageModel
from companion.core.errors import EngineError
from companion.core.persona import known_personas
from companion.core.settings import Settings
from companion.presence import Presence
from companion.serve.her import Asked, Usage
from companion.talk.workers import Worker


class Served:
    """See `serve.her.Her`. Lives on the event loop."""

    def __init__(
        self,
        settings: Settings,
        mind: LanguageModel,
        embedder: Embedder | None,
        worker: Worker,
        note: Note,
        keeps: bool = True,
    ) -> None:
        """`mind` is open; the caller closes it. `keeps`: False keeps nothing, and knows of nothing that was kept."""
        self._settings = settings
        self._mind = mind
        self._embedder = embedder
        self._worker = worker
        self._note = note
        self._keeps = keeps
        others = [known.key for known in known_personas() if known.key != settings.persona]
        self._personas = (settings.persona, *others)
        self._present: Presence | None = None

    @property
    def personas(self) -> Sequence[str]:
        return self._personas

    def answer(self, asked: Asked) -> ServedAnswer:
        return ServedAnswer(self, asked)

    async def presence(self, key: str = "") -> Presence:
        """She whom the settings call `key`, ready to answer; who was there before is gone. Raises CompanionError."""
        key = key or self._settings.persona
        if self._present is None or self._present.key != key:
            await self.close()
            present = Presence(self._of(key), self._mind, self._embedder, self._worker, self._note, self._keeps)
            self._present = present
            await present.arrive()
        return self._present

    def fit(self) -> None:
        """Another language model stands in, or stands in no more: it may read more at once, or less."""
        if self._present:
            self._present.fit()

    async def close(self) -> None:
        """Write what is left, and let go of what is open."""
        present, self._present = self._present, None
        if present:
            await present.close()

    def _of(self, key: str) -> Settings:
        """The settings with another persona, who goes by her own name."""
        other = {} if key == self._settings.persona else {"persona": key, "her_name": ""}
        return self._settings.model_copy(update=other)


class ServedAnswer:
    """See `serve.her.Answer`."""

    def __init__(self, her: Served, asked: Asked) -> None:
        self._her = her
        self._asked = asked
        self.usage = Usage()
        self.at_limit = False

    async def clauses(self) -> AsyncGenerator[str, None]:
        present = await self._her.presence(self._asked.persona)
        line = await present.take_up(self._asked)
        whole = False
        try:
            async with aclosing(line.clauses()) as clauses:
                async for clause in clauses:
                    yield clause
            whole = True
        finally:
            await line.stop()
            self.usage, self.at_limit = line.usage(), line.at_limit
            present.finish(line.reply, whole)
        if line.fault:
            raise line.fault
        if not line.reply.text:
            raise EngineError("She had no answer to that.", "Say it again, perhaps in other words.")
