"""From the sound of a turn to its words: while it is spoken, at each pause, and at its end.

A turn is transcribed again and again as it grows. What two transcripts in a row agree on is stable
(LocalAgreement: Macháček et al. 2023) and can be thought about before the turn is over. At a pause the
draft of the whole is made; if the user goes on after a long part, that part is final, so that at the
end only the last piece is missing.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from companion.core.audio import HEARING_RATE_HZ, Samples, level_db, seconds
from companion.core.errors import CompanionError, EngineError
from companion.talk.language_of_talk import PrefersLanguage
from companion.talk.parts import Recognizers
from companion.talk.phantoms import collapse_repetition, is_phantom, said_once
from companion.talk.turn_taking import ROUNDING_S
from companion.talk.workers import running

log = logging.getLogger(__name__)

FIRST_S = 1.2
"""Length of a turn, what was kept from before its onset included, from which its words are worth a glance."""

EVERY_S = 0.3
"""New speech after which a growing turn is transcribed again."""

BUSY_SHARE = 0.4
"""The share of time that transcribing a growing turn may take: a pause must not wait for it."""

QUICK_S = 0.35
"""A transcriber that takes longer is not asked at every gap between two words: it cannot be called back, and keeps the
mind from reading. On the slower of two machines Whisper base takes 0.3 to 0.5 s beside the mind, and turns had up to
five such gaps; on the other it takes 0.13 to 0.2 alone."""

SETTLES_S = 0.07
"""How much longer a pause lasts before such a transcriber is asked. Most gaps are over by then."""

LONGEST_GLANCE_S = 20.0
"""Of a longer turn without a pause, words are known at its end only: a glance would take too long."""

FINAL_PART_S = 6.0
"""A part of a turn this long is not transcribed again if the user goes on after a pause."""


@dataclass(frozen=True, slots=True)
class _Draft:
    task: asyncio.Task[str]
    until: int
    """Samples of the turn that it covers."""


class Recognition:
    """The words of the turn in hand, and of what was said before it and never answered."""

    def __init__(
        self,
        recognizers: Recognizers,
        fault: Callable[[CompanionError], None],
        follow: Callable[[str, str, str], None] = lambda text, stable, whole: None,
    ) -> None:
        """`follow` is told the words of a turn that still goes on: all of them, those that are stable, and all of them
        behind what was said before it and never answered."""
        self._engines = recognizers
        self._fault = fault
        self._follow = follow
        self._draft: _Draft | None = None
        self._final_parts: list[str] = []
        self._final_until = 0
        self._partial: asyncio.Task[str] | None = None
        self._overtaken: asyncio.Task[str] | None = None
        """A glance that went on as the draft was asked for: of use again if the user goes on."""
        self._partial_until_s = 0.0
        self._partial_took_s = 0.0
        self._partial_words: list[str] = []
        self._unanswered: list[asyncio.Task[str]] = []
        self._ending: set[asyncio.Task[str]] = set()

    @property
    def tasks(self) -> set[asyncio.Task[str]]:
        """What still runs."""
        self._ending = {task for task in self._ending if not task.done()}
        own = (self._draft.task if self._draft else None, self._partial, self._overtaken, *self._unanswered)
        return self._ending | {task for task in own if task and not task.done()}

    def start_turn(self) -> None:
        """A turn begins: nothing is known of it."""
        self.drop()
        self._drop_glance(self._partial)
        self._drop_glance(self._overtaken)
        self._partial = self._overtaken = None
        self._final_parts, self._final_until = [], 0
        self._partial_until_s, self._partial_words = 0.0, []

    def wants(self, turn_s: float) -> bool:
        """Whether a turn that goes on, `turn_s` long by now, should be given to `listen`."""
        if self._engines.transcriber is None or (self._partial and not self._partial.done()):
            return False
        if turn_s - self._final_until / HEARING_RATE_HZ > LONGEST_GLANCE_S:
            return False
        return turn_s >= max(FIRST_S, self._partial_until_s + max(EVERY_S, self._partial_took_s / BUSY_SHARE))

    @property
    def settles_s(self) -> float:
        """How long a pause should go on before `begin`, which is then seldom in vain; 0 where it costs little."""
        idle = self._partial is None or self._partial.done()  # what has to wait is called back for nothing
        return SETTLES_S if idle and self._partial_took_s > QUICK_S else 0.0

    def listen(self, turn: Samples) -> None:
        """Transcribe what there is of a turn that goes on."""
        self._partial_until_s = seconds(turn, HEARING_RATE_HZ)
        self._partial = asyncio.create_task(self._transcribe_partially(turn), name="transcribe a part")

    def begin(self, turn: Samples, spoken_s: float = math.inf) -> None:
        """Transcribe `turn` (16 kHz), which may turn out to be over; from `spoken_s` on it is silent."""
        self.drop()
        glance, self._partial = self._partial, None
        if glance and not glance.done() and self._partial_until_s >= spoken_s - ROUNDING_S:
            task = asyncio.create_task(self._await_glance(glance, turn), name="transcribe")
        else:
            self._overtaken = glance or self._overtaken
            task = asyncio.create_task(self._transcribe(turn), name="transcribe")
        self._draft = _Draft(task, len(turn))

    async def _await_glance(self, glance: asyncio.Task[str], turn: Samples) -> str:
        """What a glance finds that has all of `turn` before it; `turn` is looked at anew only where that is nothing."""
        try:
            return await glance or await self._transcribe(turn)
        finally:
            self._drop_glance(glance)

    def resume_turn(self) -> None:
        """The user goes on after a pause: the draft is void, or, of a long part, final.

        What is being transcribed is followed as any glance: it cannot be called back, and is read ahead.
        """
        draft, glance = self._draft, self._overtaken
        if draft and _has_result(draft.task) and draft.until - self._final_until >= FINAL_PART_S * HEARING_RATE_HZ:
            self._final_parts = [draft.task.result()]
            self._final_until = draft.until
        if glance and not glance.done():  # the draft waits for it, and has not begun
            self._partial, self._overtaken = glance, None
        elif draft and not draft.task.done():
            self._draft = None
            self._partial_until_s = draft.until / HEARING_RATE_HZ
            self._partial = asyncio.create_task(self._follow_words(draft.task), name="transcribe a part")
        self.drop()

    def drop(self) -> None:
        """The draft is void."""
        if self._draft:
            self._draft.task.cancel()
            self._ending = running(self._ending) | {self._draft.task}
            self._draft = None

    def carry(self, text: str) -> None:
        """Put `text`, said before and never answered, in front of the next turn."""

        async def known() -> str:
            return text

        self._unanswered.append(asyncio.create_task(known(), name="carried words"))

    def forget_unanswered(self) -> None:
        self._ending = running(self._ending) | set(self._unanswered)
        self._unanswered.clear()

    async def draft(self) -> tuple[str, str]:
        """What was said up to the present pause, and the same behind what was said before it and never answered."""
        assert self._draft is not None
        text = await asyncio.shield(self._draft.task)
        return text, await self._behind_unanswered(text)

    async def _behind_unanswered(self, text: str) -> str:
        before = [await asyncio.shield(part) for part in tuple(self._unanswered)]
        return in_one([*before, text])

    def close_turn(self, turn: Samples) -> None:
        """The turn is over: its draft counts, or `turn` is transcribed now."""
        if self._draft is None:
            self.begin(turn)
        assert self._draft is not None
        self._unanswered.append(self._draft.task)
        self._draft = None

    async def words(self) -> str:
        """The words of all turns closed and not yet asked for; empty if there are none.

        Cancelled, it leaves them for the next call.
        """
        texts = [await asyncio.shield(part) for part in tuple(self._unanswered)]
        self._unanswered.clear()
        return in_one(texts)

    async def completeness(self, turn: Samples) -> float | None:
        """The turn detector's verdict on `turn`; None without a detector, or if it fails."""
        if self._engines.detector is None:
            return None
        try:
            return await self._engines.detector_worker.run(self._engines.detector.completeness, turn)
        except Exception as error:
            self._fault(_told(error))
            return None

    async def _transcribe(self, turn: Samples, glance: bool = False) -> str:
        """The words of the whole turn: those of its final parts, and of the rest."""
        final = tuple(self._final_parts)
        last = await self._transcribe_sound(turn[self._final_until :], glance)
        return in_one([*final, last])

    async def _transcribe_partially(self, turn: Samples) -> str:
        began_s = time.monotonic()
        text = await self._follow_words(self._transcribe(turn, glance=True))
        self._partial_took_s = time.monotonic() - began_s
        return text

    async def _follow_words(self, transcript: Awaitable[str]) -> str:
        text = await transcript
        words = text.split()
        stable = agreed(self._partial_words, words)
        self._partial_words = words
        whole = await self._behind_unanswered(text)
        if text and self._partial is asyncio.current_task():  # else the turn has ended with these words
            self._follow(text, " ".join(stable), whole)
        return text

    async def _transcribe_sound(self, sound: Samples, glance: bool) -> str:
        transcriber = self._engines.transcriber
        if transcriber is None:
            return ""
        if isinstance(transcriber, PrefersLanguage):
            transcriber.prefer(self._engines.language.current)
        try:
            transcript = await self._engines.transcriber_worker.run(transcriber.transcribe, sound, glance)
        except Exception as error:
            self._fault(_told(error))
            return ""
        why = is_phantom(transcript, seconds(sound, HEARING_RATE_HZ), level_db(sound))
        if why:
            log.info("a sound of %.1f s was no turn", seconds(sound, HEARING_RATE_HZ))
            log.debug("no turn, because: %s", why)
            return ""
        self._engines.language.hear(transcript)
        return said_once(collapse_repetition(transcript.text.strip()), seconds(sound, HEARING_RATE_HZ))

    def _drop_glance(self, glance: asyncio.Task[str] | None) -> None:
        """Nobody waits for it any more."""
        if glance and not glance.done():
            glance.cancel()
            self._ending = running(self._ending) | {glance}


def _told(error: Exception) -> CompanionError:
    """A vendor's own failure must cost one turn, not the conversation."""
    if isinstance(error, CompanionError):
        return error
    log.debug("hearing failed", exc_info=error)
    return EngineError(f"Her hearing failed ({type(error).__name__}).", "Say it again; `companion doctor` tests it.")


def agreed(before: list[str], now: list[str]) -> list[str]:
    """The words that two transcripts of a growing turn have in common at their start, as now written.

    The last word of the older one is left out: it may have been cut in two.
    """
    count = 0
    for old, new in zip(before[:-1], now, strict=False):
        if _bare(old) != _bare(new):
            break
        count += 1
    return now[:count]


def in_one(parts: Iterable[str]) -> str:
    """Parts of a turn as one text. A full stop where the user only paused, as the next part shows, is none."""
    whole = ""
    for part in filter(None, parts):
        if whole.endswith(".") and part[0].islower():
            whole = whole.rstrip(".")
        whole = f"{whole} {part}" if whole else part
    return whole


def bare_words(text: str) -> list[str]:
    """The words of `text` without case and punctuation, which a transcriber writes now one way, now another."""
    return [bare for word in text.split() if (bare := _bare(word))]


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))


def _has_result(task: asyncio.Task[str]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None
