"""Kokoro's voices: how each sounds is a table of numbers, and tables can be mixed.

A blend names them with their weights, which are made to add up to 1: "af_heart*0.6+af_bella*0.4", "jf_alpha+jf_nezumi".
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from companion.core.errors import ModelError

LONGEST_TOKENS = 510
"""A style has one row for each length of what is said, in symbols."""
STYLE_SIZE = 256

Style: TypeAlias = NDArray[np.float32]
"""Shape (510, 256)."""

_PART = re.compile(r"([a-z][a-z0-9_]*)(?:\*(\d{1,3}(?:\.\d{1,6})?))?")


def blend_of(name: str) -> dict[str, float]:
    """The voices of a blend with their shares, which add up to 1. Raises ModelError that says how one is written."""
    parts = [_PART.fullmatch(part.strip()) for part in name.split("+")]
    weights: dict[str, float] = {}
    for part in parts:
        if part is None or float(part[2] or 1) <= 0 or part[1] in weights:
            raise ModelError(
                f"{name!r} is no blend of voices.",
                "Write names with weights above 0, each name once, such as af_heart*0.6+af_bella*0.4.",
            )
        weights[part[1]] = float(part[2] or 1)
    total = sum(weights.values())
    return {voice: weight / total for voice, weight in weights.items()}


def names_in(folder: Path) -> tuple[str, ...]:
    """The voices beside a Kokoro model, women first, sorted; none if there are none. Reads no tables."""
    names = {path.stem for path in folder.glob("*.bin")}
    for path in folder.glob("voices*.npz"):
        try:
            with zipfile.ZipFile(path) as archive:
                names |= {Path(name).stem for name in archive.namelist()}
        except (OSError, zipfile.BadZipFile):
            continue
    return tuple(sorted(names, key=lambda name: (name[1:2] != "f", name)))


def blended(folder: Path, name: str) -> Style:
    """The table of the voice or blend `name`. Raises ModelError: no such voice, or damaged."""
    there = names_in(folder)
    shares = blend_of(name)
    for voice in shares:
        if voice not in there:
            near = get_close_matches(voice, there, n=1)
            meant = f"Did you mean {near[0]}? " if near else ""
            raise ModelError(f"Kokoro has no voice called {voice} here.", f"{meant}There are: {', '.join(there)}.")
    tables = _tables(folder, shares)
    return np.asarray(sum(share * tables[voice] for voice, share in shares.items()), dtype=np.float32)


def _tables(folder: Path, wanted: Mapping[str, float]) -> dict[str, Style]:
    try:
        found = {path.stem: np.fromfile(path, dtype="<f4") for path in folder.glob("*.bin") if path.stem in wanted}
        for path in folder.glob("voices*.npz"):
            with np.load(path) as archive:
                found |= {name: archive[name] for name in archive.files if name in wanted}
        return {name: table.reshape(LONGEST_TOKENS, STYLE_SIZE) for name, table in found.items()}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"The voices of Kokoro in {folder} are damaged.", "Install it anew.") from error
