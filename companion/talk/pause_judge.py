"""What is learned at a pause of the user: what was said, whether it is all of it, and how it sounded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress

from companion.talk.ear import Ear
from companion.talk.exchange import Exchange
from companion.talk.floor import Decision
from companion.talk.turn_taking import ONSET_S
from companion.talk.workers import running

WORTH_WEIGHING_S = 0.1
"""Where less is left to wait, the answer is not ready before that is over: to weigh the words would only delay it."""

WORDS_FIRST_S = 0.4
"""So long the sound's verdict is put off until the words are known: asked for at once, they delay each other."""

WEIGHED_FIRST_S = 0.1
"""So long it is put off for the verdict on the words."""

WORTH_GUESSING_S = 1.2
"""Where more is left to wait, the user hardly has finished: a reply begun now is in vain, and keeps the mind busy."""


class PauseJudge:
    """Asks the engines, and tells the ear. Pauses have numbers; what is learned of one that is over is void."""

    def __init__(
        self,
        ear: Ear,
        exchange: Exchange,
        act_on: Callable[[Iterable[Decision]], None],
        tell_state: Callable[[], None],
    ) -> None:
        self._ear = ear
        self._exchange = exchange
        self._act_on = act_on
        self._tell_state = tell_state
        self._tasks: set[asyncio.Task[None]] = set()
        self._understood = asyncio.Event()
        """Set when the words of the last pause are known, or nobody looks for them any more."""
        self._weighing = asyncio.Lock()
        """Held while the mind is asked whether the words are all."""

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        """What still runs."""
        return running(self._tasks)

    def ask_for_words(self, number: int) -> None:
        """Learn what was said up to pause `number`, and begin an answer that waits for the floor."""
        self._understood = asyncio.Event()
        self._start(self._understand(number, self._understood), "understand")

    def ask_for_sound(self, number: int) -> None:
        """Learn whether the turn sounds finished at pause `number`, if that can change anything."""
        if self._ear.asks_for_sound(number):
            self._start(self._listen(number), "detect turn end")

    def _start(self, judgement: Coroutine[None, None, None], name: str) -> None:
        self._tasks = running(self._tasks) | {asyncio.create_task(judgement, name=name)}

    async def _understand(self, number: int, done: asyncio.Event) -> None:
        try:
            await self._settle(number)
            if not self._ear.is_paused(number):
                return
            understood = await self._exchange.understand(self._ear.turn(), self._ear.spoken_s)
            self._act_on(self._ear.understand(understood.words, understood.text, number, understood.language))
        finally:
            done.set()
        if self._may_guess(number) and self._ear.waits_s > max(WORTH_WEIGHING_S, self._exchange.reading.weighs_in_s):
            # Asked for at the same time, the answer came first in every seventh turn, and the verdict too late for use.
            await self._weigh(understood.text, number)
        self._guess(understood.text, number)
        self._tell_state()

    async def _settle(self, number: int) -> None:
        """Let pause `number` show that it is more than a gap between two words, where it matters."""
        settles_s = self._exchange.recognition.settles_s
        if not settles_s or self._ear.must_prove:
            return
        await asyncio.sleep(settles_s)
        if self._ear.hears_speech:  # a click, or the user going on: it takes two frames of speech to tell
            await asyncio.sleep(ONSET_S)

    async def _weigh(self, text: str, number: int) -> None:
        async with self._weighing:
            finality = await self._exchange.finality(text)
        if finality is not None:
            self._act_on(self._ear.weigh(finality, number))

    def _guess(self, text: str, number: int) -> None:
        if self._may_guess(number) and self._ear.waits_s < WORTH_GUESSING_S:
            self._exchange.guess(text)

    def _may_guess(self, number: int) -> bool:
        return self._ear.user_has_floor and self._ear.is_paused(number) and not self._ear.must_prove

    async def _listen(self, number: int) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(WORDS_FIRST_S):
                await self._understood.wait()
        with suppress(TimeoutError):
            async with asyncio.timeout(WEIGHED_FIRST_S), self._weighing:
                pass
        if not self._ear.asks_for_sound(number):
            return
        completeness = await self._exchange.recognition.completeness(self._ear.turn())
        if completeness is not None:
            self._act_on(self._ear.judge(completeness, number))
            self._tell_state()
