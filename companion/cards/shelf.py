"""Where personas of the user's own stand, each with the card it came from and its picture beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from companion.cards import limits
from companion.cards.card import Card, encoded, parsed
from companion.cards.exporting import card_json, card_picture
from companion.cards.importing import Imported, persona_of
from companion.cards.reading import read_card
from companion.core.errors import SettingsError, UsageError
from companion.core.paths import personas_folder, shipped
from companion.core.persona import LONGEST_NAME, find_persona, known_personas, load_persona
from companion.core.persona_file import persona_toml, save_persona, write_whole
from companion.core.persona_places import card_file, free_key, image_file, own_file

LAST_REMOVED = ".removed"
"""The folder, among the user's own, of the one that was removed last."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A persona that was imported, and where it is now."""

    key: str
    file: Path
    imported: Imported


def keep_card(file: Path) -> Kept:
    """Import the card in `file` into the user's folder, under a name of its own. Raises CompanionError."""
    card = read_card(file)
    imported = persona_of(card)
    key = free_key(imported.persona.name)
    return _kept(key, imported, encoded(card.root), card.image)


def keep_toml(file: Path) -> Kept:
    """Import a persona file, as it is. Raises SettingsError."""
    persona = load_persona(str(file))
    key = free_key(file.stem)
    home = own_file(key)
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


def duplicate(name_or_path: str) -> Kept:
    """A second persona like another, under a name and key of its own, card and picture included.

    Raises SettingsError."""
    file = find_persona(name_or_path)
    persona = load_persona(name_or_path)
    twin = persona.called(_numbered(persona.name))
    card, image = (part.read_bytes() if part.is_file() else None for part in (card_file(file), image_file(file)))
    return _kept(free_key(twin.name), Imported(twin, ("all of it",), ()), card, image)


def remove(key: str) -> list[Path]:
    """Remove a persona of the user's own and what is beside it; returns what was removed. Raises UsageError.

    It can be brought back until another is removed."""
    file = own_file(key)
    if Path(key).name != key or not file.is_file():
        raise UsageError(
            f"There is no persona of your own called {key!r}.",
            "`companion persona list` shows which are yours; those that came with the program stay.",
        )
    aside = personas_folder() / LAST_REMOVED
    with _told_as_settings_error(aside):
        aside.mkdir(exist_ok=True)
        for old in aside.iterdir():
            old.unlink()
        gone = [path for path in (card_file(file), image_file(file), file) if path.is_file()]
        for path in gone:
            path.replace(aside / path.name)
    return gone


def restore() -> str:
    """Bring back the persona that was removed last; returns its key. Raises UsageError."""
    aside = personas_folder() / LAST_REMOVED
    key = next((path.stem for path in aside.glob("*.toml")), "")
    if not key:
        raise UsageError("No persona was removed that could be brought back.", "Import its card again, if you have it.")
    if own_file(key).exists():
        raise UsageError(f"There is another persona called {key!r} by now.", "Remove or rename that one first.")
    with _told_as_settings_error(aside):
        for path in aside.iterdir():
            path.replace(personas_folder() / path.name)
    return key


def _kept(key: str, imported: Imported, card: bytes | None, image: bytes | None) -> Kept:
    """All files of a persona written, or none."""
    home = own_file(key)
    written: list[Path] = []
    try:
        for beside, content in ((card_file(home), card), (image_file(home), image)):
            if content:
                written.append(beside)
                write_whole(beside, content)
        save_persona(imported.persona, home)
    except BaseException:
        for beside in written:
            beside.unlink(missing_ok=True)
        raise
    return Kept(key, home, imported)


def _numbered(name: str) -> str:
    """ "Ada 2", or with the next number that nobody's name has."""
    taken = {persona.name for persona in known_personas()}
    base = re.sub(r" \d+$", "", name)[: LONGEST_NAME - 5]
    return next(f"{base} {number}" for number in count(2) if f"{base} {number}" not in taken)


@contextmanager
def _told_as_settings_error(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SettingsError(
            f"Files in {folder.parent} cannot be moved: {error.strerror or error}.", "See to the folder's permissions."
        ) from error
