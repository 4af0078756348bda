"""Word error rates, with what is written and what is spoken made alike first."""

from __future__ import annotations

import re

import jiwer

from companion.talk.spoken_form import speakable


def plain(text: str) -> str:
    """Lower case, numbers as words, no punctuation, hyphens as spaces."""
    spoken = speakable(text).lower().replace("-", " ").replace("’", "'")
    return " ".join(re.findall(r"[\w']+", spoken))


def error_rate(reference: str, heard: str) -> float:
    """Word error rate; 0 if both are empty."""
    if not plain(reference):
        return float(bool(plain(heard)))
    return float(jiwer.wer(plain(reference), plain(heard)))


def word_distance(first: str, second: str) -> int:
    """How many words must be put in, taken out or replaced to make one text of the other."""
    if not plain(first) or not plain(second):
        return max(len(plain(first).split()), len(plain(second).split()))
    measured = jiwer.process_words(plain(first), plain(second))
    return int(measured.substitutions + measured.deletions + measured.insertions)
