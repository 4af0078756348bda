"""What was said, and what was really heard."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's turn in the conversation."""

    who: Literal["user", "companion"]
    text: str
    """What was heard of it: for an interrupted reply, the words that had been played, no more."""
    unheard: str = ""
    """What she had begun to say and nobody heard."""
    interrupted: bool = False
    """True if she was cut off, even if before her first word or after her last."""
    at_s: float = 0.0
    """Audio time at which the turn was complete."""
    language: str = ""
    """Of a turn of the user: what is to be answered in (two letters), where that has to be said; else empty."""


class History:
    """The turns so far. Appended to; taken from where the user goes on before she has spoken, or asks for it."""

    def __init__(self, turns: Sequence[Turn] = ()) -> None:
        self._turns: list[Turn] = list(turns)

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(self._turns)

    @property
    def last_unheard(self) -> str:
        """What she had left to say when she was last cut off, if she has said nothing since; else empty."""
        return next((turn.unheard for turn in reversed(self._turns) if turn.who == "companion"), "")

    def add(self, turn: Turn) -> None:
        self._turns.append(turn)

    def take_back_unanswered(self) -> Turn | None:
        """Remove and return the user's last turn if nothing of an answer to it was heard, else None."""
        if self._turns and self._turns[-1].who == "user":
            return self._turns.pop()
        return None

    def forget(self, texts: Collection[str]) -> None:
        """Remove the turns that say exactly one of `texts`."""
        self._turns = [turn for turn in self._turns if turn.text not in texts]

    def take_out(self, turns: Collection[Turn]) -> None:
        """Remove `turns`; those of them that are not there are no matter."""
        self._turns = [turn for turn in self._turns if turn not in turns]

    def put_back(self, turns: Collection[Turn]) -> None:
        """Undo `take_out`: `turns` get their places in time back."""
        missing = [turn for turn in turns if turn not in self._turns]
        self._turns = sorted([*missing, *self._turns], key=lambda turn: turn.at_s)

    def clear(self) -> None:
        """Remove all turns."""
        self._turns.clear()
