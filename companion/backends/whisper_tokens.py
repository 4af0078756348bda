"""Which token Whisper may write next: the rules for timestamps of its authors (openai/whisper, decoding.py)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LATEST_BEGINNING = 50
"""Steps of 20 ms at which the first word may begin, at the latest."""

Logits = NDArray[np.float32]


class TokenRules:
    """For one tokenizer. A transcript is a row of segments, each between two timestamps."""

    def __init__(
        self, start: int, end: int, first_timestamp: int, no_speech: int, vocabulary: int, suppressed: Sequence[int]
    ) -> None:
        """Ids of the tokens that begin and end a transcript, of the timestamp 0, and of the one that stands for no
        speech; `suppressed` are never written."""
        self.start = start
        self.end = end
        self._first_timestamp = first_timestamp
        self._no_speech = no_speech
        self._suppressed = np.zeros(vocabulary, np.float32)
        # The one before the first timestamp says that there are none.
        self._suppressed[[*suppressed, first_timestamp - 1]] = -np.inf

    def no_speech(self, logits: Logits) -> float:
        """Probability that there is no speech, by the `logits` behind `start`."""
        return float(np.exp(logits[self._no_speech] - _log_sum(logits)))

    def choose(self, logits: Logits, before: Sequence[int]) -> tuple[int, float]:
        """The next token behind those `before`, and the logarithm of its probability among what was allowed."""
        allowed = self._allowed(logits + self._suppressed, before)
        token = int(allowed.argmax())
        return token, float(allowed[token] - _log_sum(allowed))

    def _allowed(self, logits: Logits, before: Sequence[int]) -> Logits:
        times, words = logits[self._first_timestamp :], logits[: self._first_timestamp]
        if not before:
            words[:] = -np.inf
            times[LATEST_BEGINNING + 1 :] = -np.inf
            return logits
        last_is_time = before[-1] >= self._first_timestamp
        if last_is_time and (len(before) == 1 or before[-2] >= self._first_timestamp):
            times[:] = -np.inf  # a segment has begun
            return logits
        if last_is_time:
            words[: self.end] = -np.inf  # a segment has ended
        latest = next((token for token in reversed(before) if token >= self._first_timestamp), self._first_timestamp)
        times[: latest - self._first_timestamp] = -np.inf  # time does not run backwards
        if _log_sum(times) > words.max():
            words[:] = -np.inf  # together, the times are likelier than any word
        return logits


def _log_sum(logits: Logits) -> float:
    highest = float(logits.max())
    if highest == -np.inf:
        return highest
    return highest + float(np.log(np.exp(logits - highest).sum()))
