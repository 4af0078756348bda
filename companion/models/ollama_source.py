"""Models that Ollama pulls and keeps itself: pulled with the same progress as all others, and deleted."""

from __future__ import annotations

import asyncio
import ipaddress
import threading
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from companion.core.errors import ModelError
from companion.models.work import InstallationStoppedError, Progress, SourceError

if TYPE_CHECKING:
    from ollama import AsyncClient

T = TypeVar("T")

STALL_S = 120.0
"""Ollama says nothing while it checks what has come: a minute, for a large model on a slow disk."""
_POLL_S = 0.1


def pull(
    tag: str,
    address: str,
    *,
    progress: Progress = lambda done, total, text: None,
    stop: threading.Event | None = None,
    stall_s: float = STALL_S,
) -> None:
    """Have the Ollama at `address` fetch `tag`; at once if it has it. Ollama goes on after a cut where it stopped.

    Blocks; `stop` ends it within a fraction of a second. Raises SourceError in plain words, InstallationStoppedError.
    """
    pulling = _Pull(tag, progress, stop or threading.Event())
    _run(address, pulling.follow, tag, pulling.attend, stall_s)
    if not pulling.succeeded:
        raise SourceError(f"Ollama stopped before {tag} had come whole.", "Try again; Ollama goes on where it stopped.")


def remove(tag: str, address: str) -> None:
    """Have the Ollama at `address` delete `tag`. Raises SourceError in plain words."""

    async def delete(client: AsyncClient) -> None:
        await client.delete(tag)

    _run(address, delete, tag, lambda: None, STALL_S)


class _Pull:
    """Adds the layers up, of which Ollama tells one by one."""

    def __init__(self, tag: str, progress: Progress, stop: threading.Event) -> None:
        self._tag, self._progress, self._stop = tag, progress, stop
        self._layers: dict[str, tuple[int, int]] = {}
        self._text = "asking Ollama"
        self.succeeded = False

    async def follow(self, client: AsyncClient) -> None:
        async for part in await client.pull(self._tag, stream=True):
            if part.digest and part.total:
                self._layers[part.digest] = (part.completed or 0, part.total)
            self._text = "Ollama is fetching it" if part.digest else f"Ollama: {part.status or 'working'}"
            self.succeeded = self.succeeded or part.status == "success"

    def attend(self) -> None:
        done = sum(done for done, _ in self._layers.values())
        total = sum(total for _, total in self._layers.values())
        self._progress(done, total, f"{self._tag}: {self._text}")
        if self._stop.is_set():
            raise InstallationStoppedError(
                f"The installation of {self._tag} was stopped.",
                f"`companion models install {self._tag}` goes on where it stopped.",
            )


def _run(
    address: str,
    work: Callable[[AsyncClient], Coroutine[Any, Any, None]],
    tag: str,
    attend: Callable[[], None],
    stall_s: float,
) -> None:
    import httpx
    import ollama

    try:
        asyncio.run(_attended(address, work, attend, stall_s))
    except ollama.ResponseError as error:
        raise _refusal(tag, error.error, error.status_code) from error
    except (httpx.ConnectError, httpx.ConnectTimeout, ConnectionError, httpx.UnsupportedProtocol) as error:
        raise SourceError(
            f"Ollama does not answer at {address}.", "Start it with `ollama serve`, or check mind.ollama_address."
        ) from error
    except httpx.TimeoutException as error:
        raise SourceError(
            f"Ollama at {address} has said nothing for {stall_s:.0f} s.", "Try again; it goes on where it stopped."
        ) from error
    except httpx.HTTPError as error:
        raise SourceError(
            f"Ollama at {address} broke off.", "Check that it still runs, and try again; it goes on where it stopped."
        ) from error
    except ValueError as error:  # what it sent is no JSON, or not of the form
        raise SourceError(
            f"What answers at {address} is not Ollama, or not one that can be understood.",
            "Check mind.ollama_address, and update Ollama.",
        ) from error


async def _attended(
    address: str,
    work: Callable[[AsyncClient], Coroutine[Any, Any, None]],
    attend: Callable[[], None],
    stall_s: float,
) -> None:
    """Do `work` with a client, telling of it meanwhile; telling may end it, which hangs up on Ollama."""
    import httpx
    from ollama import AsyncClient

    local = _is_loopback(address)
    client = AsyncClient(
        address, follow_redirects=False, trust_env=not local, timeout=httpx.Timeout(stall_s, connect=5.0)
    )
    task = asyncio.create_task(work(client))
    try:
        while not (await asyncio.wait({task}, timeout=_POLL_S))[0]:
            attend()
    finally:
        task.cancel()
        await asyncio.wait({task})
        await client.close()  # type: ignore[no-untyped-call]
    task.result()
    attend()


def _refusal(tag: str, said: str, status: int) -> ModelError:
    first_line = (said.strip().splitlines() or [f"HTTP status {status}"])[0][:200]
    if "file does not exist" in said or "not found" in said:
        return SourceError(f"Ollama knows no model {tag}.", "Look up its name on Ollama's page of models.")
    if "no space left" in said:
        return ModelError(f"The disk filled up while Ollama fetched {tag}.", "Free some space and try again.")
    if "requires a newer version" in said:
        return SourceError(f"{tag} needs a newer Ollama than runs here.", "Update Ollama and try again.")
    if "no such host" in said or "dial tcp" in said or "i/o timeout" in said:
        return SourceError(
            f"Ollama could not reach its own store of models for {tag}.",
            "Check the network of the machine that Ollama runs on.",
        )
    return SourceError(f"Ollama could not fetch {tag} ({first_line}).", "Try again; it goes on where it stopped.")


def _is_loopback(address: str) -> bool:
    host = urlsplit(address if "://" in address else f"http://{address}").hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
