"""A CHARX: a zip archive with the card in it. Nothing of it is ever unpacked to the disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from companion.cards import limits, png
from companion.cards.card import Card, Json, JsonObject, parsed
from companion.core.errors import CardError

SIGNATURE = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_EMBEDDED = ("embeded://", "embedded://")
"""The first is how the specification spells it."""


def read_charx(content: bytes) -> Card:
    """The card in an archive, and its main picture if that is a PNG. Raises CardError."""
    _check_list(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = parsed(_read(archive, "card.json", limits.JSON_BYTES))
            image = _icon(archive, Card(root).data)
            others = sum(not name.endswith("/") for name in archive.namelist()) - 1 - (image is not None)
    except KeyError as error:
        raise CardError("There is no card in that archive.", "Choose a CHARX file.") from error
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise CardError("The archive is damaged or locked.", "Fetch it anew, or choose another.") from error
    left_out = (f"{others} more files of the archive",) if others > 0 else ()
    return Card(root, image, left_out)


def _check_list(content: bytes) -> None:
    """Raise CardError for a table of contents that would fill the memory, before it is read."""
    at = content.rfind(_END, max(0, len(content) - _END_BYTES - _LONGEST_COMMENT))
    if at < 0 or at + _END_BYTES > len(content):
        raise CardError("The archive is damaged: it has no end.", "Fetch it anew, or choose another.")
    (size,) = struct.unpack_from("<I", content, at + 12)
    if size > limits.ARCHIVE_LIST_BYTES or content[max(0, at - 20) : at].startswith(_END_64):
        raise CardError("The archive holds more files than a card can have.", "It was not taken. Choose another.")


def _read(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """One file of the archive, at most a byte more than `limit`, whatever it says of its size."""
    with archive.open(name) as file:
        return file.read(limit + 1)


def _icon(archive: zipfile.ZipFile, data: JsonObject) -> bytes | None:
    for path in _icon_paths(data.get("assets")):
        try:
            content = _read(archive, path, limits.IMAGE_BYTES)
            if content.startswith(png.SIGNATURE) and len(content) <= limits.IMAGE_BYTES:
                return png.picture(list(png.chunks(content)))
        except (KeyError, CardError):
            continue
    return None


def _icon_paths(assets: Json) -> list[str]:
    """Paths within the archive of its icons, the main one first."""
    icons: list[tuple[bool, str]] = []
    for asset in assets[:100] if isinstance(assets, list) else []:
        if not isinstance(asset, dict) or asset.get("type") != "icon":
            continue
        uri = asset.get("uri")
        prefix = next((prefix for prefix in _EMBEDDED if isinstance(uri, str) and uri.startswith(prefix)), None)
        if prefix and isinstance(uri, str):
            icons.append((asset.get("name") != "main", uri.removeprefix(prefix)))
    return [path for _, path in sorted(icons)]
