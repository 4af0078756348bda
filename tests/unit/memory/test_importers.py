"""Exports of other programs, as they write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from companion.core.errors import UsageError
from companion.memory.importers.formats import read

WHATSAPP = {
    "Android, 24 h": "24/05/2023, 13:56 - Anna: Hello\nsecond line\n24/05/2023, 14:01 - Tom: Hi: you",
    "Android, 12 h": "5/24/23, 1:56\u202fPM - Anna: Hello\nsecond line\n5/24/23, 2:01\u202fPM - Tom: Hi: you",
    "iPhone": "[24.05.23, 13:56:00] Anna: Hello\nsecond line\n\u200e[24.05.23, 14:01:00] Tom: Hi: you",
    "iPhone, 12 h": "[5/24/23, 1:56:00 PM] Anna: Hello\nsecond line\n[5/24/23, 2:01:00 PM] Tom: Hi: you",
    "Canada": "2023-05-24, 1:56 p.m. - Anna: Hello\nsecond line\n2023-05-24, 2:01 p.m. - Tom: Hi: you",
    "Germany": "24.05.23, 13:56 - Anna: Hello\nsecond line\n24.05.23, 14:01 - Tom: Hi: you",
}


@pytest.mark.parametrize("text", WHATSAPP.values(), ids=WHATSAPP)
def test_whatsapp_of_many_phones(text: str) -> None:
    found = [(turn.at, turn.speaker, turn.text) for turn in read(text)]
    assert found == [
        (datetime(2023, 5, 24, 13, 56), "Anna", "Hello\nsecond line"),
        (datetime(2023, 5, 24, 14, 1), "Tom", "Hi: you"),
    ]


def test_the_order_of_dates_is_told_by_time_going_on() -> None:
    text = "01/02/2023, 10:00 - Anna: a\n02/02/2023, 10:00 - Tom: b\n03/02/2023, 10:00 - Anna: c"
    assert [turn.at.month for turn in read(text)] == [2, 2, 2]
    text = "1/30/23, 10:00 AM - Anna: a\n2/1/23, 10:00 AM - Tom: b\n2/2/23, 10:00 AM - Anna: c"
    assert [turn.at.day for turn in read(text)] == [30, 1, 2]


def test_whatsapp_without_what_nobody_said() -> None:
    text = (
        "24/05/2023, 13:55 - Messages are end-to-end encrypted\n24/05/2023, 13:56 - Anna: <Media omitted>\n"
        "[24/05/2023, 13:57:00] Tom: \u200eimage omitted\n24/05/2023, 13:58 - Anna: Look!"
    )
    assert [turn.text for turn in read(text)] == ["Look!"]


def test_telegram_in_pieces_and_without_services() -> None:
    pieces = ["See ", {"type": "bold", "text": "this"}, "!"]
    messages = [
        {"id": 1, "type": "service", "date": "2023-05-24T13:55:00", "text": ""},
        {"id": 2, "type": "message", "date": "2023-05-24T13:56:00", "from": "Anna", "text": pieces},
        {"id": 3, "type": "message", "date": "", "date_unixtime": "1684936620", "from": None, "text": "Hi"},
    ]
    first, second = read(json.dumps({"name": "Anna", "id": 9, "messages": messages}, indent=1))
    assert (first.at, first.speaker, first.text, first.id) == (
        *(datetime(2023, 5, 24, 13, 56), "Anna", "See this!"),
        "9/2",
    )
    assert (second.at, second.speaker) == (datetime(2023, 5, 24, 13, 57, tzinfo=UTC), "")
    whole = {"chats": {"list": [{"id": 9, "messages": messages}, {"id": 10, "messages": messages}]}}
    assert [turn.id for turn in read(json.dumps(whole))] == ["9/2", "9/3", "10/2", "10/3"]


def test_chatgpt_reads_the_branch_that_was_shown() -> None:
    def node(name: str, parent: str | None, role: str, words: str) -> dict[str, object]:
        message = {"id": name, "author": {"role": role}, "create_time": 1684936620.0, "content": {"parts": [words]}}
        return {"parent": parent, "message": message}

    mapping = {
        "root": {"parent": None, "message": None},
        "a": node("a", "root", "system", "Be kind"),
        "b": node("b", "a", "user", "Hello"),
        "c": node("c", "b", "assistant", "Not shown any more"),
        "d": node("d", "b", "assistant", "Hi there"),
    }
    turns = read(json.dumps([{"create_time": 1684936600.0, "current_node": "d", "mapping": mapping}]))
    assert [(turn.who, turn.speaker, turn.text, turn.id) for turn in turns] == [
        ("user", "", "Hello", "b"),
        ("companion", "ChatGPT", "Hi there", "d"),
    ]


@pytest.mark.parametrize(
    "date", ["May 24, 2023 1:56pm", "2023-5-24 @13h 56m 00s 123ms", "2023-05-24T13:56:00", "2023-05-24@13h56m00s"]
)
def test_sillytavern_with_dates_of_all_its_versions(date: str) -> None:
    lines = (
        {"user_name": "Tom", "character_name": "Seraphina", "create_date": date},
        {"name": "Seraphina", "is_user": False, "send_date": date, "mes": "You wake up."},
        {"name": "System", "is_user": False, "is_system": True, "send_date": date, "mes": "Checkpoint"},
        {"name": "Tom", "is_user": True, "send_date": date, "mes": "Where am I?"},
    )
    turns = read("\n".join(map(json.dumps, lines)))
    assert [(turn.who, turn.speaker, turn.text) for turn in turns] == [
        ("companion", "Seraphina", "You wake up."),
        ("user", "Tom", "Where am I?"),
    ]
    assert {turn.at for turn in turns} == {datetime(2023, 5, 24, 13, 56)}


@pytest.mark.parametrize("heading", ["# 2023-05-24", "## 24 May 2023", "May 24, 2023", "Wednesday, 24 May 2023"])
def test_a_diary_by_days(heading: str) -> None:
    turns = read(f"{heading}\nRain, and a letter\nfrom Anna.\n\nSlept badly.\n\n# 2023-05-25\n\nSun.\n")
    assert [(turn.at, turn.who, turn.text) for turn in turns] == [
        (datetime(2023, 5, 24, 12, 0), "user", "Rain, and a letter from Anna."),
        (datetime(2023, 5, 24, 12, 1), "user", "Slept badly."),
        (datetime(2023, 5, 25, 12, 0), "user", "Sun."),
    ]


@pytest.mark.parametrize("text", ["", "nothing at all", '{"messages": [{"type": "message", "date": 1, "text": "x"}]}'])
def test_what_is_no_conversation_is_said(text: str) -> None:
    with pytest.raises(UsageError):
        read(text)


@pytest.mark.parametrize("form", ["telegram", "chatgpt", "sillytavern"])
@pytest.mark.parametrize("text", ["[1]", '{"chats": 3}', "{", '[{"mapping": 4}]'])
def test_a_damaged_export_is_a_plain_error(form: str, text: str) -> None:
    with pytest.raises(UsageError):
        read(text, form)
