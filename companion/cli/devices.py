"""`companion devices`: which microphones and speakers there are."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys

from companion.backends.sound_devices import list_devices
from companion.backends.sound_system import SoundDevice
from companion.core.errors import DeviceError

_DESCRIPTION = """\
List the microphones and speakers that she can use. A star marks the one she uses if you name none.
Any part of a name will do: companion talk --mic usb --speaker headset
Ends with 0 if there is a microphone and a speaker, else with 6."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `devices`."""
    parser = subparsers.add_parser(
        "devices",
        help="list microphones and speakers",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print a list of JSON objects instead")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the devices. Raises DeviceError if the sound library is missing."""
    devices = list_devices()
    if args.json:
        print(json.dumps([dataclasses.asdict(device) for device in devices], indent=2, ensure_ascii=False))
    else:
        _print_kind("Microphones", [device for device in devices if device.kind == "microphone"])
        _print_kind("Speakers", [device for device in devices if device.kind == "speaker"])
    missing = {"microphone", "speaker"} - {device.kind for device in devices}
    if missing:
        print(
            f"No {' and no '.join(sorted(missing))} found. Plug one in, check that the sound server runs, or type"
            " with `companion chat`.",
            file=sys.stderr,
        )
    return DeviceError.exit_code if missing else 0


def _print_kind(title: str, devices: list[SoundDevice]) -> None:
    print(title)
    width = max((len(device.name) for device in devices), default=0)
    for device in devices:
        star = "*" if device.default else " "
        print(f"  {star} {device.name:<{width}}  {device.rate_hz} Hz  {device.description}".rstrip())
    if not devices:
        print("    none")
