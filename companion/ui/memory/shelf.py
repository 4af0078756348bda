"""All that is known, read and changed beside the window; and the way back from each change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from companion.core.diary import Diary, Entry
from companion.core.facts import Fact, Facts, Forgotten
from companion.ui.memory.sources import turns_of
from companion.ui.memory.worker import Result, Worker

LOOK_MS = 1_000
"""How often it is looked whether another process has written."""

AsWritten = Callable[[str, datetime], Fact]


class Shelf(QObject):
    """What is done is done in its order. `changed` tells what became of it."""

    changed = Signal(object)
    """All facts, the past ones too, as a list: after `begin`, after each change, and when another process wrote."""
    undone = Signal()
    failed = Signal(str, str)
    """Message and hint."""

    def __init__(
        self,
        facts: Facts,
        diary: Diary,
        as_written: AsWritten,
        mark: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        """`mark` changes whenever something is written, by whichever process."""
        super().__init__(parent)
        self._facts = facts
        self._diary = diary
        self._as_written = as_written
        self._mark = mark
        self._seen: object = None
        self._undo: list[Callable[[], object]] = []
        """Only the worker's thread knows what has been done so far, so it alone looks here."""
        self._worker = Worker(self)
        self._worker.failed.connect(self.failed)
        self._following = QTimer(self, interval=LOOK_MS)
        self._following.timeout.connect(self._follow)

    def begin(self) -> None:
        """Read, and follow what others write, until `rest`."""
        self._following.start()
        self._follow()

    def rest(self) -> None:
        """Follow no more."""
        self._following.stop()

    def find(self, words: str, then: Callable[[set[int]], object]) -> None:
        """The numbers of those that hold `words` in any form."""
        self._worker.do(lambda: {fact.number for fact in self._facts.all(words, past=True)}, then)

    def sources(self, fact: Fact, then: Callable[[Sequence[Entry]], object]) -> None:
        """The turns that `fact` was drawn from."""
        self._worker.do(lambda: turns_of(fact, self._diary), then)

    def mentioning(self, topic: str, then: Callable[[Forgotten], object]) -> None:
        """What `forget_about` would delete."""
        self._worker.do(lambda: self._facts.mentioning(topic), then)

    # --- changed

    def pin(self, fact: Fact) -> None:
        """Pin it, or let it go."""
        self._change(lambda: self._facts.pin(fact.number, not fact.pinned))

    def restate(self, fact: Fact, statement: str) -> None:
        """Correct what it says."""
        self._change(
            lambda: self._facts.change(fact.number, statement),
            lambda now: (
                lambda: self._put_back([replace(now or fact, statement=fact.statement, confidence=fact.confidence)])
            ),
        )

    def remember(self, text: str, then: Callable[[Fact], object]) -> None:
        """Keep what a person has written, unless it is known; what it takes the place of becomes the past."""
        at = datetime.now().astimezone()

        def keep() -> tuple[Fact, list[Fact], bool]:
            before = self._facts.all(past=True)
            kept = self._facts.keep(self._as_written(text, at))
            now = {fact.number: fact for fact in self._facts.all(past=True)}
            changed = [fact for fact in before if now.get(fact.number) != fact]
            return kept, changed, kept.number not in {fact.number for fact in before}

        def undo(done: tuple[Fact, list[Fact], bool]) -> Callable[[], object]:
            kept, changed, is_new = done
            return lambda: self._put_back(changed, [kept] if is_new else [])

        self._change(keep, undo, lambda done: then(done[0]))

    def delete(self, facts: Sequence[Fact]) -> None:
        self._change(
            lambda: self._facts.delete([fact.number for fact in facts]),
            lambda gone: lambda: self._facts.restore(gone),
        )

    def forget_about(self, topic: str, then: Callable[[Forgotten], object]) -> None:
        """Delete what holds the words of `topic`: facts, and turns."""
        self._change(
            lambda: self._facts.forget_about(topic),
            lambda forgotten: lambda: self._facts.remember_again(forgotten),
            then,
        )

    def undo(self) -> None:
        """Take back the last change, if there is one."""

        def undo() -> bool:
            if not self._undo:
                return False
            self._undo[-1]()
            self._undo.pop()
            return True

        self._change(undo, then=lambda undone: self.undone.emit() if undone else None)

    def _put_back(self, facts: Sequence[Fact], instead_of: Sequence[Fact] = ()) -> None:
        """Have these as they were, and those no more."""
        self._facts.delete([fact.number for fact in (*facts, *instead_of)])
        self._facts.restore(facts)

    def _change(
        self,
        work: Callable[[], Result],
        undo: Callable[[Result], Callable[[], object]] | None = None,
        then: Callable[[Result], object] = lambda _: None,
    ) -> None:
        """Do `work`; `undo` makes of its result what takes it back."""

        def do() -> Result:
            result = work()
            if undo:
                self._undo.append(undo(result))
            return result

        self._worker.do(do, then)
        self._read()

    # --- read

    def _follow(self) -> None:
        if self._mark() != self._seen:
            self._read()

    def _read(self) -> None:
        def read() -> tuple[object, Sequence[Fact]]:
            return self._mark(), self._facts.all(past=True)

        self._seen = self._mark()
        self._worker.do(read, self._take)

    def _take(self, read: tuple[object, Sequence[Fact]]) -> None:
        self._seen, facts = read
        self.changed.emit(facts)
