"""Where personas of the user's own stand, each with the card it came from and its picture beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from companion.cards import limits
from companion.cards.card import Card, encoded, parsed
from companion.cards.exporting import card_json, card_picture
from companion.cards.importing import Imported, persona_of
from companion.cards.reading import read_card
from companion.core.errors import UsageError
from companion.core.paths import personas_folder, shipped
from companion.core.persona import find_persona, load_persona
from companion.core.persona_file import persona_toml, save_persona, write_whole

LONGEST_KEY = 40
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that no file can have on Windows."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A persona that was imported, and where it is now."""

    key: str
    file: Path
    imported: Imported


def card_file(persona_file: Path) -> Path:
    """Where the card is that a persona came from, if it came from one."""
    return persona_file.with_suffix(".card.json")


def image_file(persona_file: Path) -> Path:
    """Where its picture is, if it has one."""
    return persona_file.with_suffix(".png")


def keep_card(file: Path) -> Kept:
    """Import the card in `file` into the user's folder, under a name of its own. Raises CompanionError."""
    card = read_card(file)
    imported = persona_of(card)
    key = _free_key(imported.persona.name)
    home = personas_folder() / f"{key}.toml"
    written: list[Path] = []
    try:
        for beside, content in ((card_file(home), encoded(card.root)), (image_file(home), card.image)):
            if content:
                written.append(beside)
                write_whole(beside, content)
        save_persona(imported.persona, home)
    except BaseException:
        for beside in written:
            beside.unlink(missing_ok=True)
        raise
    return Kept(key, home, imported)


def keep_toml(file: Path) -> Kept:
    """Import a persona file, as it is. Raises SettingsError."""
    persona = load_persona(str(file))
    key = _free_key(file.stem)
    home = personas_folder() / f"{key}.toml"
    write_whole(home, file.read_bytes())
    return Kept(key, home, Imported(persona, ("all of it",), ()))


def card_beside(persona_file: Path) -> Card | None:
    """The card that a persona came from; None if it came from none. Raises CardError if it cannot be read."""
    file = card_file(persona_file)
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        return Card(parsed(opened.read(limits.JSON_BYTES * 3 + 1)))


def exported(name_or_path: str, form: str) -> bytes:
    """The file of a persona: `form` is v2-png, v3-png, v2-json, v3-json or toml. Raises CompanionError."""
    file = find_persona(name_or_path)
    persona = load_persona(name_or_path)
    if form == "toml":
        return persona_toml(persona).encode("utf-8")
    version, kind = int(form[1]), form[3:]
    before = card_beside(file)
    if kind == "json":
        return encoded(card_json(persona, version, before))
    image = image_file(file)
    image = image if image.is_file() else shipped("assets") / "icon" / "companion-512.png"
    return card_picture(persona, version, image.read_bytes(), before)


def remove(key: str) -> list[Path]:
    """Remove a persona of the user's own and what is beside it; returns what was removed. Raises UsageError."""
    file = personas_folder() / f"{key}.toml"
    if Path(key).name != key or not file.is_file():
        raise UsageError(
            f"There is no persona of your own called {key!r}.",
            "`companion persona list` shows which are yours; those that came with the program stay.",
        )
    gone = [path for path in (file, card_file(file), image_file(file)) if path.is_file()]
    for path in gone:
        path.unlink()
    return gone


def _free_key(name: str) -> str:
    """A file name made of `name` that no persona has yet."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_KEY].strip("-") or "persona"
    if _RESERVED.fullmatch(key):
        key += "-persona"
    taken = {path.stem for folder in (personas_folder(), shipped("assets") / "personas") for path in folder.glob("*")}
    taken = {stem.removesuffix(".card") for stem in taken}
    if key not in taken:
        return key
    number = 2
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"
