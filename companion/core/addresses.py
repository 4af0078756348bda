"""Where words go."""

from __future__ import annotations

from collections.abc import Iterable

from companion.core.engines import EngineInfo


def addresses(engines: Iterable[EngineInfo]) -> str:
    """Where words go beyond this computer, each address once; empty: nowhere."""
    return ", ".join(dict.fromkeys(engine.where for engine in engines if engine.where != "this computer"))
