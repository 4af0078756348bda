"""A server with OpenAI's /v1/audio/transcriptions and /v1/audio/speech, with engines of our own behind it.

Run as a script it serves the real Whisper and Piper, prints its address, and ends when its input does.
"""

from __future__ import annotations

import email.parser
import email.policy
import io
import json
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

import numpy as np
import soundfile

from companion.backends.openai_speech import as_wav
from companion.core.engines import Synthesizer, Tone, Transcriber

KEY = "secret"
VOICES = ("alloy", "nova")


@dataclass
class Faults:
    """What goes wrong, from now on."""

    status: int = 0
    """Every request is answered with it."""
    body: bytes = b""
    times: int = 1_000_000
    """How often, before it is as good as new."""
    location: str = ""
    hangs: bool = False
    breaks_off: bool = False
    """The answer ends in its middle."""
    refuses_form: str = ""
    """A response_format that it does not know."""
    endless_header: bool = False
    """A WAV file does not tell its length."""
    kind: str = ""
    """The content type that sound is sent with."""
    no_list: bool = False
    """It does not name its models."""


@dataclass
class SpeechServer:
    """Serves on a free port of this computer while its `with` block lasts."""

    ear: Transcriber
    voice: Synthesizer
    faults: Faults = field(default_factory=Faults)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    models: tuple[str, ...] = ("whisper-1", "tts-1")

    def __enter__(self) -> SpeechServer:
        self.at_once = threading.Lock()
        served = self

        class Handler(_Handler):
            server_of = served

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Vanish: from now on connections are refused."""
        self.faults.hangs = False
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_of: SpeechServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self._fails():
            return
        if self.path == "/v1/models" and not self.server_of.faults.no_list:
            self._send(200, json.dumps({"data": [{"id": name} for name in self.server_of.models]}).encode())
        else:
            self._send(404, b'{"error": {"message": "Not found"}}')

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server_of.headers.append(dict(self.headers))
        if self._fails():
            return
        if self.path == "/v1/audio/transcriptions":
            fields, sound = _form(self.headers.get("Content-Type", ""), body)
            self._take(fields, lambda: self._transcribe(fields, sound))
        elif self.path == "/v1/audio/speech":
            wishes = json.loads(body)
            self._take(wishes, lambda: self._speak(wishes))
        else:
            self._send(404, b'{"error": {"message": "Not found"}}')

    def _take(self, wishes: dict[str, Any], answer: Any) -> None:
        self.server_of.asked.append((self.path, wishes))
        if wishes.get("model") not in self.server_of.models:
            self._send(404, json.dumps({"error": {"message": f"no model {wishes.get('model')}"}}).encode())
        elif wishes.get("response_format") == self.server_of.faults.refuses_form:
            self._send(400, b'{"error": {"message": "response_format is not supported"}}')
        else:
            with self.server_of.at_once:
                answer()

    def _fails(self) -> bool:
        faults = self.server_of.faults
        if faults.hangs:
            self.close_connection = True
            while self.server_of.faults.hangs:
                time.sleep(0.02)
            return True
        if not faults.status or faults.times <= 0:
            return False
        faults.times -= 1
        self._send(faults.status, faults.body)
        return True

    def _transcribe(self, fields: dict[str, Any], sound: bytes) -> None:
        samples, rate_hz = soundfile.read(io.BytesIO(sound), dtype="float32")
        assert rate_hz == 16_000
        heard = self.server_of.ear.transcribe(samples)
        answer: dict[str, Any] = {"text": heard.text}
        if fields["response_format"] == "verbose_json":
            segment = {
                "text": heard.text,
                "avg_logprob": float(np.log(max(heard.confidence, 1e-6))),
                "no_speech_prob": heard.no_speech,
            }
            answer |= {"language": "english", "segments": [segment] if heard.text else []}
        self._send(200, json.dumps(answer).encode())

    def _speak(self, wishes: dict[str, Any]) -> None:
        if wishes["voice"] not in VOICES:
            self._send(400, b'{"error": {"message": "no such voice"}}')
            return
        voice = self.server_of.voice
        voice.tune(Tone(speed=wishes.get("speed", 1.0)))
        samples = voice.voice(wishes["input"]).samples
        faults = self.server_of.faults
        if wishes["response_format"] == "pcm":
            content, kind = as_wav(samples, voice.rate_hz)[44:], f"audio/L16;rate={voice.rate_hz}"
        else:
            content, kind = as_wav(samples, voice.rate_hz), "audio/wav"
        if faults.endless_header:
            content = content[:4] + b"\xff\xff\xff\xff" + content[8:40] + b"\xff\xff\xff\xff" + content[44:]
        self._send(200, content, faults.kind or kind)

    def _send(self, status: int, content: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if self.server_of.faults.location:
            self.send_header("Location", self.server_of.faults.location)
        self.end_headers()
        if self.server_of.faults.breaks_off:
            content = content[: len(content) // 2]
            self.close_connection = True
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def _form(kind: str, body: bytes) -> tuple[dict[str, Any], bytes]:
    """The fields of a multipart form, and the file in it."""
    message = email.parser.BytesParser(policy=email.policy.default).parsebytes(
        f"Content-Type: {kind}\r\n\r\n".encode() + body
    )
    fields: dict[str, Any] = {}
    sound = b""
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if name == "file":
            sound = content
        else:
            fields[str(name)] = content.decode()
    return fields, sound


def main() -> None:
    from companion.app import make_transcriber
    from companion.core.settings import Hearing, Settings
    from companion.her_voices import make_synthesizer

    settings = Settings(hearing=Hearing(transcriber="whisper-tiny.en"))
    ear, voice = make_transcriber(settings), make_synthesizer(settings)
    ear.warm_up()
    voice.warm_up()
    with SpeechServer(ear, voice) as server:
        sys.stdout.write(f"{server.address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
