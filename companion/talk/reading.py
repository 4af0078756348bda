"""What a draft transcript says about the end of the turn: does its last sentence want more words?

Whisper puts a full stop behind almost anything, so a full stop says little, and the last words go before any mark.
A comma, a dash, an ellipsis, a question mark or no mark at all it writes only where it has a reason.
"""

from __future__ import annotations

import re
from enum import Enum

from companion.talk.continuations import BY_LANGUAGE, NOTHING_KNOWN, Continuations

OPEN_CLAUSE_WORDS = 8
"""A sentence this long that opens with "if" or "when" has had room for its main clause, comma or not."""

LIST_ITEM_WORDS = 3
"""Parts between commas this short are items of a list."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_GOES_ON = re.compile(r"(?:,|;|:|…|\.\.+|[-–—]+)$")
_MARKS = (".", "!", "?")
_CLOSERS = "\"'”’»)]* "


class Reading(Enum):
    """What the words say of the turn."""

    UNKNOWN = "the words are not known yet"
    WHOLE = "the words are whole"
    """A greeting, a command, a yes or no, a please."""
    QUESTION = "the words are a question"
    """One that could end here. Whisper writes its mark for the word order, so it too could go on."""
    PLAIN = "the words may be whole"
    """A sentence that could end here, and could go on."""
    COMPLETE = "the words are complete"
    """A sentence or question that could go on, but hardly does: to the language model a comma behind it is unlikely."""
    LOOSE = "the words may well go on"
    """A sentence that could end here; but to the language model a comma is as likely as an end."""
    LEANING = "the words lean on more"
    """Seldom the end: "I thought", "eggs, milk, bread", "If it rains tomorrow"."""
    UNMARKED = "the words have no mark behind them"
    """Seldom the end: Whisper leaves one out of 1 in 60 whole sentences, and mostly where somebody pauses."""
    OPEN = "the words go on"
    """Never the end: "and", "the", "um", a comma."""


COULD_GO_ON = (Reading.QUESTION, Reading.PLAIN, Reading.UNMARKED)
"""Of these the language model says more than the words do: see LanguageModel.finality."""


def read(text: str | None, language: str = "en") -> Reading:
    """How `text`, the draft of a turn in `language` (two letters), ends. In an unknown language marks alone count."""
    if text is None:
        return Reading.UNKNOWN
    sentence, words = _last_sentence(text.lower().replace("’", "'").rstrip(_CLOSERS))
    if not words:
        return Reading.UNKNOWN
    known = BY_LANGUAGE.get(language, NOTHING_KNOWN)
    if " ".join(words) in known.whole:
        return Reading.WHOLE
    if _wants_more(words, sentence, known):
        return Reading.OPEN
    if _leans(words, sentence, known):
        return Reading.LEANING
    if not sentence.endswith(_MARKS):
        return Reading.UNMARKED
    if _closes_politely(words, known):
        return Reading.WHOLE
    return Reading.QUESTION if sentence.endswith("?") else Reading.PLAIN


def _last_sentence(text: str) -> tuple[str, list[str]]:
    """The last part of `text` that holds words, with its marks, and those words."""
    for sentence in reversed(_SENTENCE.findall(text)):
        if words := _WORD.findall(sentence):
            return sentence.strip(), words
    return "", []


def _wants_more(words: list[str], sentence: str, known: Continuations) -> bool:
    if _GOES_ON.search(sentence):
        return True
    last, pair = words[-1], " ".join(words[-2:])
    if pair in known.may_be_last_pairs:
        return False
    if last in known.never_last or pair in known.never_last_pairs:
        return True
    return last in known.needs_complement and not sentence.endswith("?") and not _may_omit_its_end(words, known)


def _leans(words: list[str], sentence: str, known: Continuations) -> bool:
    last, pair = words[-1], " ".join(words[-2:])
    if pair in known.may_be_last_pairs:
        return False
    if sentence.endswith("?"):
        # "Can you tell me?" asks nothing yet, nor does "Could you remind me to?"; "What do you think?" does.
        tails = {last, pair, " ".join(words[-3:])}
        wanting = tails & (known.needs_complement | known.clause_takers | known.clause_taking_tails)
        return bool(wanting) and not _may_omit_its_end(words, known)
    seldom = last in known.seldom_last or pair in known.seldom_last_pairs
    if seldom and not _may_omit_its_end(words, known):
        return True
    return _is_open_clause(words, sentence, known) or _is_open_list(sentence, known)


def _may_omit_its_end(words: list[str], known: Continuations) -> bool:
    """What is missing at the end came before ("what are you looking for") or is understood ("Yes, I'd love to").

    Right before the last word it is no such thing: "something about" goes on."""
    return words[0] in known.answers or not known.relatives.isdisjoint(words[:-2])


def _is_open_clause(words: list[str], sentence: str, known: Continuations) -> bool:
    """ "If it rains tomorrow": no comma, no question, and too short to hold the main clause as well."""
    opens = words[0] in known.subordinators and known.auxiliaries.isdisjoint(words[1:2])
    return opens and "," not in sentence and len(words) < OPEN_CLAUSE_WORDS


def _is_open_list(sentence: str, known: Continuations) -> bool:
    """ "I need eggs, milk, bread": the last items are short and no "and" came before the last one."""
    parts = [_WORD.findall(part) for part in sentence.split(",")]
    items = parts[1:]
    if len(items) < 2 or any(not 0 < len(item) <= LIST_ITEM_WORDS for item in items):
        return False
    return items[-1][0] not in known.joiners


def _closes_politely(words: list[str], known: Continuations) -> bool:
    """ "Read it again, please"; "All right, good night"."""
    return len(words) > 1 and (words[-1] in known.closings or " ".join(words[-2:]) in known.closings)
