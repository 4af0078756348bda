"""What has settled is left out of collections, and what came after it is not."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from companion.core.events import Event, ReplyFinished
from companion.core.garbage import settle, tidying, unsettle


class Knot:
    """Only the collector can untie it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[None]:
    yield
    unsettle()


def test_a_full_collection_looks_at_next_to_nothing() -> None:
    before = len(gc.get_objects())
    settle()
    assert len(gc.get_objects()) < before / 20


def test_what_comes_later_is_collected() -> None:
    settle()
    tied = weakref.ref(Knot())
    gc.collect()
    assert tied() is None


def test_a_thing_that_has_had_its_day_is_collected_once_all_is_looked_at_again() -> None:
    knot = Knot()
    settle()
    tied = weakref.ref(knot)
    del knot
    gc.collect()
    assert tied() is not None
    unsettle()
    gc.collect()
    assert tied() is None


def test_after_a_reply_what_came_later_is_collected() -> None:
    told: list[Event] = []
    emit = tidying(told.append)
    settle()
    tied = weakref.ref(Knot())
    emit(ReplyFinished(1.0, "Yes."))
    assert tied() is None
    assert told == [ReplyFinished(1.0, "Yes.")]


def test_before_all_is_loaded_nobody_waits_for_a_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "collect", lambda: pytest.fail("collected"))
    tidying(lambda event: None)(ReplyFinished(1.0, "Yes."))
