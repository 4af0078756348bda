"""A microphone that does not hear her own voice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from companion.backends.far_end import FarEnd
from companion.backends.near_end import NearEnd
from companion.core.audio import Samples
from companion.core.echo import EchoCanceller, EchoState
from companion.core.engines import Microphone
from companion.core.errors import EngineError
from companion.core.settings import EchoMode

Tell = Callable[[EchoState, str], None]
"""Takes the new state and a sentence that says what it means."""

MESSAGES: dict[EchoState, str] = {
    "idle": "Microphone or speaker have changed: whether her voice comes back will be seen when she speaks.",
    "headphones": "Nothing of her voice comes back to the microphone: no echo cancellation is needed.",
    "cancelling": "Her voice comes back to the microphone, and is taken out of what she hears.",
    "half-duplex": "Her voice comes back to the microphone and cannot be taken out: she does not listen while she"
    " speaks. To interrupt her by voice, use headphones.",
}


class EchoFreeMicrophone:
    """Wraps a microphone; what `far_end` was given is taken out of what it hears.

    Blocks are as many, as long and as soon as the inner microphone's, but for 8 ms while her voice is taken out.
    """

    def __init__(
        self,
        inner: Microphone,
        far_end: FarEnd,
        make_canceller: Callable[[], EchoCanceller],
        mode: EchoMode = "auto",
    ) -> None:
        """`make_canceller` is called on a thread of its own when the microphone is first opened.

        If it raises EngineError, she does not listen while she speaks, unless no echo comes.
        """
        self._inner = inner
        self._far_end = far_end
        self._make_canceller = make_canceller
        self._mode = mode
        self._near_end: NearEnd | None = None
        self._remedy = ""
        self._told: EchoState = "idle"
        self._heard_with = ""
        self.tell: Tell = lambda _state, _message: None
        """Called when `state` has changed."""

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def lockstep(self) -> bool:
        return self._inner.lockstep

    @property
    def exhausted(self) -> bool:
        return self._inner.exhausted

    @property
    def latency_s(self) -> float:
        return self._inner.latency_s

    @property
    def at_ease(self) -> bool:
        return self._inner.at_ease

    @at_ease.setter
    def at_ease(self, at_ease: bool) -> None:
        self._inner.at_ease = at_ease

    @property
    def state(self) -> EchoState:
        """idle: not known yet; headphones: no echo comes; half-duplex: she is deaf while she speaks."""
        return self._near_end.state if self._near_end else "idle"

    async def blocks(self) -> AsyncGenerator[Samples, None]:
        """See Microphone."""
        near_end = self._near_end = self._near_end or await self._prepare()
        near_end.forget()
        async with aclosing(self._inner.blocks()) as blocks:
            async for block in blocks:
                self._notice_device(near_end)
                heard = near_end.hear(block, in_time=not self.at_ease)
                self._tell_state()
                yield heard

    async def _prepare(self) -> NearEnd:
        canceller = None
        if self._mode != "half-duplex":
            try:
                canceller = await asyncio.to_thread(self._make_canceller)
            except EngineError as error:
                self._remedy = f" {error}"
        return NearEnd(self._far_end, canceller, self._mode)

    def _notice_device(self, near_end: NearEnd) -> None:
        if self._inner.name != self._heard_with:
            self._heard_with = self._inner.name
            near_end.forget()

    def _tell_state(self) -> None:
        if self.state != self._told:
            self._told = self.state
            self.tell(self.state, MESSAGES[self.state] + (self._remedy if self.state == "half-duplex" else ""))
