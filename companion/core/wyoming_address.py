"""Addresses of Wyoming servers as people write them in settings: wyoming://HOST[:PORT][#MODEL]."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator

SCHEMES = ("wyoming://", "tcp://")
"""The second is what Wyoming's own programs write."""

ALLOWED = 'an address such as "wyoming://homeassistant.local:10300", with "#MODEL" behind it if there are several'

USUAL_PORTS = {"speech to text": 10300, "voice": 10200, "wake word": 10400}
"""Those of Home Assistant's add-ons: Whisper, Piper, openWakeWord."""


@dataclass(frozen=True, slots=True)
class WyomingAddress:
    """Where a server listens, and which of its models is wanted; an empty model leaves that to the server."""

    host: str
    port: int
    model: str = ""

    @property
    def server(self) -> str:
        """Without the model."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"wyoming://{host}:{self.port}"

    @property
    def where(self) -> str:
        """ "this computer" if nothing sent there leaves it, else the server."""
        return "this computer" if _is_loopback(self.host) else self.server

    def of_model(self, model: str) -> WyomingAddress:
        return replace(self, model=model)

    def __str__(self) -> str:
        return f"{self.server}#{self.model}" if self.model else self.server


def is_wyoming(text: str) -> bool:
    """Whether `text` is meant as such an address; it may still be none."""
    return text.startswith(SCHEMES)


def wyoming_address(text: str, part: str) -> WyomingAddress:
    """`text` read; without a port the usual one for `part` (see EngineInfo.part). Raises ValueError if it is none."""
    parts = urlsplit(text)
    named = is_wyoming(text) and re.fullmatch(r"[\w.:%-]+", parts.hostname or "")
    if not named or parts.username or parts.path.strip("/") or parts.query or parts.port == 0 or re.search(r"\s", text):
        raise ValueError(f"{text!r} is no Wyoming address")
    return WyomingAddress(parts.hostname or "", parts.port or USUAL_PORTS[part], unquote(parts.fragment))


def checked_engine(text: str) -> str:
    """`text`, which names an engine in settings. Raises ValueError if it is meant as an address and is none."""
    if is_wyoming(text):
        wyoming_address(text, "voice")
    return text


Engine = Annotated[str, AfterValidator(checked_engine)]
"""The name of a model, a file or folder, or the address of a server."""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
