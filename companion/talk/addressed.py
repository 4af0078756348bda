"""Is she spoken to, or spoken about? Pure: a transcript and her names in, what is asked of her out.

A name calls somebody where it stands alone, or first or last in a sentence: "Samantha, what time is it?",
"hey Samantha", "good night, Samantha". Elsewhere, or as the subject or object of the sentence, it only
mentions her: "Samantha said so", "I told Samantha". Transcribers nearly always put a comma behind a call;
where they leave it out, the neighbouring words decide, in English; other languages need the comma or a greeting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

FUZZY_LETTERS = 6
"""A name whose sound has this many letters may be one letter off; shorter ones would be taken for others."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CALLS = {
    "en": "hey hi hello yo okay ok say listen excuse me dear",
    "de": "hallo hey he hör mal du sag ok okay",
    "fr": "dis hé ohé salut bonjour bonsoir écoute allo coucou ok",
    "es": "oye hola eh escucha mira ok",
}
"""Words before a name that do nothing but call; they go with it when it is taken off."""

_OPENERS = {
    "en": "good morning afternoon evening night bye goodbye thanks thank you sorry please welcome back"
    " oh ah um uh well so now no yes yeah right stop wait hold on go and but",
    "de": "guten morgen tag abend gute nacht tschüss danke bitte ja nein stopp warte na also ach und aber",
    "fr": "bonne nuit au revoir merci pardon oui non stop attends alors et mais ah",
    "es": "buenos buenas días tardes noches adiós gracias perdón sí no para espera bueno pues y pero ah",
}
"""Words that may stand before a name that calls, and mean something of their own."""

_JOINERS = _set("and or but und oder aber et ou mais y o pero")

_ABOUT_HER = _set(
    "and or nor but is was has had does did will would can could should may might must"
    " said told went came gave got made took knew thought felt kept left put ran saw wrote spoke sent"
    " from with in on at of for to by about who whose herself she her also never always just really"
    " isn't wasn't hasn't hadn't doesn't didn't won't wouldn't can't couldn't"
)
"""Words behind her name, without a comma, that make her the subject of the sentence."""

_AUXILIARIES = _set("is was has had does did will would can could should may might are do have am")
_ASKED = _set("i you we it they he that this there these those anyone anybody someone somebody")
"""After an auxiliary, these make a question: "Samantha is it late", not "Samantha is late"."""

_BASE_FORMS_IN_S = _set("yes this its it's as us guess pass press discuss miss cross what's who's")

_QUESTION_WORDS = _set("what what's when where where's who who's why how how's which") | _AUXILIARIES
_PHRASES_TO_HER = _set("thank thanks sorry good goodbye")

_TAKES_A_NAME = _set(
    "to with about for from by of and or is was are am be i'm it's that's she's like than as named called call"
    " tell told ask asked met meet saw see seen know knew love loved hate miss missed find found say said my your our"
    " a the this that mit von zu für und ist an bei à de avec pour et est con para por es"
)
"""A name last in its sentence, without a comma, is the object of these, not called."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ENDS = ".!?…。！？"
_SEPARATORS = " \t\n,;:—–-、，"
_SENTENCE_END = re.compile(f"[{_ENDS}]")
_BREAK = re.compile(f"[,;:—–、，{_ENDS}]|\\s-\\s")


@dataclass(frozen=True, slots=True)
class _Word:
    plain: str
    """In lower case."""
    start: int
    end: int
    break_before: bool
    break_after: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """Where a name stands among the words of a sentence: words[first:last]."""

    first: int
    last: int


def question_to(names: Sequence[str], text: str, language: str = "en") -> str | None:
    """What `text` asks of whoever bears one of `names`, the name taken off; None if nobody calls her.

    A call that holds nothing else ("Samantha?") is returned as it is. `language` is a two-letter code.
    """
    around = _around_call(names, text, language)
    return None if around is None else _joined(*around) or text.strip()


def only_calls(names: Sequence[str], text: str, language: str = "en") -> bool:
    """True of "Hey Samantha" and the like: she is called, and nothing is asked yet."""
    around = _around_call(names, text, language)
    return around is not None and not _WORD.search("".join(around))


def _around_call(names: Sequence[str], text: str, language: str) -> tuple[str, str] | None:
    """What stands before the first call of one of `names`, and behind it; None if nobody calls."""
    wanted = [_sound(part) for name in names for part in _parts(name) if _sound(part)]
    for words in _sentences(text):
        name = _find(words, wanted)
        if name and _is_call(words, name, text, language):
            return text[: words[_start_of_call(words, name, language)].start], text[words[name.last - 1].end :]
    return None


def _parts(name: str) -> set[str]:
    """What she answers to: "Ada" does for "Ada Lovelace", but "okay" does not for "Okay Nabu"."""
    return {name, *(first for first in name.split()[:1] if first.lower() not in _known("", _CALLS))}


def _sentences(text: str) -> list[list[_Word]]:
    matches = list(_WORD.finditer(text))
    sentences: list[list[_Word]] = [[]]
    for at, match in enumerate(matches):
        before = text[matches[at - 1].end() if at else 0 : match.start()]
        after = text[match.end() : matches[at + 1].start() if at + 1 < len(matches) else len(text)]
        if sentences[-1] and _SENTENCE_END.search(before):
            sentences.append([])
        plain = match.group().lower().replace("’", "'")
        breaks = bool(_BREAK.search(before)), bool(_BREAK.search(after))
        sentences[-1].append(_Word(plain, match.start(), match.end(), *breaks))
    return sentences


def _find(words: list[_Word], wanted: list[str]) -> _Name | None:
    """The first place where one to three words in a row sound like a name: "Samanta", "Sam Antha"."""
    for first in range(len(words)):
        for length in (3, 2, 1):
            span = words[first : first + length]
            if len(span) < length or any(word.break_after for word in span[:-1]):
                continue
            sound = _sound("".join(word.plain for word in span))
            if any(_alike(sound, name, fuzzy=length == 1) for name in wanted):
                return _Name(first, first + length)
    return None


def _alike(sound: str, name: str, fuzzy: bool) -> bool:
    if sound == name:
        return True
    return fuzzy and len(name) >= FUZZY_LETTERS and _one_letter_off(sound, name)


def _one_letter_off(a: str, b: str) -> bool:
    """True if one letter put in, left out or exchanged makes `b` of `a`."""
    if abs(len(a) - len(b)) > 1:
        return False
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[same + (len(a) >= len(b)) :] == b[same + (len(b) >= len(a)) :]


def _sound(name: str) -> str:
    """`name` as it sounds, roughly: no accents, no silent h, no doubled letters; "Samantha" is "samanta"."""
    letters = unicodedata.normalize("NFKD", name.lower())
    if "'" in letters or "’" in letters:
        return letters  # "Samantha's" is not Samantha
    letters = "".join(filter(str.isalnum, letters))
    for written, sounds in (("ph", "f"), ("ck", "k"), ("h", ""), ("z", "s"), ("y", "i")):
        letters = letters.replace(written, sounds)
    letters = re.sub(r"c(?=[ei])", "s", letters).replace("c", "k")
    return re.sub(r"(.)\1+", r"\1", letters)


def _is_call(words: list[_Word], name: _Name, text: str, language: str) -> bool:
    before, after = words[: name.first], words[name.last :]
    if all(word.plain in _known(language, _CALLS, _OPENERS) for word in before):
        return _calls_first(before, after, words[name.last - 1].break_after, language)
    asked = text[words[-1].end :].lstrip().startswith("?")
    return not after and _calls_last(before, words[name.first].break_before, asked, language)


def _calls_first(before: list[_Word], after: list[_Word], comma: bool, language: str) -> bool:
    if not after:
        return not before or before[-1].plain not in _JOINERS
    if comma:
        return after[0].plain not in _JOINERS
    if before and before[-1].plain in _known(language, _CALLS) and before[-1].plain not in ("ok", "okay", "say"):
        return True
    return language == "en" and not _about_her(after)


def _about_her(after: list[_Word]) -> bool:
    """Do the words behind her name, without a comma, tell of her?"""
    word = after[0].plain
    if word in _AUXILIARIES and len(after) > 2 and after[1].plain in _ASKED:
        return False
    if word in _ABOUT_HER:
        return True
    third_person = word.endswith("s") and not word.endswith("ss") and word not in _BASE_FORMS_IN_S
    past = word.endswith("ed") and not word.endswith("eed")
    return third_person or past


def _calls_last(before: list[_Word], comma: bool, asked: bool, language: str) -> bool:
    if before[-1].plain in _JOINERS:
        return False
    if comma:
        return True
    if language != "en" or before[-1].plain in _TAKES_A_NAME or before[-1].plain.endswith("ed"):
        return False
    return before[0].plain in _QUESTION_WORDS | _PHRASES_TO_HER or asked


def _known(language: str, *tables: dict[str, str]) -> frozenset[str]:
    """The words of `language` in `tables`; of all languages where it has none of its own."""
    return frozenset(
        word for table in tables for words in ([table[language]] if language in table else table.values())
        for word in words.split()
    )  # fmt: skip


def _start_of_call(words: list[_Word], name: _Name, language: str) -> int:
    """Where "hey Samantha" begins: at "hey"."""
    first = name.first
    if all(word.plain in _known(language, _CALLS, _OPENERS) for word in words[:first]):
        while first and words[first - 1].plain in _known(language, _CALLS):
            first -= 1
    return first


def _joined(before: str, after: str) -> str:
    """The sentences without the call that stood between `before` and `after`; empty if no word is left."""
    if not _WORD.search(before + after):
        return ""
    before, after = before.rstrip(), after.lstrip(_SEPARATORS)
    if not before or before[-1] in _ENDS:
        after = after.lstrip(_SEPARATORS + _ENDS)
        return f"{before} {after[:1].upper()}{after[1:]}".strip()
    if not after[:1].isalnum():
        return before.rstrip(_SEPARATORS) + after.rstrip()
    return f"{before} {after}".rstrip()
