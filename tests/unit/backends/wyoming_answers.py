"""Answers of a Wyoming server, most of them wrong."""

from __future__ import annotations

from typing import Any

from wyoming.audio import AudioChunk
from wyoming.error import Error
from wyoming.event import Event
from wyoming.info import Attribution

from companion.core.audio import HEARING_RATE_HZ, silence
from tests.fakes.wyoming_server import Line

SPEECH = silence(1.0, HEARING_RATE_HZ)

ABOUT: dict[str, Any] = {"attribution": Attribution("us", ""), "installed": True, "description": None, "version": None}


def chunk(samples: int = 2205, rate_hz: int = 22_050, width: int = 2, channels: int = 1) -> Event:
    return AudioChunk(rate_hz, width, channels, b"\x10" * samples * width * channels).event()


def refuse(line: Line) -> None:
    line.until("audio-stop", "synthesize")
    line.send(Error("no such thing", "VoiceNotFoundError").event())


def hang_up(line: Line) -> None:
    line.until("audio-stop", "synthesize")


def hang(line: Line) -> None:
    line.wait_for_hang_up()


def garbage(line: Line) -> None:
    line.send_bytes(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    line.wait_for_hang_up()


def odd_json(line: Line) -> None:
    line.send_bytes(b'["no", "event"]\n')
    line.wait_for_hang_up()


def wrong_types(line: Line) -> None:
    line.send_bytes(b'{"type": "audio-chunk", "data": {"rate": "fast"}, "payload_length": "many"}\n')
    line.wait_for_hang_up()


def deep_json(line: Line) -> None:
    line.send_bytes(b"[" * 100_000 + b"\n")
    line.wait_for_hang_up()


def endless_line(line: Line) -> None:
    while True:
        line.send_bytes(b"x" * 65_536)


def oversized(line: Line) -> None:
    line.send_bytes(b'{"type": "transcript", "data_length": 1000000000000}\n')
    line.wait_for_hang_up()


def cut_off(line: Line) -> None:
    line.send_bytes(b'{"type": "transcript", "data_length": 500}\n{"text"')
