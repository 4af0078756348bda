"""One persona with her memory, and the conversation that somebody elsewhere has with her.

A client sends all that was said with each line (OpenAI's way), so whether a conversation goes on is told by the turns:
then the model has read them already, and "yes" answers what she asked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from companion.app import Note, open_diary, prompt_tokens
from companion.core.engines import Embedder, LanguageModel, Message, ReplyLimits
from companion.core.errors import CompanionError, EngineError
from companion.core.events import (
    ClauseStarted,
    Event,
    Latency,
    ReplyFinished,
    ReplyInterrupted,
    State,
    StateChanged,
    UserSpoke,
)
from companion.core.persona import load_persona
from companion.core.settings import Settings
from companion.core.tokens import estimated_tokens
from companion.core.transcript import History, Turn
from companion.her_voice import limits_of
from companion.remembrance import Remembrance
from companion.serve.her import Asked, Usage
from companion.talk.memory_words import KeepAgain, KeepNothing, asked_of_memory
from companion.talk.parts import Answer, Thinking
from companion.talk.prompt import Prompt
from companion.talk.prompt_parts import message_tokens
from companion.talk.reading_ahead import ReadingAhead
from companion.talk.reply import Reply
from companion.talk.workers import Worker


class Presence:
    """She who is talked with now. Make and use it on the event loop, and `close` it."""

    def __init__(
        self,
        settings: Settings,
        mind: LanguageModel,
        embedder: Embedder | None,
        worker: Worker,
        note: Note,
        keeps: bool,
    ) -> None:
        """See Served. Raises SettingsError if her file cannot be read."""
        self.key = settings.persona
        self._persona = load_persona(settings.persona).called(settings.her_name)
        self._mind = mind
        self._limits = limits_of(settings, self._persona)
        self._history = History()
        self._prompt = Prompt(self._persona, settings.user_name, datetime.now(), prompt_tokens(mind, self._limits))
        self._remembrance = Remembrance(
            settings,
            self._persona,
            open_diary if keeps else None,
            embedder,
            worker,
            lambda error: note(str(error)),
            brings_up=False,
            keeping_chosen=lambda keep: None,
        )
        self._memory = self._remembrance.asked(self._history, self._prompt, self._persona, self._stay_forgotten)
        recollection = self._remembrance.recollection(self._prompt)
        names = (self._persona.name, settings.user_name)
        self._thinking = Thinking(mind, self._prompt, self._limits, "", names, self._memory, recollection)
        self._reading = ReadingAhead(self._thinking, self._history)
        self._remembrance.think_over(lambda: mind)
        self._take = self._remembrance.beside(lambda event: None)
        self._began_s = time.monotonic()
        self._program_says = ""
        self._before = ""
        self._sent: frozenset[str] = frozenset()
        self._forgotten: set[str] = set()

    async def arrive(self) -> None:
        """Have the model read who she is, so that the first answer comes as soon as the tenth."""
        await self._mind.warm_up(self._prompt.prefix)

    def fit(self) -> None:
        """As much of the conversation is read as the language model takes now."""
        self._prompt.fit(prompt_tokens(self._mind, self._limits))

    async def take_up(self, asked: Asked) -> Line:
        """Go on with the conversation that `asked` belongs to, or begin it, and let her think of an answer."""
        turns = [turn for turn in asked.turns[:-1] if turn.text not in self._forgotten]
        last = asked.turns[-1]
        self._sent = frozenset(turn.text for turn in asked.turns)
        is_again = self._is_again([*turns, last])
        if is_again:
            self._history.take_out(self._history.turns[len(turns) :])
        elif _words(turns) != _words(self._history.turns) or not turns:
            await self._begin(turns, asked.program_says)
        if asked.program_says != self._program_says:
            self._tell_of_program(asked.program_says)
        self._remembrance.between_us(self._is_private(turns) or not asked.keep)
        return self._answer(last.text, asked.max_tokens, is_again)

    def finish(self, reply: Reply, whole: bool) -> None:
        """She has answered; not `whole`: nobody listened to the end."""
        now_s, text = self._now_s(), reply.text
        if text:
            interrupted = not whole or reply.fault is not None
            self._history.add(Turn("companion", text, interrupted=interrupted, at_s=now_s))
            self._take(ReplyFinished(now_s, text) if whole else ReplyInterrupted(now_s, text, ""))
        self._forgotten -= {turn.text for turn in self._history.turns}
        self._reading.catch_up()
        self._change_state("listening")

    async def close(self) -> None:
        """Write what is left, and let go of what is open."""
        if reading := self._reading.task:
            reading.cancel()
            await asyncio.wait({reading})
        await self._remembrance.close()

    def _is_again(self, turns: Sequence[Turn]) -> bool:
        """Whether the last of `turns` was said before and is sent once more, for another answer."""
        known, said = _words(self._history.turns), _words(turns)
        return len(said) <= len(known) <= len(said) + 1 and known[: len(said)] == said

    async def _begin(self, turns: Sequence[Turn], program_says: str) -> None:
        self._remembrance.look_back()
        self._before = (await self._remembrance.looked_back()).before
        self._tell_of_program(program_says)
        self._memory.become(self._persona.names)
        self._history.clear()
        for turn in turns:
            self._history.add(turn)

    def _tell_of_program(self, says: str) -> None:
        self._program_says = says
        self._prompt.begin_anew(datetime.now(), says)
        self._prompt.summarize(self._before)

    def _is_private(self, turns: Sequence[Turn]) -> bool:
        """Whether it was asked in this conversation that it stays between the two of them."""
        asks = [asked_of_memory(turn.text, self._persona.names) for turn in turns if turn.who == "user"]
        wishes = [isinstance(ask, KeepNothing) for ask in asks if isinstance(ask, KeepNothing | KeepAgain)]
        return bool(wishes) and wishes[-1]

    def _stay_forgotten(self, texts: tuple[str, ...], everything: bool) -> None:
        """What she was asked to forget, she does not learn again from a client that sends it once more."""
        self._forgotten |= self._sent.intersection(texts)

    def _answer(self, text: str, max_tokens: int | None, is_again: bool) -> Line:
        self._change_state("thinking")
        now_s = self._now_s()
        if not is_again:
            self._take(UserSpoke(now_s, text, typed=True))
        self._history.add(Turn("user", text, at_s=now_s))
        self._thinking.begin_turn()
        own = self._memory.take(text)
        line = Line(self._thinking, _no_longer_than(self._limits, max_tokens), self._now_s)
        line.start(self._history.turns, own)
        return line

    def _change_state(self, state: State) -> None:
        self._take(StateChanged(self._now_s(), state))

    def _now_s(self) -> float:
        return time.monotonic() - self._began_s


class Line:
    """One line of the user's, and her reply to it while it is written."""

    def __init__(self, thinking: Thinking, limits: ReplyLimits, now_s: Callable[[], float]) -> None:
        self._thinking = thinking
        self._limits = limits
        self._said: asyncio.Queue[str | None] = asyncio.Queue()
        self._measured_before = thinking.mind.last_timings
        self._messages: Sequence[Message] = ()
        self._following: asyncio.Task[None] | None = None
        self._broken: BaseException | None = None
        stamps = Latency(now_s(), now_s(), now_s())
        self.reply = Reply(thinking.mind, limits, None, stamps, now_s, self._take, thinking.names)

    def start(self, turns: Sequence[Turn], own: Answer | None) -> None:
        """Begin to think of an answer to the last of `turns`, unless she has one of her `own`."""

        async def messages() -> Sequence[Message]:
            self._messages = await self._thinking.messages(turns)
            return self._messages

        self.reply.start(messages, own)
        self._following = asyncio.create_task(self._follow(), name="follow a reply")

    async def clauses(self) -> AsyncGenerator[str, None]:
        """Each as soon as it is certain."""
        while (clause := await self._said.get()) is not None:
            yield clause

    async def stop(self) -> None:
        """Think no more; the model is free when it returns. After the end it does nothing."""
        self.reply.stop()
        if self._following:
            await asyncio.wait({self._following})

    @property
    def fault(self) -> CompanionError | None:
        if not self._broken:
            return self.reply.fault
        fault = EngineError(f"Her answer failed ({type(self._broken).__name__}).", "Say it again.")
        fault.__cause__ = self._broken
        return fault

    @property
    def at_limit(self) -> bool:
        measured = self._thinking.mind.last_timings
        is_hers = measured is not self._measured_before
        return is_hers and (measured.written_tokens or 0) >= self._limits.max_tokens

    def usage(self) -> Usage:
        """As the model's server counted, or by estimate where it did not come to its end."""
        measured = self._thinking.mind.last_timings
        if measured is not self._measured_before and measured.written_tokens is not None:
            return Usage((measured.cached_tokens or 0) + (measured.read_tokens or 0), measured.written_tokens)
        return Usage(sum(map(message_tokens, self._messages)), estimated_tokens(self.reply.text))

    def _take(self, event: Event) -> None:
        if isinstance(event, ClauseStarted):
            self._said.put_nowait(event.text)

    async def _follow(self) -> None:
        try:
            while tasks := self.reply.tasks:
                done, _ = await asyncio.wait(tasks)
                broken = [error for task in done if not task.cancelled() and (error := task.exception())]
                self._broken = next(iter(broken), self._broken)
        finally:
            self._said.put_nowait(None)


def _words(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    return [(turn.who, " ".join(turn.text.split())) for turn in turns]


def _no_longer_than(limits: ReplyLimits, max_tokens: int | None) -> ReplyLimits:
    return limits if max_tokens is None else replace(limits, max_tokens=min(limits.max_tokens, max_tokens))
