"""Who she could be: from the answers alone, without any model."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from companion.core.persona import Dials
from companion.talk.interview.course import Answers
from companion.talk.interview.names import Name, name_asked_for, suiting, wants_other_name
from companion.talk.interview.questions import is_sociable
from companion.talk.interview.temper import adjectives, change_in, dials_of, turned, ways

GIVEN = "you gave it to me"
"""Why she has a name that she did not choose."""
CANDIDATES = 6
"""Names among which she chooses."""
_ALIKE = 3
"""So many of the best names suit about as well as each other."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is up to her. The rest of a persona are the user's own words."""

    name: str
    why: str
    """Goes after "because"."""
    summary: str
    character: tuple[str, ...]
    """Sentences to her: "You ..."."""
    dials: Dials
    passed: tuple[str, ...] = ()
    """Names that they did not want."""
    wishes: tuple[str, ...] = ()
    """What they want otherwise, where it is neither a dial nor a name."""


def taken_names(answers: Answers, user_name: str) -> tuple[str, ...]:
    """Names that cannot be hers: the user's, and those of whom they spoke."""
    said = " ".join((answers.company, answers.evening, answers.admired, answers.never, answers.manner))
    mentioned = re.findall(r"(?<=[a-z,] )[A-Z][a-z]+|\b[A-Z][a-z]+(?= [A-Z])", said) + re.findall(
        r"^\W*([A-Z][a-z]+)", answers.admired
    )
    return tuple(dict.fromkeys([*user_name.split(), *mentioned]))


def candidates(dials: Dials, answers: Answers, taken: Iterable[str]) -> list[Name]:
    """Names that suit, in an order that is the same for the same answers."""
    names = suiting(dials, taken)
    turn = zlib.crc32(repr(answers).encode()) % _ALIKE
    return [names[turn], *(name for place, name in enumerate(names) if place != turn)][:CANDIDATES]


def drafted(answers: Answers, user_name: str = "", spoken_for: Sequence[str] = ()) -> Draft:
    """Who she could be after such answers. `spoken_for`: names of personas that there are already."""
    dials = dials_of(answers)
    name = candidates(dials, answers, (*taken_names(answers, user_name), *spoken_for))[0]
    return Draft(name.name, name.reason, summary_of(dials), described(dials, answers), dials)


def summary_of(dials: Dials) -> str:
    """In one line, for those who choose."""
    words = listed(adjectives(dials))
    return f"{words[0].upper()}{words[1:]}. You told her who to be."


def described(dials: Dials, answers: Answers) -> tuple[str, ...]:
    """What she is like, in a few sentences to her."""
    company = (_SOCIABLE if is_sociable(answers.company) else _QUIET) if answers.company else ()
    are = f"You are {listed(adjectives(dials))}, and you talk as a close friend does."
    return (are, *ways(dials), *company)


_SOCIABLE = ("You want to hear who was there, and what they said.",)
_QUIET = ("You don't send them out among people, and you don't call them shy.",)


def listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def changed(draft: Draft, wish: str, answers: Answers, user_name: str = "", spoken_for: Sequence[str] = ()) -> Draft:
    """The draft as they want it instead."""
    before = draft
    dials = turned(draft.dials, change_in(wish))
    if dials != draft.dials:
        draft = replace(draft, dials=dials, summary=summary_of(dials), character=described(dials, answers))
    if asked := name_asked_for(wish):
        draft = replace(draft, name=asked, why=GIVEN, passed=(*draft.passed, draft.name))
    elif wants_other_name(wish):
        passed = (*draft.passed, draft.name)
        name = candidates(dials, answers, (*taken_names(answers, user_name), *spoken_for, *passed))[0]
        draft = replace(draft, name=name.name, why=name.reason, passed=passed)
    return replace(draft, wishes=(*draft.wishes, wish)) if draft == before else draft
