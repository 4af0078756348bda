"""What a client of OpenAI's chat completions sends, read within bounds: https://platform.openai.com/docs/api-reference/chat

Followed are `model`, `messages`, `stream`, `stream_options.include_usage`, `max_tokens`, `max_completion_tokens` and
`store`; how she writes is hers, so `temperature` and its like change nothing, and she uses no tools of the client's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from companion.core.transcript import Turn
from companion.serve.her import Asked

MOST_BODY_BYTES = 1_000_000
MOST_MESSAGES = 1000
MOST_PARTS = 100
LONGEST_TURN = 8_000
"""Characters of what she is to answer: some ten minutes of talk. Of what was said before, she knows what fits."""


class RequestError(Exception):
    """What was asked cannot be done; an answer in OpenAI's form says why."""

    def __init__(self, message: str, status: int = 400, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.param = param
        self.code = code


class _Given(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Text(_Given):
    type: Literal["text", "refusal"]
    text: str = ""


class _Message(_Given):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | Annotated[list[_Text], Field(max_length=MOST_PARTS)] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, str):
            return self.content
        return " ".join(part.text for part in self.content or ())


class _StreamOptions(_Given):
    include_usage: bool = False


class _Body(_Given):
    model: str = Field("", max_length=500)
    messages: Annotated[list[_Message], Field(min_length=1, max_length=MOST_MESSAGES)]
    stream: bool | None = False
    stream_options: _StreamOptions | None = None
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    n: Literal[1] | None = 1
    store: bool | None = None


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One request, checked."""

    asked: Asked
    model: str
    """As the reply is to name it."""
    stream: bool = False
    wants_usage: bool = False
    """With a stream."""


def read_chat_request(body: bytes, personas: Sequence[str]) -> ChatRequest:
    """`personas`: whom one can ask for; the first is she who answers where no model is named. Raises RequestError."""
    try:
        given = _Body.model_validate_json(body)
    except ValidationError as error:
        raise _explained(error) from None
    persona = given.model or personas[0]
    if persona not in personas:
        raise RequestError(
            f"There is no model {persona[:80]!r}. There are: {', '.join(personas)}.", 404, "model", "model_not_found"
        )
    limits = [limit for limit in (given.max_tokens, given.max_completion_tokens) if limit]
    asked = Asked(
        _turns(given.messages),
        persona,
        "\n\n".join(filter(None, (one.text.strip() for one in given.messages if one.role in ("system", "developer")))),
        given.store is not False,
        min(limits, default=None),
    )
    wants_usage = given.stream_options is not None and given.stream_options.include_usage
    return ChatRequest(asked, persona, bool(given.stream), wants_usage)


def _turns(messages: Sequence[_Message]) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    for message in messages:
        text = message.text.strip()
        if text and message.role == "user":
            turns.append(Turn("user", text))
        elif text and message.role == "assistant":
            turns.append(Turn("companion", text))
    if messages[-1].role != "user" or not turns or not messages[-1].text.strip():
        raise RequestError("The last message must be the user's, with words in it.", param="messages")
    if len(turns[-1].text) > LONGEST_TURN:
        raise RequestError(
            f"The last message is longer than {LONGEST_TURN} characters.",
            param="messages",
            code="string_above_max_length",
        )
    return tuple(turns)


def _explained(error: ValidationError) -> RequestError:
    """The first fault in a sentence. What was sent is not repeated."""
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if fault["type"] == "json_invalid":
        return RequestError("The body is no JSON that can be read.", code="invalid_json")
    where = ".".join(str(step) for step in fault["loc"])
    return RequestError(f"{where or 'The body'}: {fault['msg']}.", param=where or None)
