"""Reads a card from a file, whatever kind of card and file it is."""

from __future__ import annotations

from pathlib import Path

from companion.cards import charx, limits, png
from companion.cards.card import Card, decoded, parsed
from companion.core.errors import CardError

KEYWORDS = ("ccv3", "chara")
"""Where a PNG has its card, the better one first."""


def read_card(file: Path) -> Card:
    """The card in `file`: JSON, PNG or CHARX, by its content. Raises CardError."""
    try:
        with file.open("rb") as opened:
            content = opened.read(limits.FILE_BYTES + 1)
    except OSError as error:
        raise CardError(f"{file} cannot be read: {error.strerror}.", "Name a file that can be read.") from error
    return card_of(content)


def card_of(content: bytes) -> Card:
    """The card in the bytes of such a file. Raises CardError."""
    if len(content) > limits.FILE_BYTES:
        raise CardError(
            f"The file is larger than {limits.FILE_BYTES // 1_000_000} MB.", "Cards are smaller; choose another."
        )
    if content.startswith(png.SIGNATURE):
        return _from_png(content)
    if content.startswith(charx.SIGNATURE):
        return charx.read_charx(content)
    return Card(parsed(content))


def _from_png(content: bytes) -> Card:
    pieces = list(png.chunks(content))
    found = png.texts(pieces, KEYWORDS)
    for keyword in KEYWORDS:
        if keyword in found:
            image = png.picture(pieces)
            return Card(decoded(found[keyword]), image, () if image else ("the picture, which is too large",))
    raise CardError("There is no character in that picture.", "Choose a picture that is a character card.")
