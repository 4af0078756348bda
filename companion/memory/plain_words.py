"""What is said in so many words: what the user asks to be remembered, what she promises, what she thinks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from companion.core.second_person import to_you

CONFIDENCE = 0.9
_ASKED = re.compile(
    r"^\W*(?:[\w' ]+, )?(?:please )?(?:remember|don['’]t forget|keep in mind) (?:that )?(?P<said>.+)", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")
_HER_PROMISE = re.compile(
    r"\bI(?:['’]ll| will|(?: promise(?: you)?)(?: that I['’]ll| I['’]ll| to)?) (?:\w+ )?"
    r"(?:remind|ask|tell|think|look|find|sing|write|read|keep|remember|check|bring|try)\b",
    re.IGNORECASE,
)
_HER_THOUGHT = re.compile(
    r"^I(?:['’]ve always| (?:really |always |secretly |rather )?)"
    r"(?:love|like|hate|prefer|believe|dream of|admire|adore|loved|wanted to|named myself|call myself) "
    r"(?!that\b|this\b|it\b|how\b|what\b|the way\b)(?!.*\byou(?:r|['’]\w+)?\b)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_LONGEST_QUOTE = 25


def asked_to_remember(text: str) -> Iterator[str]:
    """The statements that the user asks to be remembered in `text`."""
    for sentence in _SENTENCE.findall(text):
        if (match := _asked(sentence)) and len(match["said"].split()) >= _FEWEST_WORDS:
            yield to_you(match["said"])


def her_promises(text: str) -> Iterator[str]:
    """Sentences in which she says that she will do something."""
    return (sentence for sentence in _sentences(text) if _HER_PROMISE.search(sentence))


def her_thoughts(text: str) -> Iterator[str]:
    """Sentences in which she speaks of herself."""
    return (sentence for sentence in _sentences(text) if _HER_THOUGHT.search(sentence))


def _asked(sentence: str) -> re.Match[str] | None:
    return None if sentence.endswith("?") else _ASKED.match(sentence.strip())


def _sentences(text: str) -> Iterator[str]:
    for sentence in map(str.strip, _SENTENCE.findall(text)):
        if not sentence.endswith("?") and len(sentence.split()) <= _LONGEST_QUOTE:
            yield sentence
