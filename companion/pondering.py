"""What she does while nobody speaks: takes in what was said, and thinks it over. Whoever speaks comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from companion.core.engines import LanguageModel
from companion.core.errors import CompanionError
from companion.core.events import (
    Configured,
    ConversationEnded,
    DeviceLost,
    DeviceReturned,
    EchoStateChanged,
    Event,
    Faulted,
    LevelMeasured,
    State,
    StateChanged,
    VoiceMeasured,
)
from companion.her_past import HerPast
from companion.talk.workers import Worker

QUIET_S = 4.0
"""So long nobody has said a word, nor she."""
LOOKS_AGAIN_S = 120.0
"""A conversation that rests is thought over as a whole once it has rested for some minutes."""
TURNS_AT_ONCE = 8
BUSY: tuple[State, ...] = ("hearing", "thinking", "speaking")
NO_SIGN_OF_LIFE = (
    LevelMeasured,
    VoiceMeasured,
    Configured,
    DeviceLost,
    DeviceReturned,
    EchoStateChanged,
    Faulted,
    ConversationEnded,
)
"""Events that tell nothing of anybody who speaks."""


class Pondering:
    """Follows the events of a conversation; works when they have ceased. Make and use it on the event loop."""

    def __init__(self, past: HerPast, worker: Worker, mind: Callable[[], LanguageModel | None]) -> None:
        """`past` is read on `worker`. `mind` gives the language model once it is there."""
        self._past = past
        self._worker = worker
        self._mind = mind
        self._busy = False
        self._alarm: asyncio.TimerHandle | None = None
        self._working: asyncio.Task[None] | None = None
        self._opening = asyncio.create_task(worker.run(past.warm_up), name="open her past")

    def take(self, event: Event) -> None:
        """Stop for whoever speaks; go on when all is quiet again. Returns at once."""
        if isinstance(event, NO_SIGN_OF_LIFE):
            return
        if isinstance(event, StateChanged):
            self._busy = event.state in BUSY
        self._stop()
        if not self._busy:
            self._set_alarm(QUIET_S)

    async def close(self) -> None:
        """Stop, and let go of what was open."""
        working = self._working
        self._stop()
        await asyncio.wait({self._opening, *([working] if working else [])})
        await self._worker.run(self._past.close)

    def _stop(self) -> None:
        if self._alarm:
            self._alarm.cancel()
        if self._working:
            self._working.cancel()
        self._alarm = self._working = None

    def _set_alarm(self, delay_s: float) -> None:
        self._alarm = asyncio.get_running_loop().call_later(delay_s, self._begin)

    def _begin(self) -> None:
        self._working = asyncio.create_task(self._work(), name="ponder")

    async def _work(self) -> None:
        with suppress(CompanionError):
            await self._worker.run(self._past.forget_old)
            while await self._worker.run(self._past.ponder, TURNS_AT_ONCE):
                pass
            digestion = await self._worker.run(self._past.digestion)
            while digestion and await digestion.run_once(self._mind()):
                pass
        self._set_alarm(LOOKS_AGAIN_S)
