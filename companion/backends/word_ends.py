"""Where the words of a clause end, for a voice that does not tell: by their letters, and by the pauses in the sound."""

from __future__ import annotations

import re

import numpy as np

from companion.backends.piper_words import spread
from companion.core.audio import Samples
from companion.core.engines import SpokenWord

WINDOW_S = 0.02
PAUSE_S = 0.1
"""Shorter silences belong to consonants."""
QUIET = 0.03
"""Of the loudest window: what is below is no speech."""


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
        placed = spread(part, [len(re.sub(r"\W", "", word)) + 1 for word in part], end_s - begin_s)
        ends += [SpokenWord(word.text, begin_s + word.end_s) for word in placed]
    return tuple(ends)


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
