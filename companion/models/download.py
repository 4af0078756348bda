"""Fetches one file over HTTP, goes on after a cut, and hands it over only if it is what was promised.

The downloader of huggingface-hub is not used for this: it compares lengths but no checksums, waits without an end on
some stalls, cannot be stopped between two reads, and may take a protocol (Xet) that knows no mirrors.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from companion.models.http_words import Cut, in_plain_words, of_status
from companion.models.work import DamagedSourceError, SourceError

if TYPE_CHECKING:
    import httpx

Tell: TypeAlias = Callable[[int, str], None]
"""Told, several times a second, of (bytes that are here, what is being done); what it raises ends the work."""

_POLL_S = 0.1
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a file must come to: sha256, or what git calls its blob (as hubs say of small files)."""

    kind: Literal["sha256", "git"]
    value: str

    def begin(self, size: int) -> hashlib._Hash:
        if self.kind == "sha256":
            return hashlib.sha256()
        return hashlib.sha1(f"blob {size}\0".encode(), usedforsecurity=False)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file on a server, and what it must be once it is here."""

    name: str
    url: str
    size: int
    checksum: Checksum
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Patience:
    """When to give up: `attempts` in a row without a new byte, with pauses that double; and what a stall is."""

    attempts: int = 5
    pause_s: float = 1.0
    longest_pause_s: float = 20.0
    stall_s: float = 30.0

    def pause(self, attempt: int, asked_s: float | None) -> float:
        """`asked_s` is what the server asked for."""
        return min(self.longest_pause_s, asked_s if asked_s is not None else self.pause_s * 2 ** (attempt - 1))


def download(remote: RemoteFile, part: Path, tell: Tell, patience: Patience | None = None) -> None:
    """Bring `remote` into `part`, which may hold its beginning; when this returns, it is whole and checked.

    Raises SourceError in plain words; what has come is kept, unless it was wrong (DamagedSourceError).
    """
    patience = patience or Patience()
    resumed = part.exists()
    _Transfer(remote, part, tell, patience).complete()
    if is_whole(remote, part, tell):
        return
    part.unlink()
    if resumed:  # the beginning may be of an earlier state of the file: once more, from the start
        download(remote, part, tell, patience)
        return
    raise DamagedSourceError(
        f"{remote.name} came from {_host(remote.url)}, but it is damaged or another file (its checksum differs).",
        "It was thrown away. Try again; if it comes so again, choose another mirror (models.mirror), or report it.",
    )


def is_whole(remote: RemoteFile, path: Path, tell: Tell) -> bool:
    """Whether the file at `path` is what it must be, by its checksum; it is safely on the disk then."""
    digest = remote.checksum.begin(remote.size)
    done = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            done += len(chunk)
            tell(done, f"checking {remote.name}")
        os.fsync(file.fileno())
    return done == remote.size and digest.hexdigest() == remote.checksum.value


@dataclass
class _Transfer:
    remote: RemoteFile
    part: Path
    tell: Tell
    patience: Patience

    def complete(self) -> None:
        """Until all bytes are here: ask for the rest, again and again while that helps."""
        failures = 0
        while (here := self._here()) < self.remote.size:
            try:
                asyncio.run(self._attended(self._receive(here)))
            except Cut as cut:
                failures = 1 if self._here() > here else failures + 1
                if failures >= self.patience.attempts:
                    raise cut.given_up() from cut
                self._wait(self.patience.pause(failures, cut.asked_s), cut)

    def _here(self) -> int:
        here = self.part.stat().st_size if self.part.exists() else 0
        if here > self.remote.size:
            self.part.unlink()
            return 0
        return here

    def _wait(self, seconds: float, cut: Cut) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.tell(self._here(), f"waiting to try again ({cut.why})")
            time.sleep(min(_POLL_S, seconds))

    def _attend(self) -> None:
        self.tell(self._here(), f"fetching {self.remote.name}")

    async def _attended(self, work: Coroutine[Any, Any, None]) -> None:
        """Do `work`, telling of it meanwhile; telling may end it."""
        task = asyncio.create_task(work)
        try:
            while not (await asyncio.wait({task}, timeout=_POLL_S))[0]:
                self._attend()
        finally:
            task.cancel()
            await asyncio.wait({task})
        self._attend()
        task.result()

    async def _receive(self, here: int) -> None:
        """Append what the server sends from byte `here` on."""
        import httpx

        headers = {**self.remote.headers, "Accept-Encoding": "identity"}
        if here:
            headers["Range"] = f"bytes={here}-"
        timeout = httpx.Timeout(self.patience.stall_s, connect=min(10.0, self.patience.stall_s))
        try:
            async with (
                httpx.AsyncClient(follow_redirects=True, timeout=timeout) as client,
                client.stream("GET", self.remote.url, headers=headers) as response,
            ):
                if response.status_code == 416:
                    self.part.unlink(missing_ok=True)
                    raise Cut("the server has no more of it", _host(self.remote.url))
                of_status(response.status_code, response.headers, _host(str(response.url)), self.remote.name)
                await self._append(response, here if response.status_code == 206 else 0)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise in_plain_words(error, _host(self.remote.url), self.remote.name) from error

    async def _append(self, response: httpx.Response, start: int) -> None:
        self._check_promise(response, start)
        done = start
        with self.part.open("r+b" if start else "wb", buffering=0) as file:
            file.seek(start)
            async for chunk in response.aiter_raw():  # as it comes: what a chunk size holds back is lost in a cut
                done += len(chunk)
                if done > self.remote.size:
                    raise self._lie("sends more than it says")
                file.write(chunk)
        if done < self.remote.size:
            raise Cut("the connection ended early", _host(self.remote.url))

    def _check_promise(self, response: httpx.Response, start: int) -> None:
        if response.headers.get("Content-Type", "").startswith("text/html"):
            raise SourceError(
                f"Instead of {self.remote.name}, {_host(str(response.url))} sends a web page.",
                "Perhaps this network wants you to log in first, or models.mirror is not the address of a model hub.",
            )
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise self._lie("sends it packed, which was not asked for")
        if response.status_code == 206:
            wanted = f"bytes {start}-{self.remote.size - 1}/{self.remote.size}"
            if response.headers.get("Content-Range") != wanted:
                raise self._lie("sends another part than was asked for")
        elif response.headers.get("Content-Length", str(self.remote.size)) != str(self.remote.size):
            raise self._lie(f"has {response.headers['Content-Length']} bytes of it instead of {self.remote.size}")

    def _lie(self, how: str) -> DamagedSourceError:
        self.part.unlink(missing_ok=True)
        return DamagedSourceError(
            f"{_host(self.remote.url)} cannot be trusted with {self.remote.name}: it {how}.",
            "Nothing of it was kept. Try again; if it does so again, choose another mirror (models.mirror).",
        )


def _host(url: str) -> str:
    import httpx

    return httpx.URL(url).host or "the server"
