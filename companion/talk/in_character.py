"""Keeps a reply in character, clause by clause: no lists, no help desk, nothing said twice, and not too long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from companion.core.engines import Message
from companion.talk.clauses import ClauseSplitter
from companion.talk.own_words import given_back
from companion.talk.recall_notes import words_of
from companion.talk.slips import (
    asks_what_she_is,
    is_apology,
    is_assistants,
    is_echo,
    is_filler,
    is_lie,
    is_recited_note,
    is_refusal,
    is_verdict,
    may_become_empty,
    may_become_slip,
    without_apology,
    without_conjunction,
    without_filler,
    without_machine_talk,
    without_makers,
)
from companion.talk.spoken_list import SpokenList, is_heading
from companion.talk.spoken_markup import without_markup

REMEMBERED_REPLIES = 8
"""In so many of her last replies no sentence comes again."""
REMEMBERED_OPENINGS = 3
"""As many replies do not begin alike."""
ASKED_ABOUT_HER = 2
"""What she is may be spoken of in answer to so many of the user's last lines."""
LEAST_REPEATED_WORDS = 3
LEAST_BEGINNING_WORDS = 5
"""A sentence is taken for one that was said before if it is the same, or begins with so many of its words; with the
fewer if it was in one of those replies: "What's your favourite film?" after "What's your favourite book?"."""
ASKED_FOR_MORE = 3
"""Who asks for a story hears so many times as much."""

THINKING_SOUND = "Hm."
"""What is left of a reply that was nothing but an aside of the machine's about itself."""

_ASKS_FOR_MORE = re.compile(
    r"\b(?:story|stories|tale|poem|in detail|long(?:er)? (?:version|answer|one)|everything about|tell me (?:all|more)"
    r"|recipe|read me|go on|keep (?:talking|going)|continue|explain)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?:[.!?…。！？]|—)[\"'”’)\]*_»]*$")
_ANNOUNCES = re.compile(r"(?:\w+[,!]? ){0,2}(?:here(?:['’]s| is| are)|these are|the following)\b", re.IGNORECASE)
"""Words behind which a colon comes, and then perhaps nothing that can be said."""
_WORD = re.compile(r"[\w'’]+")
_ANY_WORD = re.compile(r"\w")


class InCharacter:
    """Takes the clauses of one reply and gives those that she says.

    A clause is given as soon as it is there, but for one that must not be said unless nothing else comes: a filler with
    which one of her last replies began, or a sentence that was said before. Where nothing else comes, that is said: a
    reply that had words is never empty.
    """

    def __init__(self, messages: Sequence[Message], enough_words: int | None = None) -> None:
        """`messages`: what is answered. After the sentence in which she has said `enough_words`, she is done."""
        said = [message.text for message in messages if message.role == "assistant"]
        asked = [words_of(message.text) for message in messages if message.role == "user"]
        self._earlier = [_key(sentence) for text in said[-REMEMBERED_REPLIES:] for sentence in _sentences(text)]
        latest = [sentence for text in said[-REMEMBERED_OPENINGS:] for sentence in _sentences(text)]
        lately = [_key(sentence) for sentence in latest]
        self._asked_lately = {_key(sentence) for sentence in latest if sentence.rstrip().endswith("?")}
        self._beginnings = {beginning for beginning in map(_beginning, lately) if beginning}
        self._openings = {_opening(text) for text in said[-REMEMBERED_OPENINGS:]}
        self._may_tell = any(map(asks_what_she_is, asked[-ASKED_ABOUT_HER:]))
        self._asked = asked[-1] if asked else ""
        self._told = [message.text for message in messages if message.role == "user"]
        self._may_echo = not any(_begins_with_echo(*pair) for pair in _exchanges(messages)[-REMEMBERED_OPENINGS:])
        wants_more = bool(_ASKS_FOR_MORE.search(self._asked))
        self._enough_words = enough_words and enough_words * (ASKED_FOR_MORE if wants_more else 1)
        self._list = SpokenList()
        self._words = 0
        self.begun = False
        """True once she says anything."""
        self._inside = self._dropping = self._mended = False
        """Inside a sentence; of which the rest is dropped; of which the beginning was cut."""
        self._spare: list[str] = []
        self._spare_open = False
        self._apology = ""
        """An "I'm sorry," that waits for what follows: mostly "but I can't do that"."""
        self._lead = ""
        """A "Here's a table:" that waits for it: it may be one that cannot be said."""
        self._fell_out = False
        self.ended = False
        """True once she is done: nothing of what follows is said."""

    def take(self, clauses: Iterable[str]) -> list[str]:
        """What she says of the next `clauses`."""
        return [said for clause in clauses for said in self._take(clause)]

    def is_certain(self, beginning: str) -> bool:
        """Whether she says what comes next as it stands, if it begins with `beginning`, whatever follows that."""
        if self.ended or self._apology or self._lead or (self._inside and (self._dropping or self._mended)):
            return False
        if without_markup(beginning) != beginning or may_become_slip(beginning):
            return False
        return self._inside or self._may_begin_with(beginning)

    def _may_begin_with(self, beginning: str) -> bool:
        key = _key(beginning)
        if _ANNOUNCES.match(beginning):
            return False
        if _opening(beginning) in self._openings and may_become_empty(beginning):
            return False
        if is_echo(beginning, self._asked) or given_back(beginning, self._asked, self._told) != beginning:
            return False
        return not any(f"{earlier} ".startswith(f"{key} ") for earlier in self._earlier)

    @property
    def fell_out(self) -> bool:
        """After `finish`: all was cut, some of it as a help desk's, a machine's or an echo. Better asked once more."""
        return self._fell_out and not self.begun

    def finish(self) -> list[str]:
        """What was held back."""
        said = [] if self.ended else list(self._give(self._list.finish()))
        if self._apology:
            self._spare_first(self._apology)
        if self._lead:
            self._fell_out = True
            self._spare_first(f"{self._lead[:-1]}.")
        if self.begun:
            return said
        spare, self._spare = self._spare, []
        if spare and not self._may_tell and not without_machine_talk(" ".join(spare)):
            return [THINKING_SOUND]
        return spare

    def _take(self, clause: str) -> Iterator[str]:
        if self.ended:
            return
        heading = is_heading(clause)
        items, rest = (self._list.finish(), "") if heading else self._list.take(clause)
        if items or not rest:
            self._inside = False
        yield from self._give(items)
        if heading:
            self._spare_first(" ".join(without_markup(clause).split()))
        if self._list.full or (rest and not self._inside and self._is_enough()):
            self.ended = True
        elif rest:
            yield from self._give(self._kept(rest), goes_on=self._inside)

    def _is_enough(self) -> bool:
        return self._enough_words is not None and self._words >= self._enough_words

    def _give(self, clauses: Iterable[str], goes_on: bool = False) -> Iterator[str]:
        """`goes_on`: they go on with a sentence, of which the beginning was given."""
        for clause in clauses:
            lead, self._lead = self._lead, ""
            if clause.endswith(":") and not goes_on:
                self._lead = clause
                continue
            for given in filter(None, (lead, clause)):
                self._words += len(given.split())
                self.begun = True
                yield given

    def _kept(self, clause: str) -> Iterator[str]:
        """`clause` as she says it, or nothing."""
        begins, self._inside = not self._inside or bool(self._apology), not _SENTENCE_END.search(clause)
        clause, self._apology = f"{self._apology} {clause}".strip(), ""
        if begins and self._inside and is_apology(clause):
            self._apology = clause
            return
        if begins:
            self._dropping = self._mended = False
        if self._dropping:
            self._spare_more(clause)
            return
        plain = " ".join(without_markup(clause).split())
        if not _ANY_WORD.search(plain):
            self._spare_first(clause)
            return
        if begins and not self.begun and _opening(plain) in self._openings:
            plain = _capital(without_filler(plain))
        if begins:
            plain = _capital(without_apology(plain))
            plain = given_back(plain, self._asked, self._told)
        if begins and self._is_slip(plain):
            self._dropping = True
            self._spare_first(plain)
            return
        kept = without_makers(plain) if self._may_tell else without_machine_talk(plain)
        if not kept:
            self._fell_out = True
            self._mended = begins
            self._dropping = not begins
            self._spare_first(plain)
            return
        if self._mended or (begins and kept != plain):
            kept = _capital(without_conjunction(kept))
        self._mended = False
        if begins:
            self._earlier.append(_key(kept))
        yield kept

    def _is_slip(self, clause: str) -> bool:
        if is_assistants(clause) or is_refusal(clause) or is_lie(clause):
            self._fell_out = True
            return True
        if is_recited_note(clause) or self._was_said(clause):
            return True
        if is_echo(clause, self._asked):
            may, self._may_echo = self._may_echo, False
            self._fell_out |= not may
            return not may
        return not self.begun and _opening(clause) in self._openings and (is_filler(clause) or is_verdict(clause))

    def _was_said(self, clause: str) -> bool:
        key = _key(clause)
        words = key.count(" ") + 1
        if _beginning(key) in self._beginnings:
            return True
        if words > 1 and clause.endswith("?") and key in self._asked_lately:
            return True
        if words >= LEAST_BEGINNING_WORDS:
            return any(f"{earlier} ".startswith(f"{key} ") for earlier in self._earlier)
        return words >= LEAST_REPEATED_WORDS and not self._inside and key in self._earlier

    def _spare_first(self, clause: str) -> None:
        """Keep the first sentence that is dropped, for a reply that has no other."""
        self._spare_open = not self._spare and not self.begun
        self._spare_more(clause)

    def _spare_more(self, clause: str) -> None:
        if self._spare_open:
            self._spare.append(clause)
            self._spare_open = self._inside


def _sentences(text: str) -> list[str]:
    splitter = ClauseSplitter()
    sentences = [""]
    for clause in [*splitter.feed(text), *splitter.finish()]:
        sentences[-1] = f"{sentences[-1]} {clause}"
        if _SENTENCE_END.search(clause):
            sentences.append("")
    return [sentence for sentence in sentences if sentence]


def _exchanges(messages: Sequence[Message]) -> list[tuple[str, str]]:
    """What the user said and what she answered, in pairs."""
    return [
        (words_of(before.text), after.text)
        for before, after in pairwise(messages)
        if before.role == "user" and after.role == "assistant"
    ]


def _begins_with_echo(asked: str, reply: str) -> bool:
    return is_echo((_sentences(reply) or [""])[0], asked)


def _key(sentence: str) -> str:
    return " ".join(_WORD.findall(sentence.lower().replace("’", "'")))


def _beginning(key: str) -> str:
    """The words by which a sentence is known to be the one of before with another end; empty for a short one."""
    words = key.split()
    return " ".join(words[:LEAST_REPEATED_WORDS]) if len(words) > LEAST_REPEATED_WORDS else ""


def _opening(text: str) -> str:
    """The first word: replies that begin with the same one sound alike."""
    return (_key(text[:60]).split() or [""])[0].partition("'")[0]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
