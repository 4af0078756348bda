"""What is voiced once and kept, and what is not."""

from __future__ import annotations

from companion.core.engines import Voiced
from companion.talk.voiced_openings import KEPT, OPENINGS, VoicedOpenings
from tests.fakes.engines import EvenSynthesizer


class Counting(EvenSynthesizer):
    def __init__(self) -> None:
        self.voiced: list[str] = []

    def voice(self, text: str) -> Voiced:
        self.voiced.append(text)
        return super().voice(text)


def test_openings_are_voiced_before_they_are_needed() -> None:
    voice = Counting()
    openings = VoicedOpenings(voice)
    openings.warm_up()
    assert voice.voiced == list(OPENINGS["en"])
    openings.voice(OPENINGS["en"][0])
    assert len(voice.voiced) == len(OPENINGS["en"])


def test_a_short_clause_is_voiced_once_and_a_long_one_each_time() -> None:
    voice = Counting()
    openings = VoicedOpenings(voice)
    assert openings.voice("That is so good!") is openings.voice("That is so good!")
    for _ in range(2):
        openings.voice("That is so very good!")
    assert voice.voiced == ["That is so good!", "That is so very good!", "That is so very good!"]


def test_what_was_not_said_for_longest_is_let_go() -> None:
    voice = Counting()
    openings = VoicedOpenings(voice)
    for number in range(KEPT):
        openings.voice(f"Number {number}.")
    openings.voice("Number 0.")
    openings.voice("One more.")
    voice.voiced.clear()
    openings.voice("Number 0.")
    openings.voice("Number 1.")
    assert voice.voiced == ["Number 1."]


def test_in_an_unknown_language_nothing_is_voiced_in_advance() -> None:
    voice = Counting()
    VoicedOpenings(voice, "fi").warm_up()
    assert voice.voiced == []
