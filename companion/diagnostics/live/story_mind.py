"""A language model that answers everything with one text: for agents of which another reply cannot be had."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextlib.contextmanager
def telling(text: str) -> Iterator[str]:
    """An OpenAI-style server on this computer that streams `text`, word by word, until the block ends; its address."""

    class Teller(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                for number, word in enumerate(text.split(" ")):
                    self._send({"content": word if number == 0 else f" {word}"}, None)
                self._send({}, "stop")
                self.wfile.write(b"data: [DONE]\n\n")

        def _send(self, delta: dict[str, str], finish: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            chunk = {"id": "story", "object": "chat.completion.chunk", "created": 0, "model": "story"}
            self.wfile.write(f"data: {json.dumps(chunk | {'choices': [choice]})}\n\n".encode())

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Teller)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="story mind")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
