"""`python -m tests.bench.fuzz_cards [--count 10000] [--seed 1]`: damaged cards, and how the reader takes them.

Cards of every kind are damaged in every way: bits turned, pieces cut, doubled, swapped, JSON changed before it is
packed, lengths and checksums made wrong or right again. Each must end in a persona that can be prompted, written and
read again, or in a CardError; anything else is printed with its seed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import struct
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from companion.cards.card import Card, Json
from companion.cards.exporting import card_picture
from companion.cards.importing import persona_of
from companion.cards.reading import card_of
from companion.core.errors import CardError
from companion.core.persona import Persona
from companion.core.persona_file import persona_toml
from companion.core.transcript import Turn
from companion.talk.prompt import Prompt
from tests.unit.cards import samples

SLOWEST_S = 1.0
MOST_MEMORY_MB = 200

ODD: tuple[Json, ...] = (
    None,
    True,
    -1,
    2**70,
    1e300,
    "",
    "\ud800",
    "{{random:" + "{{" * 500,
    "<" * 20_000,
    "*" * 20_000,
)
ODD += ('"' * 20_000, "/(a+)+$/", "x" * 300_000, " " * 100_000, [], [[[]]], {}, {"a": {"b": {}}}, ["/(.*)*/"] * 300)
ODD += ([{"keys": ["a"], "content": "b" * 2500}] * 1200, "@@depth\n" * 5000, "<START>{{user}}:" * 5000, "\r\n" * 9000)


def mutated(root: Json, chance: random.Random) -> Json:
    """`root` with some of its values, anywhere in it, odd."""
    if chance.random() < 0.08:
        return chance.choice(ODD)
    if isinstance(root, dict):
        changed: dict[str, Json] = {
            key: mutated(value, chance) for key, value in root.items() if chance.random() > 0.02
        }
        if chance.random() < 0.05:
            changed["x" * chance.randint(0, 50)] = chance.choice(ODD)
        return changed
    return [mutated(value, chance) for value in root] if isinstance(root, list) else root


def damaged(content: bytes, chance: random.Random) -> bytes:
    """`content` with a few bytes or stretches of it changed."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) or 1)
        end = at + chance.choice((1, 2, 8, 100, 5000))
        match chance.randrange(5):
            case 0 if changed:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                changed[at:end] = b""
            case 2:
                changed[at:at] = changed[at:end]
            case 3:
                changed[at : at + 4] = struct.pack(">I", chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF)))
            case _:
                changed[at:end] = chance.randbytes(min(64, end - at))
    return bytes(changed)


def packed(root: Json, chance: random.Random) -> bytes:
    """A file of any kind with the card in it."""
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: json.dumps(root).encode(),
        lambda: samples.as_png(root, chance.choice(("chara", "ccv3")), chance.choice(("tEXt", "zTXt", "iTXt"))),
        lambda: samples.as_charx(root, {"assets/icon/images/main.png": samples.picture()}),
    )
    return chance.choice(kinds)()


def mutant(seed: int) -> bytes:
    """The file of this number: always the same."""
    chance = random.Random(seed)
    root: Json = chance.choice((samples.V1, samples.V2, samples.V3))
    how = chance.randrange(3)
    content = packed(mutated(root, chance) if how != 0 else root, chance)
    return content if how == 1 else damaged(content, chance)


def use(content: bytes) -> str:
    """Everything that is done with a card; in a word, how it ended."""
    try:
        card = card_of(content)
        persona = persona_of(card).persona
    except CardError as error:
        assert error.message and error.hint
        return error.message.split(":")[0]
    prompt = Prompt(persona, "", datetime(2026, 1, 1), 3000)
    assert prompt.messages([Turn("user", "a oven key aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")])
    persona.first_words("", datetime(2026, 1, 1))
    assert Persona.model_validate(tomllib.loads(persona_toml(persona))) == persona
    back = card_of(card_picture(persona, 3, card.image or samples.picture(), card))
    assert persona_of(Card(back.root)).persona == persona
    return "a persona"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="number of the first card")
    args = parser.parse_args()
    ends: Counter[str] = Counter()
    slowest_s, slowest, faults = 0.0, 0, 0
    for seed in range(args.seed, args.seed + args.count):
        content = mutant(seed)
        began_s = time.process_time()
        try:
            ends[use(content)] += 1
        except Exception as error:
            faults += 1
            print(f"card {seed}: {type(error).__name__}: {str(error)[:200]}", file=sys.stderr)
        took_s = time.process_time() - began_s
        if took_s > slowest_s:
            slowest_s, slowest = took_s, seed
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for end, count in ends.most_common():
        print(f"{count:6}  {end}")
    print(f"{args.count} cards, {faults} faults; slowest {slowest_s:.2f} s of processor (card {slowest});", end=" ")
    print(f"peak memory of the process {peak_mb:.0f} MB")
    return 1 if faults or slowest_s > SLOWEST_S or peak_mb > MOST_MEMORY_MB else 0


if __name__ == "__main__":
    sys.exit(main())
