"""What both language-model backends do to a stream of text: bound it in time and in length."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from companion.core.engines import Message, ReplyLimits
from companion.core.errors import EngineError

OPENING = Message("user", "Hello.")


async def within_limits(pieces: AsyncGenerator[str, None], limits: ReplyLimits) -> AsyncGenerator[str, None]:
    """Pass on `pieces`, each at least one token, until they end, or more come than `limits` allows.

    Raises EngineError when the first, or the next, takes too long. Closes `pieces` in every case.
    """
    async with aclosing(pieces):
        allowed_s = limits.first_token_timeout_s
        for count in range(1, limits.max_tokens + 2):  # one more, so that a server may end in good order
            try:
                async with asyncio.timeout(allowed_s):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise EngineError(
                    f"The language model said nothing for {allowed_s:g} s.",
                    "Say it again; if that keeps happening, choose a smaller model with mind.model.",
                ) from None
            if count > limits.max_tokens:
                return
            yield piece
            allowed_s = limits.between_tokens_timeout_s


async def whole(pieces: AsyncGenerator[str, None]) -> str:
    """All of `pieces` as one text."""
    async with aclosing(pieces):
        return "".join([piece async for piece in pieces])


def primer(messages: Sequence[Message]) -> list[Message]:
    """`messages` as the beginning of a prompt that every chat template accepts: the user speaks last.

    An assistant's message at the end would be taken for one that the model is to go on with.
    """
    return [*messages] if messages and messages[-1].role == "user" else [*messages, OPENING]
