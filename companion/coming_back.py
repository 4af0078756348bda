"""Coming back: how long it has been, what was left open, and what was talked about; known before the first word."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from companion.core.diary import Diary, Entry
from companion.core.errors import CompanionError
from companion.core.facts import Facts, Kind
from companion.core.persona import Persona
from companion.talk.first_person import from_you
from companion.talk.open_ends import brought_up, is_over, worth_bringing_up
from companion.talk.spoken_days import named_day

_log = logging.getLogger(__name__)

LIMIT_S = 1.0
"""How long a slow keyring or disk may keep her first words; then she greets as somebody she knows."""
PAGE = 200
FACTS: tuple[Kind, ...] = ("fact",)
SURE = 0.7
MOST_KNOWN = 8
"""More would keep her first answer: it is all read before it."""
EPISODES: tuple[Kind, ...] = ("episode",)
LAST_TURNS = 8
"""Of the last conversation, where it has not been summed up."""
LAST_EPISODES = 2
ONE_TALK = timedelta(minutes=30)
"""A longer silence ends a conversation."""


@dataclass(frozen=True, slots=True)
class Return:
    """What is known at the start of a conversation."""

    met: bool = True
    """Whether they have talked before."""
    away: timedelta | None = None
    """Since the last word between them."""
    open_end: str = ""
    """What she brings up of what was left open."""
    before: str = ""
    """What she was told about the user, and what they talked about last, for her prompt (see `Prompt.summarize`)."""


UNKNOWN = Return()


class ComingBack:
    """Looks back on a thread of its own, begun at once. Make and use it on the event loop."""

    def __init__(self, open_past: Callable[[], tuple[Diary, Facts]], her_name: str, brings_up: bool = True) -> None:
        """`open_past` opens what is kept, and is called on the thread; `brings_up`: she begins with an open end."""
        self._began = asyncio.get_running_loop().time()
        self._found: asyncio.Future[Return] = asyncio.get_running_loop().create_future()
        arguments = (open_past, her_name, brings_up, asyncio.get_running_loop())
        threading.Thread(target=self._look, args=arguments, name="look back", daemon=True).start()

    async def result(self) -> Return:
        """What was found; `UNKNOWN` if that takes more than `LIMIT_S` from the start, or cannot be read."""
        left_s = LIMIT_S - (asyncio.get_running_loop().time() - self._began)
        with suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(self._found), max(0.0, left_s))
        return UNKNOWN

    def _look(
        self,
        open_past: Callable[[], tuple[Diary, Facts]],
        her_name: str,
        brings_up: bool,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        try:
            diary, facts = open_past()
            try:
                found = look_back(diary, facts, datetime.now().astimezone(), her_name, brings_up)
            finally:
                facts.close()
                diary.close()
        except CompanionError as error:
            _log.warning("did not look back: %s", error.message)
            found = UNKNOWN
        with suppress(RuntimeError):  # the loop may be gone by now
            loop.call_soon_threadsafe(self._tell, found)

    def _tell(self, found: Return) -> None:
        if not self._found.done():
            self._found.set_result(found)


def look_back(diary: Diary, facts: Facts, now: datetime, her_name: str, brings_up: bool = True) -> Return:
    """What is known at `now`. What she brings up of what is over is over for the facts too, so that she asks once.

    Blocking. Raises CompanionError.
    """
    entries = [entry for entry in diary.entries(limit=PAGE) if entry.name == her_name]
    if not entries:
        return Return(met=False)
    last = entries[-1].at
    open_end = worth_bringing_up(facts.open_ends(now), now, last) if brings_up else None
    if open_end and open_end.due and is_over(open_end.due, now):
        facts.end(open_end.number, now)
    return Return(
        met=True,
        away=max(timedelta(), now - last),
        open_end=brought_up(open_end, now, her_name) if open_end else "",
        before=" ".join(filter(None, (_known(facts), _before(facts, entries, now)))),
    )


def first_words(persona: Persona, user_name: str, now: datetime, back: Return, dice: Random | None = None) -> str:
    """Her greeting for the occasion, and what was left open; empty if she waits for the user's words."""
    greeting = persona.first_words(user_name, now, back.away, back.met, dice)
    if not greeting or not back.open_end:
        return greeting
    return f"{_without_question(greeting)} {back.open_end}"


def _without_question(greeting: str) -> str:
    """One question at a time: hers about the open end goes before "How are you?"."""
    head, mark, _ = greeting.rpartition(". ")
    return f"{head}." if mark and greeting.rstrip().endswith("?") else greeting


def _known(facts: Facts) -> str:
    """What a friend would know without being reminded of it."""
    known = [from_you(fact.statement) for fact in facts.all(kinds=FACTS) if fact.confidence >= SURE][:MOST_KNOWN]
    return f"I told you about me: {' '.join(known)}" if known else ""


def _before(facts: Facts, entries: Sequence[Entry], now: datetime) -> str:
    """The last conversations in a sentence each, and the end of one that is not summed up yet."""
    episodes = sorted(facts.all(past=True, kinds=EPISODES), key=lambda episode: episode.said_at)[-LAST_EPISODES:]
    told = [f"{_day(episode.said_at, now)}: {from_you(episode.statement)}" for episode in episodes]
    summed_up = {number for episode in episodes for number in episode.turns}
    rest = [entry for entry in _last_talk(entries) if entry.number not in summed_up][-LAST_TURNS:]
    if rest:
        said = " ".join(f"{'I' if entry.who == 'user' else 'You'} said: “{entry.text}”" for entry in rest)
        told.append(f"{_day(rest[0].at, now)} {said}")
    return " ".join(told)


def _last_talk(entries: Sequence[Entry]) -> Sequence[Entry]:
    first = len(entries) - 1
    while first > 0 and entries[first].at - entries[first - 1].at < ONE_TALK:
        first -= 1
    return entries[first:]


def _day(at: datetime, now: datetime) -> str:
    day = named_day(at.astimezone(now.tzinfo).date(), now.date())
    return f"{day[0].upper()}{day[1:]}"
