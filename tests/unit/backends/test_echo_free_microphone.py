"""The microphone that wraps another: a Microphone like any, which says what it does about her voice."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

import numpy as np

from companion.backends.echo_free_microphone import EchoFreeMicrophone
from companion.backends.far_end import FarEnd
from companion.core.audio import BLOCK_SAMPLES, HEARING_RATE_HZ, Samples
from companion.core.echo import EchoCanceller
from companion.core.engines import Microphone
from companion.core.errors import EngineError
from tests.room import room_noise
from tests.signals import babble

AHEAD_BLOCKS = 4
HER = babble(5.0, HEARING_RATE_HZ)
NOISE = room_noise(len(HER))


class ScriptedMicrophone:
    """Hears `script`, while the speaker lets out HER."""

    lockstep = False
    exhausted = False
    latency_s = 0.035
    at_ease = False

    def __init__(self, far_end: FarEnd, script: Samples) -> None:
        self._far_end = far_end
        self._script = script
        self.name = "desk"
        self.closed = False

    async def blocks(self) -> AsyncGenerator[Samples, None]:
        played = np.split(HER, len(HER) // BLOCK_SAMPLES)
        for block in played[:AHEAD_BLOCKS]:
            self._far_end.put(block, HEARING_RATE_HZ)
        try:
            for number, block in enumerate(np.split(self._script, len(self._script) // BLOCK_SAMPLES)):
                self._far_end.put(played[min(number + AHEAD_BLOCKS, len(played) - 1)], HEARING_RATE_HZ)
                yield block
        finally:
            self.closed = True


class Rig:
    """A wrapped microphone, and what it told."""

    def __init__(self, script: Samples) -> None:
        self.far_end = FarEnd()
        self.inner = ScriptedMicrophone(self.far_end, script)
        self.microphone = EchoFreeMicrophone(self.inner, self.far_end, no_canceller)
        self.told: list[tuple[str, str]] = []
        self.microphone.tell = lambda state, message: self.told.append((state, message))

    async def listen(self) -> Samples:
        wrapped: Microphone = self.microphone
        async with aclosing(wrapped.blocks()) as blocks:
            return np.concatenate([block async for block in blocks])


def no_canceller() -> EchoCanceller:
    raise EngineError("There is no canceller.", "Install one.")


async def test_it_is_the_microphone_it_wraps() -> None:
    rig = Rig(NOISE)
    microphone = rig.microphone
    assert (microphone.name, microphone.latency_s, microphone.lockstep) == ("desk", 0.035, False)
    assert not microphone.exhausted
    assert len(await rig.listen()) == len(NOISE)
    assert rig.inner.closed


async def test_closing_it_closes_the_inner_one() -> None:
    rig = Rig(NOISE)
    blocks = rig.microphone.blocks()
    await anext(blocks)
    await blocks.aclose()
    assert rig.inner.closed


async def test_without_a_canceller_it_says_how_to_have_one() -> None:
    rig = Rig(HER)
    heard = await rig.listen()
    assert not heard[2 * HEARING_RATE_HZ :].any()
    assert rig.microphone.state == "half-duplex"
    [(state, message)] = rig.told
    assert state == "half-duplex"
    assert "does not listen while she speaks" in message and "Install one." in message


async def test_each_state_is_told_once() -> None:
    rig = Rig(NOISE)
    await rig.listen()
    assert [state for state, _ in rig.told] == ["headphones"]
    await rig.listen()
    assert [state for state, _ in rig.told] == ["headphones", "idle", "headphones"]


async def test_another_device_in_mid_stream_is_judged_anew() -> None:
    rig = Rig(NOISE)
    async with aclosing(rig.microphone.blocks()) as blocks:
        number = 0
        async for _ in blocks:
            number += 1
            if number == 200:
                assert rig.microphone.state == "headphones"
                rig.inner.name = "headset"
            if number == 202:
                assert rig.microphone.state == "idle"
                break
    assert [state for state, _ in rig.told] == ["headphones", "idle"]
