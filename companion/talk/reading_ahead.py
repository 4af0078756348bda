"""What the language model reads while others speak, so that little is left to read when it is asked."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from companion.core.engines import Message
from companion.core.transcript import History, Turn
from companion.talk.parts import Compose, Thinking
from companion.talk.reading import COULD_GO_ON, Reading, read
from companion.talk.recognition import agreed, bare_words

COULD_END = (Reading.WHOLE, Reading.QUESTION, Reading.PLAIN)
"""What the words of a turn that goes on may be, so that they may be all of it."""

READS_SOON_S = 0.08
"""A mind that is asked for finality in less has time to spare while the user speaks. On two cores SmolLM2-135M takes
0.02 to 0.06 s, and Qwen2.5-1.5B 0.07 to 0.3, which keeps the transcriber waiting."""

WEIGHINGS = 3
"""So many of the last are remembered. How long one takes depends on how much is left to read: the shortest counts."""


class ReadingAhead:
    """One reading at a time: of what comes meanwhile, the last is read next."""

    def __init__(self, thinking: Thinking, history: History) -> None:
        self._thinking = thinking
        self._mind = thinking.mind
        self._prompt = thinking.prompt
        self._history = history
        self._certain = ""
        self._may_be_all = False
        self._finality: float | None = None
        self._later: Callable[[], None] | None = None
        """What was understood while something was being read."""
        self._took_s: deque[float] = deque(maxlen=WEIGHINGS)
        self.task: asyncio.Task[None] | None = None

    def catch_up(self) -> None:
        """Read the conversation so far, up to where the user's next turn begins."""

        self._later = None
        self._certain, self._finality = "", None  # the same words may be no end behind others
        self._prompt.make_room(self._history.turns)

        async def so_far() -> list[Message]:
            return self._prompt.so_far(self._history.turns)

        self._read(so_far)

    def begin_anew(self) -> None:
        """Read what stands before every conversation. What is being read belongs to one that is over."""
        self._later = None
        begun = self.task
        if begun:
            begun.cancel()

        async def read_prefix() -> None:
            if begun:
                await asyncio.wait({begun})
            await self._mind.anticipate(self._prompt.so_far(()))

        self.task = asyncio.create_task(read_prefix(), name="read ahead")

    def follow(self, words: str, language: str = "en", asked: str = "") -> None:
        """Read `words`, understood so far of a turn in `language` that goes on; `asked`: see `Turn.language`."""
        whole = read(words, language) in COULD_END
        # The last word may be cut in two. If others turn out wrong, they are read again: nothing is lost.
        certain = self.as_read(words if whole else " ".join(words.split()[:-1]))
        if certain and self._busy:
            self._later = partial(self.follow, words, language, asked)
        elif certain:
            self._certain, self._may_be_all, self._finality = certain, whole, None
            turns = (*self._history.turns, Turn("user", certain, language=asked))
            self._read(partial(self._thinking.messages, turns), whole, read(certain, language) in COULD_GO_ON)

    def finish(self) -> None:
        """Begin to read no more than is being read: a question is about to come."""
        self._later = None

    def as_read(self, question: str) -> str:
        """`question`, with case and marks as they were read where its words begin with the same.

        A transcriber writes a comma now, and none when it hears more; the model need not read all behind it again.
        """
        before, now = self._certain.split(), question.split()
        if self._may_be_all and bare_words(self._certain) == bare_words(question):
            return self._certain
        # The mark behind a last word is of an end that was none, or that is one only now.
        same = len(agreed(before, now[:-1]))
        return " ".join([*before[:same], *now[same:]])

    async def finality(self, turns: Sequence[Turn], language: str) -> float | None:
        """See Evidence.finality, of the last of `turns`, which is said in `language`; None where words tell enough."""
        said = turns[-1].text
        if read(said, language) not in COULD_GO_ON:
            return None
        if self._finality is not None and bare_words(self._certain) == bare_words(said):
            return self._finality
        messages = await self._thinking.messages(turns)
        return await self._weigh(messages) if messages[-1].text.endswith(said) else None

    @property
    def weighs_in_s(self) -> float:
        """How long the mind takes at least to tell finality, by the last few times; 0 if it was never asked."""
        return min(self._took_s, default=0.0)

    async def _weigh(self, messages: Sequence[Message]) -> float | None:
        began_s = time.monotonic()
        finality = await self._mind.finality(messages)
        self._took_s.append(time.monotonic() - began_s)
        return finality

    @property
    def _busy(self) -> bool:
        return self.task is not None and not self.task.done()

    def _read(self, messages: Compose, whole: bool = False, may_go_on: bool = False) -> None:
        async def read_them() -> None:
            so_far = await messages()
            if whole and may_go_on:  # asked for now, it need not be when these were the last words
                self._finality = await self._weigh(so_far)
            # To be asked for it, the words were read: all but what closes them, which must be read again behind more.
            if self._finality is None or self._took_s[-1] < READS_SOON_S:
                await self._mind.anticipate(so_far, whole)

        if not self._busy:
            self.task = asyncio.create_task(read_them(), name="read ahead")
            self.task.add_done_callback(self._go_on)

    def _go_on(self, ended: asyncio.Task[None]) -> None:
        later, self._later = self._later, None
        if later and not ended.cancelled():
            later()
