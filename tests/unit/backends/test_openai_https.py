"""An engine behind https: its certificate is checked before a word is sent, and what is wrong is said plainly."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from companion.backends.openai_http import Server, answered, plainly
from companion.core.errors import EngineError
from tests.certificates import self_signed

PARTS = [
    ("language model", "elsewhere.mind"),
    ("speech to text", "elsewhere.hearing"),
    ("voice", "elsewhere.voice"),
]


@contextmanager
def listing(certificate: tuple[Path, Path] | None) -> Iterator[tuple[str, list[str]]]:
    """A server that names one model: its address, and what it was asked, with the keys that it was given."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization')}")
            body = json.dumps({"data": [{"id": "tiny"}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # who does not like the certificate hangs up

    server = Quiet(("127.0.0.1", 0), Answer)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ask(address: str, part: str = "language model", setting: str = "elsewhere.mind") -> object:
    import httpx

    server = Server.at(address, "secret", 5.0, part, setting)
    with plainly(server), httpx.Client(**server.options(pool=False)) as client:
        return answered(client, "GET", f"{server.address}/models").json()


@pytest.mark.parametrize(("part", "setting"), PARTS)
def test_a_certificate_that_nobody_vouches_for_is_refused_and_nothing_is_sent(
    tmp_path: Path, part: str, setting: str
) -> None:
    with listing(self_signed(tmp_path)) as (address, asked), pytest.raises(EngineError) as refused:
        ask(address, part, setting)
    assert refused.value.message == (
        f"The {part} at {address} could not prove that it is what it says: its certificate is not accepted,"
        " and nothing was sent to it."
    )
    assert "SSL_CERT_FILE" in refused.value.hint and "clock" in refused.value.hint
    assert asked == [], "not even the key"


def test_the_certificate_of_a_server_of_ones_own_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with listing(certificate) as (address, asked):
        assert ask(address) == {"data": [{"id": "tiny"}]}
    assert asked == ["/v1/models Bearer secret"]


def test_a_certificate_for_another_host_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with listing(certificate) as (address, asked), pytest.raises(EngineError, match="certificate is not accepted"):
        ask(address.replace("127.0.0.1", "localhost"))
    assert asked == []


def test_a_server_that_does_not_encrypt_is_told_apart() -> None:
    with listing(None) as (address, asked), pytest.raises(EngineError, match="does not encrypt") as refused:
        ask(address)
    assert refused.value.hint == "If that is as it should be, write http:// in elsewhere.mind."
    assert asked == []
