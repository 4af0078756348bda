"""Whom or what a statement is about: the user, someone by name, or "your sister" until her name is known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from companion.core.facts import YOU

RELATIONS = (
    "sister|brother|mother|mum|mom|father|dad|parents|grandmother|grandfather|grandma|grandpa|aunt|uncle|cousin|niece"
    "|nephew|son|daughter|wife|husband|partner|girlfriend|boyfriend|fiancee|fiance|friend|best friend|flatmate|roommate"
    "|neighbour|neighbor|boss|colleague|teacher|doctor|supervisor|landlord|landlady|coach|manager|dog|cat|puppy|kitten|horse|hamster|rabbit|parrot|baby"
)
_ONE_OF_MANY = re.compile(r"\b(?:friend|colleague|neighbou?r|cousin|aunt|uncle|niece|nephew|teacher|doctor)$|s$")
_NAME = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w-]*(?: [A-ZÀ-ÖØ-Þ][\w-]*)?"
_OWNER = r"(?P<relation>(?:[Yy]our|The) (?:\w+ )?(?:(?i:" + RELATIONS + r"))s?)"
_NAMED = (
    re.compile(rf"^{_OWNER}(?:['’]s name)? (?:is|was|are)(?: called| named)? (?P<name>{_NAME})\W*$"),
    re.compile(rf"^{_OWNER}(?:['’]s)? name is (?P<name>{_NAME})"),
    re.compile(rf"^{_OWNER},? (?:is )?(?:called |named )?(?P<name>{_NAME})\b"),
    re.compile(
        rf"^[Yy]ou have (?:a|an|one) (?P<kind>(?:\w+ )?(?:(?i:{RELATIONS})))(?:,| who is)? (?:called|named)"
        rf" (?P<name>{_NAME})"
    ),
    re.compile(rf"^(?P<name>{_NAME}) is (?P<relation>your (?:\w+ )?(?:{RELATIONS}))\b"),
)
_RELATIVE = re.compile(rf"^{_OWNER}\b(?!['’]s (?:birthday|name)$)")
_BEGINS_WITH_NAME = re.compile(rf"^(?P<name>{_NAME})(?:['’]s)? (?=[a-z])")
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        "you your yours the a an this that these those it its there they their he his she her we our when if in on at",
    )
)


def introduced(statement: str) -> tuple[str, str] | None:
    """Of a statement that gives someone a name, who that is to the user and the name: ("your sister", "Anna")."""
    for pattern in _NAMED:
        if match := pattern.search(statement):
            found = match.groupdict()
            return (found.get("relation") or f"your {found['kind']}").casefold(), match["name"]
    return None


def subject_of(statement: str, names: Mapping[str, str]) -> str:
    """Whom a statement is about; `names` are those of "your sister" and the like, as far as they are known."""
    if someone := introduced(statement):
        return someone[1]
    if match := _RELATIVE.match(statement):
        return names.get(match["relation"].casefold(), match["relation"].casefold())
    if (match := _BEGINS_WITH_NAME.match(statement)) and match["name"].casefold() not in _NO_NAMES:
        return match["name"]
    return YOU


def names_of(statements: Iterable[str]) -> dict[str, str]:
    """The names of "your sister" and the like, where the statements give just one, and there is usually just one."""
    given = defaultdict[str, set[str]](set)
    for someone in filter(None, map(introduced, statements)):
        given[someone[0]].add(someone[1])
    return {
        relation: names.pop()
        for relation, names in given.items()
        if len(names) == 1 and not _ONE_OF_MANY.search(relation)
    }
