"""Exports of other programs, as they write them."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.core.errors import UsageError
from companion.memory.importers.formats import FORMATS, LARGEST_FILE, read, read_file

WHATSAPP = {
    "Android, 24 h": "24/05/2023, 13:56 - Anna: Hello\nsecond line\n24/05/2023, 14:01 - Tom: Hi: you",
    "Android, 12 h": "5/24/23, 1:56\u202fPM - Anna: Hello\nsecond line\n5/24/23, 2:01\u202fPM - Tom: Hi: you",
    "iPhone": "[24.05.23, 13:56:00] Anna: Hello\nsecond line\n\u200e[24.05.23, 14:01:00] Tom: Hi: you",
    "iPhone, 12 h": "[5/24/23, 1:56:00 PM] Anna: Hello\nsecond line\n[5/24/23, 2:01:00 PM] Tom: Hi: you",
    "Canada": "2023-05-24, 1:56 p.m. - Anna: Hello\nsecond line\n2023-05-24, 2:01 p.m. - Tom: Hi: you",
    "France": "24/05/2023 à 13:56 - Anna: Hello\nsecond line\n24/05/2023 à 14:01 - Tom: Hi: you",
    "Spain, 12 h": "24/5/23, 1:56\u202fp.\u00a0m. - Anna: Hello\nsecond line\n24/5/23, 2:01 p. m. - Tom: Hi: you",
    "Brazil": "24/05/2023 13:56 - Anna: Hello\nsecond line\n24/05/2023 14:01 - Tom: Hi: you",
    "Italy, iPhone": "[24/05/23, 13:56:00] Anna: Hello\r\nsecond line\r\n[24/05/23, 14:01:00] ~\u202fTom: Hi: you\r\n",
    "Germany, iPhone": "\ufeff\u200e[24.05.23, 13:56:00] \u202aAnna\u202c: Hello\nsecond line\n"
    "[24.05.23, 14:01:00] Tom: Hi: you",
    "Netherlands": "24-05-2023 13:56 - Anna: Hello\nsecond line\n24-05-2023 14:01 - Tom: Hi: you",
    "Iran": "۲۰۲۳/۰۵/۲۴، ۱۳:۵۶ - Anna: Hello\nsecond line\n۲۰۲۳/۰۵/۲۴، ۱۴:۰۱ - Tom: Hi: you",
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


def test_twelve_hours_alone_do_not_make_an_american() -> None:
    lines = "{0}, 1:56 {1} - Anna: a\n{0}, 2:01 {1} - Tom: b"
    assert [turn.at.month for turn in read(lines.format("4/5/23", "PM"))] == [4, 4]
    assert [turn.at.month for turn in read(lines.format("4/5/23", "p. m."))] == [5, 5]
    assert [turn.at.month for turn in read(lines.format("4/5/23", "pm"))] == [5, 5]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "<Médias omis>",
            "<Mídia oculta>",
            "\u200eBild weggelassen",
            "\u200eimagen omitida",
            "IMG-1.jpg (Datei angehängt)",
        ),
        *("Diese Nachricht wurde gelöscht.", "Mensagem apagada", "null", "\u200e<attached: 00000012-PHOTO.jpg>"),
    ],
)
def test_whatsapp_says_itself_in_many_languages(words: str) -> None:
    text = f"[24.05.23, 13:56:00] Anna: {words}\n[24.05.23, 13:57:00] Anna: I <3 it\u200e <This message was edited>"
    assert [turn.text for turn in read(text)] == ["I <3 it"]


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


def test_discord_by_its_exporter() -> None:
    def message(number: int, kind: str, words: str, nickname: str | None = None) -> dict[str, object]:
        author = {"id": "1", "name": "anna_1", "nickname": nickname, "isBot": False}
        stamp = f"2023-05-24T13:5{number}:00.123+00:00"
        return {"id": f"11{number}", "type": kind, "timestamp": stamp, "content": words, "author": author}

    messages = [
        message(3, "Reply", "Hi", "Anna"),
        message(1, "Default", "Hello"),
        message(2, "Call", "Started a call."),
    ]
    turns = read(json.dumps({"guild": {}, "channel": {"id": "9"}, "messages": [*messages, message(4, "Default", "")]}))
    assert [(turn.speaker, turn.text, turn.id, turn.who) for turn in turns] == [
        ("anna_1", "Hello", "111", "other"),
        ("Anna", "Hi", "113", "other"),
    ]
    assert turns[0].at == datetime(2023, 5, 24, 13, 51, 0, 123000, UTC)


def test_discord_by_ones_own_package() -> None:
    sent = [
        {"ID": 1110000000000000002, "Timestamp": "2023-05-24 13:57:00", "Contents": "Later", "Attachments": ""},
        {"ID": 1110000000000000001, "Timestamp": "2023-05-24 13:56:00", "Contents": "Hello", "Attachments": ""},
        {"ID": 1110000000000000003, "Timestamp": "2023-05-24 13:58:00", "Contents": "", "Attachments": "http://x"},
    ]
    turns = read(json.dumps(sent))
    assert [(turn.text, turn.who, turn.id) for turn in turns] == [
        ("Hello", "user", "1110000000000000001"),
        ("Later", "user", "1110000000000000002"),
    ]
    assert turns[0].at == datetime(2023, 5, 24, 13, 56, tzinfo=UTC)


AT_MS = 1684936560000


@pytest.mark.parametrize(
    "records",
    [
        [
            {
                "envelope": {
                    "sourceName": "Anna",
                    "timestamp": AT_MS,
                    "dataMessage": {"timestamp": AT_MS, "message": "Hello"},
                }
            },
            {"envelope": {"sourceName": "Anna", "timestamp": AT_MS, "receiptMessage": {"when": AT_MS}}},
            {
                "envelope": {
                    "sourceName": "Tom",
                    "timestamp": AT_MS + 60_000,
                    "syncMessage": {"sentMessage": {"timestamp": AT_MS + 60_000, "message": "Hi"}},
                }
            },
        ],
        [
            {"date": "2023-05-24T13:56:00+00:00", "sender": "Anna", "body": "Hello", "reactions": []},
            {"date": "2023-05-24T13:57:00+00:00", "sender": "Me", "body": "Hi", "reactions": []},
        ],
        [
            {"type": "outgoing", "sent_at": AT_MS + 60_000, "body": "Hi", "id": "b"},
            {"type": "incoming", "sent_at": AT_MS, "source": "Anna", "body": "Hello", "id": "a"},
            {"type": "keychange", "sent_at": AT_MS},
        ],
        [
            {"version": "1", "backupTimeMs": str(AT_MS)},
            {"recipient": {"id": "2", "contact": {"profileGivenName": "Anna"}}},
            {"chat": {"id": "5", "recipientId": "2"}},
            {
                "chatItem": {
                    "chatId": "5",
                    "authorId": "2",
                    "dateSent": str(AT_MS),
                    "incoming": {"read": True},
                    "standardMessage": {"text": {"body": "Hello"}},
                }
            },
            {
                "chatItem": {
                    "chatId": "5",
                    "authorId": "1",
                    "dateSent": str(AT_MS + 60_000),
                    "outgoing": {},
                    "standardMessage": {"text": {"body": "Hi"}},
                }
            },
            {"chatItem": {"chatId": "5", "authorId": "2", "dateSent": str(AT_MS), "updateMessage": {}}},
        ],
    ],
    ids=["signal-cli", "signal-export", "database", "backup"],
)
@pytest.mark.parametrize("in_lines", [True, False])
def test_signal_by_many_programs(records: list[object], in_lines: bool) -> None:
    text = "\n".join(map(json.dumps, records)) if in_lines else json.dumps(records)
    turns = read(text)
    assert [(turn.speaker, turn.who, turn.text) for turn in turns] == [("Anna", "other", "Hello"), ("", "user", "Hi")]
    assert turns[0].at == datetime(2023, 5, 24, 13, 56, tzinfo=UTC)


MAIL = """From anna@example.org Wed May 24 13:56:00 2023
From: Anna =?utf-8?q?M=C3=BCller?= <anna@example.org>
To: tom@example.org
Message-ID: <1@example.org>
Date: Wed, 24 May 2023 13:56:00 +0200
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Sch=F6n, I come on Friday.

>From now on I have time.
Am Di., 23. Mai 2023 um 10:00 Uhr schrieb Tom
<tom@example.org>:
> When do you come?
> Tom
--{space}
Anna's signature

From tom@example.org Wed May 24 14:00:00 2023
From: tom@example.org
Date: Wed, 24 May 2023 14:00:00 +0200
Subject: Two parts
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/html; charset=utf-8

<p>Not this</p>
--b
Content-Type: text/plain; charset=utf-8

Good!

-----Original Message-----
From: Anna
Sent: Wednesday
All that again.
--b--

From nobody Wed May 24 15:00:00 2023
From: "News, Weekly" <news@example.org>
Date: Wed, 24 May 2023 15:00:00 +0000
Content-Type: text/html

<html><style>p {}</style><p>Buy <b>this</b>.</p><blockquote>old</blockquote></html>

From nobody Wed May 24 16:00:00 2023
From: broken
Date: never
Content-Type: text/plain; charset=no-such-charset

Hello
"""


def test_mail_without_what_others_wrote_before(tmp_path: Path) -> None:
    file = tmp_path / "Inbox"
    file.write_bytes(MAIL.replace("{space}", " ").encode())
    assert [(turn.speaker, turn.text, turn.id) for turn in read_file(file)] == [
        ("Anna Müller", "Schön, I come on Friday.\n\nFrom now on I have time.", "<1@example.org>"),
        ("tom@example.org", "Good!", None),
        ("News, Weekly", "Buy this.", None),
    ]
    assert read_file(file)[0].at == datetime(2023, 5, 24, 11, 56, tzinfo=UTC)


def test_damaged_mail_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "Inbox"
    chance = random.Random(1)
    for _ in range(200):
        content = bytearray(MAIL.encode())
        for _ in range(20):
            content[chance.randrange(len(content))] = chance.randrange(256)
        file.write_bytes(content)
        with suppress(UsageError):
            read_file(file, "mbox")


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


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("whatsapp", "diary", "mbox")])
@pytest.mark.parametrize(
    "text",
    [
        "[1]",
        '{"chats": 3}',
        "{",
        '[{"mapping": 4}]',
        "[" * 100_000,
        '{"messages": [{"author": 1, "type": "incoming"}]}',
    ],
    ids=lambda text: text[:12],
)
def test_a_damaged_export_is_a_plain_error(form: str, text: str) -> None:
    with pytest.raises(UsageError):
        read(text, form)


def test_what_no_person_could_have_written_is_cut(tmp_path: Path) -> None:
    message = {"id": 1, "time": "2023-05-24", "speaker": "A" * 10_000, "text": "x" * 1_000_000}
    (turn,) = read(json.dumps(message))
    assert (len(turn.speaker), len(turn.text)) == (200, 50_000)


def test_a_time_that_cannot_be_follows_the_one_before() -> None:
    dates = ("2023-5-24 @13h 56m 00s", "1066-5-24 @13h 56m 00s")
    first, second = read(
        "\n".join(json.dumps({"name": "A", "is_user": True, "send_date": date, "mes": "x"}) for date in dates)
    )
    assert (first.dated, second.dated, second.at - first.at) == (True, False, timedelta(seconds=1))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    with file.open("wb") as opened:
        opened.truncate(LARGEST_FILE + 1)
    with pytest.raises(UsageError, match="larger"):
        read_file(file)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b""])
def test_a_file_that_is_no_text_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "chat"
    file.write_bytes(content)
    with pytest.raises(UsageError):
        read_file(file)
    with pytest.raises(UsageError, match="cannot be read"):
        read_file(tmp_path / "nowhere")
