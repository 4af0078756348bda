"""Where personas stand: those that came with the program, and the user's own with what belongs to them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from companion.core.paths import diaries_folder, personas_folder, shipped

LONGEST_KEY = 40
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that no file can have on Windows."""


def shipped_personas() -> Path:
    """The folder of those that came with the program; nothing in it is ever changed."""
    return shipped("assets") / "personas"


def own_file(key: str) -> Path:
    """Where a persona of the user's own stands. One with the key of a shipped one is taken in its place."""
    return personas_folder() / f"{key}.toml"


def home_of(key: str) -> Path:
    """The file that a persona is saved to: never that of a shipped one."""
    return Path(key).expanduser() if key.endswith(".toml") else own_file(key)


def original_of(key: str) -> Path | None:
    """The file that came with the program under `key`; None if none did."""
    file = shipped_personas() / f"{key}.toml"
    return file if not key.endswith(".toml") and file.is_file() else None


def is_own(key: str) -> bool:
    """Whether there is a persona of the user's own under `key`."""
    return own_file(key).is_file()


def card_file(persona_file: Path) -> Path:
    """Where the card is that a persona came from, if it came from one."""
    return persona_file.with_suffix(".card.json")


def image_file(persona_file: Path) -> Path:
    """Where its picture is, if it has one."""
    return persona_file.with_suffix(".png")


def free_key(name: str) -> str:
    """A file name made of `name` that no persona has yet, nor had: she would remember what that one was told."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_KEY].strip("-") or "persona"
    if _RESERVED.fullmatch(key):
        key += "-persona"
    taken = {path.stem for folder in (personas_folder(), shipped_personas()) for path in folder.glob("*")}
    taken = {stem.removesuffix(".card") for stem in taken}
    taken |= {folder.name for folder in diaries_folder().glob("*")}
    if key not in taken:
        return key
    number = 2
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"
