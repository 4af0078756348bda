"""The terminal's keys become intents, pressed through a pipe as a terminal sends them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from companion.cli.captions import Captions
from companion.cli.terminal import Terminal
from companion.core import events as ev
from companion.core.intents import DoNotDisturb, Intent, Mute, Stop, Tap


@asynccontextmanager
async def terminal(captions: Captions) -> AsyncIterator[tuple[PipeInput, asyncio.Queue[Intent]]]:
    asked: asyncio.Queue[Intent] = asyncio.Queue()
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        running = asyncio.create_task(Terminal(captions, asked.put_nowait).run())
        try:
            yield keys, asked
        finally:
            running.cancel()
            await asyncio.wait({running})


@pytest.mark.parametrize(
    ("key", "intent"), [("\x00", Tap()), ("\x14", Mute()), ("\x1b", Stop()), ("\x0e", DoNotDisturb(60))]
)
async def test_a_key_is_an_intent(key: str, intent: Intent) -> None:
    async with terminal(Captions("Ada")) as (keys, asked), asyncio.timeout(10):
        keys.send_text(key)
        assert await asked.get() == intent


async def test_the_key_that_begins_do_not_disturb_ends_it() -> None:
    captions = Captions("Ada")
    captions.take(ev.StateChanged(1.0, "quiet"))
    async with terminal(captions) as (keys, asked), asyncio.timeout(10):
        keys.send_text("\x0e")
        assert await asked.get() == DoNotDisturb(0)
