"""What those who serve her need of her: who she is, an answer, ears and a voice."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from companion.core.audio import Samples
from companion.core.engines import EngineInfo
from companion.core.transcript import Turn


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says to her from elsewhere, and what was said before."""

    turns: tuple[Turn, ...]
    """The last one is the user's: what she is to answer."""
    persona: str = ""
    """As the settings call her; empty: the one of the settings."""
    program_says: str = ""
    """What the program adds through which they talk: told to her as that, and no part of who she is."""
    keep: bool = True
    """False: nothing of it is kept, whatever the settings say."""
    max_tokens: int | None = None
    """A shorter reply than she would give; None: as she is."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one reply, as the model's server counted them, or by estimate."""

    prompt: int = 0
    completion: int = 0


class Answer(Protocol):
    """One reply, while it is written."""

    def clauses(self) -> AsyncGenerator[str, None]:
        """What she says, clause by clause; joined by spaces it is the reply.

        Closing it, or cancelling the task in it, frees the model; what was given so far counts as heard. Raises
        CompanionError, also behind the first clauses.
        """

    @property
    def usage(self) -> Usage:
        """Once it has ended."""

    @property
    def at_limit(self) -> bool:
        """Whether it ended because it was as long as it may be."""


class Her(Protocol):
    """One conversation at a time: a second answer may be asked for when the first has ended."""

    @property
    def personas(self) -> Sequence[str]:
        """Whom one can ask for, the one of the settings first."""

    def answer(self, asked: Asked) -> Answer:
        """Raises nothing yet."""


class Ears(Protocol):
    """Speech to text."""

    def info(self) -> EngineInfo: ...

    @property
    def languages(self) -> Sequence[str]:
        """Codes of those it understands."""

    async def hear(self, speech: Samples, rate_hz: int) -> str:
        """The words of `speech`, mono. Raises CompanionError."""


class Voice(Protocol):
    """Text to speech."""

    def info(self) -> EngineInfo: ...

    @property
    def rate_hz(self) -> int: ...

    @property
    def languages(self) -> Sequence[str]: ...

    def say(self, pieces: AsyncIterable[str]) -> AsyncGenerator[Samples, None]:
        """The sound of a text that comes in pieces, each clause as soon as it is whole. Raises CompanionError."""
