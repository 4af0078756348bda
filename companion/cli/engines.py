"""`companion engines`: hearing, voice and wake words that other computers offer, and how to use them."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterable

from companion.backends.wyoming_discovery import LOOK_S, Offer, Silent, announced, offers_of, usual_places
from companion.core.errors import EngineError, UsageError
from companion.core.wyoming_address import WyomingAddress, is_wyoming, wyoming_address

DESCRIPTION = """\
List the Wyoming servers in your network, such as those that Home Assistant uses, and what they offer:
speech to text, voices, wake words. With HOST only that computer is asked, at the ports that Home
Assistant's add-ons use; with HOST:PORT or wyoming://HOST:PORT only that server. Nothing is sent but the
question. A server in a container may not announce itself: name its host.
Ends with 0 if something was found, else with 5."""

SETTINGS = {"speech to text": "hearing.transcriber", "voice": "voice.voice", "wake word": "talking.wake_word"}
SHOWN_MODELS = 6


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `engines`."""
    parser = subparsers.add_parser(
        "engines",
        help="list hearing and voices that other computers offer",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("host", nargs="*", metavar="HOST", help="ask only this computer, or server")
    parser.add_argument("--seconds", type=float, default=LOOK_S, metavar="S", help="how long to look (default: 3)")
    parser.add_argument("--all", action="store_true", help="name all models and voices of a server")
    parser.add_argument("--json", action="store_true", help="print a list of JSON objects instead")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what is offered. Raises UsageError, and EngineError if the network cannot be asked."""
    if not 0 < args.seconds <= 60:
        raise UsageError(f"She cannot look for {args.seconds} s.", "Give --seconds from 0.1 to 60.")
    named = [place for host in args.host for place in _places(host)]
    answers = offers_of(named or announced(args.seconds))
    offers = [answer for answer in answers if isinstance(answer, Offer)]
    silent = [answer for answer in answers if isinstance(answer, Silent)]
    if args.json:
        print(json.dumps([_record(offer) for offer in offers], indent=2, ensure_ascii=False))
    else:
        _print(offers, args.all)
    # Of the usual ports of a host most are silent, which is as it should be.
    if not offers or not args.host:
        for answer in silent:
            print(f"companion: {answer.message}", file=sys.stderr)
    if not offers and not silent:
        hint = "Start one with --zeroconf, or name its host: `companion engines homeassistant.local`."
        print(f"companion: No Wyoming server announces itself in your network. {hint}", file=sys.stderr)
    return 0 if offers else EngineError.exit_code


def _places(host: str) -> list[WyomingAddress]:
    try:
        if is_wyoming(host):
            return [wyoming_address(host, "voice")]
        address = wyoming_address(f"wyoming://{host}", "voice")
    except ValueError as error:
        raise UsageError(
            f"{host} is no host.", "Name one such as homeassistant.local or 192.168.1.20:10300."
        ) from error
    return [address] if str(address.port) == host.rpartition(":")[2] else usual_places(address.host)


def _record(offer: Offer) -> dict[str, object]:
    return {
        "address": str(offer.address),
        "part": offer.part,
        "program": offer.program,
        "setting": SETTINGS[offer.part],
        "models": [dataclasses.asdict(model) for model in offer.models],
    }


def _print(offers: Iterable[Offer], all_models: bool) -> None:
    for offer in offers:
        names = [model.name for model in offer.models]
        shown = len(names) if all_models else SHOWN_MODELS
        more = f" and {len(names) - shown} more (--all)" if len(names) > shown else ""
        print(f"{offer.part}: {offer.program}, {', '.join(names[:shown])}{more}")
        section, _, field = SETTINGS[offer.part].partition(".")
        choice = ", or with #NAME behind the address" if len(names) > 1 else ""
        print(f'    [{section}] {field} = "{offer.address}"{choice}')
