"""Cards of every kind, made here."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path

from companion.cards import png
from companion.cards.card import JsonObject
from companion.core.paths import shipped

V1: JsonObject = {
    "name": "Mina",
    "description": "{{char}} is a baker. She calls {{user}} early bird.",
    "personality": "patient, sly",
    "scenario": "Behind the counter.",
    "first_mes": '*She wipes her hands.* "Morning, {{user}}. The first loaves are out."',
    "mes_example": "<START>\n{{user}}: Hello!\n{{char}}: *smiles* Warm or cold?\n<START>\n{{user}}: Bye.\n"
    "{{char}}: Mind the step.",
    "talkativeness": 0.5,
    "avatar": "none",
}

BOOK: JsonObject = {
    "name": "The street",
    "scan_depth": 2,
    "token_budget": 300,
    "recursive_scanning": False,
    "extensions": {"tool/x": [1, None]},
    "unheard_of": {"a": 1},
    "entries": [
        {
            "keys": ["oven", "Backofen"],
            "content": "The oven is called Otto.",
            "extensions": {"depth": 4},
            "enabled": True,
            "insertion_order": 5,
            "case_sensitive": False,
            "position": "before_char",
            "id": 7,
            "comment": "named by the apprentice",
        },
        {
            "keys": ["flour"],
            "secondary_keys": ["mill"],
            "selective": True,
            "content": "@@depth 3\n\nThe flour comes from the mill of {{char}}'s aunt.",
            "extensions": {},
            "enabled": True,
            "insertion_order": 1,
            "priority": 10,
        },
        {"keys": [], "content": "It is always warm here.", "constant": True, "enabled": True, "insertion_order": 0},
        {"keys": ["/\\b(cats?|tom)\\b/i"], "use_regex": True, "content": "The cat is Crumb.", "enabled": True},
        {"keys": ["/(a+)+$/"], "use_regex": True, "content": "Never.", "enabled": True, "insertion_order": 2},
    ],
}

V2: JsonObject = {
    "spec": "chara_card_v2",
    "spec_version": "2.0",
    "create_date": "2024-01-02",
    "data": {
        **{name: value for name, value in V1.items() if name not in ("talkativeness", "avatar")},
        "creator_notes": "Best with tea.",
        "system_prompt": "{{original}} Speak like a baker.",
        "post_history_instructions": "Stay by the counter.",
        "alternate_greetings": ["Closed. Well, come in.", "*only looks*"],
        "tags": ["bread"],
        "creator": "somebody",
        "character_version": "1.2",
        "extensions": {"other/app": {"deep": [1, 2, {"x": None}]}},
        "character_book": BOOK,
        "field_of_the_future": [True],
    },
}

V3: JsonObject = {
    "spec": "chara_card_v3",
    "spec_version": "3.0",
    "data": {
        **V2["data"],  # type: ignore[dict-item]
        "nickname": "Min",
        "group_only_greetings": ["All of you?"],
        "assets": [
            {"type": "icon", "name": "main", "uri": "embeded://assets/icon/images/main.png", "ext": "png"},
            {"type": "background", "name": "far", "uri": "https://example.invalid/far.png", "ext": "png"},
        ],
        "creator_notes_multilingual": {"de": "Mit Tee."},
        "source": ["https://example.invalid/mina"],
        "creation_date": 1,
        "modification_date": 2,
    },
}


def picture() -> bytes:
    """A small PNG without texts."""
    return (shipped("assets") / "icon" / "companion-032.png").read_bytes()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with(*added: bytes) -> bytes:
    """The picture with these chunks before its end."""
    end = chunk(b"IEND", b"")
    return png.with_texts(picture(), {}).removesuffix(end) + b"".join(added) + end


def payload(root: object) -> bytes:
    return base64.b64encode(json.dumps(root).encode())


def as_png(root: object, keyword: str = "chara", kind: str = "tEXt") -> bytes:
    key, text = keyword.encode(), payload(root)
    data = {
        "tEXt": key + b"\0" + text,
        "zTXt": key + b"\0\0" + zlib.compress(text),
        "iTXt": key + b"\0\1\0en\0\0" + zlib.compress(text),
    }[kind]
    return png_with(chunk(kind.encode(), data))


def as_charx(root: object, others: dict[str, bytes] | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("card.json", json.dumps(root))
        for name, content in (others or {}).items():
            archive.writestr(name, content)
    return file.getvalue()


def written(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file
