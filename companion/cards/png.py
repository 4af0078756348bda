"""The pieces of a PNG: the texts in it, and the picture without anything else.

The format: ISO/IEC 15948, section 5 (structure) and 11 (chunks).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from companion.cards import limits
from companion.core.errors import CardError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PICTURE = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND")
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")


@dataclass(frozen=True, slots=True)
class Chunk:
    kind: bytes
    data: memoryview


def chunks(content: bytes) -> Iterator[Chunk]:
    """The chunks of a PNG, up to IEND. Raises CardError if one is cut or its checksum is wrong."""
    if not content.startswith(SIGNATURE):
        raise _damaged()
    view, at = memoryview(content), len(SIGNATURE)
    for _ in range(limits.PNG_CHUNKS):
        if at + 12 > len(content):
            raise _damaged()
        length, kind = struct.unpack_from(">I4s", view, at)
        end = at + 8 + length
        if end + 4 > len(content):
            raise _damaged()
        data = view[at + 8 : end]
        if zlib.crc32(data, zlib.crc32(kind)) != struct.unpack_from(">I", view, end)[0]:
            raise _damaged()
        yield Chunk(kind, data)
        if kind == b"IEND":
            return
        at = end + 4
    raise CardError("The picture is made of more pieces than a picture can be.", "Choose another card.")


def texts(pieces: Iterable[Chunk], keywords: Iterable[str]) -> dict[str, bytes]:
    """Under each of `keywords`, in lower case, the first text that stands there, unpacked."""
    found: dict[str, bytes] = {}
    for piece in pieces:
        if piece.kind not in _TEXTS:
            continue
        raw_keyword, _, rest = bytes(piece.data[:80]).partition(b"\0")
        keyword = raw_keyword.decode("latin-1").lower()
        if keyword in keywords and keyword not in found and (rest or len(piece.data) > len(raw_keyword)):
            found[keyword] = _text(piece.kind, bytes(piece.data[len(raw_keyword) + 1 :]))
    return found


def picture(pieces: Iterable[Chunk]) -> bytes | None:
    """The picture without text, animation or anything private; None if it is none, or too large to keep."""
    kept = [piece for piece in pieces if piece.kind in _PICTURE]
    if not kept or kept[0].kind != b"IHDR" or len(kept[0].data) != 13 or kept[-1].kind != b"IEND":
        return None
    width, height = struct.unpack_from(">II", kept[0].data)
    if not (0 < width <= limits.IMAGE_SIDE and 0 < height <= limits.IMAGE_SIDE):
        return None
    if sum(len(piece.data) for piece in kept) > limits.IMAGE_BYTES or not any(one.kind == b"IDAT" for one in kept):
        return None
    return SIGNATURE + b"".join(_chunk(piece.kind, piece.data) for piece in kept)


def with_texts(image: bytes, added: dict[str, bytes]) -> bytes:
    """`image`, a PNG, with a tEXt chunk for each keyword and its text in ASCII, and no others."""
    body = b"".join(_chunk(one.kind, one.data) for one in chunks(image) if one.kind not in (*_TEXTS, b"IEND"))
    texts = b"".join(_chunk(b"tEXt", keyword.encode("ascii") + b"\0" + text) for keyword, text in added.items())
    return SIGNATURE + body + texts + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes | memoryview) -> bytes:
    checksum = zlib.crc32(data, zlib.crc32(kind))
    return b"".join((struct.pack(">I4s", len(data), kind), data, struct.pack(">I", checksum)))


def _text(kind: bytes, rest: bytes) -> bytes:
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return _unpacked(rest[1:])
    packed, _, rest = rest[:1], rest[1:2], rest[2:]
    _language, _, rest = rest.partition(b"\0")
    _translated, _, text = rest.partition(b"\0")
    return _unpacked(text) if packed == b"\x01" else text


def _unpacked(data: bytes) -> bytes:
    """At most a little more than a card can be: the rest of a bomb stays packed."""
    try:
        return zlib.decompressobj().decompress(data, limits.JSON_BYTES * 4 // 3 + 4)
    except zlib.error as error:
        raise _damaged() from error


def _damaged() -> CardError:
    return CardError("The picture is damaged.", "Fetch it anew, or choose another.")
