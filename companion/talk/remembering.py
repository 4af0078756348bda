"""Her memory in the user's hands, by voice and typed: a turn that asks something of it is answered from it.

No language model has a part in it. What destroys is asked about first, and what was done can be taken back while it
is fresh.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import TypeVar

from companion.core.errors import CompanionError
from companion.core.transcript import History, Turn
from companion.talk import memory_answers as answers
from companion.talk.memory_deeds import (
    Deed,
    ForgettingAbout,
    ForgettingEverything,
    ForgettingTurns,
    Past,
    RememberingFact,
    holds_topic,
    would_forget,
)
from companion.talk.memory_questions import what_is_known, what_was_talked_about
from companion.talk.memory_words import (
    Ask,
    ForgetAbout,
    ForgetEverything,
    ForgetFact,
    ForgetThat,
    KeepAgain,
    KeepNothing,
    No,
    Remember,
    Undo,
    WhatDidWeTalkAbout,
    WhatDoYouKnow,
    Yes,
    answer_to,
    asked_of_memory,
)
from companion.talk.parts import Answer
from companion.talk.prompt import Prompt
from companion.talk.workers import Worker, running

T = TypeVar("T")

FRESH_TURNS = 3
"""For so many turns after it, what was done can be taken back."""


class _NothingKeptError(CompanionError):
    """There is no past to ask."""


@dataclass(slots=True)
class _Done:
    """What was done last."""

    deed: Deed
    turns: Collection[Turn]
    """That left the history with it."""
    turns_ago: int = 0


@dataclass(frozen=True, slots=True)
class _Intended:
    """What she asked whether to do."""

    deed: Deed
    concerns: Callable[[Turn], bool]
    """Whether a turn is to leave the history with it."""
    then: Sequence[str] = answers.GONE
    """What she says after it: one of these."""


class Remembering:
    """`AskedOfMemory`. Lives on the event loop; what blocks runs on its worker."""

    def __init__(
        self,
        past: Callable[[], Past | None],
        worker: Worker,
        history: History,
        prompt: Prompt,
        names: Sequence[str],
        keep: Callable[[bool], None],
        forgot: Callable[[tuple[str, ...], bool], None] = lambda texts, everything: None,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        dice: Random | None = None,
    ) -> None:
        """`past` is called on the worker; it gives None where nothing is kept. `names` are hers, the first her own.

        `keep` is told whether to keep what is said from now on, `forgot` what was said in turns that went, and whether
        that is everything.
        """
        self._past = past
        self._worker = worker
        self._history = history
        self._prompt = prompt
        self._names = names
        self._keep = keep
        self._forgot = forgot
        self._now = now
        self._dice = dice or Random()
        self._began = now()
        self._private = False
        self._intended: _Intended | None = None
        self._done: _Done | None = None
        self._undoing: set[asyncio.Task[None]] = set()

    def become(self, names: Sequence[str]) -> None:
        """She has other names now, and what was asked of her before is void."""
        self._names = names
        self._intended = self._done = None

    def between_us(self, private: bool) -> None:
        """Whether what is said stays between the two of them, as was asked in a conversation that is taken up."""
        self._private = private

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        self._undoing = running(self._undoing)
        return self._undoing

    def concerns(self, text: str) -> bool:
        return self._is_answer(text) or asked_of_memory(text, self._names) is not None

    def take(self, text: str) -> Answer | None:
        is_answer, intended, self._intended = self._is_answer(text), self._intended, None
        if is_answer:
            match answer_to(text, self._names):
                case Yes() if intended:
                    return lambda: self._safely(self._carry_out(intended))
                case No():
                    return self._saying(answers.KEPT)
                case _:
                    return lambda: self._safely(self._undo())
        if self._done:
            self._done.turns_ago += 1
        asked = asked_of_memory(text, self._names)
        return (lambda: self._safely(self._respond(asked))) if asked else None

    def take_back(self) -> None:
        self._intended = None
        done = self._done
        if done and not done.turns_ago:
            self._done = None
            self._history.put_back(done.turns)
            self._undoing.add(asyncio.create_task(self._undo_unheard(done.deed), name="undo"))

    # --- what she says

    async def _respond(self, asked: Ask) -> str | None:
        match asked:
            case Remember(text):
                return await self._remember(text or self._said_before())
            case ForgetThat():
                return await self._forget_last()
            case ForgetAbout(topic):
                return await self._ask_whether(topic)
            case ForgetFact(clause):
                return await self._ask_whether_that(clause)
            case ForgetEverything():
                self._intended = _Intended(ForgettingEverything(), lambda _: True, answers.BEGUN_ANEW)
                return answers.ALL_OF_IT
            case WhatDoYouKnow(topic, surely):
                told = await self._of_past(what_is_known, topic, self._now(), self._names[0], self._dice)
                return told or (self._nothing_known(topic) if surely else None)
            case WhatDidWeTalkAbout(when):
                return await self._of_past(what_was_talked_about, when, self._now(), self._began)
            case KeepNothing():
                self._keep_from_now_on(False)
                return answers.BETWEEN_US
            case KeepAgain():
                self._keep_from_now_on(True)
                return answers.REMEMBERS_AGAIN

    async def _remember(self, text: str) -> str:
        if not text:
            return answers.NOTHING_TO_REMEMBER
        if self._private:
            return answers.KEEPS_NOTHING
        deed = RememberingFact(text, self._now())
        await self._do(deed)
        return self._any(answers.KNEW_ALREADY if deed.known_before else answers.WILL_REMEMBER)

    async def _forget_last(self) -> str:
        turns = self._last_exchange()
        if not turns:
            return answers.NOTHING_TO_FORGET
        done = self._done
        kept = done.deed if done and done.turns_ago == 1 and isinstance(done.deed, RememberingFact) else None
        await self._forget(ForgettingTurns([turn.text for turn in turns], kept), turns)
        return self._any(answers.GONE)

    async def _ask_whether(self, topic: str) -> str:
        if not topic:
            return answers.WHOM
        found = await self._of_past(would_forget, topic)
        concerned = [turn for turn in self._history.turns[:-1] if holds_topic(turn.text, topic)]
        if not found and not concerned:
            return answers.nothing_about(topic)
        self._intended = _Intended(ForgettingAbout(topic), lambda turn: holds_topic(turn.text, topic))
        return answers.asks_whether(topic, found)

    async def _ask_whether_that(self, clause: str) -> str:
        found = await self._of_past(would_forget, clause)
        if not found:
            return answers.NOT_KNOWN
        said = {entry.text for entry in found.entries}
        self._intended = _Intended(ForgettingAbout(clause), lambda turn: turn.text in said)
        return answers.asks_whether_that(clause, found, self._now().date(), self._names[0])

    def _nothing_known(self, topic: str) -> str:
        name = "" if topic else self._prompt.user_name
        return self._any(answers.ONLY_THE_NAME if name else answers.NOTHING_SURE).format(name=name)

    def _keep_from_now_on(self, wanted: bool) -> None:
        self._private = not wanted
        self._keep(wanted)

    async def _carry_out(self, intended: _Intended) -> str:
        await self._forget(intended.deed, list(filter(intended.concerns, self._history.turns)))
        return self._any(intended.then)

    async def _undo(self) -> str:
        assert self._done
        done, self._done = self._done, None
        await self._of_past(done.deed.undo)
        self._history.put_back(done.turns)
        return self._any(answers.BACK)

    # --- how it is done

    async def _forget(self, deed: Deed, turns: Collection[Turn]) -> None:
        """Do `deed`, and know nothing more of `turns`."""
        self._history.take_out(turns)
        self._prompt.summarize("")
        self._prompt.remember(())
        await self._do(deed, turns)
        if not deed.can_be_undone:
            self._done = None
        said = {*(turn.text for turn in turns), *(entry.text for entry in deed.forgotten)}
        self._forgot(tuple(said), not deed.can_be_undone)

    async def _do(self, deed: Deed, turns: Collection[Turn] = ()) -> None:
        self._done = _Done(deed, turns)  # even if nobody waits for its end, it can be taken back
        try:
            await self._of_past(deed.do)
        except _NothingKeptError:
            if not turns:
                raise
        except CompanionError:
            self._done = None
            self._history.put_back(turns)
            raise

    async def _of_past(self, call: Callable[..., T], *args: object) -> T:
        """What `call` makes of the past, on the worker."""

        def ask() -> T:
            past = self._past()
            if past is None:
                raise _NothingKeptError(answers.KEEPS_NOTHING)
            return call(past, *args)

        return await self._worker.run(ask)

    async def _safely(self, words: Awaitable[str | None]) -> str | None:
        try:
            return await words
        except _NothingKeptError:
            return answers.KEEPS_NOTHING
        except CompanionError as error:
            return f"{answers.OUT_OF_REACH} {error.message}"

    async def _undo_unheard(self, deed: Deed) -> None:
        await self._safely(self._of_past(deed.undo))

    def _is_answer(self, text: str) -> bool:
        """Whether `text` answers what she asked, or takes back what is fresh."""
        answer = answer_to(text, self._names)
        fresh = self._done is not None and self._done.turns_ago < FRESH_TURNS
        return (self._intended is not None and isinstance(answer, Yes | No)) or (fresh and answer == Undo())

    def _said_before(self) -> str:
        """What the user told last, before the present turn."""
        said = (turn.text for turn in reversed(self._history.turns[:-1]) if turn.who == "user")
        return next((text for text in said if asked_of_memory(text, self._names) is None), "")

    def _last_exchange(self) -> list[Turn]:
        """What the user said last, before the present turn and not to have something forgotten, and her answer."""
        turns = self._history.turns[:-1]
        for first in range(len(turns) - 1, -1, -1):
            forgets = isinstance(asked_of_memory(turns[first].text, self._names), ForgetThat)
            if turns[first].who == "user" and not forgets:
                replies = turns[first + 1 : first + 2]
                return [turns[first], *(reply for reply in replies if reply.who == "companion")]
        return []

    def _saying(self, lines: Sequence[str]) -> Answer:
        async def say() -> str:
            return self._any(lines)

        return say

    def _any(self, lines: Sequence[str]) -> str:
        return self._dice.choice(lines)
