"""The language that is being spoken, turn by turn: what is heard, weighed against what was spoken so far.

A transcriber is often wrong about a short "ja" or "no", and a wrong language costs a whole answer. So a turn changes it
only if it is long enough and clearly so, if its words say so too, or if it is the second in a row. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from companion.core.engines import Transcript
from companion.core.languages import LANGUAGES
from companion.talk.language_of_text import language_of_text

SURE_PROBABILITY = 0.8
"""Of a language, as the transcriber gives it: enough for a turn of `LEAST_WORDS`."""
LIKELY_PROBABILITY = 0.5
"""Enough where the words are of that language too, or the turn before was taken for it."""
LEAST_WORDS = 3


@runtime_checkable
class PrefersLanguage(Protocol):
    """A transcriber that detects the language, and can be told which one is likely."""

    def prefer(self, language: str) -> None:
        """Take a sound that is short or doubtful to be in `language` (two letters). Returns at once."""


@dataclass(frozen=True, slots=True)
class _Heard:
    language: str = ""
    probability: float = 0.0


class LanguageOfTalk:
    """`current` is the language of the last turn that was taken."""

    def __init__(self, fixed: str = "", hers: str = "") -> None:
        """`fixed`: that of the settings, which always holds; `hers`: that of her persona, which she answers in. Two
        letters each, or empty."""
        self._fixed = fixed
        self._hers = hers
        self.current = fixed or hers or "en"
        self._heard = _Heard()
        self._switched = False
        """Something else than what goes without saying has been spoken."""
        self._wanted = ""
        """What the last turn was taken for and did not become."""

    def hear(self, transcript: Transcript) -> None:
        """What was last understood of the turn in hand."""
        if transcript.text:
            self._heard = _Heard(transcript.language, transcript.language_probability)

    def of_turn(self, text: str, typed: bool = False) -> str:
        """The language of the turn in hand, whose words are `text`. Changes nothing."""
        if self._fixed:
            return self._fixed
        written = language_of_text(text)
        if typed:
            return written or self.current
        language, probability = self._heard.language, self._heard.probability
        if language == self.current or language not in LANGUAGES or probability < LIKELY_PROBABILITY:
            return self.current
        if written == self.current:
            return self.current
        words = len(text.split())
        clearly = words >= LEAST_WORDS and (probability >= SURE_PROBABILITY or written == language)
        return language if clearly or self._wanted == language else self.current

    def take(self, text: str, typed: bool = False) -> str:
        """The turn in hand is over: its language is spoken from now on."""
        self.current = self.of_turn(text, typed)
        heard = "" if typed else self._heard.language
        self._wanted = heard if heard != self.current else ""
        self._heard = _Heard()
        self._switched = self._switched or bool(self.to_be_told(self.current))
        return self.current

    def of_answer(self, language: str) -> str:
        """What she answers in to a turn in `language`."""
        return self._hers or language

    def to_be_told(self, language: str) -> str:
        """What she has to be told to answer a turn in `language` in; empty while that goes without saying."""
        answer = self.of_answer(language)
        return answer if self._switched or answer != self._usual else ""

    def begin_anew(self) -> None:
        """Another conversation: nothing but the present language is known of it."""
        self._switched = False

    def become(self, hers: str) -> None:
        """Another persona, who speaks `hers`, or, if that is empty, what is spoken."""
        self._hers = hers

    @property
    def _usual(self) -> str:
        """What she answers in if she is told nothing: her character is in English, or says what she speaks."""
        return self._hers or "en"
