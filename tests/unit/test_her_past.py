"""What is kept of the conversations with her, while they go on."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from companion.core.diary import Entry
from companion.her_past import HerPast
from companion.memory.store import open_diary


@pytest.mark.parametrize(("keep_days", "left"), [(0, ["old", "new"]), (30, ["new"])])
def test_what_grows_old_is_forgotten_while_she_runs(tmp_path: Path, keep_days: int, left: list[str]) -> None:
    file, now = tmp_path / "conversations.db", datetime.now().astimezone()
    with closing(open_diary(file)) as diary:
        diary.add(Entry(0, now - timedelta(days=31), "user", "Samantha", "old"))
        diary.add(Entry(0, now - timedelta(days=29), "user", "Samantha", "new"))
        past = HerPast(lambda: file, None, keep_days)
        past.forget_old()
        past.close()
        assert [entry.text for entry in diary.entries()] == left


def test_where_nothing_is_kept_nothing_is_forgotten() -> None:
    past = HerPast(lambda: None, None, keep_days=1)
    past.forget_old()
    past.close()
