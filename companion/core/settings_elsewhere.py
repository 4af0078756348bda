"""Engines that run on another computer, or in another program: where each part of her is, and how long it may take."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pydantic import field_validator

from companion.core.setting import Section, setting

SERVER = 'empty, or http(s)://host[:port][/v1][#model], such as "http://192.168.1.5:8080/v1#qwen3-8b"'
_SERVED = ("mind", "hearing", "voice")


class Elsewhere(Section):
    """Which parts of her run elsewhere. While one is away, this computer stands in."""

    mind: str = setting(
        "",
        "Server of her mind",
        "A server with OpenAI's chat completions (llama.cpp, vLLM, LM Studio); the conversation goes there.",
        example="http://192.168.1.5:8080/v1#qwen3-8b",
        allowed=SERVER,
    )
    hearing: str = setting(
        "",
        "Server of her hearing",
        "A server that hears as OpenAI's does; the sound of your voice goes there.",
        example="http://192.168.1.5:8000/v1#whisper-1",
        allowed=SERVER,
    )
    voice: str = setting(
        "",
        "Server of her voice",
        "A server that speaks as OpenAI's does; what she says goes there.",
        example="http://192.168.1.5:8000/v1#tts-1",
        allowed=SERVER,
    )
    voice_name: str = setting(
        "",
        "Voice of that server",
        'As the server calls it, such as "nova"; empty is "alloy".',
        allowed="a name, or empty",
    )
    mind_timeout_s: float = setting(
        15.0,
        "Patience with that mind",
        "Seconds she waits for the first word of a mind elsewhere.",
        unit="s",
        advanced=True,
        ge=1.0,
        le=300.0,
    )
    hearing_timeout_s: float = setting(
        5.0,
        "Patience with that hearing",
        "Seconds she waits for words from hearing elsewhere, and half a second more for each second of speech.",
        unit="s",
        advanced=True,
        ge=0.5,
        le=120.0,
    )
    voice_timeout_s: float = setting(
        5.0,
        "Patience with that voice",
        "Seconds she waits for the sound of a clause from a voice elsewhere.",
        unit="s",
        advanced=True,
        ge=0.5,
        le=120.0,
    )
    stand_in: bool = setting(
        True,
        "This computer stands in",
        "While a part of her that runs elsewhere is away, this computer does its work.",
        advanced=True,
    )
    keep_ready: bool = setting(
        False,
        "Keep stand-ins ready",
        "Load what stands in at the start: it takes over at once, and takes its memory all the time.",
        advanced=True,
    )

    @field_validator(*_SERVED)
    @classmethod
    def _must_be_a_server(cls, address: str) -> str:
        if not address:
            return address
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and re.fullmatch(r"[\w.:-]+", parts.hostname or "")
        # A password in an address would stand in files and logs: that is what keys are for.
        if not named or parts.port == 0 or parts.username or parts.query or re.search(r"\s", address):
            raise ValueError
        return address
