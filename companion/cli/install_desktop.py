"""`companion install-desktop`: her place among the programs of a Linux desktop."""

from __future__ import annotations

import argparse
import shlex

from companion.core.errors import CompanionError
from companion.ui import launcher

DESCRIPTION = """\
Put her among the programs of your desktop: launcher, icon, and with --autostart an entry that
starts her at login, into the tray. Only your own folders are written to. `companion
uninstall-desktop` removes exactly that. Both may be repeated.
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "install-desktop",
        help="put her among the programs of your desktop",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--autostart", action="store_true", help="start her at login, into the tray")
    parser.add_argument("--dry-run", action="store_true", help="say what would be written, and do nothing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Raises UsageError on another system than Linux, CompanionError if something cannot be written."""
    command = launcher.program()
    if args.settings_named:
        command += ["--settings", str(args.settings_file.absolute())]
    if args.dry_run:
        for path in launcher.files(args.autostart, command):
            print(f"would write {path}")
        print(f"\n{launcher.launcher_text(command)}", end="")
        return 0
    deeds = launcher.install(args.autostart, command)
    print_deeds(deeds)
    tell_kept(deeds, "Move it away, then type `companion install-desktop` again.")
    print(f"She starts from your desktop's menu now, by: {shlex.join(command)}")
    return 0


def print_deeds(deeds: launcher.Deeds) -> None:
    """One file a line."""
    for path, deed in deeds:
        print(f"{deed}: {path}")


def tell_kept(deeds: launcher.Deeds, remedy: str) -> None:
    """Raises CompanionError if something was kept as it was."""
    kept = [path for path, deed in deeds if deed.startswith("kept")]
    if kept:
        raise CompanionError(f"{kept[0]} was not touched, because somebody else wrote or changed it.", remedy)
