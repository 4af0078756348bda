"""`companion interview`: a few spoken questions, and who she would be for you."""

from __future__ import annotations

import argparse
from pathlib import Path

from companion.cli.talk import converse
from companion.core.settings import Settings
from companion.sound import spoken, typed

DESCRIPTION = """\
She asks you five questions, aloud, and then tells you who she could be for you: her name and why,
how she would speak, what she would never do. Say yes, and from then on you talk with her; say "a bit
more direct" or "another name", and she thinks again. What comes of it is a persona of your own: a file
that you can edit (`companion persona`), and that takes the place of none you have. Do it again whenever
you like.

In the middle of a conversation, "let's start over" begins it too. Say "skip", "go back" or "stop the
interview" at any question.
"""
EPILOG = """\
examples:
  companion interview                    the system's microphone and speaker
  companion interview --typed            read and type
  companion interview --mic me.wav --speaker her.wav --fast
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "interview",
        help="a few questions, and who she would be for you",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--typed", action="store_true", help="read her questions and type your answers")
    parser.add_argument(
        "--mic", default="", metavar="DEVICE|FILE.wav", help="what she hears with (see `companion devices`)"
    )
    parser.add_argument("--speaker", default="", metavar="DEVICE|FILE.wav", help="what she speaks with")
    parser.add_argument("--fast", action="store_true", help="with a file as microphone: do not wait for the clock")
    parser.add_argument("--events", type=Path, metavar="FILE.jsonl", help="write what happens, one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    settings: Settings = args.settings
    hearing, voice = settings.hearing, settings.voice
    if args.typed:
        sound = typed(None)
    else:
        sound = spoken(args.mic or hearing.microphone, args.speaker or voice.speaker, args.fast, hearing.echo)
    converse(settings, sound, args.settings_file, args.events, interview=True)
    return 0
