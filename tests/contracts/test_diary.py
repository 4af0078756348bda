"""What every diary does, on disk and in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from companion.core.diary import Diary, Entry
from companion.memory.store import open_diary
from tests.fakes.list_diary import ListDiary

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(params=["on disk", "in memory"])
def diary(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Diary]:
    diary: Diary = open_diary(tmp_path / "conversations.db") if request.param == "on disk" else ListDiary()
    yield diary
    diary.close()


def said(text: str, at: datetime = NOON, **more: object) -> Entry:
    return replace(Entry(0, at, "user", "Samantha", text), **more)  # type: ignore[arg-type]


def kept(diary: Diary, *texts: str) -> list[Entry]:
    return [diary.add(said(text)) for text in texts]


def texts(found: object) -> list[str]:
    assert isinstance(found, list)
    return [entry.text for entry in found]


def test_an_entry_comes_back_as_it_was_given(diary: Diary) -> None:
    at = datetime(2026, 11, 23, 14, 3, 7, 123457, timezone(timedelta(hours=5, minutes=45)))
    given = Entry(7, at, "companion", "Samantha", "So I said", "that it was raining", interrupted=True)
    added = diary.add(given)
    assert added == replace(given, number=added.number)
    assert list(diary.entries()) == [added]
    assert diary.entries()[0].at.utcoffset() == at.utcoffset()


def test_pages_go_back_in_time_each_with_the_newest_last(diary: Diary) -> None:
    numbers = [entry.number for entry in kept(diary, *"abcde")]
    assert numbers == sorted(set(numbers))
    assert texts(diary.entries(limit=2)) == ["d", "e"]
    assert texts(diary.entries(before=numbers[3], limit=2)) == ["b", "c"]
    assert texts(diary.entries(before=numbers[1], limit=2)) == ["a"]
    assert list(diary.entries(before=numbers[0])) == []


def test_what_is_new_is_told_from_what_is_known(diary: Diary) -> None:
    first, *_ = kept(diary, "a", "b", "c")
    assert texts(diary.after(first.number)) == ["b", "c"]
    assert texts(diary.after(0)) == ["a", "b", "c"]


def test_entries_are_found_by_all_of_their_words_the_last_unfinished(diary: Diary) -> None:
    kept(diary, "the cat sat", "The Dog sat on the cat", "concatenate")
    diary.add(said("I went", who="companion", unheard="to the sea"))
    assert texts(diary.entries(matching="cat sa")) == ["the cat sat", "The Dog sat on the cat"]
    assert texts(diary.entries(matching="DOG")) == ["The Dog sat on the cat"]
    assert texts(diary.entries(matching="se")) == ["I went"]
    assert texts(diary.entries(matching="do sat")) == []
    assert texts(diary.entries(matching="cat", limit=1)) == ["The Dog sat on the cat"]
    assert diary.count("cat") == 2
    assert diary.count() == 4
    assert len(diary.entries(matching="  ")) == 4


def test_deleted_entries_are_gone_and_can_be_restored_where_they_were(diary: Diary) -> None:
    a, b, c = kept(diary, "a cat", "b cat", "c cat")
    assert list(diary.delete([b.number, 10**9])) == [b]
    assert texts(diary.entries()) == ["a cat", "c cat"]
    assert texts(diary.entries(matching="b cat")) == []
    diary.restore([b])
    diary.restore([b])
    assert list(diary.entries(matching="cat")) == [a, b, c]


def test_the_number_of_a_deleted_entry_is_not_used_again(diary: Diary) -> None:
    (last,) = kept(diary, "a")
    diary.delete([last.number])
    assert diary.add(said("b")).number > last.number
    diary.delete_all()
    assert diary.add(said("c")).number > last.number + 1


def test_a_day_is_deleted_from_midnight_to_midnight_here(diary: Diary) -> None:
    midnight = datetime(2026, 3, 29).astimezone()
    moment = timedelta(microseconds=1)
    for at in (midnight - moment, midnight, datetime(2026, 3, 30).astimezone() - moment):
        diary.add(said(str(at), at.astimezone(UTC)))
    next_day = diary.add(said("next day", datetime(2026, 3, 30).astimezone()))
    deleted = diary.delete_day(midnight.date())
    assert [entry.at for entry in deleted] == [midnight, datetime(2026, 3, 30).astimezone() - moment]
    assert [entry.at for entry in diary.entries()] == [midnight - moment, next_day.at]


def test_all_can_be_deleted(diary: Diary) -> None:
    kept(diary, "a", "b")
    assert diary.delete_all() == 2
    assert list(diary.entries()) == []
    assert diary.count("a") == 0
    kept(diary, "and on")
    assert texts(diary.entries(matching="and")) == ["and on"]


def test_it_takes_room(diary: Diary) -> None:
    kept(diary, "a cat " * 2000)
    assert diary.size_bytes >= 12_000
