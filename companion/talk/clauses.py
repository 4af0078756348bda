"""Streamed text cut into clauses: the first one short, so that she begins to speak soon; the others whole sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from companion.core.joining import Opening
from companion.talk.full_stops import ends_sentence

FIRST_CLAUSE_MIN_WORDS = 2
"""Fewer words than this do not make a first clause, unless they are a whole sentence ("Sure!"): the pause after a
sentence is long enough to voice the next clause in; that after a comma is not."""
SENTENCE_WORDS = 18
"""A sentence with more words than this is cut at a comma, a dash or a conjunction."""
LONGEST_CLAUSE_WORDS = 30
"""No clause has more words than this, whatever the text."""
LONGEST_CLAUSE_CHARS = 400
"""No clause has more characters than this: the bound where words are endless or have no spaces between them."""

_SHORTEST_PART_WORDS = 4
_FIRST_BEFORE_WORDS = {"subordinate": 3, "coordinate": 5, "preposition": 5}
"""So many words make a first clause before a word that begins the next phrase. Five take more than a second to say:
a model that writes a word in 50 ms has the next clause ready by then."""

BREATHS_WORDS = (4, 4, 6, 8)
"""Of her first sentence so many words are given at a time, once the next has begun, to a voice that speaks them as they
sound within the whole. As said they last longer than the next are waited for."""

_CLOSERS = r"""["'”’»)\]}*_`]*"""
_WIDE_CLOSERS = "”’」』）】》〉"
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]{{1,2}}|[^\s{_CJK}]+")

_BREAK = re.compile(
    rf"""
      (?P<line>\n)
    | (?P<wide>[。！？｡][。！？｡{_WIDE_CLOSERS}]*) (?=[^。！？｡{_WIDE_CLOSERS}])
    | (?P<wide_pause>[、，；：][{_WIDE_CLOSERS}]*) (?=[^{_WIDE_CLOSERS}])
    | (?P<end>[.!?…؟۔।።]+){_CLOSERS} (?=\s)
    | (?P<pause>[,;:،؛]+){_CLOSERS} (?=\s)
    | (?P<dash>[—―]+ (?=[^\s—―"'”’»)\]}}*_`。！？｡]) | [—―]+{_CLOSERS}(?=\s) | (?<=\s)(?:-{{1,3}}|–)(?=\s))
    | (?<=\s)(?P<subordinate>but|because|although|while|which|unless|until|when|if)(?=\s)
    | (?<=\s)(?P<coordinate>and|or|who|where|that)(?=\s)
    | (?<=\s)(?P<preposition>about|after|at|before|by|during|for|from|into|through|to|with|without)(?=[ ]+[\w'’]+[ ])
    """,
    re.VERBOSE | re.IGNORECASE,
)

_SPAN_MARK = re.compile(r"(?:^|(?<=[\s\"'“‘*_]))[(\[](?=\S)|[)\]]|(?P<star>(?<!\S)\*{1,3}(?=\S))|(?<=\S)\*{1,3}")

_PLAIN_WORD = r"(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)"
_IN_PHRASE = re.compile(rf"(?:{_PLAIN_WORD}|[^\s.!?…:;—―–()\[\]*_`\"“”„«»]+) +(?=(?P<letter>[^\W\d_])?)")
"""A word, a number, or one with a comma, and the first letter of what follows: a sentence goes on through them."""
_AT_ONCE = re.compile(rf"(?:^|(?<=\s)){_PLAIN_WORD}(?P<mark>[,!?]|[.](?![.]))")
"""Behind a plain word these end a first clause whatever follows, so that she need not wait for what does: a language
model takes 10 to 40 ms for it."""
_BEFORE_ADDRESSES = frozenset(("at", "on", "to", "from", "via", "visit", "see", "try", "out", "called"))
"""Behind these "example." may go on with "com"."""
_QUOTING = frozenset('"“”„«»*_`([')

_Kind = Literal["line", "sentence", "pause", "subordinate", "coordinate", "preposition"]
_BEFORE_A_WORD = ("subordinate", "coordinate", "preposition")


class _Break(NamedTuple):
    at: int
    kind: _Kind
    words: int
    """Words before it."""


class _Cut(NamedTuple):
    at: int
    breath: bool = False
    """In the middle of a phrase."""
    inside: bool = False
    """In the middle of a sentence."""


class ClauseSplitter:
    """Cuts one reply, given piece by piece, into clauses.

    The clauses do not depend on how the text is cut into pieces, but for the dots of an ellipsis.
    They have no white space around them; joined, they are the text but for white space, and for
    marks behind the first clause's own ("?!"). Sentence ends and commas count when white
    space follows, so that "3.5", "10:30" and addresses stay whole; nothing is cut inside brackets
    or asterisks, so that markup and stage directions can be recognised later.
    """

    def __init__(self, language: str = "en", may_open: Callable[[str], bool] | None = None) -> None:
        """`language`: that of the text, two letters; it decides what a full stop may follow. `may_open`: whether words
        may be given as an Opening before it is known what follows them; without it the parts end at phrases."""
        self._language = language
        self._may_open = may_open
        self._rest = ""
        self.begin_anew()
        self._line_start = True
        self._marked = False

    def begin_anew(self) -> None:
        """What comes next is the first that is said: nothing came of the clauses so far."""
        self._parts = 0
        self._first_sentence = True

    def feed(self, piece: str) -> list[str]:
        """The clauses that `piece` completes."""
        return list(self.clauses(piece))

    def clauses(self, piece: str) -> Iterator[str]:
        """As `feed`, one at a time: `may_open` is asked when those before it were taken."""
        self._rest += piece
        while (cut := self._cut()) is not None:
            text, self._rest = self._rest[: cut.at], self._rest[cut.at :]
            self._line_start = text.endswith("\n")
            if clause := text.strip():
                self._parts += 1
                self._first_sentence &= cut.inside
                yield Opening(clause, self._rest.split(maxsplit=1)[0]) if cut.breath else clause

    def finish(self) -> list[str]:
        """What is left. The splitter is then ready for another reply."""
        clauses = self.feed("\n")
        self._rest, self._line_start, self._marked = "", True, False
        self.begin_anew()
        return clauses

    def _cut(self) -> _Cut | None:
        """Where the first clause of what is left ends; None while that is open."""
        if self._marked and self._rest:
            self._rest = self._rest.lstrip("!?.…")
            self._marked = not self._rest
        stripped = self._rest.lstrip()
        self._line_start |= "\n" in self._rest[: len(self._rest) - len(stripped)]
        self._rest = stripped
        window = stripped[: LONGEST_CLAUSE_CHARS + 1]
        word_starts = [m.start() for m in _WORD.finditer(window) if any(map(str.isalnum, m.group()))]
        breaks = list(_breaks(window, word_starts, self._line_start, self._language))
        is_first = self._first_sentence if self._may_open else self._parts == 0
        if is_first and (cut := self._early_cut(window, breaks)):
            return cut
        late = _sentence_cut(breaks, word_starts) or _bound(window)
        return None if late is None else _Cut(late)

    def _early_cut(self, window: str, breaks: list[_Break]) -> _Cut | None:
        least = FIRST_CLAUSE_MIN_WORDS if self._parts == 0 else 1
        early = _first_break([b for b in breaks if not (self._may_open and b.kind in _BEFORE_A_WORD)], least)
        at_once = _cut_at_once(window, self._language, least)
        breath = self._breath(window)
        at = min((at for at in (early and early.at, at_once, breath) if at), default=None)
        if at is None:
            return None
        if at == at_once:
            self._marked = window[at - 1] != ","
            return _Cut(at, inside=not self._marked)
        return _Cut(at, at == breath, at == breath or (early is not None and early.kind == "pause"))

    def _breath(self, window: str) -> int | None:
        """Behind how much of `window` a part may end, if words follow that go on with the phrase."""
        if self._may_open is None:
            return None
        needed = BREATHS_WORDS[min(self._parts, len(BREATHS_WORDS) - 1)]
        at = 0
        for count in range(1, SENTENCE_WORDS + 1):
            word = _IN_PHRASE.match(window, at)
            if word is None:
                return None
            at = word.end()
            inside_phrase = word["word"] and word["letter"]
            if count >= needed and inside_phrase and self._may_open(window[: word.end("word")]):
                return at
        return None


def _first_break(breaks: list[_Break], least_words: int) -> _Break | None:
    """The first place, within a sentence's length, at which she can draw breath after a word or two."""
    for each in breaks:
        needed = 1 if each.kind == "sentence" else _FIRST_BEFORE_WORDS.get(each.kind, least_words)
        if each.kind == "line" or each.words >= SENTENCE_WORDS:
            return None
        if each.words >= needed:
            return each
    return None


def _cut_at_once(window: str, language: str, least_words: int) -> int | None:
    """Behind the first mark of _AT_ONCE that has words enough before it; quotations and brackets need more thought."""
    for found in _AT_ONCE.finditer(window):
        before = window[: found.end()]
        words = before.split()
        if "\n" in before or len(words) > SENTENCE_WORDS or not _QUOTING.isdisjoint(before):
            return None
        if found["mark"] == "." and not _ends_plainly(words, found["word"], language):
            return None
        if len(words) >= (least_words if found["mark"] in ",." else 1):
            return found.end()
    return None


def _ends_plainly(words: list[str], last: str, language: str) -> bool:
    """Whether a full stop behind `last` of `words` hardly belongs to an abbreviation, a name or an address."""
    is_address = any(word.lower() in _BEFORE_ADDRESSES for word in words[-2:-1])
    return len(last) > 2 and last.islower() and not is_address and ends_sentence(last, " ", language)


def _sentence_cut(breaks: list[_Break], word_starts: list[int]) -> int | None:
    """The end of the sentence, or the best place to cut it once it is known to be long."""
    for at, kind, words in breaks:
        if words <= SENTENCE_WORDS and (kind == "line" or (kind == "sentence" and words >= 1)):
            return at
    if len(word_starts) <= SENTENCE_WORDS:
        return None
    parts = [b for b in breaks if b.words >= _SHORTEST_PART_WORDS]
    pauses = [b.at for b in parts if b.kind == "pause" and b.words <= SENTENCE_WORDS]
    conjunctions = [b.at for b in parts if b.kind.endswith("ordinate") and b.words < SENTENCE_WORDS]
    late = [b.at for b in parts if SENTENCE_WORDS <= b.words <= LONGEST_CLAUSE_WORDS]
    last_resort = word_starts[LONGEST_CLAUSE_WORDS : LONGEST_CLAUSE_WORDS + 1]
    return next(iter(pauses[-1:] + conjunctions[-1:] + late[:1] + last_resort), None)


def _bound(window: str) -> int | None:
    """The last white space of a window that is full, or its end."""
    if len(window) <= LONGEST_CLAUSE_CHARS:
        return None
    return max((m.start() for m in re.finditer(r"\s", window)), default=LONGEST_CLAUSE_CHARS)


def _breaks(window: str, word_starts: list[int], line_start: bool, language: str) -> Iterator[_Break]:
    """The places at which `window` may be cut, in order."""
    for found in _BREAK.finditer(window):
        kind = _kind(found, line_start, language)
        at = found.start() if kind in _BEFORE_A_WORD else found.end()
        if kind == "line" or (kind and not _inside_span(window[:at])):
            yield _Break(at, kind, bisect_left(word_starts, at))


def _kind(found: re.Match[str], line_start: bool, language: str) -> _Kind | None:
    """What kind of break this is; None if the mark belongs to a number, an abbreviation or an initial."""
    before = found.string[: found.start()]
    match found.lastgroup:
        case "line" | "subordinate" | "coordinate" | "preposition" | "pause" as kind:
            return kind
        case "wide":
            return "sentence"
        case "wide_pause":
            return "pause"
        case "dash":
            return None if before.rstrip()[-1:].isdigit() else "pause"
    if found["end"] != ".":
        return "pause" if set(found["end"]) <= {".", "…"} else "sentence"
    if (line_start and before.strip().isdigit()) or not ends_sentence(before, found.string[found.end() :], language):
        return None  # the number of an item, too
    return "sentence"


def _inside_span(text: str) -> bool:
    """Whether a bracket or an asterisk is open at the end of `text`."""
    brackets, starred = 0, False
    for mark in _SPAN_MARK.finditer(text):
        if mark.group().startswith("*"):
            starred = mark["star"] is not None and not starred
        else:
            brackets = brackets + 1 if mark.group() in "([" else max(0, brackets - 1)
    return starred or brackets > 0
