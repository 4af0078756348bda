"""`companion talk`: a spoken conversation in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from companion.app import Session, Sound, open_session, spoken
from companion.cli.captions import Captions
from companion.core.errors import UsageError
from companion.core.events import ConversationStarted, Event, to_record
from companion.core.intents import Intent, Mute, Quit
from companion.core.settings import Settings

DESCRIPTION = """\
Talk with her aloud. She listens as soon as "listening" appears; speak, and she answers when you
have finished. Speak over her and she stops. You can type as well, at any time.

Without a microphone you type, without a speaker you read; nothing else changes.
"""
EPILOG = """\
examples:
  companion talk                                     the system's microphone and speaker
  companion talk --mic "USB"                         the microphone with USB in its name
  companion talk --mic question.wav --speaker answer.wav --fast
                                                     a recorded conversation, as fast as it computes
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "talk",
        help="a spoken conversation in the terminal",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--mic", default="", metavar="DEVICE|FILE.wav", help="what she hears with (see `companion devices`)"
    )
    parser.add_argument(
        "--speaker", default="", metavar="DEVICE|FILE.wav", help="what she speaks with; a file records her"
    )
    parser.add_argument("--fast", action="store_true", help="with a file as microphone: do not wait for the clock")
    parser.add_argument("--events", type=Path, metavar="FILE.jsonl", help="write what happens, one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    settings: Settings = args.settings
    hearing, voice = settings.hearing, settings.voice
    sound = spoken(args.mic or hearing.microphone, args.speaker or voice.speaker, args.fast, hearing.echo)
    converse(settings, sound, args.events)
    return 0


def converse(settings: Settings, sound: Sound, events_file: Path | None = None) -> None:
    """Hold a conversation in the terminal until it ends. Events go to `events_file` if there is one."""
    with _event_file(events_file) as events:
        asyncio.run(_talk(settings, sound, events))


def _event_file(path: Path | None) -> contextlib.AbstractContextManager[TextIO | None]:
    if path is None:
        return contextlib.nullcontext()
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"Events cannot be written to {path}: {error.strerror}.", "Choose another file.") from error


async def _talk(settings: Settings, sound: Sound, events: TextIO | None) -> None:
    face = _Face(events)
    async with open_session(settings, sound, face.take, _note) as session:
        if not sound.hears:
            session.conversation.ask(Mute())
        await face.run(session)


def _note(text: str) -> None:
    print(f"·  {text}", file=sys.stderr)


class _Face:
    """Where events go: the event file, and a terminal, or plain lines where there is none."""

    def __init__(self, events: TextIO | None) -> None:
        self._events = events
        self._captions = Captions("She")
        self._show = self._print

    def take(self, event: Event) -> None:
        if self._events is not None:
            self._record(event, self._events)
        if isinstance(event, ConversationStarted):
            _introduce(event)
        self._show(event)

    async def run(self, session: Session) -> None:
        self._captions.companion_name = session.persona.name
        conversation = session.conversation
        with _quit_on_signals(conversation.ask):
            if not (sys.stdin.isatty() and sys.stdout.isatty()):
                await session.run()
                return
            from companion.cli.terminal import Terminal

            terminal = Terminal(self._captions, conversation.ask)
            self._show = terminal.show
            typing = asyncio.create_task(terminal.run(), name="terminal")
            try:
                await session.run()
            finally:
                typing.cancel()
                await asyncio.wait({typing})

    def _print(self, event: Event) -> None:
        from companion.cli.terminal import plain_line

        for line in self._captions.take(event):
            print(plain_line(line), flush=True)

    def _record(self, event: Event, file: TextIO) -> None:
        try:
            file.write(json.dumps(to_record(event), ensure_ascii=False) + "\n")
            file.flush()
        except OSError as error:
            self._events = None
            _note(f"Events are written no more: {error.strerror}. The conversation goes on.")


def _introduce(event: ConversationStarted) -> None:
    for engine in event.engines:
        _note(f"{engine.part}: {engine.name}, {engine.model}, on {engine.where}")
    _note(f"microphone: {event.microphone or 'none; type to her'}")
    _note(f"speaker: {event.speaker or 'none; read her words'}")


@contextlib.contextmanager
def _quit_on_signals(ask: Callable[[Intent], None]) -> Iterator[None]:
    """Ctrl-C and a request to terminate end the conversation in order; where signals cannot be had, as Python does."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    try:
        for number in signals:
            loop.add_signal_handler(number, ask, Quit())
    except NotImplementedError:  # Windows
        yield
        return
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
