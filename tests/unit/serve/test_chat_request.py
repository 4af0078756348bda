"""What clients of OpenAI's chat completions send, read within bounds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.core.transcript import Turn
from companion.serve.chat_request import LONGEST_TURN, MOST_MESSAGES, ChatRequest, RequestError, read_chat_request

PERSONAS = ("samantha", "juno")


def read(**body: Any) -> ChatRequest:
    return read_chat_request(json.dumps(body).encode(), PERSONAS)


def user(text: object) -> dict[str, object]:
    return {"role": "user", "content": text}


def test_the_messages_are_the_conversation_and_the_programs_words_stand_apart() -> None:
    request = read(
        messages=[
            {"role": "system", "content": "You are a pirate."},
            user("Hello."),
            {"role": "assistant", "content": "Hi."},
            {"role": "developer", "content": "Be brief."},
            user([{"type": "text", "text": "How are"}, {"type": "text", "text": "you?"}]),
        ]
    )
    assert request.asked.turns == (Turn("user", "Hello."), Turn("companion", "Hi."), Turn("user", "How are you?"))
    assert request.asked.program_says == "You are a pirate.\n\nBe brief."
    assert (request.model, request.asked.persona, request.stream) == ("samantha", "samantha", False)
    assert request.asked.keep


def test_options_that_are_followed() -> None:
    request = read(
        model="juno",
        messages=[user("Hi.")],
        stream=True,
        stream_options={"include_usage": True},
        max_tokens=40,
        max_completion_tokens=30,
        store=False,
        temperature=2,
        user="someone",
    )
    assert (request.model, request.stream, request.wants_usage) == ("juno", True, True)
    assert (request.asked.max_tokens, request.asked.keep) == (30, False)


@pytest.mark.parametrize(
    ("body", "status", "param"),
    [
        (b"", 400, None),
        (b"{", 400, None),
        (b"[]", 400, None),
        (b"null", 400, None),
        (b"\xff\xfe", 400, None),
        (b"[" * 100_000, 400, None),
        (b'{"messages": ' + b"[" * 100_000, 400, None),
        (b"{}", 400, "messages"),
        (b'{"messages": []}', 400, "messages"),
        (b'{"messages": "hello"}', 400, "messages"),
        (b'{"messages": [{"role": "user"}]}', 400, "messages"),
        (b'{"messages": [{"role": "god", "content": "hi"}]}', 400, "messages.0.role"),
        (b'{"messages": [{"role": "user", "content": 7}]}', 400, "messages.0.content.str"),
        (b'{"messages": [{"role": "assistant", "content": "hi"}]}', 400, "messages"),
        (b'{"messages": [{"role": "user", "content": "  "}]}', 400, "messages"),
        (b'{"messages": [{"role": "user", "content": "hi"}], "n": 2}', 400, "n"),
        (b'{"messages": [{"role": "user", "content": "hi"}], "max_tokens": 0}', 400, "max_tokens"),
        (b'{"messages": [{"role": "user", "content": "hi"}], "model": "gpt-4"}', 404, "model"),
        (b'{"messages": [{"role": "user", "content": "\\ud800"}]}', 400, None),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(body: bytes, status: int, param: str | None) -> None:
    with pytest.raises(RequestError) as told:
        read_chat_request(body, PERSONAS)
    assert (told.value.status, told.value.param) == (status, param)
    assert told.value.message.endswith(".")


def test_a_picture_is_refused_and_not_repeated() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,SECRET"}}
    with pytest.raises(RequestError) as told:
        read(messages=[user([picture])])
    assert "SECRET" not in told.value.message


def test_bounds_of_length_and_number() -> None:
    read(messages=[user("x" * LONGEST_TURN)])
    with pytest.raises(RequestError, match="longer"):
        read(messages=[user("x" * (LONGEST_TURN + 1))])
    read(messages=[user("x")] * MOST_MESSAGES)
    with pytest.raises(RequestError):
        read(messages=[user("x")] * (MOST_MESSAGES + 1))
