"""Word ends from phoneme groups: espeak joins words and splits others, and no word may be lost."""

from __future__ import annotations

import pytest

from companion.backends.piper_words import match_words


@pytest.mark.parametrize(
    ("words", "groups", "ends"),
    [
        (["wʌt", "ʃʊd"], [("wʌt", 0.2), ("ʃʊd", 0.4)], [0.2, 0.4]),
        (["ʌv", "ðə", "haʊs"], [("əvðə", 0.4), ("haʊs", 0.8)], [0.2, 0.4, 0.8]),  # "of the" joined
        (["fɔːɹɪɡzæmpəl", "tiː"], [("fɔːɹ", 0.2), ("ɪɡzæmpəl", 0.6), ("tiː", 0.8)], [0.6, 0.8]),  # "e.g." split
        (["", "haɪ"], [("haɪ", 0.3)], [0.075, 0.3]),  # a word without sound
        (["haɪ"], [], [0.0]),
    ],
)
def test_words_and_groups_are_paired(words: list[str], groups: list[tuple[str, float]], ends: list[float]) -> None:
    assert match_words(words, groups) == pytest.approx(ends, abs=0.011)
