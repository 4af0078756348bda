"""Meanings in few bytes are still the nearest."""

from __future__ import annotations

import numpy as np

from companion.memory.vectors import Meanings, packed


def test_the_nearest_are_found_by_their_signs_and_told_apart_by_their_bytes() -> None:
    dice = np.random.default_rng(7)
    vectors = dice.normal(size=(3000, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    meanings = Meanings()
    for start in range(0, 3000, 700):
        numbers = list(range(start, min(start + 700, 3000)))
        meanings.add([number + 10 for number in numbers], packed(vectors[numbers]))
    asked = vectors[42] + dice.normal(size=384).astype(np.float32) / 40
    asked /= np.linalg.norm(asked)
    nearest = meanings.nearest(asked, 20)
    likeness = meanings.likeness(asked, [*nearest, 99_999])
    assert len(nearest) == 20
    assert max(likeness, key=lambda number: likeness[number]) == 52
    assert abs(likeness[52] - float(vectors[42] @ asked)) < 0.01
    assert 99_999 not in likeness


def test_of_few_all_are_near() -> None:
    meanings = Meanings()
    assert meanings.nearest(np.ones(64, np.float32), 5) == []
    assert meanings.likeness(np.ones(64, np.float32), [1]) == {}
    meanings.add([3, 4], packed(np.eye(64, dtype=np.float32)[:2]))
    assert sorted(meanings.nearest(np.ones(64, np.float32), 5)) == [3, 4]
