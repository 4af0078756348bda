"""`companion talk`: a spoken conversation in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TextIO

from companion import adoption
from companion.app import open_diary, open_session
from companion.cli.captions import Captions
from companion.cli.introduction import Introduction, MicrophoneWatch
from companion.cli.lines import Printer, Typist, on_terminal, run_beside, typed_lines
from companion.cli.unechoed import unechoed
from companion.core.errors import DeviceError, SettingsError, UsageError
from companion.core.event_record import to_record
from companion.core.events import Event, KeepingChosen, PersonaChanged, PersonaChosen
from companion.core.intents import Intent, Mute, Quit
from companion.core.persona import find_persona
from companion.core.settings import Settings
from companion.session import Session
from companion.sound import Sound, spoken

DESCRIPTION = """\
Talk with her aloud. She listens as soon as "listening" appears; speak, and she answers when you
have finished. Speak over her and she stops. You can type as well, at any time.

Keys: Ctrl-Space listens for one turn and wakes her; pressed again, it ends the turn (a terminal
tells of no key's release, so there is none to hold). Esc stops her, Ctrl-T mutes the microphone,
Ctrl-N is "do not disturb" for an hour or ends it, Ctrl-C quits. The settings under [talking] choose
if she listens always, after the key, or to her name, and when she falls asleep.

Without a microphone you type, without a speaker you read; nothing else changes. In a pipe, each line
is a turn; where there is no microphone either, the end of the lines is the end.
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
    converse(settings, sound, args.settings_file, args.events)
    return 0


def converse(
    settings: Settings, sound: Sound, settings_file: Path, events_file: Path | None = None, interview: bool = False
) -> None:
    """Hold a conversation in the terminal until it ends; it begins with the interview, if wanted.

    Whom that has found is chosen in `settings_file`. Events go to `events_file` if there is one.
    """
    with _event_file(events_file) as events:
        asyncio.run(_talk(settings, sound, _Face(events, sound, settings_file), interview))


def _event_file(path: Path | None) -> contextlib.AbstractContextManager[TextIO | None]:
    if path is None:
        return contextlib.nullcontext()
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"Events cannot be written to {path}: {error.strerror}.", "Choose another file.") from error


async def _talk(settings: Settings, sound: Sound, face: _Face, interview: bool) -> None:
    with unechoed(sys.stdin.fileno()) if on_terminal() else contextlib.nullcontext():
        async with open_session(
            settings, sound, face.take, _note, open_diary=open_diary, interview=interview
        ) as session:
            if not sound.hears:
                session.conversation.ask(Mute())
            await face.run(session)


def _note(text: str) -> None:
    print(f"·  {text}", file=sys.stderr)


class _Face:
    """Where events go: the event file, and a terminal, or plain lines where there is none."""

    def __init__(self, events: TextIO | None, sound: Sound, settings_file: Path) -> None:
        self._events = events
        self._sound = sound
        self._settings_file = settings_file
        self._captions = Captions("She", microphone=sound.hears)
        self._printer = Printer()
        self._introduction = Introduction(self._note, sound.hears)
        self._microphone = MicrophoneWatch()
        self._typist = Typist()
        self._show = self._print

    def take(self, event: Event) -> None:
        if self._events is not None:
            self._record(event, self._events)
        for part in (self._introduction, self._microphone, self._typist):
            part.take(event)
        self._show(event)
        match event:
            case PersonaChosen():
                self._choose(event)
            case KeepingChosen(keep=keep):
                self._note("What is said is kept again." if keep else "Private: nothing of what is said is kept.")
            case PersonaChanged(_, name):
                self._captions.companion_name = name
            case _:
                pass

    def _choose(self, persona: PersonaChosen) -> None:
        try:
            adoption.choose(persona.key, self._settings_file)
        except SettingsError as error:
            self._note(f"{error.message} {error.hint}")
        else:
            self._note(f"{persona.name} is in {find_persona(persona.key)}, and in your settings.")

    async def run(self, session: Session) -> None:
        self._captions.companion_name = session.persona.name
        conversation = session.conversation
        with quit_on_signals(conversation.ask):
            if not on_terminal():
                await self._run_on_lines(session)
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

    async def _run_on_lines(self, session: Session) -> None:
        ask_to_quit = partial(session.conversation.ask, Quit())
        self._printer.on_lost = partial(asyncio.get_running_loop().call_soon, ask_to_quit)
        if self._sound.recorded or (sys.stdin and sys.stdin.isatty()):
            await session.run()
        else:
            await run_beside(session.run(), self._type(session.conversation.ask))
        self._printer.check()

    async def _type(self, ask: Callable[[Intent], None]) -> None:
        """Say the lines of standard input. After them only a microphone is a reason to go on."""
        said = await self._typist.run(typed_lines(), ask)
        if await self._microphone.there():
            return
        ask(Quit())
        if not said:
            raise DeviceError(
                "There is no microphone, and nothing was typed.",
                "Plug one in (`companion devices`), or type: echo hello | companion talk",
            )

    def _note(self, text: str) -> None:
        self._printer.line(f"·  {text}", sys.stderr)

    def _print(self, event: Event) -> None:
        from companion.cli.terminal import plain_line

        for line in self._captions.take(event):
            self._printer.line(plain_line(line))

    def _record(self, event: Event, file: TextIO) -> None:
        try:
            file.write(json.dumps(to_record(event), ensure_ascii=False) + "\n")
            file.flush()
        except OSError as error:
            self._events = None
            self._note(f"Events are written no more: {error.strerror}. The conversation goes on.")


@contextlib.contextmanager
def quit_on_signals(ask: Callable[[Intent], None]) -> Iterator[None]:
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
