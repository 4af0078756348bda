"""Conversations with clients that send one line at a time, as Home Assistant does, and not all that was said."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from companion.core.transcript import Turn

FRESH_S = 300.0
"""After so long a silence a new conversation begins: Home Assistant forgets its own after as long."""
MOST_CONVERSATIONS = 16
MOST_TURNS = 60


@dataclass
class _Conversation:
    turns: list[Turn] = field(default_factory=list)
    last_s: float = 0.0


class Conversations:
    """What was said in each, for as long as it goes on."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._known = OrderedDict[str, _Conversation]()

    def with_line(self, name: str, text: str) -> tuple[Turn, ...]:
        """What was said in the conversation `name`, and `text`, which is said now."""
        known = self._known.get(name)
        if known and self._now_s() - known.last_s > FRESH_S:
            del self._known[name]
            known = None
        return (*(known.turns if known else ()), Turn("user", text))

    def said(self, name: str, turns: tuple[Turn, ...], reply: str) -> None:
        """She answered `reply` to the last of `turns`."""
        known = self._known.setdefault(name, _Conversation())
        known.turns = [*turns, Turn("companion", reply)][-MOST_TURNS:]
        known.last_s = self._now_s()
        self._known.move_to_end(name)
        while len(self._known) > MOST_CONVERSATIONS:
            self._known.popitem(last=False)
