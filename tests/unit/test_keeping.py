"""What is said is kept while that is wanted, however long the diary takes to open."""

from __future__ import annotations

import asyncio
import threading

from companion.core.errors import CompanionError
from companion.core.events import UserSpoke
from companion.keeping import Keeping, OpenedDiary
from tests.fakes.list_diary import ListDiary


class Opened(ListDiary):
    told = ""


def said(text: str) -> UserSpoke:
    return UserSpoke(1.0, text)


def texts(diary: ListDiary) -> list[str]:
    return [entry.text for entry in diary.entries()]


def that_opens_when(may_open: threading.Event, diary: Opened) -> Keeping:
    def open_slowly() -> OpenedDiary:
        may_open.wait(10)
        return diary

    keeping = Keeping(open_slowly, "Ada", lambda error: None)
    keeping.want(True)
    return keeping


async def test_what_is_said_before_the_diary_is_open_is_kept() -> None:
    diary, may_open = Opened(), threading.Event()
    keeping = that_opens_when(may_open, diary)
    keeping.take(said("early"))
    may_open.set()
    keeping.take(said("late"))
    keeping.close()
    assert texts(diary) == ["early", "late"]


async def test_who_asks_for_what_is_kept_is_told_what_was_said_just_now() -> None:
    diary, may_open, asks = Opened(), threading.Event(), threading.Event()
    keeping = that_opens_when(may_open, diary)
    keeping.take(said("a moment ago"))

    def ask() -> list[str]:
        asks.set()
        keeping.settle()
        return texts(diary)

    asking = asyncio.create_task(asyncio.to_thread(ask))
    await asyncio.to_thread(asks.wait, 10)
    may_open.set()
    assert await asking == ["a moment ago"]
    keeping.close()
    keeping.settle()  # of one that is closed, nothing is awaited


async def test_a_diary_that_cannot_be_opened_is_told_of_and_nothing_else() -> None:
    faults: list[CompanionError] = []
    told = asyncio.Event()

    def fail() -> OpenedDiary:
        raise CompanionError("The disk is full.", "Make room.")

    def take(error: CompanionError) -> None:
        faults.append(error)
        told.set()

    keeping = Keeping(fail, "Ada", take)
    keeping.want(True)
    keeping.take(said("lost"))
    await asyncio.wait_for(told.wait(), 10)
    keeping.take(said("lost too"))
    keeping.close()
    assert [fault.message for fault in faults] == ["The disk is full."]


async def test_what_was_found_when_it_was_opened_is_told() -> None:
    diary = Opened()
    diary.told = "A damaged file was kept aside."
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    keeping = Keeping(lambda: diary, "Ada", lambda error: told.set_result(error.message))
    keeping.want(True)
    assert await asyncio.wait_for(told, 10) == "A damaged file was kept aside."
    keeping.close()


async def test_private_mode_keeps_nothing_until_it_ends() -> None:
    diary = Opened()
    keeping = Keeping(lambda: diary, "Ada", lambda error: None)
    keeping.take(said("before"))
    keeping.want(True)
    keeping.take(said("kept"))
    keeping.want(False)
    keeping.take(said("private"))
    keeping.want(True)
    keeping.take(said("kept again"))
    keeping.close()
    for thread in threading.enumerate():
        if thread.name == "close the diary":
            thread.join(10)
    assert sorted(texts(diary)) == ["kept", "kept again"]
