"""`companion --headless`: the engine alone, for a window or any other program that shows her.

Lines of JSON (`core.wire`): on standard input first what was said before (after a crash she so goes on where she
was), then what is asked of her; on standard output what happens; on standard error notes for people. It ends with
"Quit", when its input ends, or on SIGTERM.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from companion.app import open_diary, open_session
from companion.cli.lines import Printer, run_beside, typed_lines
from companion.cli.talk import quit_on_signals
from companion.core.events import Event
from companion.core.intents import Intent, Quit
from companion.core.settings import Settings
from companion.core.transcript import History
from companion.core.wire import WireError, event_line, read_intent, read_turns
from companion.sound import spoken


def run(args: argparse.Namespace) -> int:
    """Serve until the conversation ends. Raises as `open_session` does."""
    return asyncio.run(_serve(args.settings))


async def _serve(settings: Settings) -> int:
    async with aclosing(typed_lines()) as lines:
        history = History(read_turns(await anext(lines, "")))
        inbox = _Inbox()
        conversing = asyncio.create_task(_converse(settings, history, inbox), name="converse")
        inbox.give_up = conversing.cancel
        await run_beside(_end_of(conversing), _obey(lines, inbox.ask))
    return 0


async def _converse(settings: Settings, history: History, inbox: _Inbox) -> None:
    printer = Printer()
    sound = spoken(settings.hearing.microphone, settings.voice.speaker, echo=settings.hearing.echo)
    sound = replace(sound, greets=not history.turns)
    tell = partial(_tell, printer)
    loop = asyncio.get_running_loop()
    async with open_session(settings, sound, tell, _note, history, open_diary, early=True) as session:
        printer.on_lost = partial(loop.call_soon, inbox.ask, Quit())
        with quit_on_signals(session.ask):
            loop.call_soon(inbox.open, session.ask)  # once the conversation has begun
            await session.run()


async def _end_of(conversing: asyncio.Task[None]) -> None:
    await asyncio.wait({conversing})
    if not conversing.cancelled():
        conversing.result()


class _Inbox:
    """What is asked before she is there is done once she is. To quit is done at once."""

    def __init__(self) -> None:
        self.give_up: Callable[[], object] = lambda: None
        self._early: list[Intent] = []
        self._ask: Callable[[Intent], None] | None = None

    def ask(self, intent: Intent) -> None:
        if self._ask:
            self._ask(intent)
        elif isinstance(intent, Quit):
            self.give_up()
        else:
            self._early.append(intent)

    def open(self, ask: Callable[[Intent], None]) -> None:
        """She is there."""
        self._ask = ask
        for intent in self._early:
            ask(intent)


def _tell(printer: Printer, event: Event) -> None:
    printer.line(event_line(event))


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


async def _obey(lines: AsyncGenerator[str, None], ask: Callable[[Intent], None]) -> None:
    """Do what is asked, line by line; the end of the lines is the end of the conversation."""
    async for line in lines:
        try:
            ask(read_intent(line))
        except WireError as error:
            _note(f"{error.message} {error.hint}")
    ask(Quit())
