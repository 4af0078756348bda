"""A small hub of models: what huggingface_hub and our downloader ask of one, with faults on request.

As on the real one, a large file is kept elsewhere: its address answers with a redirect to another host, and with the
file's own size and sha256 in X-Linked-Size and X-Linked-Etag. A small file has git's name for it as its etag.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Literal, cast
from urllib.parse import unquote

Fault = Literal[
    "cut",
    "stall",
    "end early",
    "promise more",
    "promise less",
    "send more",
    "other bytes",
    "change",
    "ignore range",
    "other range",
    "no more",
    "packed",
    "web page",
    "circles",
    "strange address",
    "no etag",
    "not json",
    "mute",
    "401",
    "403",
    "404",
    "410",
    "no repository",
    "gated",
    "429",
    "500",
    "503",
    "head 401",
    "head 500",
    "head 429",
    "head web page",
    "head other size",
]
REFUSALS: tuple[Fault, ...] = ("401", "403", "404", "410", "429", "500", "503")
LARGE = (".bin", ".gguf", ".onnx")


@dataclass
class FakeHub:
    """Serves `files` of the repository "them/theirs" on a free port of this computer while its `with` block lasts.

    `fault` is done `times` times (None: always), at the byte `at` where it has a place. `requests` keeps method, path
    and the asked range.
    """

    files: dict[str, bytes]
    fault: Fault | None = None
    times: int | None = None
    at: int = 0
    commit: str = "c" * 40
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    address: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> FakeHub:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Exchange)
        self._server.hub = self  # type: ignore[attr-defined]
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self.elsewhere = f"http://localhost:{self._server.server_port}"
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

    def does(self, *faults: Fault) -> bool:
        """Whether one of `faults` is to be done now."""
        if self.fault not in faults or self.times == 0:
            return False
        self.times = None if self.times is None else self.times - 1
        return True

    def fetched(self) -> list[str]:
        """The ranges that were asked for, of files themselves; "" is a whole file."""
        return [asked for method, path, asked in self.requests if method == "GET" and not path.startswith("/api")]


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def hub(self) -> FakeHub:
        return cast(FakeHub, self.server.hub)  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def do_HEAD(self) -> None:
        self._note()
        if self.hub.does("mute"):
            self.hub.over.wait()
            return self._answer(500)
        refusals: dict[Fault, tuple[int, str]] = {
            "head 401": (401, "RepoNotFound"),
            "head 500": (500, ""),
            "head 429": (429, ""),
            "gated": (403, "GatedRepo"),
            "no repository": (404, "RepoNotFound"),
        }
        for fault, (status, code) in refusals.items():
            if self.hub.does(fault):
                return self._answer(status, {"X-Error-Code": code, "Retry-After": "0"})
        if self.hub.does("head web page"):
            return self._answer(200, {"Content-Type": "text/html", "Content-Length": "15"})
        return self._point_to_file()

    def do_GET(self) -> None:
        self._note()
        if self.path.startswith("/api/"):
            return self._describe_repository()
        if self.path.startswith("/elsewhere/"):
            return self._send_file(unquote(self.path.removeprefix("/elsewhere/")))
        return self._point_to_file()

    def _note(self) -> None:
        self.hub.requests.append((self.command, self.path, self.headers.get("Range", "")))

    def _point_to_file(self) -> None:
        path = unquote(self.path.partition("/resolve/")[2].partition("/")[2])
        content = self.hub.files.get(path)
        if content is None:
            return self._answer(404, {"X-Error-Code": "EntryNotFound"})
        if self.command == "GET" and self.hub.does("circles"):
            return self._answer(302, {"Location": self.path})
        if self.command == "GET" and self.hub.does("strange address"):
            return self._answer(302, {"Location": "gopher://elsewhere/file"})
        size = len(content) - 3 if self.hub.does("head other size") else len(content)
        headers = {"X-Repo-Commit": self.hub.commit}
        if not self.hub.does("no etag"):
            headers["ETag"] = f'"{etag(path, content)}"'
        if not path.endswith(LARGE) and self.command == "GET":
            return self._send_file(path)
        if not path.endswith(LARGE):
            return self._answer(200, {**headers, "Content-Length": str(size)})
        linked = {"X-Linked-Size": str(size), "X-Linked-Etag": headers.pop("ETag", "")}
        return self._answer(302, {**headers, **linked, "Location": f"{self.hub.elsewhere}/elsewhere/{path}"})

    def _send_file(self, path: str) -> None:
        content, hub = self.hub.files[path], self.hub
        for fault in REFUSALS:
            if hub.does(fault):
                return self._answer(int(fault), {"Retry-After": "0"})
        if hub.does("web page"):
            return self._answer(200, {"Content-Type": "text/html"}, b"<html>Log in to this network</html>")
        if hub.does("other bytes"):
            content = bytes(len(content))
        start = self._start()
        if start and hub.does("change"):
            content = bytes(byte ^ 1 for byte in content)
        if start and hub.does("no more"):
            return self._answer(416)
        if start and hub.does("ignore range"):
            start = 0
        headers = {"Content-Length": str(len(content) - start), "Content-Type": "application/octet-stream"}
        if start:
            said = start + 7 if hub.does("other range") else start
            headers["Content-Range"] = f"bytes {said}-{len(content) - 1}/{len(content)}"
        if hub.does("packed"):
            headers["Content-Encoding"] = "gzip"
        if hub.does("promise more"):
            headers["Content-Length"] = str(len(content) - start + 100)
        if hub.does("promise less"):
            headers["Content-Length"] = str(len(content) - start - 5)
        body = content[start:]
        if hub.does("send more", "end early"):
            del headers["Content-Length"]
            self.close_connection = True
            body = body + b"more" if hub.fault == "send more" else body[: max(0, hub.at - start)]
        self.send_response(206 if start else 200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        return self._send_body(body, max(0, hub.at - start))

    def _send_body(self, body: bytes, at: int) -> None:
        if len(body) > at and self.hub.does("cut", "stall"):
            self.wfile.write(body[:at])
            self.wfile.flush()
            if self.hub.fault == "stall":
                self.hub.over.wait()
            self.close_connection = True
            return
        self.wfile.write(body)

    def _start(self) -> int:
        asked = self.headers.get("Range", "")
        return int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0

    def _describe_repository(self) -> None:
        if self.hub.does("not json"):
            return self._answer(200, {"Content-Type": "application/json"}, b"<html>")
        if self.hub.does("no repository"):
            return self._answer(404, {"X-Error-Code": "RepoNotFound"})
        files = [_described(path, content) for path, content in self.hub.files.items()]
        described = {"id": "them/theirs", "sha": self.hub.commit, "tags": ["license:mit"], "siblings": files}
        return self._answer(200, {"Content-Type": "application/json"}, json.dumps(described).encode())

    def _answer(self, status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _described(path: str, content: bytes) -> dict[str, object]:
    described: dict[str, object] = {"rfilename": path, "size": len(content), "blobId": "b" * 40}
    if path.endswith(LARGE):
        described["lfs"] = {"size": len(content), "sha256": etag(path, content), "pointerSize": 130}
    return described


def etag(path: str, content: bytes) -> str:
    if path.endswith(LARGE):
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha1(f"blob {len(content)}\0".encode() + content, usedforsecurity=False).hexdigest()
