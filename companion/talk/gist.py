"""What remains of turns that no longer fit the prompt: the most telling of what the user said, in their own words.

Made without a language model, at once: what a conversation was about must not be lost on the weakest computer, nor
make anyone wait on a strong one. A summary that was written while nobody spoke goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from companion.core.tokens import estimated_tokens

TOLD = "I told you: {sentences}"
"""It stands within a turn of the user's, where "I" is the user."""
FADING = 0.8
"""What a sentence weighs, each time that more turns have gone."""
SUMMARY_WEIGHT = 9.0
FEWEST_WORDS = 2
"""Of those that tell something."""
LONGEST_WORDS = 24

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*[\"”»’)]*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NAME = re.compile(r"(?<=[a-z,;] )(?!I\b)[A-ZÀ-Þ]\w+")
_NUMBER = re.compile(r"\d")
_OWN = re.compile(r"\b(?:I|my|we|our)\b", re.IGNORECASE)
_SMALL_TALK = frozenset(
    re.findall(
        r"\S+",
        """
        a about ah all alright am an and are as at be been but by can could did do does doing done for from get go good
        got had has have he hello her hey hi hm him his how i i'm if in is it it's its just know like maybe me mean mm
        more my never nice no not now of oh ok okay on one or our out please really right say see she should so some
        sorry still sure tell than thank thanks that that's the their them then there they thing things think this
        to too up us very want was we well were what when where which who why will with would yeah yes yet you your
        """,
    )
)
"""Words that tell little, however often they are said."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    weight: float
    written: bool
    """By a model, of several turns."""


class Gist:
    """Sentences that remain, in the order in which they were said."""

    def __init__(self, before: str = "") -> None:
        """`before`: what was talked about earlier; it stays until it fades behind what was said since."""
        self._sentences = [_Sentence(text, SUMMARY_WEIGHT, written=True) for text in _sentences(before)]

    def sum_up(self, summary: str) -> None:
        """A summary of turns that have gone, or will soon."""
        self._sentences += [_Sentence(text, SUMMARY_WEIGHT, written=True) for text in _sentences(summary)]

    def lose(self, said: Iterable[str], tokens: int) -> str:
        """The gist, in up to so many `tokens`, once the user's turns `said` have gone too."""
        faded = [replace(sentence, weight=sentence.weight * FADING) for sentence in self._sentences]
        new = [_Sentence(text, weight, written=False) for turn in said for text, weight in _telling(turn)]
        self._sentences = _weightiest([*faded, *new], tokens - estimated_tokens(TOLD))
        return self.text

    @property
    def text(self) -> str:
        """Summaries first, then what the user said."""
        written = " ".join(sentence.text for sentence in self._sentences if sentence.written)
        quoted = " ".join(sentence.text for sentence in self._sentences if not sentence.written)
        return f"{written} {TOLD.format(sentences=quoted)}".strip() if quoted else written


def _sentences(text: str) -> list[str]:
    return [match[0].strip() for match in _SENTENCE.finditer(text) if match[0].strip()]


def _telling(turn: str) -> Iterable[tuple[str, float]]:
    for sentence in _sentences(turn):
        words = _WORD.findall(sentence)
        content = _content(sentence)
        if len(content) < FEWEST_WORDS or sentence.endswith("?") or not 3 <= len(words) <= LONGEST_WORDS:
            continue
        names, numbers = len(_NAME.findall(sentence)), len(_NUMBER.findall(sentence)) > 0
        yield sentence, len(content) ** 0.5 + names + numbers + bool(_OWN.search(sentence))


def _content(sentence: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(sentence)} - _SMALL_TALK


def _weightiest(sentences: list[_Sentence], tokens: int) -> list[_Sentence]:
    """As many as fit, the weightiest first, in their old order; what repeats others is left out."""
    kept, told = set[int](), set[str]()
    ranked = sorted(range(len(sentences)), key=lambda place: (sentences[place].weight, place), reverse=True)
    for place in ranked:
        cost, content = estimated_tokens(sentences[place].text) + 1, _content(sentences[place].text)
        if cost <= tokens and len(content & told) <= len(content) / 2:
            kept.add(place)
            told |= content
            tokens -= cost
    return [sentence for place, sentence in enumerate(sentences) if place in kept]
