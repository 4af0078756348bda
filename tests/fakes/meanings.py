"""An embedder for tests: texts that share a theme mean the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from companion.core.engines import EngineInfo
from companion.core.errors import EngineError

THEMES = (("violin", "music", "instrument"), ("sister", "sibling", "Petra"), ("car", "vehicle"), ("soup", "food"))


class ThemeEmbedder:
    """64 dimensions: one for each theme, and some noise that tells texts apart."""

    def __init__(self, name: str = "themes") -> None:
        self.name = name
        self.asked: list[str] = []
        self.broken = False

    def info(self) -> EngineInfo:
        return EngineInfo("memory", "fake", self.name)

    def warm_up(self) -> None: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.broken:
            raise EngineError("It failed.", "Mend it.")
        self.asked += texts
        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> NDArray[np.float32]:
        vector = np.random.default_rng(len(text)).normal(0, 0.05, 64).astype(np.float32)
        for index, words in enumerate(THEMES):
            vector[index] += any(word.casefold() in text.casefold() for word in words)
        return np.asarray(vector / np.linalg.norm(vector), np.float32)
