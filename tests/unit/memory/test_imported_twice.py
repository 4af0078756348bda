"""A second import of the same export doubles nothing, whatever its kind, and undoing the first takes all of it out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.memory.batches import open_batches
from companion.memory.importers.formats import FORMATS, read_file

_SAID = {"id": "1", "timestamp": "2023-05-24T13:56:00.000+00:00", "author": {"id": "1", "name": "Anna"}}
EXPORTS = {
    "sillytavern": (
        '{"user_name": "Tom", "character_name": "Anna", "chat_metadata": {}}\n'
        '{"name": "Tom", "is_user": true, "send_date": "May 24, 2023 1:56pm", "mes": "Hello"}\n'
        '{"name": "Anna", "is_user": false, "send_date": "May 24, 2023 1:57pm", "mes": "Hi"}\n'
    ),
    "neutral": (
        '{"id": "D1:1", "time": "2023-05-24T13:56", "speaker": "Anna", "text": "Hello"}\n'
        '{"id": "D1:2", "time": "2023-05-24T13:56", "speaker": "Tom", "text": "Hello"}\n'
    ),
    "chatgpt": json.dumps(
        [
            {
                "create_time": 1684936600.0,
                "current_node": "b",
                "mapping": {
                    name: {
                        "parent": parent,
                        "message": {
                            "id": name,
                            "author": {"role": role},
                            "create_time": 1684936620.0,
                            "content": {"parts": [text]},
                        },
                    }
                    for name, parent, role, text in (("a", None, "user", "Hello"), ("b", "a", "assistant", "Hi"))
                },
            }
        ]
    ),
    "discord": json.dumps(
        {
            "guild": {},
            "channel": {"id": "9"},
            "messages": [
                {**_SAID, "type": "Default", "content": "Hello"},
                {**_SAID, "id": "2", "type": "Default", "content": "Hello"},
            ],
        }
    ),
    "signal": json.dumps(
        [
            {"date": "2023-05-24 13:56:00", "sender": "Anna", "body": "Hello"},
            {"date": "2023-05-24 13:57:00", "sender": "Me", "body": "Hi"},
        ]
    ),
    "telegram": json.dumps(
        {
            "name": "Anna",
            "id": 9,
            "messages": [
                {"id": 2, "type": "message", "date": "2023-05-24T13:56:00", "from": "Anna", "text": "Hello"},
                {"id": 3, "type": "message", "date": "2023-05-24T13:57:00", "from": "Tom", "text": "Hi"},
            ],
        }
    ),
    "whatsapp": "24/05/2023, 13:56 - Anna: Hello\n24/05/2023, 13:56 - Anna: Hello\n",
    "diary": "# 2023-05-24\nIt rained.\n\n# 2023-05-25\nIt rained.\n",
    "mbox": (
        "From a@example.org Wed May 24 13:56:00 2023\nFrom: Anna <a@example.org>\n"
        "Date: Wed, 24 May 2023 13:56:00 +0000\nMessage-ID: <1@example.org>\n\nHello\n\n"
        "From t@example.org Wed May 24 14:00:00 2023\nFrom: t@example.org\n"
        "Date: Wed, 24 May 2023 14:00:00 +0000\n\nHi\n"
    ),
}


def test_every_kind_is_tried() -> None:
    assert set(EXPORTS) == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_doubled_and_all_is_undone(form: str, tmp_path: Path) -> None:
    export = tmp_path / "export"
    export.write_text(EXPORTS[form])
    batches = open_batches(tmp_path / "conversations.db")
    try:
        first = batches.add("export", read_file(export))
        assert first.turns == 2
        assert batches.add("export again", read_file(export)).turns == 0
        assert [(batch.source, batch.turns) for batch in batches.all()] == [("export", 2)]
        assert batches.undo(first.batch) == 2
        assert list(batches.turns()) == []
        assert batches.add("export", read_file(export)).turns == 2, "what was undone can be brought again"
    finally:
        batches.close()
