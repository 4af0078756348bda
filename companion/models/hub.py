"""A hub of models, or a mirror of one: the addresses of its files, what they are, and what a repository holds."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from companion.core.errors import ModelError
from companion.models.download import Checksum, Patience, RemoteFile
from companion.models.http_words import Cut, in_plain_words, of_status
from companion.models.work import SourceError

T = TypeVar("T")
Attend: TypeAlias = Callable[[], None]
"""Called several times a second while one waits; what it raises ends the waiting."""

_POLL_S = 0.1
_ATTEMPTS = 3
"""At most, to learn of a file; to fetch it is worth more patience."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a repository; `sha256` is empty for those that the hub keeps in git itself."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Repository:
    """What a hub says of a repository. `licence` is an SPDX identifier or nearly; "unknown" if its card names none."""

    files: tuple[Listed, ...]
    licence: str


@dataclass(frozen=True, slots=True)
class Hub:
    """`mirror` as in settings (models.mirror): an address, or empty for HF_ENDPOINT or the hub itself.

    The proxy of the environment and HF_HUB_OFFLINE are honoured, and the user's token is sent to the hub that the
    environment names, never to a mirror that only the settings name. All methods raise SourceError in plain words.
    """

    mirror: str = ""
    patience: Patience = field(default_factory=Patience)
    answer_timeout_s: float = 10.0

    @property
    def address(self) -> str:
        from huggingface_hub import constants

        return self.mirror.rstrip("/") or str(constants.ENDPOINT)

    @property
    def host(self) -> str:
        import httpx

        return httpx.URL(self.address).host or self.address

    def find(self, repo: str, path: str, attend: Attend) -> tuple[RemoteFile, str]:
        """The file at `path` of `repo`, and the commit that it is of."""
        from huggingface_hub import get_hf_file_metadata, hf_hub_url

        url = hf_hub_url(repo, path, endpoint=self.address)
        headers: Mapping[str, str] = {"Authorization": f"Bearer {self._token}"} if self._token else {}

        def ask() -> Any:
            return get_hf_file_metadata(
                url, timeout=self.answer_timeout_s, headers=dict(headers), token=False, endpoint=self.address
            )

        known = self._asked(ask, f"{repo}/{path}", attend)
        checksum = _checksum(known.etag or "")
        if not known.commit_hash or not known.size or checksum is None:
            raise self._no_hub()
        pinned = hf_hub_url(repo, path, revision=known.commit_hash, endpoint=self.address)
        return RemoteFile(path.rpartition("/")[2], pinned, known.size, checksum, headers), known.commit_hash

    def look_into(self, repo: str, attend: Attend = lambda: None) -> Repository:
        """What `repo` holds, and under which licence."""
        from huggingface_hub import HfApi

        api = HfApi(endpoint=self.address, token=self._token or False)

        def ask() -> Any:
            return api.model_info(repo, files_metadata=True, timeout=self.answer_timeout_s)

        info = self._asked(ask, repo, attend)
        named = next((tag.removeprefix("license:") for tag in info.tags or () if tag.startswith("license:")), "")
        files = [
            Listed(file.rfilename, file.size or 0, file.lfs.sha256 if file.lfs else "") for file in info.siblings or ()
        ]
        return Repository(tuple(files), re.sub(r"[^A-Za-z0-9.+-]", "-", named) or "unknown")

    @property
    def _token(self) -> str:
        from huggingface_hub import constants, get_token

        return get_token() or "" if self.address == constants.ENDPOINT else ""

    def _asked(self, ask: Callable[[], T], name: str, attend: Attend) -> T:
        """What `ask` returns; asked again where that may help."""
        from huggingface_hub import constants

        if constants.is_offline_mode():
            raise SourceError(
                f"{name} is not fetched: HF_HUB_OFFLINE forbids it.", "Type `unset HF_HUB_OFFLINE` and try again."
            )
        failures = 0
        while True:
            try:
                return self._asked_once(ask, name, attend)
            except Cut as cut:
                failures += 1
                if failures >= min(_ATTEMPTS, self.patience.attempts):
                    raise cut.given_up() from cut
                _wait(self.patience.pause(failures, cut.asked_s), attend)

    def _asked_once(self, ask: Callable[[], T], name: str, attend: Attend) -> T:
        """Raises Cut where it may be asked again."""
        from huggingface_hub.errors import HfHubHTTPError

        asking = _Asking(ask)
        if not asking.done_within(3 * self.answer_timeout_s, attend):
            raise Cut("it does not answer", self.host)
        error = asking.error
        if error is None:
            assert asking.answer is not None
            return asking.answer
        if isinstance(error, HfHubHTTPError):
            of_status(error.response.status_code, error.response.headers, self.host, name)
        if isinstance(error, HfHubHTTPError | ValueError | KeyError | TypeError | AttributeError):
            raise self._no_hub() from error
        raise in_plain_words(error, self.host, name) from error

    def _no_hub(self) -> ModelError:
        return SourceError(
            f"{self.host} does not answer as a model hub does.",
            "Check models.mirror and HF_ENDPOINT, and whether this network wants you to log in first.",
        )


class _Asking(Generic[T]):
    """A call in a thread of its own, which is left to itself if nobody wants the answer any more."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self.answer: T | None = None
        self.error: Exception | None = None
        self._ask = ask
        self._thread = threading.Thread(target=self._run, name="asking the hub", daemon=True)

    def done_within(self, seconds: float, attend: Attend) -> bool:
        self._thread.start()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._thread.join(_POLL_S)
            if not self._thread.is_alive():
                return True
            attend()
        return False

    def _run(self) -> None:
        try:
            self.answer = self._ask()
        except Exception as error:  # each HTTP client that huggingface-hub has used raises of its own kinds
            self.error = error


def _wait(seconds: float, attend: Attend) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        attend()
        time.sleep(min(_POLL_S, seconds))


def _checksum(etag: str) -> Checksum | None:
    """The hub's etag is the sha256 of a large file, and what git calls a small one."""
    if re.fullmatch(r"[0-9a-f]{64}", etag):
        return Checksum("sha256", etag)
    return Checksum("git", etag) if re.fullmatch(r"[0-9a-f]{40}", etag) else None
