"""The command line: `companion COMMAND`. Each command is a module with `add_parser` and `run`."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from companion import __version__
from companion.core.errors import CompanionError, SettingsError

if TYPE_CHECKING:
    from companion.core.settings import Settings

DESCRIPTION = """\
A voice-first companion that lives on your own computer. Nothing you say leaves it, unless you
choose engines elsewhere; then she says so.
"""
EPILOG = """\
exit codes: 0 all went well; 1 it failed; 2 asked for something that cannot be, such as a file that
cannot be written; 3 settings or persona cannot be read; 4 a model is missing or damaged; 5 an engine
failed; 6 a sound device is missing; 7 a sound file cannot be read; 130 stopped with Ctrl-C
"""
DESKTOP = "the app"
"""What is run without a command."""

COMMANDS = (
    "talk",
    "interview",
    "chat",
    "say",
    "ask",
    "listen",
    "doctor",
    "devices",
    "engines",
    "models",
    "key",
    "persona",
    "memory",
    "reminders",
    "notes",
    "tools",
    "prompt",
    "serve",
    "bench",
    "tune",
    "report",
    "install-desktop",
    "uninstall-desktop",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Errors are a sentence and a remedy on standard error."""
    args = _parse(argv)
    try:
        from companion.diagnostics.logs import set_up_logging

        set_up_logging(args.debug)
        args.settings = _settings(args)
        code = int(args.run(args))
        if sys.stdout:  # None if it was closed from the start
            sys.stdout.flush()
    except CompanionError as error:
        if args.debug:
            traceback.print_exception(error)
        _tell(error)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.ENOSPC):
            raise
        return _give_up_output(error)
    return code


def _tell(error: CompanionError) -> None:
    print(f"companion: {error.message}", file=sys.stderr)
    if error.hint:
        print(f"           {error.hint}", file=sys.stderr)


def _give_up_output(error: OSError) -> int:
    """The exit code when nobody takes what is printed: 0 if the reader had enough, as `head` has; else 1, and why."""
    # Python flushes once more at its end, and would complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0
    _tell(CompanionError(f"The output cannot be written: {error.strerror}.", "Make room, or send it elsewhere."))
    return 1


def _settings(args: argparse.Namespace) -> Settings:
    """The settings; defaults if they cannot be read, for those who tell what is wrong with them."""
    from companion.core.paths import settings_file
    from companion.core.settings import Settings, load_settings

    args.settings_named = args.settings_file is not None
    args.settings_file = args.settings_file or settings_file()
    try:
        return load_settings(args.settings_file, must_exist=args.settings_named)
    except SettingsError:
        if args.command in ("doctor", "report", DESKTOP):
            return Settings()
        raise


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    # The commands take half a second to import, which the window should not wait for.
    args, others = _options(add_help=False).parse_known_args(argv)
    if others:
        parser = _options()
        _add_commands(parser)
        args = parser.parse_args(argv)
        if args.headless:
            parser.error(f"--headless is the engine alone; leave out {args.command!r}")
    elif args.headless:
        from companion.cli import headless

        args.command, args.run = "--headless", headless.run
    else:
        from companion.cli import desktop

        args.command, args.run = DESKTOP, desktop.run
    return args


def _options(add_help: bool = True) -> argparse.ArgumentParser:
    """A parser of what may stand before a command, or without one."""
    parser = argparse.ArgumentParser(
        prog="companion",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=add_help,
    )
    parser.add_argument("--version", action="version", version=f"companion {__version__}")
    parser.add_argument(
        "--settings", dest="settings_file", type=Path, metavar="FILE.toml", help="another settings file"
    )
    parser.add_argument("--debug", action="store_true", help="show tracebacks and log in detail, words included")
    parser.add_argument(
        "--headless", action="store_true", help="the engine alone, for other programs (see the README): JSON lines"
    )
    parser.add_argument("--hidden", action="store_true", help="without a command: start into the tray")
    parser.add_argument("--events", type=Path, metavar="FILE.jsonl", help="write what happens, one JSON object a line")
    parser.add_argument("--window-log", type=Path, metavar="FILE.jsonl", help=argparse.SUPPRESS)
    return parser


def _add_commands(parser: argparse.ArgumentParser) -> None:
    from importlib import import_module

    subparsers = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands (none: the app on the desktop)", required=True
    )
    for command in COMMANDS:
        import_module(f"companion.cli.{command.replace('-', '_')}").add_parser(subparsers)
