"""`companion chat`: the same conversation, typed."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from companion import adoption
from companion.app import open_diary, open_session
from companion.cli.lines import Printer, Typist, on_terminal, run_beside, typed_lines
from companion.core import events as ev
from companion.core.errors import SettingsError
from companion.core.intents import Intent, Mute, Quit
from companion.core.settings import Settings
from companion.sound import Sound, typed


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "chat",
        help="the same conversation, typed",
        description="Type with her. In a pipe, each line is a turn, and only her replies are printed:\n"
        "  echo hello | companion chat",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--speak", action="store_true", help="hear her replies as well")
    parser.add_argument(
        "--speaker", default="", metavar="DEVICE|FILE.wav", help="what she speaks with; implies --speak"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    settings: Settings = args.settings
    sound = typed(args.speaker or settings.voice.speaker if args.speak or args.speaker else None)
    if on_terminal():
        from companion.cli.talk import converse

        converse(settings, sound, args.settings_file)
        return 0
    return asyncio.run(_answer_lines(settings, sound, args.settings_file))


async def _answer_lines(settings: Settings, sound: Sound, settings_file: Path) -> int:
    replies = _Replies(settings_file)
    async with open_session(settings, sound, replies.take, lambda text: None, open_diary=open_diary) as session:
        ask = session.conversation.ask
        replies.printer.on_lost = partial(asyncio.get_running_loop().call_soon, ask, Quit())
        ask(Mute())
        await run_beside(session.run(), _type(replies.typist, ask))
    replies.printer.check()
    return 1 if replies.faulted else 0


async def _type(typist: Typist, ask: Callable[[Intent], None]) -> None:
    await typist.run(typed_lines(), ask)
    ask(Quit())


class _Replies:
    """Prints replies as they end."""

    def __init__(self, settings_file: Path) -> None:
        """`settings_file`: where she is chosen whom an interview has found."""
        self._settings_file = settings_file
        self.printer = Printer()
        self.typist = Typist()
        self.faulted = False

    def take(self, event: ev.Event) -> None:
        self.typist.take(event)
        match event:
            case ev.ReplyFinished(_, text):
                self.printer.line(text)
            case ev.EnginesChanged(_, _, message, hint):
                self.printer.line(f"companion: {message} {hint}", sys.stderr)
            case ev.Faulted(_, message, hint):
                self._tell(message, hint)
            case ev.PersonaChosen(_, key):
                try:
                    adoption.choose(key, self._settings_file)
                except SettingsError as error:
                    self._tell(error.message, error.hint)
            case _:
                pass

    def _tell(self, message: str, hint: str) -> None:
        self.printer.line(f"companion: {message} {hint}", sys.stderr)
        self.faulted = True
