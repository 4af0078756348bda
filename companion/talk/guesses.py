"""Replies begun at the pauses of the user, before the turn is known to be over: nobody hears one that was in vain."""

from __future__ import annotations

from collections.abc import Callable

from companion.talk.recognition import bare_words
from companion.talk.reply import Reply

MOST = 8
"""Replies begun in vain at the pauses of one turn: who pauses more often is waited for."""


class Guesses:
    """Holds one reply at a time, which waits for the floor."""

    def __init__(self, begin: Callable[[str], Reply], drop: Callable[[Reply], None]) -> None:
        """`begin` makes the reply to a question; `drop` ends one that is void."""
        self._begin = begin
        self._drop = drop
        self._question = ""
        self._made = 0
        self.reply: Reply | None = None

    def start_turn(self) -> None:
        """A new turn of the user begins."""
        self._made = 0

    def make(self, question: str) -> None:
        """Begin a reply to `question`, unless that is done already, or was done too often in this turn."""
        if self._answers(question):
            return
        self.drop()
        if self._made < MOST:
            self._made += 1
            self._question, self.reply = question, self._begin(question)

    def take(self, question: str | None) -> Reply | None:
        """The reply to `question`, no longer held. One to anything else is dropped; None wants no reply."""
        if question is None or not self._answers(question):
            self.drop()
            return None
        reply, self.reply = self.reply, None
        return reply

    def drop(self) -> None:
        """What was begun is void."""
        if self.reply:
            reply, self.reply = self.reply, None
            self._drop(reply)

    def _answers(self, question: str) -> bool:
        return self.reply is not None and bare_words(self._question) == bare_words(question)
