"""`companion key`: keys of servers elsewhere, which are never shown again."""

from __future__ import annotations

import argparse
import sys

from companion.core.errors import UsageError
from companion.core.settings import Settings
from companion.server_keys import PARTS, ServerKeys, address_of

DESCRIPTION = """\
Keep the key of a server that runs a part of her (see [elsewhere] in the settings). It is read from a
prompt that does not show it, or from standard input, and kept in the keyring of your system; where
there is none, in a file that only you may read. It is sent to the address that the part has now, and
to no other. An empty key forgets it. COMPANION_KEY_MIND and the like in the environment come first.
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "key",
        help="keep the key of a server elsewhere",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    setting = actions.add_parser("set", help="keep a key, asked for without showing it")
    setting.add_argument("part", choices=PARTS, metavar="NAME", help=", ".join(PARTS))
    setting.set_defaults(run=_set)
    listing = actions.add_parser("list", help="which parts have a key; never the key itself")
    listing.set_defaults(run=_list)


def _set(args: argparse.Namespace) -> int:
    address = _address(args.part, args.settings)
    place = ServerKeys().keep(address, _read_key(args.part, address))
    print(f"The key for {address.partition('#')[0]} is {place}.")
    return 0


def _list(args: argparse.Namespace) -> int:
    keys = ServerKeys()
    for part in PARTS:
        address = address_of(part, args.settings)
        if address:
            has = "a key is kept" if keys.find(part, address) else "no key"
            print(f"{part}: {address.partition('#')[0]}, {has}")
        else:
            print(f"{part}: on this computer, or without a key")
    return 0


def _address(part: str, settings: Settings) -> str:
    if address := address_of(part, settings):
        return address
    name = "memory.embedder" if part == "memory" else f"elsewhere.{part}"
    raise UsageError(
        f"No server is set for {part}, and a key is for one server only.",
        f'Set {name} first, such as "http://192.168.1.5:8080/v1".',
    )


def _read_key(part: str, address: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    from getpass import getpass

    return getpass(f"Key of {part} at {address.partition('#')[0]} (it is not shown): ")
