"""From the sound of a turn to its words, begun at the first pause, before the turn is known to be over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from companion.core.audio import HEARING_RATE_HZ, Samples, level_db, seconds
from companion.core.errors import CompanionError
from companion.talk.parts import Recognizers
from companion.talk.phantoms import collapse_repetition, is_phantom

log = logging.getLogger(__name__)


class Recognition:
    """The words of the turn in hand, and of what was said before it and never answered."""

    def __init__(self, recognizers: Recognizers, fault: Callable[[CompanionError], None]) -> None:
        self._engines = recognizers
        self._fault = fault
        self._draft: asyncio.Task[str] | None = None
        self._unanswered: list[asyncio.Task[str]] = []
        self._ending: set[asyncio.Task[str]] = set()

    @property
    def tasks(self) -> set[asyncio.Task[str]]:
        """What still runs."""
        self._ending = {task for task in self._ending if not task.done()}
        return self._ending | {task for task in (self._draft, *self._unanswered) if task and not task.done()}

    def begin(self, turn: Samples) -> None:
        """Transcribe `turn` (16 kHz), which may turn out to be over."""
        self.drop()
        self._draft = asyncio.create_task(self._transcribe(turn), name="transcribe")

    def drop(self) -> None:
        """The user goes on: the draft is void."""
        if self._draft:
            self._draft.cancel()
            self._ending.add(self._draft)
            self._draft = None

    def carry(self, text: str) -> None:
        """Put `text`, said before and never answered, in front of the next turn."""

        async def known() -> str:
            return text

        self._unanswered.append(asyncio.create_task(known(), name="carried words"))

    def forget_unanswered(self) -> None:
        self._ending.update(self._unanswered)
        self._unanswered.clear()

    def close_turn(self, turn: Samples) -> None:
        """The turn is over: its draft counts, or `turn` is transcribed now."""
        if self._draft is None:
            self.begin(turn)
        assert self._draft is not None
        self._unanswered.append(self._draft)
        self._draft = None

    async def words(self) -> str:
        """The words of all turns closed and not yet asked for; empty if there are none.

        Cancelled, it leaves them for the next call.
        """
        texts = [await asyncio.shield(part) for part in tuple(self._unanswered)]
        self._unanswered.clear()
        return " ".join(filter(None, texts))

    async def completeness(self, turn: Samples) -> float | None:
        """The turn detector's verdict on `turn`; None without a detector, or if it fails."""
        if self._engines.detector is None:
            return None
        try:
            return await self._engines.detector_worker.run(self._engines.detector.completeness, turn)
        except CompanionError as error:
            self._fault(error)
            return None

    async def _transcribe(self, turn: Samples) -> str:
        transcriber = self._engines.transcriber
        if transcriber is None:
            return ""
        try:
            transcript = await self._engines.transcriber_worker.run(transcriber.transcribe, turn)
        except CompanionError as error:
            self._fault(error)
            return ""
        why = is_phantom(transcript, seconds(turn, HEARING_RATE_HZ), level_db(turn))
        if why:
            log.info("a sound of %.1f s was no turn", seconds(turn, HEARING_RATE_HZ))
            log.debug("no turn, because: %s", why)
            return ""
        return collapse_repetition(transcript.text.strip())
