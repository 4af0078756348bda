"""How many facts are found, and how many are right: python -m tests.bench.facts.measure [--plain] [--held-out]

Prints one JSON object, for what was tuned on and what was held out: recall (of the wanted facts, those known), due
(of those with a day, the right day), precision (of all facts kept, those that are wanted or fine), past (of what is
over, known as such), seconds for a question to the model; and the episodes with --verbose.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from companion import app
from companion.core.engines import EngineInfo, LanguageModel, Message, ReplyLimits
from companion.core.facts import Fact
from companion.core.settings import Settings, load_settings
from companion.memory.backlog import open_backlog
from companion.memory.digestion import Digestion
from companion.memory.facts import open_facts
from companion.memory.store import open_diary
from tests.bench.facts.dataset import Conversation, conversations


class TimedMind:
    """A language model, and how long it takes."""

    def __init__(self, mind: LanguageModel, verbose: bool) -> None:
        self._mind = mind
        self._verbose = verbose
        self.seconds: list[float] = []

    def info(self) -> EngineInfo:
        return self._mind.info()

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        began_s = time.monotonic()
        answer = await self._mind.fill(messages, schema, limits)
        self.seconds.append(time.monotonic() - began_s)
        if self._verbose:
            print(f"\n{messages[-1].text}\n--> {answer}", file=sys.stderr)
        return answer


async def known_after(told: Sequence[Conversation], mind: TimedMind | None, file: Path) -> list[tuple[Fact, ...]]:
    """After each conversation of one user, all that is known, the past included."""
    diary, backlog, facts = open_diary(file), open_backlog(file), open_facts(file)
    known = []
    for conversation in told:
        for turn in conversation.turns:
            diary.add(turn)
        digestion = Digestion(backlog, partial(_an_hour_after, conversation))
        while await digestion.run_once(mind):
            pass
        known.append(tuple(facts.all(past=True)))
    for store in (diary, backlog, facts):
        store.close()
    return known


def _an_hour_after(conversation: Conversation) -> datetime:
    return conversation.turns[-1].at + timedelta(hours=1)


class Tally:
    """What is counted."""

    def __init__(self) -> None:
        self.counts = defaultdict[str, list[bool]](list)

    def take(self, conversation: Conversation, known: Sequence[Fact], verbose: bool) -> None:
        here = {turn.at for turn in conversation.turns}
        standing = [fact for fact in known if fact.valid_until is None and fact.kind not in ("episode", "thought")]
        for fact in (fact for fact in standing if fact.said_at in here):
            order = sorted(conversation.expected, key=lambda expected: expected.ruling != "never")
            ruling = next((expected.ruling for expected in order if expected.fits(fact)), "unknown")
            self.counts["precision"].append(ruling in ("want", "fine"))
            if verbose:
                print(f"{ruling:8}{fact.kind:8}{fact.subject:14}{fact.statement} {fact.due or ''}", file=sys.stderr)
        for expected in conversation.expected:
            found = [fact for fact in known if expected.fits(fact)]
            if expected.ruling == "want":
                self.counts["recall"].append(any(fact in standing for fact in found))
                if not any(fact in standing for fact in found) and verbose:
                    print(f"MISSED  {' '.join('|'.join(words) for words in expected.words)}", file=sys.stderr)
                if expected.due:
                    self.counts["due"].append(any(fact.due == expected.due for fact in found))
            elif expected.ruling == "past":
                self.counts["past"].append(bool(found) and not any(fact in standing for fact in found))
        for fact in known:
            if verbose and fact.kind == "episode" and fact.said_at in here:
                print(f"EPISODE {fact.statement}", file=sys.stderr)

    def figures(self) -> dict[str, str]:
        return {name: f"{sum(of) / len(of):.2f} ({sum(of)} of {len(of)})" for name, of in sorted(self.counts.items())}


async def _measure(args: argparse.Namespace) -> dict[str, object]:
    mind = None
    if not args.plain:
        opened = await app.open_mind(
            load_settings(args.settings) if args.settings else Settings(), lambda note: print(note, file=sys.stderr)
        )
        mind = TimedMind(opened, args.verbose)
    by_user = defaultdict[str, list[Conversation]](list)
    for conversation in conversations():
        if conversation.held_out or not args.held_out:
            by_user[conversation.user].append(conversation)
    tallies = {False: Tally(), True: Tally()}
    with tempfile.TemporaryDirectory() as folder:
        for user, told in by_user.items():
            known = await known_after(told, mind, Path(folder) / f"{user}.db")
            for conversation, facts in zip(told, known, strict=True):
                tallies[conversation.held_out].take(conversation, facts, args.verbose)
    figures: dict[str, object] = {"tuned_on": tallies[False].figures(), "held_out": tallies[True].figures()}
    if mind:
        figures["model"] = mind.info().model
        figures["s_a_question"] = round(sum(mind.seconds) / len(mind.seconds), 1)
        figures["questions"] = len(mind.seconds)
        await opened.close()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plain", action="store_true", help="without a language model")
    parser.add_argument("--held-out", action="store_true", help="only what was held out")
    parser.add_argument("--settings", type=Path, help="settings that name the language model")
    parser.add_argument("--verbose", action="store_true", help="show what was asked, kept and missed")
    print(json.dumps(asyncio.run(_measure(parser.parse_args())), indent=2))


if __name__ == "__main__":
    main()
