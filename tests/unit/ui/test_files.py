"""What she remembers, as the window opens it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from companion.core.errors import CompanionError
from companion.core.facts import YOU, Fact
from companion.core.settings import Settings
from companion.memory.facts import open_facts
from companion.ui.files import OpenedSoon, mark_of


class Book:
    def __init__(self) -> None:
        self.closed = Event()

    def close(self) -> None:
        self.closed.set()


def test_it_is_opened_once_for_each_file_and_what_is_of_another_is_closed() -> None:
    in_use = Path("one")
    opened: list[Book] = []

    def open_(_: Settings) -> Book:
        opened.append(Book())
        return opened[-1]

    book = OpenedSoon(open_, Settings, lambda: in_use)
    assert book.is_of_another
    book.begin()
    assert book.get() is book.get() is opened[0]
    in_use = Path("two")
    assert book.is_of_another
    assert book.get() is opened[1]
    assert opened[0].closed.wait(5)
    book.close()
    assert opened[1].closed.wait(5)


def test_what_could_not_be_opened_is_tried_anew() -> None:
    refusals = [CompanionError("The keyring does not answer.")]

    def open_(_: Settings) -> Book:
        if refusals:
            raise refusals.pop()
        return Book()

    book = OpenedSoon(open_, Settings, lambda: Path("one"))
    with pytest.raises(CompanionError):
        book.get()
    assert isinstance(book.get(), Book)


def test_the_mark_of_a_file_changes_with_what_is_written(tmp_path: Path) -> None:
    file = tmp_path / "conversations.db"
    before = mark_of(file)
    with closing(open_facts(file)) as facts, closing(open_facts(file)) as of_another:
        opened = mark_of(file)
        assert opened != before
        assert facts.all() == []
        assert mark_of(file) == opened
        of_another.keep(Fact(0, "fact", YOU, "You like tea.", datetime(2026, 3, 1, tzinfo=UTC)))
        assert mark_of(file) != opened
