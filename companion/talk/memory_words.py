"""What a turn asks of her memory: "remember that ...", "forget that", "what do you know about me?". Pure.

The whole turn must be the request, but for politeness around it: "I can't remember that film" asks nothing of her,
nor does "don't forget to call". What is doubtful is left to the conversation. A turn may tell first and ask then:
"My sister is called Mara. Remember that."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from companion.talk.addressed import question_to
from companion.talk.memory_phrases import BY_LANGUAGE, Patterns, Phrases


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep what is told."""

    text: str
    """In the user's words, without "remember that"; empty: what was said last."""


@dataclass(frozen=True, slots=True)
class ForgetThat:
    """Know nothing of what was said last."""


@dataclass(frozen=True, slots=True)
class ForgetAbout:
    """Know nothing about a topic any more."""

    topic: str
    """Empty if it was not named: "forget everything about her"."""


@dataclass(frozen=True, slots=True)
class ForgetFact:
    """Know one thing no more: "forget that I am a carpenter"."""

    clause: str
    """In the user's words."""


@dataclass(frozen=True, slots=True)
class ForgetEverything:
    """Know nothing at all any more."""


@dataclass(frozen=True, slots=True)
class WhatDoYouKnow:
    """Tell what is remembered."""

    topic: str = ""
    """Empty: about the user."""
    surely: bool = True
    """False where it may be a question about the world: "what do you know about jazz?"."""


@dataclass(frozen=True, slots=True)
class WhatDidWeTalkAbout:
    """Tell what earlier conversations were about."""

    when: str = ""
    """As it was said ("last Tuesday"); empty: when they last talked."""


@dataclass(frozen=True, slots=True)
class KeepNothing:
    """Keep nothing of what is said from now on."""


@dataclass(frozen=True, slots=True)
class KeepAgain:
    """Keep what is said again."""


Ask: TypeAlias = (
    Remember
    | ForgetThat
    | ForgetAbout
    | ForgetFact
    | ForgetEverything
    | WhatDoYouKnow
    | WhatDidWeTalkAbout
    | KeepNothing
    | KeepAgain
)


@dataclass(frozen=True, slots=True)
class Yes:
    """Do what you asked me about."""


@dataclass(frozen=True, slots=True)
class No:
    """Do not do what you asked me about."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what was just done."""


Answer: TypeAlias = Yes | No | Undo
"""Meant for her memory only where it has asked or done something."""

MARKS = ' \t\n.,;:!?…—–-"“”„«»¿¡'
_INNER_MARK = re.compile(r"[,;:](?=\s)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def asked_of_memory(text: str, names: Sequence[str] = (), language: str = "") -> Ask | None:
    """What `text` asks of the memory; None if nothing. `names`: what she is called by.

    `language`: two letters; empty: all that are known are tried.
    """
    for phrases in _phrases(language):
        if asked := _asked(_bare(text, names, phrases), phrases):
            return asked
    return None


def answer_to(text: str, names: Sequence[str] = (), language: str = "") -> Answer | None:
    """Whether `text` says no more than yes, no or undo."""
    for phrases in _phrases(language):
        bare = _bare(text, names, phrases)
        if _matched(phrases.no, bare):
            return No()
        if _matched(phrases.yes, bare):
            return Yes()
        if _matched(phrases.undo, _trimmed(bare, phrases)[0]):
            return Undo()
    return None


def request_in(text: str, names: Sequence[str] = (), language: str = "en", politely: bool = True) -> tuple[str, bool]:
    """`text` without her name, hums and politeness, and whether that makes a request of it ("could you ...?").

    Not `politely`: only her name and hums go.
    """
    phrases = BY_LANGUAGE[language]
    bare = _bare(text, names, phrases)
    return _trimmed(bare, phrases) if politely else (bare.strip(MARKS), False)


def _bare(text: str, names: Sequence[str], phrases: Phrases) -> str:
    """`text` without her name and what is hummed."""
    text = phrases.hums.sub("", f" {text} ".replace("’", "'")).strip()
    called = question_to(names, text, phrases.language)
    return text if called is None else called


def _phrases(language: str) -> list[Phrases]:
    return [BY_LANGUAGE[language]] if language in BY_LANGUAGE else list(BY_LANGUAGE.values())


def _asked(text: str, phrases: Phrases) -> Ask | None:
    bare, requested = _trimmed(text, phrases)
    wonders = text.rstrip('"”» ').endswith("?") and not requested
    plain = _INNER_MARK.sub("", bare)
    if wonders:
        return _questioned(plain, phrases)
    return _told(bare, phrases) or _ordered(plain, phrases) or _denied(bare, phrases) or _questioned(plain, phrases)


def _ordered(bare: str, phrases: Phrases) -> Ask | None:
    if _matched(phrases.forget_that, bare):
        return ForgetThat()
    if _matched(phrases.forget_everything, bare):
        return ForgetEverything()
    if _matched(phrases.keep_nothing, bare):
        return KeepNothing()
    if _matched(phrases.keep_again, bare):
        return KeepAgain()
    if matched := _matched(phrases.forget_about, bare):
        topic = matched["topic"].strip(MARKS)
        if _matched(phrases.me, topic):
            return ForgetEverything()
        return ForgetAbout("" if _matched(phrases.pronoun, topic) else topic)
    return None


def _denied(bare: str, phrases: Phrases) -> ForgetFact | None:
    """What is to be known no more; "forget that, I'm fine" asks for nothing, so the marks count."""
    matched = _matched(phrases.forget_fact, bare)
    return ForgetFact(matched["clause"].strip(MARKS)) if matched else None


def _told(bare: str, phrases: Phrases) -> Remember | None:
    """What is to be remembered, of "remember that ..." or of "... Remember that."."""
    if _matched(phrases.remember_this, bare):
        return Remember("")
    if matched := _matched(phrases.remember, bare):
        return Remember(matched["clause"].strip(MARKS))
    *before, last = _SENTENCE_END.split(bare)
    if before and _matched(phrases.remember_this, _trimmed(last, phrases)[0]):
        return Remember(" ".join(before).strip(MARKS))
    return None


def _questioned(bare: str, phrases: Phrases) -> Ask | None:
    if matched := _matched(phrases.talked, bare):
        return WhatDidWeTalkAbout((matched["when"] or "").strip(MARKS))
    surely = _matched(phrases.know, bare)
    matched = surely or _matched(phrases.know_perhaps, bare)
    if not matched:
        return None
    topic = (matched["topic"] or "").strip(MARKS)
    if not topic or _matched(phrases.me, topic):
        return WhatDoYouKnow()
    if _matched(phrases.pronoun, topic):
        return None  # of whom they speak, the conversation knows
    return WhatDoYouKnow(topic, bool(surely or _matched(phrases.mine, topic)))


def _trimmed(text: str, phrases: Phrases) -> tuple[str, bool]:
    """`text` without what people say around a request, and whether a question mark is only politeness."""
    bare, requested = text.strip(MARKS), False
    while matched := phrases.before.match(bare):
        requested |= bool(matched["request"])
        bare = bare[matched.end() :].strip(MARKS)
    while matched := phrases.behind.search(bare):
        requested = True
        bare = bare[: matched.start()].strip(MARKS)
    return bare, requested


def _matched(patterns: Patterns, text: str) -> re.Match[str] | None:
    found = (pattern.fullmatch(text.strip(MARKS)) for pattern in patterns)
    return next(filter(None, found), None)
