"""An Ollama server: which models it has, which of them is taken, and what can go wrong with it."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from companion.core.errors import CompanionError, EngineError, ModelError

if TYPE_CHECKING:
    from ollama import AsyncClient

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 2.0
LARGEST_BY_DEFAULT = 6_000_000_000
"""Bytes of the largest model that is taken unasked: about 8 billion parameters at 4 bits. Larger ones
keep a person waiting for seconds on most machines; who wants one names it."""

EMBEDDING_FAMILIES = ("bert", "embed")
SUGGESTED_TAG = "qwen2.5:3b"


@dataclass(frozen=True, slots=True)
class OllamaModel:
    """A model that an Ollama server has."""

    name: str
    """Its tag: "qwen2.5:3b"."""
    size: int
    """Bytes on disk."""
    is_chat: bool
    """False for a model that only embeds text."""

    @property
    def is_remote(self) -> bool:
        """True if Ollama sends the words on to a server on the internet."""
        return self.name.endswith(("-cloud", ":cloud"))


async def probe(address: str, timeout_s: float = 0.7) -> list[OllamaModel]:
    """The models of the Ollama server at `address`. Raises EngineError if it does not answer in time."""
    client = make_client(address)
    try:
        async with plain_errors(address, ""), asyncio.timeout(timeout_s):
            listed = await client.list()
            tags = [(model.model, model.size or 0, model.details) for model in listed.models if model.model]
            capabilities = await asyncio.gather(*(_capabilities(client, tag) for tag, _, _ in tags))
    finally:
        await client.close()  # type: ignore[no-untyped-call]
    return [
        OllamaModel(tag, int(size), _can_chat(tag, (details and details.family) or "", known))
        for (tag, size, details), known in zip(tags, capabilities, strict=True)
    ]


def choose(models: Sequence[OllamaModel], wanted: str) -> OllamaModel | None:
    """The model called `wanted`; for "auto" the best that runs on the server itself, or None.

    Best is the largest up to 6 GB, else the smallest. A tag without a version means ":latest".
    """
    if wanted != "auto":
        full = wanted if ":" in wanted else f"{wanted}:latest"
        return next((model for model in models if model.name in (wanted, full)), None)
    local = sorted((m for m in models if m.is_chat and not m.is_remote), key=lambda m: (m.size, m.name))
    small = [model for model in local if model.size <= LARGEST_BY_DEFAULT]
    return small[-1] if small else next(iter(local), None)


def where(address: str) -> str:
    """ "this computer" for an address that never leaves it, else the address."""
    return "this computer" if is_loopback(address) else address


def make_client(address: str) -> AsyncClient:
    """A client for `address` that follows no redirect, and to this computer uses no proxy."""
    import httpx
    from ollama import AsyncClient

    local = is_loopback(address)
    try:
        return AsyncClient(
            address,
            follow_redirects=False,
            trust_env=not local,
            timeout=httpx.Timeout(None, connect=CONNECT_TIMEOUT_S),
            verify=not (local and address.startswith("http:")),
        )
    except ValueError as error:
        raise EngineError(
            f"{address} is not an address that Ollama can have.",
            'Set mind.ollama_address, as "http://127.0.0.1:11434".',
        ) from error


def is_loopback(address: str) -> bool:
    host = urlsplit(address if "://" in address else f"http://{address}").hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def _capabilities(client: AsyncClient, tag: str) -> Sequence[str] | None:
    """What Ollama says that the model can do; None if it does not say (before version 0.6.4)."""
    import ollama

    try:
        return (await client.show(tag)).capabilities
    except (ollama.ResponseError, ValueError):
        return None


def _can_chat(tag: str, family: str, capabilities: Sequence[str] | None) -> bool:
    if capabilities is not None:
        return "completion" in capabilities
    return not any(word in text.lower() for word in EMBEDDING_FAMILIES for text in (tag, family))


@asynccontextmanager
async def plain_errors(address: str, model: str) -> AsyncIterator[None]:
    """Turns all that a server and its client can fail with into EngineError and ModelError."""
    import httpx
    import ollama

    try:
        yield
    except CompanionError:
        raise
    except (httpx.ConnectError, httpx.ConnectTimeout, ConnectionError, httpx.UnsupportedProtocol) as error:
        raise EngineError(
            f"Ollama does not answer at {address}.",
            "Start it with `ollama serve`, or set mind.engine to embedded.",
        ) from error
    except TimeoutError as error:
        raise EngineError(
            f"Ollama at {address} takes connections, but does not answer.",
            "Start it anew, or set mind.engine to embedded.",
        ) from error
    except httpx.HTTPError as error:
        raise broke_off(address) from error
    except ollama.ResponseError as error:
        raise _refusal(error, model) from error
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        log.debug("Ollama's answer could not be read: %r", error)
        raise EngineError(
            f"Ollama at {address} sent what cannot be understood.",
            "Say it again; if that keeps happening, update Ollama, or see what else answers at that address.",
        ) from error


def broke_off(address: str) -> EngineError:
    return EngineError(
        f"Ollama at {address} stopped in the middle of a reply.",
        "Say it again; if that keeps happening, start Ollama anew.",
    )


def _refusal(error: Any, model: str) -> CompanionError:
    reason = str(error.error).strip()
    if error.status_code == 404 and (not reason or "not found" in reason):
        return ModelError(f"Ollama does not have the model {model}.", f"Fetch it with `ollama pull {model}`.")
    first_line = (reason.splitlines() or [f"HTTP status {error.status_code}"])[0][:200]
    return EngineError(
        f"Ollama refused to answer ({first_line}).",
        "Say it again; if that keeps happening, choose a smaller model with mind.model, or start Ollama anew.",
    )
