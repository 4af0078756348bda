"""A package index of one folder of wheels over HTTP, as pip asks it (PEP 503), which can break off, stall or lie."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Literal, cast

IndexFault = Literal[
    "cut", "stall", "other bytes", "promise more", "401", "403", "404", "500", "no package", "web page"
]

ROOT = "/index/"
"""Where the lists of wheels are."""


@dataclass
class FakeIndex:
    """Serves the wheels of `folder` while its `with` block lasts.

    `fault` is done `times` times (None: always); "cut" and "stall" after byte `at` of a wheel. `fetched` keeps the
    ranges that were asked of wheels; "" is a whole one.
    """

    folder: Path
    fault: IndexFault | None = None
    times: int | None = None
    at: int = 0
    fetched: list[str] = field(default_factory=list)
    address: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> FakeIndex:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Exchange)
        self._server.index = self  # type: ignore[attr-defined]
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}{ROOT}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def does(self, *faults: IndexFault) -> bool:
        """Whether one of `faults` is to be done now."""
        if self.fault not in faults or self.times == 0:
            return False
        self.times = None if self.times is None else self.times - 1
        return True


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def index(self) -> FakeIndex:
        return cast(FakeIndex, self.server.index)  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def do_GET(self) -> None:
        if self.path.startswith(ROOT):
            return self._list_wheels(self.path.removeprefix(ROOT).strip("/"))
        return self._send_wheel(self.index.folder / self.path.rpartition("/")[2])

    def _list_wheels(self, name: str) -> None:
        if self.index.does("no package"):
            return self._answer(404, b"")
        if self.index.does("web page"):
            return self._answer(200, b"<!DOCTYPE html><html><body>Log in to this network</body></html>")
        links = [
            f'<a href="/wheels/{wheel.name}">{wheel.name}</a>'
            for wheel in sorted(self.index.folder.glob(f"{name.replace('-', '_')}-*.whl"))
        ]
        return self._answer(200, f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>".encode())

    def _send_wheel(self, wheel: Path) -> None:
        asked = self.headers.get("Range", "")
        self.index.fetched.append(asked)
        for status in ("401", "403", "404", "500"):
            if self.index.does(status):
                return self._answer(int(status), b"")
        content = wheel.read_bytes()
        if self.index.does("other bytes"):
            content = bytes(len(content))
        start = int(asked.removeprefix("bytes=").partition("-")[0]) if asked else 0
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("ETag", '"as-it-was"')
        self.send_header("Accept-Ranges", "bytes")
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        more = 100 if self.index.does("promise more") else 0
        self.send_header("Content-Length", str(len(content) - start + more))
        self.end_headers()
        at = max(0, self.index.at - start)
        if at < len(content) - start and self.index.does("cut", "stall"):
            self.wfile.write(content[start : start + at])
            self.wfile.flush()
            if self.index.fault == "stall":
                self.index.over.wait()
            self.close_connection = True
            return None
        self.close_connection = bool(more)
        self.wfile.write(content[start:])
        return None

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
