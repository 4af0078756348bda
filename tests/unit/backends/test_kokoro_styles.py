"""Blends of Kokoro's voices, and which there are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from companion.backends.kokoro_styles import LONGEST_TOKENS, STYLE_SIZE, blend_of, blended, names_in
from companion.core.errors import ModelError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shape = (LONGEST_TOKENS, 1, STYLE_SIZE)
    np.savez(tmp_path / "voices_ja.npz", jm_kumo=np.full(shape, 1, "f4"), jf_alpha=np.full(shape, 2, "f4"))
    np.full(shape, 4, "f4").tofile(tmp_path / "af_heart.bin")
    return tmp_path


def test_voices_of_both_kinds_of_files_are_there_women_first(folder: Path) -> None:
    assert names_in(folder) == ("af_heart", "jf_alpha", "jm_kumo")
    assert names_in(folder / "nothing") == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("af_heart", 4),
        ("jf_alpha", 2),
        ("jf_alpha*0.5+af_heart*0.5", 3),
        ("jf_alpha+af_heart", 3),
        ("jm_kumo*3 + af_heart", 1.75),
    ],
)
def test_a_blend_is_the_mean_by_weight(folder: Path, name: str, value: float) -> None:
    style = blended(folder, name)
    assert style.shape == (LONGEST_TOKENS, STYLE_SIZE)
    assert style == pytest.approx(value)


@pytest.mark.parametrize(
    "name", ["", "+", "af_heart*", "af_heart*0", "af_heart*-1", "af_heart*x", "a b", "af_heart+af_heart"]
)
def test_what_is_no_blend_is_told_how_one_is_written(name: str) -> None:
    with pytest.raises(ModelError, match="no blend of voices") as error:
        blend_of(name)
    assert "af_heart*0.6+af_bella*0.4" in error.value.hint


def test_a_voice_that_is_not_there_is_named_with_those_that_are(folder: Path) -> None:
    with pytest.raises(ModelError, match="no voice called jf_alfa") as error:
        blended(folder, "af_heart+jf_alfa")
    assert error.value.hint == "Did you mean jf_alpha? There are: af_heart, jf_alpha, jm_kumo."


def test_damaged_tables_are_told_of(folder: Path) -> None:
    (folder / "af_heart.bin").write_bytes(b"short")
    with pytest.raises(ModelError, match="damaged"):
        blended(folder, "af_heart")
