"""Texts of a card, made fit for a persona: bounded, printable, and where they are spoken, speech alone.

Every expression is bounded in length, so that all take linear time.
"""

from __future__ import annotations

import re

from companion.cards.card import Json
from companion.cards.limits import TEXT_CHARACTERS

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff]")
_BOLD = re.compile(r"\*{2,3}|_{2,3}")
_STAGE = re.compile(r"\*[^*\n]{1,600}\*")
_QUOTED = re.compile(r"[\"“„]([^\"“”„\n]{1,600})[\"”“]")
_MARKUP = re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\s]{0,500}\)|<[^<>\n]{1,300}>|[*_#`~]")
_NAMES = re.compile(r"<(user|char|bot)>", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”')]?(?=\s|$)")
_DECORATOR = "@@"
_SPEAKER = re.compile(r"\{\{(user|char)\}\}:", re.IGNORECASE)


def clean(value: Json, most: int) -> str:
    """`value` if it is text: without control characters, at most `most` characters."""
    if not isinstance(value, str):
        return ""
    text = value[: most * 2].replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text).strip()[:most].rstrip()


def one_line(value: Json, most: int) -> str:
    """As `clean`, with every white space a space."""
    return " ".join(clean(value, most).split())


def speech(value: Json, most: int) -> str:
    """What of `value` is said aloud, in at most `most` characters: no stage directions, narration or markup.

    Where some of it stands in quotation marks, that is what is said.
    """
    text = _STAGE.sub(" ", _BOLD.sub("", _with_braces(clean(value, TEXT_CHARACTERS))))
    quoted = _QUOTED.findall(text)
    text = " ".join(" ".join(quoted or [_MARKUP.sub("", text)]).split())
    return _whole_sentences(text, most)


def exchanges(value: Json, most: int, longest: int) -> list[tuple[str, str]]:
    """The first `most` pairs of a user's line and a reply in the examples of a card."""
    found: list[tuple[str, str]] = []
    said = ""
    for line in _turns(_with_braces(clean(value, TEXT_CHARACTERS))):
        speaker, text = line
        if speaker == "user":
            said = speech(text, longest)
        elif said and (reply := speech(text, longest)):
            found.append((said, reply))
            said = ""
        if len(found) == most:
            break
    return found


def undecorated(content: str) -> str:
    """The content of a lore entry without the decorators (lines that begin with @@) that stand before it."""
    lines = content.split("\n")
    first = next(
        (at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith(_DECORATOR)), len(lines)
    )
    return "\n".join(lines[first:]).strip()


def _with_braces(text: str) -> str:
    """<USER> and the like in the form that everybody uses today."""
    return _NAMES.sub(lambda found: f"{{{{{found[1].lower()}}}}}", text)


def _turns(text: str) -> list[tuple[str, str]]:
    """Who speaks and what, in the order of `text`; <START> and what stands before the first speaker is nobody's."""
    pieces = _SPEAKER.split(re.sub(r"<START>", "", text, flags=re.IGNORECASE))
    return [(pieces[at].lower(), pieces[at + 1]) for at in range(1, len(pieces) - 1, 2)]


def _whole_sentences(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    short = text[:most]
    ends = [found.end() for found in _SENTENCE_END.finditer(short)]
    return short[: ends[-1]] if ends else short.rsplit(" ", 1)[0]
