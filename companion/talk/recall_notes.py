"""How what she remembers is told to the language model, and that there is nothing: in words that small models follow.

Tried with Qwen2.5-1.5B. A note before the words is used wherever it holds the answer. Where there is none, such a model
makes one up, whatever its instructions say, unless it is told behind the words that it does not know. Examples of not
knowing work as well, and make it say so of everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from companion.core.engines import Message

MEMORY_LEAD = "(What you remember: "
MEMORY_NOTE = f"{MEMORY_LEAD}{{text}})"
NOTHING_NOTE = "(You were never told. Say that you do not know.)"
"""Stands behind the words."""
UNSURE_NOTE = "(If I did not tell you, say that you do not know.)"
"""Stands there when what comes to mind may be beside the point."""
AGAIN_NOTE = "(Just answer me, as a friend.)"
"""Stands there when all of the first answer was cut: it was a help desk's, or a machine's."""

_ASKS = re.compile(
    r"\b(?:remember|recall|remind me|did i (?:ever )?(?:tell|say|mention)|have i (?:ever )?(?:told|said|mentioned)"
    r"|(?:what|who|when|where|which|how old)(?:'s| is| was| are| were)(?: the \w+ of)? my"
    r"|(?:what|which|where|when|who|how)\b.{0,30}\b(?:do|did|have|am|was) (?:i|we)\b"
    r"|(?:what|which|where|when|why|how) (?:do|does|did) my\b"
    r"|(?:do|did) you (?:still )?know (?:my|where i|what i|who i|when i))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM_CHARS = 5
_COMMON = re.compile(
    r"(?:about|again|all|and|are|can|called|could|did|does|for|from|had|has|have|her|him|his|how|know|last|like|many|name"
    r"|named|old|our|remember|say|said|tell|that|the|their|them|they|thing|think|this|told|two|was|were|what|when|where|which|who"
    r"|why|will|with|you|your)"
)


def asks_for_what_was_never_said(asked: str, said: Iterable[str]) -> bool:
    """Whether `asked` asks for something of the user's that has no word in common with what was `said`."""
    if not _ASKS.search(asked):
        return False
    known = {stem for text in said for stem in stems(text)}
    return not known.intersection(stems(asked))


def speaks_of_us(asked: str) -> bool:
    """Whether `asked` may be of a past that she shared: she has none but the conversations."""
    return bool(re.search(r"\b(?:we|us|our|together)\b", asked, re.IGNORECASE))


def stems(text: str) -> set[str]:
    """The beginnings of the words of `text` that say something."""
    return {word[:_STEM_CHARS] for word in _WORD.findall(text.lower()) if not _COMMON.fullmatch(word)}


def words_of(text: str) -> str:
    """What the user said, without the notes around it."""
    words = text.rpartition("\n\n")[2]
    for note in (NOTHING_NOTE, UNSURE_NOTE):
        words = words.removesuffix(f" {note}")
    return words


def asked_again(messages: Sequence[Message]) -> list[Message]:
    """`messages`, with the note behind them that asks for another answer."""
    return [*messages[:-1], Message(messages[-1].role, f"{messages[-1].text} {AGAIN_NOTE}")]
