"""Where the words of a clause end, for a voice that does not tell: by their letters, and by the pauses in the sound.

`estimated_words` is for sound that is there as a whole; `Pace` and `Extent` for such as comes in pieces.
"""

from __future__ import annotations

import re

import numpy as np

from companion.core.audio import Samples
from companion.core.engines import SpokenWord

WINDOW_S = 0.02
PAUSE_S = 0.1
"""Shorter silences belong to consonants."""
QUIET = 0.03
"""Of the loudest window: what is below is no speech."""

AUDIBLE = 0.01
"""Amplitude below which a voice says nothing: -40 dB."""

LETTER_S = 0.068
"""Of an unhurried voice, pauses included, until it is known how fast this one is."""

_OF_WORD, _OF_COMMA, _OF_STOP = 0.6, 2.0, 5.0
"""What a word, and the pause behind it, take beside its letters, in letters."""

_LEARNT = 0.3
"""The share of the last clause in what is known of the pace."""


class Pace:
    """How fast a voice speaks, learnt from what it said."""

    def __init__(self) -> None:
        self._letter_s = LETTER_S

    def estimated_s(self, words: list[str]) -> float:
        """How long it will take over `words`."""
        return self._letter_s * sum(map(_weight, words))

    def learn(self, words: list[str], took_s: float) -> None:
        if words:
            self._letter_s += _LEARNT * (took_s / sum(map(_weight, words)) - self._letter_s)


class Extent:
    """From where to where a voice is audible in sound that comes in pieces."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._samples = 0
        self._audible: tuple[int, int] | None = None

    def add(self, piece: Samples) -> None:
        loud = np.flatnonzero(np.abs(piece) > AUDIBLE)
        if len(loud):
            first = self._audible[0] if self._audible else self._samples + int(loud[0])
            self._audible = first, self._samples + int(loud[-1]) + 1
        self._samples += len(piece)

    @property
    def length_s(self) -> float:
        return self._samples / self._rate_hz

    @property
    def audible_s(self) -> tuple[float, float]:
        """Seconds at which it is first, and last, audible."""
        first, last = self._audible or (0, self._samples)
        return first / self._rate_hz, last / self._rate_hz


def estimated_words(text: str, samples: Samples, rate_hz: int) -> tuple[SpokenWord, ...]:
    """The words of `text`, split at white space, each with its estimated end in `samples`.

    Where the sound pauses as often as the text does, each part of the text fills the sound between two pauses.
    """
    words = text.split()
    if not words:
        return ()
    spans = _speech(samples, rate_hz)
    parts = _parts(words)
    if len(parts) != len(spans):
        parts, spans = [words], [(spans[0][0], spans[-1][1])]
    ends: list[SpokenWord] = []
    for part, (begin_s, end_s) in zip(parts, spans, strict=True):
        ends += spread_words(part, begin_s, end_s)
    return tuple(ends)


def spread_words(words: list[str], begin_s: float, end_s: float) -> tuple[SpokenWord, ...]:
    """`words`, which are spoken from `begin_s` to `end_s`, with the estimated end of each."""
    ends, at = [], 0.0
    for word, weight in zip(words, map(_weight, words), strict=True):
        ends.append(at + _OF_WORD + _letters(word))
        at += weight
    whole = ends[-1] if ends else 1.0
    return tuple(
        SpokenWord(word, begin_s + (end_s - begin_s) * end / whole) for word, end in zip(words, ends, strict=True)
    )


def _parts(words: list[str]) -> list[list[str]]:
    """`words` cut behind those at which a voice pauses."""
    parts: list[list[str]] = [[]]
    for word in words:
        parts[-1].append(word)
        if re.search(r"[.,;:!?…—]['\")”’]*$", word):
            parts.append([])
    return [part for part in parts if part]


def _speech(samples: Samples, rate_hz: int) -> list[tuple[float, float]]:
    """Begin and end in seconds of each stretch of speech, pauses between them; all of it if there is none."""
    size = max(1, round(WINDOW_S * rate_hz))
    count = len(samples) // size
    loud = np.abs(samples[: count * size]).reshape(count, size).mean(axis=1) if count else np.zeros(0)
    at = np.flatnonzero(loud > QUIET * loud.max()) if count and loud.max() > 0 else np.zeros(0, dtype=int)
    if not len(at):
        return [(0.0, len(samples) / rate_hz)]
    gaps = np.flatnonzero(np.diff(at) > PAUSE_S / WINDOW_S)
    firsts = [at[0], *at[gaps + 1]]
    lasts = [*at[gaps], at[-1]]
    return [(first * size / rate_hz, (last + 1) * size / rate_hz) for first, last in zip(firsts, lasts, strict=True)]


def _weight(word: str) -> float:
    """How long a word takes with the pause behind it, in letters."""
    pause = _OF_STOP if word.endswith((".", "!", "?", "…", ":")) else _OF_COMMA if word.endswith((",", ";")) else 0.0
    return _OF_WORD + _letters(word) + pause


def _letters(word: str) -> int:
    return sum(1 for letter in word if letter.isalnum()) or 1
