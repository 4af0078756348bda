"""What she says of what a language model writes: clause by clause, as soon as each is certain."""

from __future__ import annotations

from collections.abc import Sequence

from companion.core.engines import AsWritten, Message
from companion.talk.clauses import ClauseSplitter
from companion.talk.in_character import InCharacter
from companion.talk.stream_filter import ReplyFilter

_SENTENCE_ENDS = (".", "!", "?", "…", ":", "。", "！", "？")


class HerWords:
    """Takes one reply piece by piece. What it gives does not depend on how the text is cut into pieces."""

    def __init__(
        self,
        messages: Sequence[Message],
        names: tuple[str, str] = ("", ""),
        enough_words: int | None = None,
        language: str = "en",
    ) -> None:
        """`messages`: what is answered. `names`: hers and the user's. `enough_words`: see InCharacter. `language`: that
        of the reply, two letters."""
        self._filter = ReplyFilter(*names)
        self._splitter = ClauseSplitter(language)
        self._character = InCharacter(messages, enough_words)
        self.said = False
        """True once any clause was given."""
        self._as_written = False

    @property
    def ended(self) -> bool:
        """True once nothing of what follows will be said: the model may stop."""
        return self._filter.ended or self._character.ended

    @property
    def fell_out(self) -> bool:
        """After `finish`: nothing of it was in character."""
        return self._character.fell_out

    def feed(self, piece: str) -> list[str]:
        """The clauses that are certain after `piece`."""
        self._as_written = isinstance(piece, AsWritten)
        if self._as_written:
            return self._given(self._splitter.feed(piece))
        self._as_written = False
        return self._given(self._character.take(self._splitter.feed(self._filter.feed(piece))))

    def finish(self, cut_off: bool = False) -> list[str]:
        """What is left. `cut_off`: the model was stopped, and a sentence that it had not ended is better left out."""
        if self._as_written:
            return self._given(self._splitter.finish())
        clauses = self._character.take(self._splitter.feed(self._filter.finish()))
        rest = self._splitter.finish()
        if not (cut_off and (self.said or clauses) and not _ends_sentence(" ".join(rest))):
            clauses += self._character.take(rest)
        return self._given([*clauses, *self._character.finish()])

    def _given(self, clauses: list[str]) -> list[str]:
        self.said |= bool(clauses)
        return clauses


def _ends_sentence(written: str) -> bool:
    return written.rstrip("\"')”’ ").endswith(_SENTENCE_ENDS)
