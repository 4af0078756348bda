"""What can go wrong between us and a server of models, in plain words."""

from __future__ import annotations

import math
from collections.abc import Mapping

from companion.core.errors import ModelError
from companion.models.work import SourceError

_LATER = "What has come is kept; try again and it goes on from there."

_OTHER_MIRROR = "Choose another mirror (models.mirror)."


class Cut(Exception):  # noqa: N818
    """It broke off in a way that trying again may mend. `why` in a few words; `asked_s`: the pause it asked for."""

    def __init__(self, why: str, host: str, asked_s: float | None = None, hint: str = _LATER) -> None:
        super().__init__(why)
        self.why, self.host, self.asked_s, self.hint = why, host, asked_s, hint

    def given_up(self) -> SourceError:
        return SourceError(f"Fetching from {self.host} was given up after several tries: {self.why}.", self.hint)


def of_status(status: int, headers: Mapping[str, str], host: str, name: str) -> None:
    """Raises SourceError, or Cut where trying again may help, if `status` is not one of success."""
    if status in (200, 206):
        return
    if status == 429:
        raise Cut(
            "it is asked too often and wants us to wait",
            host,
            _retry_after_s(headers),
            "Try again in a few minutes; what has come is kept.",
        )
    if status >= 500 or status == 408:
        raise Cut(f"the server has trouble of its own (HTTP {status})", host, _retry_after_s(headers))
    raise refusal(status, headers.get("X-Error-Code", ""), host, name)


def refusal(status: int, code: str, host: str, name: str) -> SourceError:
    """For an answer that no patience changes; `code` is the hub's own word for it."""
    if code == "GatedRepo" or status == 403:
        return SourceError(
            f"{host} gives {name} only to those who have accepted its licence there.",
            "Accept it on its web page, log in with `hf auth login`, and try again.",
        )
    if code == "EntryNotFound":
        return SourceError(f"{host} has no file {name}.", "Look up the name of the file on its web page.")
    if code == "RepoNotFound" or status == 401:
        return SourceError(
            f"{host} has no {name}, or shows it only to its owner.",
            "Check the name; if it is your own, log in with `hf auth login`.",
        )
    if status == 404:
        return SourceError(f"{host} has no file {name}.", "Look up the name of the file on its web page.")
    if status == 407:
        return SourceError("Your proxy wants a password.", "Put it into HTTPS_PROXY: http://name:password@host:port.")
    return SourceError(f"{host} refused {name} (HTTP {status}).", f"Try again later. {_OTHER_MIRROR}")


def in_plain_words(error: Exception, host: str, name: str) -> Cut | ModelError:
    """For an exception of httpx, or of another client that calls its exceptions alike."""
    kind, said = type(error).__name__, str(error)
    if "CERTIFICATE" in said.upper():
        return SourceError(
            f"{host} could not prove that it is {host}: its certificate is not accepted.",
            "Check the clock of this computer and your network; SSL_CERT_FILE names certificates of your own.",
        )
    if kind == "TooManyRedirects":
        return SourceError(f"{host} sends us round in circles for {name}.", _OTHER_MIRROR)
    if kind in ("UnsupportedProtocol", "InvalidURL"):
        return SourceError(f"{host} sends us to an address for {name} that does not exist.", _OTHER_MIRROR)
    if kind == "ProxyError":
        return Cut("the proxy does not let us through", host, hint="Check HTTPS_PROXY, then try again.")
    if kind in ("ReadTimeout", "PoolTimeout", "WriteTimeout"):
        return Cut("nothing came for a while", host)
    if kind in ("ConnectError", "ConnectTimeout"):
        return Cut("there is no connection to it", host, hint=f"Check the network. {_LATER}")
    return Cut("the connection broke off", host)


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
