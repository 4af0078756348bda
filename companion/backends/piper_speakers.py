"""The speakers of a Piper voice that was trained on many, as its description names them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from companion.core.errors import ModelError

MOST_LISTED = 12
"""An error lists so many names; some voices have 900."""


def speakers_of(config: Mapping[str, Any]) -> dict[str, int]:
    """Name and number of each speaker, by number; none in a voice of one. Those without a name are called by number."""
    count = config.get("num_speakers")
    if not isinstance(count, int) or count < 2:
        return {}
    named = config.get("speaker_id_map")
    named = named if isinstance(named, dict) else {}
    names = {number: str(name) for name, number in named.items() if isinstance(number, int) and 0 <= number < count}
    return {names.get(number, str(number)): number for number in range(count)}


def speaker_number(config: Mapping[str, Any], wanted: str, voice: str) -> int | None:
    """The number of the speaker `wanted`, by name or number; None in a voice of one. Raises ModelError with a list."""
    speakers = speakers_of(config)
    if not wanted:
        return 0 if speakers else None
    if not speakers:
        raise ModelError(f"The voice {voice} has one speaker only.", f"Leave #{wanted} out.")
    if wanted in speakers:
        return speakers[wanted]
    if wanted.isdecimal() and int(wanted) < len(speakers):
        return int(wanted)
    raise ModelError(f"The voice {voice} has no speaker {wanted}.", _choice(wanted, list(speakers)))


def speakers_beside(file: Path) -> tuple[str, ...]:
    """The names of the speakers of the voice `file`; none in a voice of one, or where nothing can be read."""
    try:
        config = json.loads(file.with_name(file.name + ".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(speakers_of(config)) if isinstance(config, dict) else ()


def _choice(wanted: str, names: list[str]) -> str:
    near = get_close_matches(wanted, names, n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    listed = ", ".join(names[:MOST_LISTED]) + (" …" if len(names) > MOST_LISTED else "")
    return f"{meant}There are {len(names)}, by number from 0 to {len(names) - 1} or by name: {listed}."
