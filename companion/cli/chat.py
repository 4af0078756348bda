"""`companion chat`: the same conversation, typed."""

from __future__ import annotations

import argparse
import asyncio
import sys

from companion.app import Session, Sound, open_session, typed
from companion.core import events as ev
from companion.core.intents import Mute, Quit, Say
from companion.core.settings import Settings


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
    if sys.stdin.isatty() and sys.stdout.isatty():
        from companion.cli.talk import converse

        converse(settings, sound)
        return 0
    return asyncio.run(_answer_lines(settings, sound))


async def _answer_lines(settings: Settings, sound: Sound) -> int:
    replies = _Replies()
    async with open_session(settings, sound, replies.take, lambda text: None) as session:
        session.conversation.ask(Mute())
        conversation = asyncio.create_task(session.run(), name="conversation")
        try:
            await _feed_lines(session, replies, conversation)
        finally:
            session.conversation.ask(Quit())
            await asyncio.wait({conversation})
    return 1 if replies.faulted else 0


async def _feed_lines(session: Session, replies: _Replies, conversation: asyncio.Task[None]) -> None:
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip():
            replies.answered.clear()
            session.conversation.ask(Say(line))
            answered = asyncio.create_task(replies.answered.wait())
            await asyncio.wait({answered, conversation}, return_when=asyncio.FIRST_COMPLETED)
            answered.cancel()


class _Replies:
    """Prints replies as they end; `answered` is set when a turn has had its reply, or its failure."""

    def __init__(self) -> None:
        self.answered = asyncio.Event()
        self.faulted = False

    def take(self, event: ev.Event) -> None:
        match event:
            case ev.ReplyFinished(_, text):
                print(text, flush=True)
                self.answered.set()
            case ev.Faulted(_, message, hint):
                print(f"companion: {message} {hint}", file=sys.stderr)
                self.faulted = True
                self.answered.set()
            case _:
                pass
