"""Word ends from phoneme groups: espeak joins words and splits others, and no word may be lost."""

from __future__ import annotations

import pytest

from companion.backends.piper_words import Group, Span, match_words, placed


def group(phonemes: str, begin_s: float, *ends_s: float) -> Group:
    """Spoken from `begin_s` on, at an even pace where only its end is given."""
    if len(ends_s) == 1:
        ends_s = tuple(begin_s + (ends_s[0] - begin_s) * (n + 1) / len(phonemes) for n in range(len(phonemes)))
    return Group(phonemes, begin_s, ends_s)


@pytest.mark.parametrize(
    ("words", "groups", "ends"),
    [
        (["wʌt", "ʃʊd"], [group("wʌt", 0.0, 0.2), group("ʃʊd", 0.2, 0.4)], [0.2, 0.4]),
        # "of the" joined, its first sound long
        (["ʌv", "ðə", "haʊs"], [group("əvðə", 0.0, 0.2, 0.3, 0.35, 0.4), group("haʊs", 0.4, 0.8)], [0.3, 0.4, 0.8]),
        # "for a" joined, and the first said in another way than alone
        (["fɔːɹ", "ˈeɪ"], [group("fɚɹə", 0.0, 0.1, 0.2, 0.24, 0.3)], [0.24, 0.3]),
        (
            ["fɔːɹɪɡzæmpəl", "tiː"],
            [group("fɔːɹ", 0, 0.2), group("ɪɡzæmpəl", 0.2, 0.6), group("tiː", 0.6, 0.8)],
            [0.6, 0.8],
        ),
        (["", "haɪ"], [group("haɪ", 0.0, 0.3)], [0.0, 0.3]),  # a word without sound
        (["haɪ"], [], [0.0]),
    ],
)
def test_words_and_groups_are_paired(words: list[str], groups: list[Group], ends: list[float]) -> None:
    assert [span.end_s for span in match_words(words, groups)] == pytest.approx(ends)


def test_a_pause_between_two_words_belongs_to_neither() -> None:
    spans = match_words(["aʊt", "ænd", "ðə"], [group("aʊt", 0.04, 0.3), group("ænd", 0.6, 0.8), group("ðə", 0.85, 0.9)])
    assert spans[1] == Span(0.6, 0.8)
    words = placed(["out,", "and", "the"], spans, 0.9)
    assert [word.end_s for word in words] == [0.3, 0.8, 0.9]
    assert [word.pause_s for word in words] == pytest.approx([0.04, 0.3, 0.0]), "a gap of 50 ms is no pause"
