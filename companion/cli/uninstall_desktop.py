"""`companion uninstall-desktop`: takes back what `companion install-desktop` wrote."""

from __future__ import annotations

import argparse

from companion.cli.install_desktop import print_deeds, tell_kept
from companion.ui import launcher


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "uninstall-desktop",
        help="take her out of the programs of your desktop",
        description="Remove what `companion install-desktop` wrote, and nothing else.",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be removed, and do nothing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Raises UsageError on another system than Linux, CompanionError if something cannot be removed."""
    if args.dry_run:
        for path in launcher.written_files():
            print(f"would remove {path}")
        return 0
    deeds = launcher.uninstall()
    print_deeds(deeds)
    if not deeds:
        print("There was nothing to remove.")
    tell_kept(deeds, "Remove it by hand if you do not want it.")
    return 0
