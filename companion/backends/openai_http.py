"""A server with an interface like OpenAI's, wherever it is: how it is asked, and what can go wrong, in plain words.

It is asked again only where that is safe: before it has answered anything, if it refuses the connection, closes it
without a word, or says that it is busy. No redirect is followed: words go where the settings say, and nowhere else.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from companion.backends.chat_completions import RefusedError, error_of
from companion.backends.ollama_server import where
from companion.core.errors import CompanionError, EngineError, ModelError

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 2.0
"""A host that is gone does not even refuse: the person waits this long before this computer stands in."""

PAUSES_S = (0.25, 0.75)
"""Before the second and the third attempt."""

BUSY = frozenset({429, 502, 503})
SHOWN_MODELS = 8


@dataclass(frozen=True, slots=True)
class Server:
    """Where one part of her runs, and how it is asked."""

    address: str
    """Up to and with "/v1", without a user's name in it."""
    model: str = ""
    """As the server calls it; empty: the first that it names."""
    key: str = field(default="", repr=False)
    timeout_s: float = 15.0
    """How long it may take to begin an answer."""
    part: str = "language model"
    """As in EngineInfo."""
    setting: str = "elsewhere.mind"
    """What a person would change."""

    @classmethod
    def at(cls, address: str, key: str, timeout_s: float, part: str, setting: str) -> Server:
        """`address` as in the settings: http(s)://host[:port][/path][#model]."""
        base, _, model = address.partition("#")
        base = base.rstrip("/")
        if not urlsplit(base).path:
            base += "/v1"
        return cls(base, model, key, timeout_s, part, setting)

    @property
    def where(self) -> str:
        """The address that words are sent to, or "this computer"."""
        parts = urlsplit(self.address)
        return where(f"{parts.scheme}://{parts.netloc}")

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def name(self) -> str:
        """What a sentence calls it."""
        return f"The {self.part} at {self.origin}"

    def options(self, *, pool: bool) -> dict[str, Any]:
        """For a client of httpx. `pool`: connections are kept for a while, which spares a handshake.

        Certificates are checked, by SSL_CERT_FILE too; none are loaded for plain HTTP to this computer, which also uses
        no proxy.
        """
        import httpx

        local = self.where == "this computer"
        return {
            "headers": {"Authorization": f"Bearer {self.key}"} if self.key else {},
            "timeout": httpx.Timeout(self.timeout_s, connect=min(CONNECT_TIMEOUT_S, self.timeout_s)),
            "follow_redirects": False,
            "trust_env": not local,
            "verify": httpx.create_ssl_context() if self.address.startswith("https:") or not local else False,
            "limits": httpx.Limits(max_keepalive_connections=4 if pool else 0),
        }

    def fault(self, what: str, hint: str = "") -> EngineError:
        return EngineError(f"{self.name} {what}.", hint or f"Start it anew there, or see to {self.setting}.")


@asynccontextmanager
async def streamed(
    client: httpx.AsyncClient, method: str, url: str, json: Mapping[str, Any] | None = None
) -> AsyncIterator[httpx.Response]:
    """The answer, of any status, its body still to come. Leaving hangs up. Raises what httpx raises."""
    for pause_s in (*PAUSES_S, None):
        async with AsyncExitStack() as stack:
            wait_s = pause_s
            try:
                response = await stack.enter_async_context(client.stream(method, url, json=json))
            except Exception as error:
                if pause_s is None or not _never_answered(error):
                    raise
            else:
                wait_s = _pause(response, pause_s)
                if wait_s is None:
                    yield response
                    return
        assert wait_s is not None
        await asyncio.sleep(wait_s)


def answered(client: httpx.Client, method: str, url: str, patient: bool = True, **options: Any) -> httpx.Response:
    """The whole answer, of any status. Blocking. Raises what httpx raises. Not `patient`: it is asked once."""
    for pause_s in (*(PAUSES_S if patient else ()), None):
        wait_s = pause_s
        try:
            response = client.request(method, url, **options)
        except Exception as error:
            if pause_s is None or not _never_answered(error):
                raise
        else:
            wait_s = _pause(response, pause_s)
            if wait_s is None:
                return response
        assert wait_s is not None
        time.sleep(wait_s)
    raise AssertionError("the last attempt returns or raises")


def _never_answered(error: Exception) -> bool:
    """Whether the server has done nothing yet, and may do it a moment later."""
    import httpx

    if isinstance(error, httpx.RemoteProtocolError):
        return "without sending a response" in str(error)
    return isinstance(error, httpx.ConnectError) and not _is_about_certificates(error) and not _is_about_tls(error)


def _pause(response: httpx.Response, pause_s: float | None) -> float | None:
    """Seconds to wait before it is asked again; None if it is not to be."""
    if pause_s is None or response.status_code not in BUSY:
        return None
    try:
        asked_s = float(response.headers.get("Retry-After", ""))
    except ValueError:
        return pause_s
    # Whoever waits for an answer does not wait longer: then this computer stands in.
    return asked_s if math.isfinite(asked_s) and 0 <= asked_s <= max(PAUSES_S) else None


@contextmanager
def plainly(server: Server) -> Iterator[None]:
    """All that a server and httpx can fail with, as EngineError and ModelError."""
    import httpx

    try:
        yield
    except CompanionError:
        raise
    except RefusedError as error:
        raise refusal(server, 200, error.body) from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise EngineError(f"{server.address} is not an address of a server.", f"See to {server.setting}.") from error
    except httpx.ConnectError as error:
        if _is_about_certificates(error):
            raise server.fault(
                "could not prove that it is what it says: its certificate is not accepted, and nothing was sent to it",
                "Check the clock of this computer. For a server of your own, put the file of its certificate into the"
                " environment as SSL_CERT_FILE.",
            ) from error
        if _is_about_tls(error):
            raise server.fault(
                "does not encrypt as https: wants", f"If that is as it should be, write http:// in {server.setting}."
            ) from error
        raise server.fault("does not answer", f"Start it there, or see to {server.setting}.") from error
    except httpx.ConnectTimeout as error:
        raise server.fault("does not answer", f"Start it there, or see to {server.setting}.") from error
    except (httpx.TimeoutException, TimeoutError) as error:
        raise server.fault("takes connections, but does not answer in time") from error
    except httpx.TransportError as error:
        raise server.fault("broke off in the middle of an answer") from error
    except (ValueError, TypeError, AttributeError, LookupError, httpx.HTTPError) as error:
        log.debug("the answer could not be read: %r", error)
        raise server.fault(
            "sent what cannot be understood", f"See what else answers at that address, or to {server.setting}."
        ) from error


def refusal(server: Server, status: int, body: bytes, location: str = "") -> CompanionError:
    """Why an answer of `status` is none. A missing model is told by `missing_model`."""
    if 300 <= status < 400:
        to = urlsplit(location)
        elsewhere = f"{to.scheme}://{to.netloc}" if to.netloc else "another address"
        return server.fault(
            f"sends us on to {elsewhere}, where your words are not sent",
            f"If that is where it should run, set {server.setting} to that address.",
        )
    if status in (401, 403):
        part = server.setting.rpartition(".")[2]
        refused = "does not accept the key" if server.key else "wants a key"
        return server.fault(refused, f"Type `companion key set {part}`, and give it the server's key.")
    reason, error = error_of(body)
    if error.get("type") == "exceed_context_size_error" or error.get("code") == "context_length_exceeded":
        tokens = f"{error['n_ctx']} tokens" if error.get("n_ctx") else "tokens"
        return EngineError(
            f"The conversation is longer than the {tokens} that {server.name[0].lower()}{server.name[1:]} can read.",
            "Give it a longer context there, set mind.context_tokens lower, or begin a new conversation.",
        )
    if status == 404:
        return server.fault(
            "has nothing at that address", f"See to {server.setting}; most servers want /v1 at its end."
        )
    if status in BUSY:
        return server.fault("is busy", "Try again in a moment, or see to it there.")
    return server.fault(f"refused to answer ({reason or f'HTTP status {status}'})", "See to it there.")


def missing_model(server: Server, names: Sequence[str]) -> ModelError:
    """`names`: what the server has."""
    shown = ", ".join(names[:SHOWN_MODELS]) + (", …" if len(names) > SHOWN_MODELS else "")
    if not server.model:
        return ModelError(f"{server.name} has no model.", "Load one there.")
    return ModelError(
        f"{server.name} does not have the model {server.model}.",
        f"It has: {shown}. Name one behind # in {server.setting}." if shown else "Load one there.",
    )


def model_names(listed: Mapping[str, Any]) -> list[str]:
    """What `/v1/models` names. Raises TypeError or LookupError for an answer that is none."""
    return [str(model["id"]) for model in listed["data"]]


def _is_about_certificates(error: Exception) -> bool:
    return "CERTIFICATE" in str(error).upper()


def _is_about_tls(error: Exception) -> bool:
    return "SSL" in str(error).upper() or "TLS" in str(error).upper()
