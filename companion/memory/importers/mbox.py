"""Mail in an mbox file, as Thunderbird and Google Takeout have it: of each message what its sender wrote anew."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

from companion.memory.importers.moments import moment
from companion.memory.importers.turn import PastTurn

LARGEST_TEXT = 1_000_000
"""Characters of a message that are looked at."""
_INTRODUCES = re.compile(
    r"^(?:On|Am|Le|El|Il|Em|Op|Den|W dniu) .{5,200}?"
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał).{0,160}?:\s*$",
    re.MULTILINE | re.DOTALL,
)
_REST_IS_NOT_NEW = re.compile(
    r"^(?:-- ?$|-{2,} ?(?:Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original"
    r"|Messaggio originale|Mensagem original|Forwarded message|Weitergeleitete Nachricht)\b"
    r"|_{20,}\s*$|(?:From|Von|De|Da): .+\n(?:Sent|Gesendet|Envoyé|Enviado|Inviato|Date|Datum): )",
    re.MULTILINE,
)


def read(file: Path) -> Iterator[PastTurn]:
    """Turns in the order of the file; the speaker is the sender's name, else the address. Raises OSError."""
    box = mailbox.mbox(file, create=False)
    try:
        for key in box.iterkeys():
            if turn := _turn(message_from_bytes(box.get_bytes(key), policy=policy.default)):
                yield turn
    finally:
        box.close()


def _turn(message: EmailMessage) -> PastTurn | None:
    at = moment(_header(message, "Date"))
    words = _new_words(_text(message))
    if at is None or not words:
        return None
    name, address = _sender(message)
    return PastTurn(at, name or address, words, id=_header(message, "Message-ID").strip() or None)


def _header(message: EmailMessage, name: str) -> str:
    """Empty if there is none, or it is damaged beyond what the library reads."""
    try:
        return str(message.get(name, ""))
    except (ValueError, TypeError, AttributeError, IndexError, LookupError):
        return ""


def _sender(message: EmailMessage) -> tuple[str, str]:
    found = re.match(r'\s*"?([^"<]*?)"?\s*<([^>]*)>|\s*(\S+)', _header(message, "From"))
    if not found:
        return "", ""
    return (found[1] or "").strip(), found[2] or found[3] or ""


def _text(message: EmailMessage) -> str:
    """The plain text of a message, else that of its HTML; empty if it has neither."""
    try:
        body = message.get_body(("plain", "html"))
        if body is None:
            return ""
        text = str(body.get_content())[:LARGEST_TEXT]
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):  # of damaged messages
        return ""
    return _without_tags(text) if body.get_content_subtype() == "html" else text


def _new_words(text: str) -> str:
    """Without quotations, what introduces them, and signatures."""
    text = text.replace("\r\n", "\n").replace("\n>From ", "\nFrom ")  # which is how mbox tells it from a new message
    text = _REST_IS_NOT_NEW.split(text)[0]
    text = "\n".join(line for line in text.split("\n") if not line.startswith(">"))
    return re.sub(r"\n{3,}", "\n\n", _INTRODUCES.sub("", text)).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in ("script", "style", "blockquote")
        if tag in ("p", "br", "div", "li", "tr"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in ("script", "style", "blockquote")))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _without_tags(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    lines = (" ".join(line.split()) for line in "".join(parser.words).split("\n"))
    return "\n".join(line for line in lines if line)
