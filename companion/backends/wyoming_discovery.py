"""Which Wyoming servers there are in the local network, and what they offer. Asks the network only when called."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from wyoming.info import Artifact, Info

from companion.backends.wyoming_link import WyomingServer
from companion.core.errors import CompanionError, EngineError
from companion.core.wyoming_address import USUAL_PORTS, WyomingAddress

log = logging.getLogger(__name__)

SERVICE = "_wyoming._tcp.local."
"""What servers with --zeroconf, and Home Assistant's satellites, announce themselves as."""

LOOK_S = 3.0
"""Servers answer within a second; a wireless one that sleeps may need a second call."""

DESCRIBE_S = 3.0
ASKED_AT_ONCE = 16
MOST_SERVERS = 64


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that a server does."""

    address: WyomingAddress
    part: str
    """As in EngineInfo: "speech to text", "voice", "wake word"."""
    program: str
    models: tuple[OfferedModel, ...]


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model, voice or wake word that a server can use at once."""

    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """A server that was found, or named, and does not say what it offers."""

    address: WyomingAddress
    message: str


def announced(within_s: float = LOOK_S) -> list[WyomingAddress]:
    """The servers that announce themselves in the local network (multicast DNS). Blocking. Raises EngineError."""
    from zeroconf import ServiceBrowser, ServiceListener, Zeroconf

    names: set[str] = set()
    changed = threading.Event()

    class Listener(ServiceListener):
        def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
            if len(names) < MOST_SERVERS:
                names.add(name)
                changed.set()

        def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
            pass

        def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:
            names.discard(name)

    found: set[WyomingAddress] = set()
    try:
        with Zeroconf() as network:
            browser = ServiceBrowser(network, SERVICE, Listener())
            time.sleep(within_s)
            browser.cancel()
            for name in sorted(names):
                service = network.get_service_info(SERVICE, name, timeout=1000)
                places = service.parsed_scoped_addresses() if service else []
                if service and service.port and places:
                    found.add(WyomingAddress(places[0], service.port))
    except OSError as error:
        raise EngineError(
            "The local network cannot be asked for servers.",
            "See that this computer is in a network; or name one: `companion engines HOST`.",
        ) from error
    return sorted(found, key=str)


def usual_places(host: str) -> list[WyomingAddress]:
    """Where Home Assistant's add-ons listen on `host`."""
    return [WyomingAddress(host, port) for port in USUAL_PORTS.values()]


def offers_of(addresses: Iterable[WyomingAddress]) -> list[Offer | Silent]:
    """What each of them offers, all asked at once. Blocking for some seconds."""
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        return [offer for offers in pool.map(_offers_of, addresses) for offer in offers]


def _offers_of(address: WyomingAddress) -> list[Offer | Silent]:
    try:
        info = WyomingServer(address, "server", "the address").describe(DESCRIBE_S)
    except CompanionError as error:
        return [Silent(address, error.message)]
    offers: list[Offer | Silent] = [
        Offer(address, part, program.name, tuple(models)) for part, program, models in _in(info) if models
    ]
    return offers or [Silent(address, f"The server at {address} offers neither hearing, voice nor wake word.")]


def _in(info: Info) -> Iterable[tuple[str, Artifact, list[OfferedModel]]]:
    for asr in info.asr:
        yield (
            "speech to text",
            asr,
            [OfferedModel(each.name, tuple(each.languages)) for each in asr.models if each.installed],
        )
    for tts in info.tts:
        yield "voice", tts, [OfferedModel(each.name, tuple(each.languages)) for each in tts.voices if each.installed]
    for wake in info.wake:
        yield (
            "wake word",
            wake,
            [OfferedModel(each.name, tuple(each.languages)) for each in wake.models if each.installed],
        )
