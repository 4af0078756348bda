"""Sentences spoken in parts, so that the first can be heard before the last is written."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from companion.core.engines import Synthesizer, VoiceStream


@runtime_checkable
class Joins(Protocol):
    """A Synthesizer that can speak a part of a sentence as it sounds within the whole, so that parts join."""

    @property
    def joins(self) -> bool:
        """False while it cannot: it is not loaded, or does not tell where words end."""

    def begin_part(self, text: str, before: str, after: str) -> VoiceStream:
        """As `Synthesizer.begin`, of `text` as it sounds behind `before` and before `after`; either may be empty."""


class Opening(str):
    """The first words of something longer: they end in the middle of a phrase, and are voiced as such."""

    __slots__ = ("after",)

    def __new__(cls, text: str, after: str) -> Opening:
        """`after`: the word behind them, as much of it as is known."""
        opening = super().__new__(cls, text)
        opening.after = after
        return opening

    after: str

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # a str has but one; for copies
        return str(self), self.after


def can_join(voice: Synthesizer) -> bool:
    """Whether `voice` speaks parts of sentences that join; see Joins."""
    return isinstance(voice, Joins) and voice.joins
