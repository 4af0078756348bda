"""What she says of what a language model writes: clause by clause, as soon as each is certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from companion.core.engines import AsWritten, Message
from companion.core.joining import Opening
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
        in_parts: bool = False,
    ) -> None:
        """`messages`: what is answered. `names`: hers and the user's. `enough_words`: see InCharacter. `language`: that
        of the reply, two letters. `in_parts`: the first sentence may begin with an Opening."""
        self._filter = ReplyFilter(*names)
        self._character = InCharacter(messages, enough_words)
        self._splitter = ClauseSplitter(language, self._character.is_certain if in_parts else None)
        self._phrase_open = False
        """The last that was given was an Opening."""
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
        return self._given(self._in_character(self._splitter.clauses(self._filter.feed(piece))))

    def finish(self, cut_off: bool = False) -> list[str]:
        """What is left. `cut_off`: the model was stopped, and a sentence that it had not ended is better left out."""
        if self._as_written:
            return self._given(self._splitter.finish())
        clauses = self._in_character(self._splitter.clauses(self._filter.finish()))
        rest = self._splitter.finish()
        if not (cut_off and self._may_end_with(clauses) and not _ends_sentence(" ".join(rest))):
            clauses += self._in_character(rest)
        return self._given([*clauses, *self._character.finish()])

    def _may_end_with(self, clauses: list[str]) -> bool:
        """Whether enough was said for the reply to end here, or with `clauses`."""
        phrase_open = isinstance(clauses[-1], Opening) if clauses else self._phrase_open
        return (self.said or bool(clauses)) and not phrase_open

    def _in_character(self, clauses: Iterable[str]) -> list[str]:
        return [said for clause in clauses for said in self._said_of(clause)]

    def _said_of(self, clause: str) -> list[str]:
        *before, last = self._character.take([clause]) or [""]
        if not (self.said or self._character.begun):
            self._splitter.begin_anew()
        if last and isinstance(clause, Opening):
            last = Opening(last, clause.after)
        return [*before, last] if last else before

    def _given(self, clauses: list[str]) -> list[str]:
        self.said |= bool(clauses)
        if clauses:
            self._phrase_open = isinstance(clauses[-1], Opening)
        return clauses


def _ends_sentence(written: str) -> bool:
    return written.rstrip("\"')”’ ").endswith(_SENTENCE_ENDS)
