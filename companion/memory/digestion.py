"""Thinking over what was said, a little at a time, while nobody speaks."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from companion.core.diary import Entry
from companion.core.engines import EngineInfo, Message, ReplyLimits
from companion.core.facts import Fact
from companion.memory import episodes, extraction, note_taking
from companion.memory.backlog import Backlog
from companion.memory.sentences import Batch

_log = logging.getLogger(__name__)

LIMITS = ReplyLimits(max_tokens=200, first_token_timeout_s=120.0)
"""Of one answer; on a slow computer the question takes its time to be read."""
FEWEST_PARAMETERS = 1e9
"""What has fewer writes no notes that are worth keeping."""
MOST_FAILURES = 3
"""Answers in a row that are not what was asked for; then the model is not asked again."""


class Mind(Protocol):
    """What of a `LanguageModel` is needed to think things over."""

    def info(self) -> EngineInfo: ...

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str: ...


class Digestion:
    """Makes facts and episodes of what is in the backlog.

    A step that is cancelled, or fails, leaves its turns in the backlog; one that ends has taken them out of it
    together with what it kept, so that nothing is lost or kept twice.
    """

    def __init__(
        self,
        backlog: Backlog,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        on_kept: Callable[[Sequence[Fact]], None] = lambda facts: None,
    ) -> None:
        """`on_kept` is told, on the event loop, of what was kept in a step."""
        self._backlog = backlog
        self._now = now
        self._on_kept = on_kept
        self._failures = 0
        self._skimming = threading.Lock()

    async def run_once(self, mind: Mind | None, hurry: bool = False) -> bool:
        """Take one step, with at most one question to `mind`; False if there was nothing to think over.

        Without a mind, or with one too small, only what is plainly said is taken in. `hurry`: think over also a
        conversation that may go on. Raises EngineError, and CompanionError when the disk says no.
        """
        now = self._now()
        if kept := await asyncio.to_thread(self.skim):
            self._on_kept(kept)
        if batch := await asyncio.to_thread(self._backlog.next_batch, now, hurry):
            self._on_kept(await self._read(batch, mind))
            return True
        if turns := await asyncio.to_thread(self._backlog.rested, now, hurry):
            summary = await asyncio.to_thread(self._backlog.sum_up, turns, await self._summary(turns, mind))
            self._on_kept([summary] if summary else [])
            return True
        return False

    def close(self) -> None:
        self._backlog.close()

    async def left(self) -> int:
        """How many turns were not read for facts yet."""
        return await asyncio.to_thread(self._backlog.left)

    def skim(self) -> Sequence[Fact]:
        """Take in what was plainly said up to now, whatever the model; returns it. Blocking; on any thread. Raises
        CompanionError."""
        kept: list[Fact] = []
        with self._skimming:  # who asks while it is done elsewhere is told what comes of that, too
            while batch := self._backlog.fresh():
                facts = sorted(extraction.plainly_said(batch, self._backlog.names()), key=lambda fact: fact.turns[-1])
                kept += self._backlog.take_in(batch, facts, skimmed=True)
        return kept

    async def _read(self, batch: Batch, mind: Mind | None) -> Sequence[Fact]:
        facts: list[Fact] = []
        if mind and self._is_able(mind) and (asking := extraction.unclear(batch)):
            answer = await mind.fill(note_taking.messages(batch), note_taking.schema(asking), LIMITS)
            notes = note_taking.notes_in(answer)
            self._failures = 0 if notes is not None else self._failures + 1
            names = await asyncio.to_thread(self._backlog.names)
            facts = list(extraction.from_notes(batch, notes or [], names))
            _log.info("read %d turns: %d notes, %d of them said", len(batch.turns), len(notes or []), len(facts))
        facts.sort(key=lambda fact: fact.turns[-1])
        return await asyncio.to_thread(self._backlog.take_in, batch, facts)

    async def _summary(self, turns: Sequence[Entry], mind: Mind | None) -> Fact | None:
        if mind is None or not self._is_able(mind) or not episodes.worth_summing_up(turns):
            return None
        answer = await mind.fill(episodes.messages(turns), episodes.SCHEMA, LIMITS)
        episode = episodes.episode(turns, answer)
        _log.info("summed up %d turns: %s", len(turns), "kept" if episode else "told what was not said")
        return episode

    def _is_able(self, mind: Mind) -> bool:
        return self._failures < MOST_FAILURES and parameters(mind.info().model) >= FEWEST_PARAMETERS


def parameters(model: str) -> float:
    """How many parameters a model has, by its name ("qwen2.5-1.5b-instruct", "gemma3:270m"); plenty if it has none."""
    sizes = re.findall(r"(?<![\w.])(\d+(?:\.\d+)?)([bm])(?![a-z])", model.casefold().replace("_", "-"))
    return max((float(number) * (1e9 if unit == "b" else 1e6) for number, unit in sizes), default=float("inf"))
