"""What is said is written down, once it was said."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from companion.core.diary import Entry
from companion.core.errors import CompanionError
from companion.core.events import (
    ClauseStarted,
    Event,
    ReplyFinished,
    ReplyInterrupted,
    StateChanged,
    TurnTakenBack,
    UserSpoke,
)
from companion.memory.scribe import Scribe
from tests.fakes.list_diary import ListDiary

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class FullDiary(ListDiary):
    """Takes nothing while it is full."""

    full = True

    def add(self, entry: Entry) -> Entry:
        if self.full:
            raise CompanionError("The disk is full.", "Make room.")
        return super().add(entry)


def written(diary: ListDiary, *events: Event) -> list[Entry]:
    faults: list[CompanionError] = []
    scribe = Scribe(diary, "Samantha", faults.append, lambda: NOON)
    for event in events:
        scribe.take(event)
    scribe.close()
    assert faults == []
    return list(diary.entries())


def test_both_voices_are_written_down() -> None:
    entries = written(
        ListDiary(),
        StateChanged(0.0, "listening"),
        UserSpoke(1.0, "Hello."),
        ClauseStarted(2.0, "Hi there.", 0.5),
        ReplyFinished(3.0, "Hi there."),
    )
    assert entries == [
        Entry(1, NOON, "user", "Samantha", "Hello."),
        Entry(2, NOON, "companion", "Samantha", "Hi there."),
    ]


def test_of_an_interrupted_reply_both_parts_are_kept() -> None:
    (entry,) = written(ListDiary(), ReplyInterrupted(1.0, "I think", "that it rains."))
    assert (entry.text, entry.unheard, entry.interrupted) == ("I think", "that it rains.", True)


def test_a_false_start_is_not_kept() -> None:
    assert written(ListDiary(), ReplyInterrupted(1.0, "", "I think")) == []


def test_a_turn_that_goes_on_is_kept_as_one() -> None:
    entries = written(
        ListDiary(),
        UserSpoke(1.0, "I went"),
        ReplyInterrupted(1.5, "", "Where"),
        TurnTakenBack(1.5),
        UserSpoke(3.0, "I went to the sea."),
    )
    assert [entry.text for entry in entries] == ["I went to the sea."]


@pytest.mark.parametrize("events", [[TurnTakenBack(0.0)], [ReplyFinished(0.0, "Hi."), TurnTakenBack(1.0)]])
def test_only_a_turn_of_the_user_is_taken_back(events: list[Event]) -> None:
    assert len(written(ListDiary(), *events)) == len(events) - 1


def until(condition: Callable[[], bool], tell: threading.Condition) -> None:
    with tell:
        assert tell.wait_for(condition, 10)


def test_a_full_disk_is_told_once_and_costs_no_turn() -> None:
    diary, faults, changed = FullDiary(), list[CompanionError](), threading.Condition()

    def tell(fault: CompanionError) -> None:
        with changed:
            faults.append(fault)
            changed.notify()

    scribe = Scribe(diary, "Samantha", tell, lambda: NOON)
    scribe.take(UserSpoke(1.0, "One."))
    until(lambda: len(faults) == 1, changed)
    scribe.take(ReplyFinished(2.0, "Two."))
    scribe.take(UserSpoke(3.0, "Three."))
    diary.full = False
    scribe.take(ReplyFinished(4.0, "Four."))
    scribe.close()
    assert [entry.text for entry in diary.entries()] == ["One.", "Two.", "Three.", "Four."]
    assert [fault.hint for fault in faults] == ["Make room."]


def test_what_could_not_be_written_is_tried_again_at_the_end() -> None:
    diary, failed = FullDiary(), threading.Event()
    scribe = Scribe(diary, "Samantha", lambda fault: failed.set(), lambda: NOON)
    scribe.take(UserSpoke(1.0, "One."))
    assert failed.wait(10)
    diary.full = False
    scribe.close()
    assert [entry.text for entry in diary.entries()] == ["One."]


def test_a_disk_that_hangs_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    class HangingDiary(ListDiary):
        def add(self, entry: Entry) -> Entry:
            released.wait()
            return super().add(entry)

    monkeypatch.setattr("companion.memory.scribe.CLOSE_S", 0.01)
    scribe = Scribe(HangingDiary(), "Samantha", lambda fault: None)
    scribe.take(UserSpoke(1.0, "One."))
    scribe.close()
    assert not released.is_set(), "it returned while the disk still hung"
    released.set()
