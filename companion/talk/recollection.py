"""What the words of a turn bring to mind, told to the language model with them.

It stays the same while the turn goes on, as far as it can: what is told stands before the words, and a model that
has read both ahead would have to read both again.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from companion.core.errors import CompanionError
from companion.core.memory import CERTAIN_ENOUGH, Memory, Remembered
from companion.talk.own_words import asks_about_oneself
from companion.talk.prompt import Prompt
from companion.talk.recall_notes import stems
from companion.talk.workers import Worker

_log = logging.getLogger(__name__)

MOST = 3
"""More would be read for longer than a person waits for an answer, and small models mix them up."""
LOOKED_AT = 12
LIKELY_ENOUGH = 0.18
"""Who asks about their own life has most likely told of it: if nothing is certain, what they said in words of the
question is told from this score on. In two evenings of tests.bench it was the right turn for 8 of 10 such questions.
"""
LIKELY_IN_OTHER_WORDS = 0.3
"""Where it has no word in common with the question: a small model answers from whatever it is told."""
FEW_WORDS = 9
_POINTING = frozenset(
    {"and", "it", "its", "he", "him", "his", "she", "her", "they", "them", "their", "there", "that", "then"}
)
PATIENCE_S = 0.15
"""A disk that takes longer is not waited for: she answers without."""


class Recollection:
    """Lives on the event loop; the memory is searched on its worker."""

    def __init__(
        self,
        memory: Callable[[], Memory | None],
        worker: Worker,
        prompt: Prompt,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        """`memory` is called on the worker; it gives None where nothing is kept. What it finds goes to `prompt`."""
        self._memory = memory
        self._worker = worker
        self._prompt = prompt
        self._now = now
        self._words = ""
        self._in_mind: tuple[Remembered, ...] = ()
        self._before: tuple[Remembered, ...] = ()

    def start_turn(self) -> None:
        """What came to mind belonged to the turn before, unless this one goes on with it."""
        self._words, self._before, self._in_mind = "", self._in_mind, ()
        self._prompt.remember(())

    async def follow(self, words: str, said: Collection[str]) -> None:
        """Bring to mind what `words`, said so far, recall. `said`: what she knows anyway, as it was said just now."""
        if words == self._words:
            return
        self._words = words
        try:
            async with asyncio.timeout(PATIENCE_S):
                found = await self._worker.run(self._search, words)
        except TimeoutError:
            return
        except CompanionError as error:
            _log.warning("%s %s", error.message, error.hint)
            return
        if words == self._words:
            new = [one for one in found if one.text not in said and one.text != words]
            certain = [one for one in new if one.score >= CERTAIN_ENOUGH]
            before = self._before if goes_on(words) else ()
            self._take((certain or before or new)[:MOST])

    def _search(self, words: str) -> Sequence[Remembered]:
        memory = self._memory()
        return worth_telling(memory, words) if memory else ()

    def _take(self, found: Sequence[Remembered]) -> None:
        known = {one.number for one in self._in_mind}
        if all(one.number in known for one in found):
            return
        self._in_mind = tuple(found)
        remind(self._prompt, found, self._now())


def goes_on(words: str) -> bool:
    """Whether `words` are so few, and point so plainly, that they go on with what was spoken of: "And where is it?"."""
    bare = re.findall(r"[^\W_]+", words.casefold())
    return len(bare) <= FEW_WORDS and not _POINTING.isdisjoint(bare)


def worth_telling(memory: Memory, words: str) -> list[Remembered]:
    """What `words` bring to mind, if it is likelier than not what is meant, best first. Blocking.

    Who asks about themselves is told nothing that she said, and at least what is likeliest of what was told to her.
    """
    found = memory.recall(words, limit=LOOKED_AT)
    if not asks_about_oneself(words):
        return [one for one in found if one.score >= CERTAIN_ENOUGH]
    of_others = [one for one in found if one.who != "companion" and one.text != words]
    certain = [one for one in of_others if one.score >= CERTAIN_ENOUGH]
    return certain or [one for one in of_others[:1] if one.score >= _least(words, one.text)]


def _least(words: str, text: str) -> float:
    return LIKELY_ENOUGH if stems(words) & stems(text) else LIKELY_IN_OTHER_WORDS


def remind(prompt: Prompt, found: Sequence[Remembered], now: datetime) -> None:
    """Tell `prompt` what comes to mind, and whether any of it is certain."""
    prompt.remember([told(one, now) for one in found], unsure=all(one.score < CERTAIN_ENOUGH for one in found))


def told(one: Remembered, now: datetime) -> str:
    """What was said, by whom and when, as a line for the language model, to whom "you" is she."""
    at = one.at.astimezone(now.tzinfo)
    day = f"{at.day} {at:%B}" if at.year == now.year else f"{at.day} {at:%B %Y}"
    who = {"user": "I", "companion": "you", "other": one.speaker}[one.who]
    if one.asked:
        asked = {"user": "you asked me", "companion": "I asked you", "other": f"{one.speaker} was asked"}[one.who]
        return f"On {day} {asked}: “{one.asked}” and {who} said: “{one.text}”"
    return f"On {day} {who} said: “{one.text}”"
