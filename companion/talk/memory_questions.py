"""What is asked of the past, looked up and put in words. Blocking; raises CompanionError as the past does."""

from __future__ import annotations

import re
from datetime import date, datetime
from random import Random

from companion.core.diary import Diary, Entry
from companion.core.facts import KINDS, YOU, Fact, Facts, Kind
from companion.core.memory import CERTAIN_ENOUGH, Remembered
from companion.talk import memory_answers as answers
from companion.talk.memory_deeds import Past, bare_topic
from companion.talk.memory_words import asked_of_memory

TELLING_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind != "episode")
EPISODES: tuple[Kind, ...] = ("episode",)
_THEIRS = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_PAGE = 200
_MOST_PAGES = 50
"""A day further back than so many pages of the diary is not looked for."""


def what_is_known(past: Past, topic: str, now: datetime, her_name: str, dice: Random) -> str:
    """What is known about `topic`, or the user where it is empty; else what they said of it; empty: nothing."""
    today = now.date()
    past.take_in()
    if not topic:
        return answers.known(_of_the_user(past.facts), today, her_name, dice)
    topic = bare_topic(topic)
    found = {fact.number: fact for fact in past.facts.about(topic)}
    found |= {fact.number: fact for fact in past.facts.all(topic, kinds=TELLING_KINDS)}
    return answers.known(tuple(found.values()), today, her_name, dice) or answers.quoted(
        _turns_about(past, topic, now), today
    )


def _of_the_user(facts: Facts) -> list[Fact]:
    """What is known about them, and what is told of others as theirs: "Your sister Clara lives in Lyon."."""
    told = {fact.number: fact for fact in facts.about(YOU)}
    of_others = facts.all(kinds=("fact", "plan"))
    return list((told | {fact.number: fact for fact in of_others if _THEIRS.search(fact.statement)}).values())


def what_was_talked_about(past: Past, when: str, now: datetime, began: datetime) -> str:
    """What the conversations were about on the days that `when` means, or the last one before `began`."""
    today = now.date()
    days = past.days(when, today) if when else None
    if days:
        first, last = days
        then = [episode for episode in _episodes(past) if first <= _day(episode.said_at) <= last]
        entries = _entries(past.diary, first, last)
    else:
        then = [episode for episode in _episodes(past) if episode.said_at < began][-1:]
        entries = _last_conversation(past.diary, began)
    said = [entry for entry in entries if asked_of_memory(entry.text) is None]
    told = answers.episodes(then, today) or answers.said_then(said, today)
    return told or answers.nothing_then(when if days else "")


def _episodes(past: Past) -> list[Fact]:
    return sorted(past.facts.all(past=True, kinds=EPISODES), key=lambda episode: episode.said_at)


def _turns_about(past: Past, topic: str, now: datetime) -> list[Remembered]:
    if past.memory is None:
        return []
    found = past.memory.recall(topic, now)
    return [turn for turn in found if turn.who == "user" and turn.score >= CERTAIN_ENOUGH and _tells(turn.text)]


def _tells(text: str) -> bool:
    return asked_of_memory(text) is None and not text.rstrip().endswith("?")


def _entries(diary: Diary, first: date, last: date) -> list[Entry]:
    """Those of the days from `first` to `last`, in their order."""
    found: list[Entry] = []
    before = None
    for _ in range(_MOST_PAGES):
        page = diary.entries(before, _PAGE)
        found = [entry for entry in page if first <= _day(entry.at) <= last] + found
        if len(page) < _PAGE or _day(page[0].at) < first:
            break
        before = page[0].number
    return found


def _last_conversation(diary: Diary, began: datetime) -> list[Entry]:
    """What was said on the last day on which they talked before `began`."""
    earlier = [entry for entry in diary.entries(limit=_PAGE) if entry.at < began]
    return [entry for entry in earlier if _day(entry.at) == _day(earlier[-1].at)]


def _day(at: datetime) -> date:
    return at.astimezone().date()
