"""A language model that can hold an interview: whenever one is asked for, it is she who asks and listens.

All else goes to the model behind it. Ears, mouth and turn-taking notice nothing: a question is a reply like any other.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, NamedTuple

from companion.core.engines import AsWritten, EngineInfo, LanguageModel, Message, PromptTimings, ReplyLimits
from companion.core.errors import CompanionError
from companion.core.events import Event, ReplyFinished, ReplyInterrupted
from companion.core.persona import Persona
from companion.talk.interview.course import CUT_OFF, FROM_THE_START, Answers, Course, Line, Stage, followed
from companion.talk.interview.draft import Draft, candidates, changed, drafted, taken_names
from companion.talk.interview.names import Name
from companion.talk.interview.portrait import accepted, offer, offer_again, persona_of
from companion.talk.interview.questions import TOPICS, WHAT_ELSE
from companion.talk.interview.refinement import LIMITS, refined, request, schema

log = logging.getLogger(__name__)

MOMENT = "Give me a moment, I'm finding out who that would be."
MEANWHILE = ("Names are hard.", "I had one, and took it back.", "Nearly there.")
LONGEST_S = 40.0
"""She goes by the answers alone if the model takes longer."""
PATIENCE_S = 9.0
"""She says something meanwhile each time that so much has passed."""
SHALL_I = "Shall I be her?"


class Thought(NamedTuple):
    """What the model made of the answers: JSON, or nothing; and the names that it could choose from."""

    text: str
    names: list[Name]


Adopt = Callable[[Persona], None]


class Interviewer:
    """LanguageModel that asks the questions itself, and has `mind` think of the rest."""

    def __init__(
        self,
        mind: LanguageModel,
        user_name: str = "",
        spoken_for: Sequence[str] = (),
        prefix: Callable[[], int] = lambda: 1,
        begun: bool = False,
    ) -> None:
        """`spoken_for`: names of personas that there are. `prefix` tells how many messages stand before what was said.
        `begun`: the conversation begins with the interview, and her first words are those of FROM_THE_START.
        """
        self._mind = mind
        self._user_name = user_name
        self._spoken_for = tuple(spoken_for)
        self._begun = begun
        self._prefix = prefix
        self._answers = Answers()
        """Those that it thinks of."""
        self._thinking: asyncio.Task[Thought] | None = None
        self._chosen: dict[str, Persona] = {}
        self.adopt: Adopt = lambda persona: None
        """Called on the event loop with the persona that was chosen, once she has said so."""

    def info(self) -> EngineInfo:
        return self._mind.info()

    @property
    def context_tokens(self) -> int:
        return self._mind.context_tokens

    @property
    def last_timings(self) -> PromptTimings:
        return self._mind.last_timings

    async def open(self) -> None:
        await self._mind.open()

    async def warm_up(self, messages: Sequence[Message]) -> None:
        await self._mind.warm_up(messages)

    async def anticipate(self, messages: Sequence[Message], whole: bool = False) -> None:
        if not self._course(messages[:-1]).runs:
            await self._mind.anticipate(messages, whole)

    async def finality(self, messages: Sequence[Message]) -> float | None:
        return None if self._course(messages[:-1]).runs else await self._mind.finality(messages)

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        return await self._mind.fill(messages, schema, limits)

    async def close(self) -> None:
        await self.stop()
        await self._mind.close()

    async def stop(self) -> None:
        """End what it has begun; the model behind it stays open."""
        if self._thinking:
            self._thinking.cancel()
            await asyncio.wait({self._thinking})

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        """The next line of the interview, if there is one; else the model's own."""
        course = self._course(messages)
        if course.stage is Stage.NONE:
            async with aclosing(self._mind.reply(messages, limits)) as pieces:
                async for piece in pieces:
                    yield piece
        elif course.stage in (Stage.OFFERED, Stage.CHOSEN) and course.words != WHAT_ELSE:
            async with aclosing(self._judgement(course)) as pieces:
                async for piece in pieces:
                    yield piece
        else:
            if course.stage is Stage.ASKING and course.number == len(TOPICS) - 1:
                self._think_of(course.answers)
            elif course.stage is Stage.LEFT:
                self._forget_thought()
            yield AsWritten(course.words)

    def beside(self, emit: Callable[[Event], None]) -> Callable[[Event], None]:
        """`emit`, and once she has said that she is whom they chose, it is done."""

        def take(event: Event) -> None:
            emit(event)
            self._take(event)

        return take

    def _take(self, event: Event) -> None:
        """A reply may be thought in vain: what it says is done once it was said."""
        match event:
            case ReplyFinished(_, text):
                said = text
            case ReplyInterrupted(_, heard, unheard) if heard:
                said = f"{heard} {unheard}".strip()
            case _:
                return
        if persona := self._chosen.pop(said, None):
            self._chosen.clear()
            self._spoken_for = (*self._spoken_for, persona.name)
            asyncio.get_running_loop().call_soon(self.adopt, persona)  # who tells of it is not done yet

    def _course(self, messages: Sequence[Message]) -> Course:
        """Where the interview stands after all that was said."""
        said = messages[self._prefix() :]
        opened = next((message.text for message in said[:2] if message.role == "assistant"), "")
        begun = self._begun and bool(opened) and FROM_THE_START.words.startswith(opened.removesuffix(CUT_OFF))
        if begun and said[0].role == "user":
            said = said[1:]  # it stands there for the chat template alone
        lines, before = [], ""
        for message in said:
            if message.role == "user":
                lines.append(Line(before, message.text.rpartition("\n\n")[2]))
            before = message.text
        return followed(lines, FROM_THE_START if begun else None)

    async def _judgement(self, course: Course) -> AsyncGenerator[str, None]:
        """Who she would be, or what she says once they want her."""
        if course.words:
            yield AsWritten(f"{course.words} ")
        thinking = self._think_of(course.answers)
        if not thinking.done():
            yield AsWritten(f"{MOMENT} ")
        for line in MEANWHILE:
            await asyncio.wait({thinking}, timeout=PATIENCE_S)
            if thinking.done():
                break
            yield AsWritten(f"{line} ")
        drafts = self._drafts(course, await asyncio.shield(thinking))
        if course.stage is Stage.CHOSEN:
            said = accepted(drafts[-1])
            self._chosen[said] = persona_of(drafts[-1], course.answers)
            yield AsWritten(said)
        elif course.words and course.changes:
            yield AsWritten(f"{offer_again(*drafts[-2:])} {SHALL_I}")
        else:
            yield AsWritten(f"{offer(drafts[-1], course.answers)} {SHALL_I}")

    def _drafts(self, course: Course, thought: Thought) -> list[Draft]:
        """Who she would be at first, and after each of their changes."""
        answers = course.answers
        draft = drafted(answers, self._user_name, self._spoken_for)
        taken = taken_names(answers, self._user_name)
        drafts = [refined(draft, thought.text, answers, [name for name in thought.names if name.name not in taken])]
        for wish in course.changes:
            drafts.append(changed(drafts[-1], wish, answers, self._user_name, self._spoken_for))
        return drafts

    def _think_of(self, answers: Answers) -> asyncio.Task[Thought]:
        """What the model makes of `answers`, begun once however often it is asked for.

        What she should never do is told in their words alone: so it can begin while that is asked.
        """
        answers = replace(answers, never="")
        if self._thinking is None or self._answers != answers:
            self._forget_thought()
            self._answers = answers
            self._thinking = asyncio.create_task(self._think(answers), name="interview: think")
        return self._thinking

    def _forget_thought(self) -> None:
        if self._thinking:
            self._thinking.cancel()
        self._thinking = None

    async def _think(self, answers: Answers) -> Thought:
        draft = drafted(answers, self._user_name, self._spoken_for)
        names = candidates(draft.dials, answers, (*taken_names(answers, self._user_name), *self._spoken_for))
        try:
            async with asyncio.timeout(LONGEST_S):
                text = await self._mind.fill(request(answers, draft, names), schema(names), LIMITS)
        except (CompanionError, TimeoutError) as error:
            log.info("interview: the model made nothing of the answers (%s)", type(error).__name__)
            return Thought("", names)
        log.debug("interview: the model made %s", text)
        return Thought(text, names)
