"""What she knows of her world, told to her only when it comes up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from companion.core.tokens import estimated_tokens

MAX_ENTRIES = 1000
MAX_KEYS = 16
MAX_KEY = 100
MAX_TEXT = 4000
SCANNED_CHARACTERS = 4000
"""Keys are looked for in so much of the end of what was said."""

_PLAIN = re.compile(r"[\w '’.-]+")
_FLAGS = re.compile(r"/(.*)/([a-z]*)", re.DOTALL)
_GROUP = re.compile(r"\((?:\?:)?([^()]*)\)")


class LoreEntry(BaseModel):
    """One thing she knows, and the words that bring it to mind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keys: tuple[str, ...] = Field((), max_length=MAX_KEYS, description="Any of these brings it to mind.")
    secondary_keys: tuple[str, ...] = Field((), max_length=MAX_KEYS, description="If given, one of these as well.")
    text: str = Field(min_length=1, max_length=MAX_TEXT)
    constant: bool = Field(False, description="Always in mind, whatever is said.")
    enabled: bool = True
    position: Literal["before", "after"] = Field("after", description="Of her character.")
    order: int = Field(100, description="The lower, the earlier it stands.")
    priority: int | None = Field(None, description="Where not all fits, the lowest goes first; else by order.")
    case_sensitive: bool = False

    def matches(self, said: str, folded: str) -> bool:
        """Whether `said`, in lower case `folded`, brings it to mind."""
        where = said if self.case_sensitive else folded
        return self._any_in(self.keys, where) and (not self.secondary_keys or self._any_in(self.secondary_keys, where))

    def _any_in(self, keys: Iterable[str], where: str) -> bool:
        return any(_begins_a_word(key if self.case_sensitive else key.casefold(), where) for key in keys if key)


class Lore(BaseModel):
    """All entries, and how they are looked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scan_depth: int = Field(4, ge=0, le=50, description="In how many of the last turns keys are looked for.")
    token_budget: int = Field(400, ge=0, le=100_000, description="Tokens that all entries together may take.")
    entries: tuple[LoreEntry, ...] = Field((), max_length=MAX_ENTRIES)

    def constants(self, tokens: int) -> list[LoreEntry]:
        """Those always in mind, in their order, as far as `tokens` and the own budget go."""
        return _fitting((entry for entry in self.entries if entry.enabled and entry.constant), self._least(tokens))

    def triggered(self, said: Sequence[str], tokens: int) -> list[LoreEntry]:
        """Those that the last turns bring to mind, as `constants`, which take their part of the own budget first."""
        if not self.entries or not self.scan_depth:
            return []
        recent = "\n".join(said[-self.scan_depth :])[-SCANNED_CHARACTERS:]
        folded = recent.casefold()
        found = (
            entry for entry in self.entries if entry.enabled and not entry.constant and entry.matches(recent, folded)
        )
        return _fitting(found, min(tokens, self.token_budget - sum(map(_cost, self.constants(tokens)))))

    def _least(self, tokens: int) -> int:
        return min(tokens, self.token_budget)


def plain_keys(pattern: str) -> tuple[str, ...]:
    """The words that a regular expression stands for, if it is a mere choice of words; else none.

    A pattern from a stranger can take for ever, so none is ever run: "/\\b(cat|dogs?)\\b/i" becomes cat, dog, dogs.
    """
    flagged = _FLAGS.fullmatch(pattern.strip())
    body = flagged[1] if flagged else pattern.strip()
    for mark in (r"\b", "^", "$"):
        body = body.replace(mark, "")
    group = _GROUP.fullmatch(body)
    words: list[str] = []
    for choice in (group[1] if group else body).split("|"):
        optional = choice.endswith("?") and len(choice) > 2
        forms = (choice[:-2], choice[:-1]) if optional else (choice,)
        if not all(_PLAIN.fullmatch(form) for form in forms):
            return ()
        words += forms
    return tuple(words)


def _begins_a_word(key: str, where: str) -> bool:
    at = where.find(key)
    while at >= 0:
        if at == 0 or not key[0].isascii() or not where[at - 1].isalnum():
            return True
        at = where.find(key, at + 1)
    return False


def _fitting(entries: Iterable[LoreEntry], tokens: int) -> list[LoreEntry]:
    kept: list[LoreEntry] = []
    ranked = sorted(entries, key=lambda entry: entry.order if entry.priority is None else entry.priority, reverse=True)
    for entry in ranked:
        if _cost(entry) <= tokens:
            kept.append(entry)
            tokens -= _cost(entry)
    return sorted(kept, key=lambda entry: (entry.position != "before", entry.order))


def _cost(entry: LoreEntry) -> int:
    return 1 + estimated_tokens(entry.text)
