"""Cards of all versions and files are read; hostile ones end in a clean error, soon."""

from __future__ import annotations

import json
import struct
import tracemalloc
import zlib
from pathlib import Path

import pytest

from companion.cards import limits, png
from companion.cards.card import JsonObject
from companion.cards.importing import persona_of
from companion.cards.reading import card_of, read_card
from companion.core.errors import CardError
from tests.unit.cards import samples


@pytest.mark.parametrize(("root", "version"), [(samples.V1, 1), (samples.V2, 2), (samples.V3, 3)])
def test_json_of_every_version(root: JsonObject, version: int) -> None:
    card = card_of(b"\xef\xbb\xbf" + json.dumps(root).encode())
    assert (card.version, card.root, card.image) == (version, root, None)


@pytest.mark.parametrize("kind", ["tEXt", "zTXt", "iTXt"])
@pytest.mark.parametrize("keyword", ["chara", "ccv3", "Chara"])
def test_png_of_every_kind_of_text(kind: str, keyword: str) -> None:
    card = card_of(samples.as_png(samples.V2, keyword, kind))
    assert card.root == samples.V2
    assert card.image == png.picture(list(png.chunks(samples.picture())))


def test_of_two_cards_in_a_picture_the_newer_is_read() -> None:
    both = samples.png_with(
        samples.chunk(b"tEXt", b"chara\0" + samples.payload(samples.V2)),
        samples.chunk(b"tEXt", b"ccv3\0" + samples.payload(samples.V3)),
    )
    assert card_of(both).version == 3


def test_charx_gives_its_card_and_main_picture_and_says_what_it_left() -> None:
    others = {"assets/icon/images/main.png": samples.picture(), "assets/other/evil.js": b"x", "module.risum": b"y"}
    card = card_of(samples.as_charx(samples.V3, others))
    assert card.root == samples.V3
    assert card.image and card.image.startswith(png.SIGNATURE)
    assert card.left_out == ("2 more files of the archive",)


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    root = {**samples.V3, "data": {**samples.V3["data"], "assets": [  # type: ignore[dict-item]
        {"type": "icon", "name": "main", "uri": "embeded://../../../secret.png", "ext": "png"}]}}  # fmt: skip
    file = samples.written(tmp_path, "a.charx", samples.as_charx(root, {"../../../escaped.txt": b"x"}))
    assert read_card(file).image is None
    assert [path.name for path in tmp_path.rglob("*")] == ["a.charx"]


def bomb(kind: bytes) -> bytes:
    packed = zlib.compress(b" " * 60_000_000, 9)
    head = b"chara\0\0" if kind == b"zTXt" else b"chara\0\1\0\0\0"
    return samples.png_with(samples.chunk(kind, head + packed))


def locked(content: bytes) -> bytes:
    """The archive with the mark of encryption on its first file."""
    at = content.index(b"PK\x01\x02") + 8
    return content[:6] + b"\x01\x00" + content[8:at] + b"\x01\x00" + content[at + 2 :]


def crowded() -> bytes:
    listed = struct.pack("<4s4H2I H", b"PK\x05\x06", 0, 0, 65535, 65535, limits.ARCHIVE_LIST_BYTES + 1, 4, 0)
    return b"PK\x03\x04" + b"\0" * 2_000_000 + listed


GOOD = samples.as_png(samples.V2)

HOSTILE = {
    "nothing": b"",
    "no card": b'{"hello": 1}',
    "a list": b"[1, 2]",
    "not JSON": b"{",
    "NaN": b'{"name": NaN}',
    "a number beyond all": b'{"name": "x", "talkativeness": 1e999}',
    "a number without end": b'{"name": "x", "n": ' + b"9" * 5000 + b"}",
    "deep": b'{"name": "x", "data": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "deep, but not too deep to parse": b'{"name": "x", "y": ' + b"[" * 500 + b"]" * 500 + b"}",
    "many values": b'{"name": "x", "y": [' + b"0," * 1_000_000 + b"0]}",
    "much text": b'{"name": "' + b"x" * 5_000_000 + b'"}',
    "a large file": b"{" + b" " * (limits.FILE_BYTES + 1),
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "no name": b'{"name": "  "}',
    "a picture": samples.picture(),
    "cut": GOOD[:-20],
    "a length beyond the end": png.SIGNATURE + b"\xff\xff\xff\xff" + GOOD[12:],
    "a wrong checksum": GOOD.replace(samples.payload(samples.V2)[:8], b"AAAAAAAA"),
    "chunks without end": png.SIGNATURE + samples.chunk(b"tEXt", b"") * (limits.PNG_CHUNKS + 1),
    "no base64": samples.png_with(samples.chunk(b"tEXt", b"chara\0!!!!")),
    "not packed": samples.png_with(samples.chunk(b"zTXt", b"chara\0\0zzzz")),
    "a bomb": bomb(b"zTXt"),
    "another bomb": bomb(b"iTXt"),
    "no archive": b"PK\x03\x04" + b"x" * 1000,
    "an archive without a card": samples.as_charx(samples.V3).replace(b"card.json", b"bard.json"),
    "a locked archive": locked(samples.as_charx(samples.V3)),
    "a crowded archive": crowded(),
    "an archive that is a bomb": samples.as_charx({"name": " " * 20_000_000}),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused_in_plain_words_and_little_memory(content: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(CardError) as caught:
            persona_of(card_of(content))
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.message and caught.value.hint
    assert peak_bytes < 120_000_000


def test_a_file_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(CardError, match="cannot be read"):
        read_card(tmp_path / "none.png")


def test_a_picture_of_absurd_size_is_not_kept() -> None:
    header = samples.chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 6, 0, 0, 0))
    data = samples.chunk(b"IDAT", b"") + samples.chunk(b"tEXt", b"chara\0" + samples.payload(samples.V2))
    card = card_of(png.SIGNATURE + header + data + samples.chunk(b"IEND", b""))
    assert card.image is None
    assert card.left_out == ("the picture, which is too large",)
