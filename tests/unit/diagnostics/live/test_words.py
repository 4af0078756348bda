"""Words lost, added and replaced."""

from __future__ import annotations

import pytest

from companion.diagnostics.live.words import Difference, difference, plain


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("The sun was out, and the birds sang.", Difference(0, 0, 0)),
        ("the sun was out and the birds", Difference(1, 0, 0)),
        ("the sun was out and and the birds sang", Difference(0, 1, 0)),
        ("the son was out and the birds sang", Difference(0, 0, 1)),
        ("", Difference(8, 0, 0)),
    ],
)
def test_the_fewest_changes_are_counted(heard: str, expected: Difference) -> None:
    assert difference("The sun was out, and the birds sang.", heard) == expected
    assert expected.total == expected.lost + expected.added + expected.replaced


def test_only_words_count() -> None:
    assert plain("It’s a well-known -- STORY!") == ["it's", "a", "well", "known", "story"]
