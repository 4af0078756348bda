"""`companion serve`: she is offered to other programs, and if it is wanted to the local network."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from companion.core.errors import CompanionError, UsageError
from companion.core.settings import Settings
from companion.serve.access import AllowList, own_address
from companion.serve_token import ServeToken
from companion.serving import Offer, Wanted, serving

PORT = 8765
WYOMING_PORT = 10750

DESCRIPTION = """\
Until Ctrl-C, other programs can talk with her: an OpenAI-style endpoint, with her persona and memory, for
those who bring the token. Only programs on this computer reach it, unless --address says otherwise.
"""
EPILOG = """\
examples:
  companion serve --show-token
  companion serve
  companion serve --address 192.168.1.10 --certificate her.pem --key her.key
  companion serve --address 192.168.1.10 --wyoming --allow 192.168.1.20     # for Home Assistant at .20
"""

ELSEWHERE = {
    "language model": "Her mind runs at {where}: the words of the conversation are sent there.",
    "speech to text": "Her hearing runs at {where}: what it is to understand is sent there, as sound.",
    "voice": "Her voice runs at {where}: what she says is sent there.",
    "memory": "What finds memories runs at {where}: all that was said is sent there.",
}
"""By `EngineInfo.part`."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "serve",
        help="offer her to other programs, and to Home Assistant",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--address", default="127.0.0.1", help="where she can be reached: an address of this computer (127.0.0.1)"
    )
    parser.add_argument("--port", type=_port, default=PORT, help=f"of the endpoint ({PORT}; 0: any that is free)")
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="only this address, or network such as 192.168.1.0/24, may connect; may be given more than once",
    )
    parser.add_argument("--certificate", type=Path, metavar="FILE.pem", help="encrypt the endpoint (TLS)")
    parser.add_argument("--key", type=Path, metavar="FILE.pem", help="of the certificate")
    parser.add_argument("--private", action="store_true", help="keep nothing, and know nothing of what was kept")
    parser.add_argument(
        "--wyoming", action="store_true", help="also ears, voice and talk for Home Assistant; it knows no token"
    )
    parser.add_argument("--wyoming-port", type=_port, default=WYOMING_PORT, help=f"({WYOMING_PORT})")
    parser.add_argument(
        "--announce", action="store_true", help="tell the network that the Wyoming side is there (zeroconf)"
    )
    parser.add_argument("--show-token", action="store_true", help="print the token, and end")
    parser.add_argument("--new-token", action="store_true", help="make another token, print it, and end")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C. Raises UsageError for what cannot be, and as the engines do."""
    token = ServeToken()
    if args.show_token or args.new_token:
        print(token.make() if args.new_token else token.get())
        return 0
    wanted = _wanted(args, token)
    asyncio.run(_serve(args.settings, wanted, args.settings_file))
    return 0


def _wanted(args: argparse.Namespace, token: ServeToken) -> Wanted:
    address, allowed = own_address(args.address), AllowList(args.allow)
    if (args.certificate is None) != (args.key is None):
        raise UsageError("--certificate and --key belong together.", "Give both, or neither.")
    if args.wyoming and not address.is_loopback and not allowed:
        raise UsageError(
            "Wyoming knows no token: on a network, anybody could talk with her and hear what she remembers.",
            "Say who may: --allow ADDRESS, the one of your Home Assistant.",
        )
    if args.announce and (address.is_loopback or address.is_unspecified or not args.wyoming):
        raise UsageError(
            "There is nothing to announce to a network.",
            "--announce needs --wyoming, and --address with one address of this computer on that network.",
        )
    return Wanted(
        address,
        args.port,
        allowed,
        token.get(),
        (args.certificate, args.key) if args.certificate else None,
        args.wyoming_port if args.wyoming else None,
        args.announce,
        not args.private,
    )


async def _serve(settings: Settings, wanted: Wanted, settings_file: Path) -> None:
    if _window_is_open(settings_file):
        _note("Her window is open too. Both share her memory; each has its models in memory, and both slow each other.")
    offering = asyncio.create_task(_offer(settings, wanted), name="serve")
    with _ended_by_signals(offering):
        await asyncio.wait({offering})
    if not offering.cancelled():
        offering.result()


async def _offer(settings: Settings, wanted: Wanted) -> None:
    async with serving(settings, wanted, _note) as offer:
        for sentence in sentences(settings, wanted, offer):
            print(sentence, flush=True)
        await asyncio.wait({offer.failing})
        raise CompanionError("The endpoint ended by itself.", "Start it again; `companion report` may help.")


def sentences(settings: Settings, wanted: Wanted, offer: Offer) -> list[str]:
    """What is offered, to whom, and where words go."""
    said = [f"She can be reached at {offer.address}, with the token that `companion serve --show-token` shows."]
    who = f"Only {wanted.allowed} may connect." if wanted.allowed else "Anybody there may connect."
    if wanted.address.is_loopback:
        said.append(f"Only this computer reaches her there.{f' {who}' if wanted.allowed else ''}")
    else:
        said.append(f"Others on the network of {wanted.address} reach her there. {who}")
        said.append("Who has the token talks with her as you do, and hears what she remembers of you.")
        if not wanted.tls:
            said.append("Words travel unencrypted; --certificate and --key encrypt them.")
    if offer.wyoming:
        whoever = f"{wanted.allowed}" if wanted.allowed else "this computer, whoever uses it,"
        said.append(
            f"Wyoming for Home Assistant at {offer.wyoming}: speech to text, her voice, and talk with her. It knows no"
            f" token, and no encryption: {whoever} talks with her as you do."
        )
    keeps = settings.memory.keep and wanted.keeps
    said.append("What is said there is kept in her memory." if keeps else "Nothing of what is said there is kept.")
    elsewhere = [engine for engine in offer.engines if engine.where != "this computer"]
    said += [ELSEWHERE[engine.part].format(where=engine.where) for engine in elsewhere]
    return [*said, "Ctrl-C ends it."]


def _window_is_open(settings_file: Path) -> bool:
    if sys.platform == "linux" and "XDG_RUNTIME_DIR" not in os.environ:  # no session, and Qt would complain
        return False
    try:
        from companion.ui.single import instance_name, is_open
    except ImportError:  # Qt wants libraries of a desktop
        return False
    return is_open(instance_name(settings_file))


@contextmanager
def _ended_by_signals(offering: asyncio.Task[None]) -> Iterator[None]:
    """Ctrl-C and a request to terminate end `offering` in order, also while the models load."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    try:
        for number in signals:
            loop.add_signal_handler(number, offering.cancel)
    except NotImplementedError:  # Windows
        yield
        return
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (0 to 65535)")
    return int(text)


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
