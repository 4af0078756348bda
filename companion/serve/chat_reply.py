"""Her replies and her refusals, as clients of OpenAI's chat completions read them."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Sequence
from typing import Any

from companion.serve.her import Usage

Json = dict[str, Any]
DONE = b"data: [DONE]\n\n"
OWNER = "companion"


class ChatReply:
    """One reply in the making: what is sent of it, whole or in chunks."""

    def __init__(self, model: str) -> None:
        self._id = f"chatcmpl-{secrets.token_hex(12)}"
        self._created = int(time.time())
        self._model = model

    def whole(self, text: str, usage: Usage, at_limit: bool) -> Json:
        """All of it."""
        message = {"role": "assistant", "content": text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _reason(at_limit)}
        return {**self._head("chat.completion"), "choices": [choice], "usage": _usage(usage)}

    def first_chunk(self) -> bytes:
        """Says that she speaks."""
        return self._chunk({"role": "assistant", "content": ""}, None)

    def chunk(self, text: str) -> bytes:
        return self._chunk({"content": text}, None)

    def last_chunk(self, at_limit: bool) -> bytes:
        return self._chunk({}, _reason(at_limit))

    def usage_chunk(self, usage: Usage) -> bytes:
        """Stands behind the last one, for those who asked for it."""
        return as_event({**self._head("chat.completion.chunk"), "choices": [], "usage": _usage(usage)})

    def _chunk(self, delta: Json, reason: str | None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return as_event({**self._head("chat.completion.chunk"), "choices": [choice]})

    def _head(self, kind: str) -> Json:
        return {"id": self._id, "object": kind, "created": self._created, "model": self._model}


def as_event(content: Json) -> bytes:
    """A server-sent event."""
    return b"data: " + json.dumps(content, ensure_ascii=False).encode("utf-8", "replace") + b"\n\n"


def error_body(message: str, status: int, param: str | None = None, code: str | None = None) -> Json:
    """OpenAI's error object; its type follows from the HTTP status."""
    kinds = {401: "authentication_error", 429: "rate_limit_error"}
    kind = kinds.get(status, "invalid_request_error" if status < 500 else "server_error")
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def model_list(personas: Sequence[str], created: int) -> Json:
    """What `GET /v1/models` tells."""
    return {"object": "list", "data": [model(persona, created) for persona in personas]}


def model(persona: str, created: int) -> Json:
    return {"id": persona, "object": "model", "created": created, "owned_by": OWNER}


def _reason(at_limit: bool) -> str:
    return "length" if at_limit else "stop"


def _usage(usage: Usage) -> Json:
    return {
        "prompt_tokens": usage.prompt,
        "completion_tokens": usage.completion,
        "total_tokens": usage.prompt + usage.completion,
    }
