"""Puts together what `companion serve` offers: her, the endpoint, and if it is wanted the Wyoming side."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from companion.app import Note, choose_mind, make_embedder, make_transcriber
from companion.backends.fallback import Notice
from companion.core.engines import EngineInfo
from companion.core.languages import LANGUAGES
from companion.core.persona import load_persona
from companion.core.settings import Settings
from companion.elsewhere import Notices
from companion.her_voice import can_be_had, with_her_voice
from companion.her_voices import make_synthesizer, resolve_model
from companion.serve.access import Address, AllowList, Door
from companion.serve.line import Line
from companion.serve.sockets import listen_at
from companion.served import Served
from companion.served_sound import ServedEars, ServedVoice
from companion.talk.workers import Worker


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be offered, where, and to whom."""

    address: Address
    port: int
    allowed: AllowList
    token: str
    tls: tuple[Path, Path] | None = None
    wyoming_port: int | None = None
    """None: no Wyoming side."""
    announce: bool = False
    keeps: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered now."""

    address: str
    """Of the endpoint, as a URL."""
    wyoming: str
    """Of the Wyoming side; empty if there is none."""
    engines: tuple[EngineInfo, ...]
    """Those that she runs on now."""
    failing: asyncio.Task[None]
    """Ends only if the endpoint fails."""


@asynccontextmanager
async def serving(settings: Settings, wanted: Wanted, note: Note) -> AsyncIterator[Offer]:
    """Offer her while the block runs. The models are there before anybody can connect.

    Raises UsageError for an address that cannot be had, before anything is loaded; and as the engines do.
    """
    from companion.serve.http_app import http_app
    from companion.serve.http_server import serving_http, tls_context

    async with AsyncExitStack() as stack:
        tls = tls_context(*wanted.tls) if wanted.tls else None
        at_http = stack.enter_context(listen_at(wanted.address, wanted.port))
        at_wyoming = None
        if wanted.wyoming_port is not None:
            at_wyoming = stack.enter_context(listen_at(wanted.address, wanted.wyoming_port))
        note("Loading the models; a large language model takes some seconds.")
        notices = Notices(note)
        mind = await choose_mind(settings, note, notices)
        stack.push_async_callback(mind.close)
        await mind.open()
        embedder = await make_embedder(settings) if settings.memory.keep and wanted.keeps else None
        worker = stack.enter_context(Worker("remember"))
        her = Served(settings, mind, embedder, worker, note, wanted.keeps)
        stack.push_async_callback(her.close)
        await her.presence()

        def tell_of_engines(message: str, hint: str) -> None:
            her.fit()
            note(f"{message} {hint}".strip())

        notices.begin(tell_of_engines)
        line = Line()
        wyoming = ""
        engines = [mind.info(), *([embedder.info()] if embedder else [])]
        if at_wyoming:
            engines += await _serve_wyoming(settings, wanted, her, line, at_wyoming, stack, notices)
            wyoming = f"tcp://{_place(wanted.address, at_wyoming)}"
        app = http_app(her, line, wanted.token, _names())
        door = Door(wanted.allowed)
        failing = await stack.enter_async_context(serving_http(app, at_http, door, tls))
        scheme = "https" if wanted.tls else "http"
        yield Offer(f"{scheme}://{_place(wanted.address, at_http)}/v1", wyoming, tuple(engines), failing)


async def _serve_wyoming(
    settings: Settings,
    wanted: Wanted,
    her: Served,
    line: Line,
    listening: socket.socket,
    stack: AsyncExitStack,
    notices: Notice,
) -> tuple[EngineInfo, EngineInfo]:
    """Returns what she hears and speaks with."""
    from companion.serve.announcing import announced
    from companion.serve.conversations import Conversations
    from companion.serve.wyoming_connection import Offered
    from companion.serve.wyoming_info import info_of
    from companion.serve.wyoming_server import serving_wyoming

    persona = load_persona(settings.persona).called(settings.her_name)
    settings = with_her_voice(settings, persona, can_be_had(lambda name: resolve_model(name, "voice")))
    hear, speak = (stack.enter_context(Worker(name)) for name in ("hear", "voice"))
    transcriber = await asyncio.to_thread(make_transcriber, settings, persona.names, notices)
    synthesizer = await asyncio.to_thread(make_synthesizer, settings, notices)
    await asyncio.gather(hear.run(transcriber.warm_up), speak.run(synthesizer.warm_up))
    ears = ServedEars(transcriber, hear, settings.hearing.language)
    voice = ServedVoice(synthesizer, speak, persona.language)
    languages = (persona.language,) if persona.language else tuple(LANGUAGES)
    info = info_of(persona.name, languages, ears, voice)
    offered = Offered(her, line, ears, Line(), voice, Line(), info, Conversations())
    await stack.enter_async_context(serving_wyoming(offered, listening, Door(wanted.allowed)))
    if wanted.announce:
        port = listening.getsockname()[1]
        await stack.enter_async_context(announced(persona.name, wanted.address, port))
    return transcriber.info(), synthesizer.info()


def _place(address: Address, listening: socket.socket) -> str:
    name = f"[{address}]" if address.version == 6 else str(address)
    return f"{name}:{listening.getsockname()[1]}"


def _names() -> set[str]:
    """By which this computer is called on its network."""
    name = socket.gethostname()
    short = name.partition(".")[0]
    return {name, short, f"{short}.local"}
