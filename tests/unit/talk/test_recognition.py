"""From the sound of a turn to its words, and how little of it is transcribed twice."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pytest

from companion.core.audio import Samples
from companion.core.engines import EngineInfo, Transcript
from companion.core.errors import CompanionError, EngineError
from companion.talk import recognition
from companion.talk.parts import Recognizers
from companion.talk.recognition import (
    BUSY_SHARE,
    EVERY_S,
    FINAL_PART_S,
    FIRST_S,
    LONGEST_GLANCE_S,
    QUICK_S,
    SETTLES_S,
    Recognition,
    agreed,
    in_one,
)
from companion.talk.workers import Worker
from tests.unit.talk.recognition_bench import Bench, count_to, sound


@pytest.mark.parametrize(
    ("before", "now", "stable"),
    [
        ("", "", ""),
        ("", "I want", ""),
        ("I want", "", ""),
        ("I", "I want", ""),  # the last word of the older one may have been cut in two
        ("I want", "I want to", "I"),
        ("I want to g", "I want to go home", "I want to"),
        ("I want to go", "I want to", "I want to"),
        ("I want, to go", "I want to. Go home", "I want to."),  # as now written
        ("i Want to", "I WANT to go", "I WANT"),
        ("I won't go", "I wont go there", "I wont"),
        ("He wants to", "I want to go", ""),
        ("I want a car now", "I want the car now", "I want"),
        ("one two three four", "one two", "one two"),
    ],
)
def test_stable_is_what_two_transcripts_agree_on(before: str, now: str, stable: str) -> None:
    assert " ".join(agreed(before.split(), now.split())) == stable


@pytest.fixture
def bench() -> Iterator[Bench]:
    with Worker("hear") as hear:
        yield Bench(hear)


async def test_a_growing_turn_is_followed_and_its_stable_words_told(bench: Bench) -> None:
    for duration_s in (1, 2, 3):
        await bench.listen(duration_s)
    assert bench.followed == [("1", ""), ("1 2", ""), ("1 2 3", "1")]
    assert bench.whole == "1 2 3"


async def test_a_growing_turn_is_wanted_only_once_there_is_more_of_it(bench: Bench) -> None:
    assert not bench.recognition.wants(FIRST_S - 0.01)
    assert bench.recognition.wants(FIRST_S)
    await bench.listen(2.0)
    assert not bench.recognition.wants(2.0 + EVERY_S - 0.01)
    assert bench.recognition.wants(2.0 + EVERY_S)
    bench.recognition.start_turn()
    assert bench.recognition.wants(FIRST_S), "the next turn starts from nothing"


async def test_of_a_very_long_part_no_glance_is_taken(bench: Bench) -> None:
    assert bench.recognition.wants(LONGEST_GLANCE_S)
    assert not bench.recognition.wants(LONGEST_GLANCE_S + 0.1)
    await bench.pause(7)
    bench.recognition.resume_turn()
    assert bench.recognition.wants(LONGEST_GLANCE_S + 7), "what is final is not transcribed again"
    assert not bench.recognition.wants(LONGEST_GLANCE_S + 7.1)


async def test_it_is_not_wanted_while_the_last_part_is_being_transcribed(bench: Bench) -> None:
    bench.listener.allowed.clear()
    bench.recognition.listen(sound(1.0))
    await asyncio.sleep(0)
    assert not bench.recognition.wants(10.0)
    bench.listener.allowed.set()
    await bench.settle()
    assert bench.recognition.wants(10.0)


async def test_a_slow_transcriber_is_asked_less_often(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((100.0, 101.4))
    monkeypatch.setattr(recognition, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    await bench.listen(1.0)
    pace_s = 1.4 / BUSY_SHARE
    assert not bench.recognition.wants(1.0 + pace_s - 0.01)
    assert bench.recognition.wants(1.0 + pace_s + 0.01)


async def test_without_a_transcriber_nothing_is_wanted_or_understood() -> None:
    with Worker("hear") as hear:
        deaf = Recognition(Recognizers(None, hear, None, hear), lambda error: None)
        assert not deaf.wants(10.0)
        deaf.begin(sound(1.0))
        assert await deaf.draft() == ("", "")
        assert await deaf.completeness(sound(1.0)) is None


async def test_a_pause_does_not_wait_for_what_was_transcribed_before_it(bench: Bench) -> None:
    bench.listener.allowed.clear()
    bench.recognition.listen(sound(1.0))
    await asyncio.sleep(0)
    bench.recognition.begin(sound(2.0))
    bench.listener.allowed.set()
    await bench.settle()
    assert bench.followed == [], "nobody is told of a part once the pause is there"
    assert await bench.recognition.draft() == ("1 2", "1 2")


async def test_a_pause_takes_what_is_being_transcribed_if_that_has_all_that_was_spoken(bench: Bench) -> None:
    await bench.pause_during_glance(spoken_s=2.0)
    assert bench.heard_s() == [2.0], "silence is not listened to once more"
    assert await bench.recognition.draft() == ("1 2", "1 2")
    assert bench.followed == [], "the words are not of a turn that goes on"


async def test_a_pause_looks_for_itself_where_a_glance_finds_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = bench.listener.transcribe
    monkeypatch.setattr(
        bench.listener,
        "transcribe",
        lambda speech, glance: Transcript("", confidence=0.0) if glance else found(speech, glance),
    )
    bench.recognition.listen(sound(2.0))
    bench.recognition.begin(sound(2.5), spoken_s=2.0)
    await bench.settle()
    assert await bench.recognition.draft() == ("1 2 3", "1 2 3")


async def test_a_glance_that_lacks_a_part_is_not_taken_for_the_pause(bench: Bench) -> None:
    await bench.pause_during_glance(spoken_s=2.03)
    assert await bench.recognition.draft() == ("1 2 3", "1 2 3")


async def test_one_who_goes_on_drops_the_glance_that_the_pause_waits_for(bench: Bench) -> None:
    bench.listener.allowed.clear()
    bench.recognition.listen(sound(2.0))
    await asyncio.sleep(0)
    bench.recognition.begin(sound(2.5), spoken_s=2.0)
    await asyncio.sleep(0)
    bench.recognition.resume_turn()
    bench.listener.allowed.set()
    await bench.pause(3.0)
    assert await bench.recognition.draft() == ("1 2 3", "1 2 3")
    assert bench.followed == []


async def test_what_is_being_transcribed_as_the_user_goes_on_is_followed(bench: Bench) -> None:
    bench.listener.allowed.clear()
    bench.recognition.begin(sound(2.0), spoken_s=2.0)
    await asyncio.sleep(0.01)
    bench.recognition.resume_turn()
    assert not bench.recognition.wants(10.0), "one at a time"
    bench.listener.allowed.set()
    await bench.settle()
    assert bench.followed == [("1 2", "")]
    assert bench.recognition.wants(2.0 + EVERY_S)
    assert not bench.recognition.wants(2.0 + EVERY_S - 0.01)


async def test_a_glance_that_a_pause_had_overtaken_is_followed_if_the_user_goes_on(bench: Bench) -> None:
    bench.listener.allowed.clear()
    bench.recognition.listen(sound(2.0))
    await asyncio.sleep(0.01)
    bench.recognition.begin(sound(2.5), spoken_s=2.5)
    bench.recognition.resume_turn()
    bench.listener.allowed.set()
    await bench.settle()
    assert bench.followed == [("1 2", "")]
    assert bench.heard_s() == [2.0], "what had not begun was called back"


async def test_nothing_of_a_turn_that_is_over_is_followed(bench: Bench) -> None:
    bench.listener.allowed.clear()
    bench.recognition.listen(sound(2.0))
    await asyncio.sleep(0.01)
    bench.recognition.begin(sound(2.5), spoken_s=2.5)
    bench.recognition.resume_turn()
    bench.recognition.begin(sound(3.0), spoken_s=3.0)
    bench.recognition.close_turn(sound(3.0))
    bench.recognition.start_turn()
    bench.listener.allowed.set()
    await bench.settle()
    assert bench.followed == []


async def test_before_a_slow_transcriber_a_pause_must_settle(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bench.recognition.settles_s == 0.0
    clock = iter((1.0, 0.9 + QUICK_S, 2.0, 2.1 + QUICK_S))
    monkeypatch.setattr(recognition, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    await bench.listen(1.5)
    assert bench.recognition.settles_s == 0.0
    await bench.listen(2.0)
    assert bench.recognition.settles_s == SETTLES_S
    bench.listener.allowed.clear()
    monkeypatch.undo()
    bench.recognition.listen(sound(3.0))
    assert bench.recognition.settles_s == 0.0, "a pause has to wait for this one, and is called back for nothing"
    bench.listener.allowed.set()
    await bench.settle()


async def test_after_a_short_part_the_whole_turn_is_transcribed_again(bench: Bench) -> None:
    await bench.pause(FINAL_PART_S - 1)
    bench.recognition.resume_turn()
    await bench.pause(FINAL_PART_S + 1)
    assert bench.heard_s() == [FINAL_PART_S - 1, FINAL_PART_S + 1]
    assert (await bench.recognition.draft())[0] == count_to(7)


async def test_after_a_long_part_only_the_rest_is_transcribed(bench: Bench) -> None:
    await bench.pause(7)
    bench.recognition.resume_turn()
    await bench.listen(9)
    await bench.pause(10)
    assert bench.heard_s() == [7, 2, 3]
    assert bench.listener.glances == [False, True, False]
    assert bench.followed == [(count_to(9), "")], "the words before the rest are told with it"
    bench.recognition.close_turn(sound(10))
    assert await bench.recognition.words() == count_to(10)


async def test_of_a_very_long_turn_each_part_is_transcribed_once(bench: Bench) -> None:
    for duration_s in (7, 14, 21):
        await bench.pause(duration_s)
        bench.recognition.resume_turn()
    await bench.pause(22)
    assert bench.heard_s() == [7, 7, 7, 1]
    assert (await bench.recognition.draft())[0] == count_to(22)


async def test_a_short_rest_after_a_long_part_is_not_final(bench: Bench) -> None:
    for duration_s in (7, 9, 11):
        await bench.pause(duration_s)
        bench.recognition.resume_turn()
    assert bench.heard_s() == [7, 2, 4]


async def test_a_long_part_that_is_not_understood_yet_when_the_user_goes_on_is_not_final(bench: Bench) -> None:
    bench.listener.allowed.clear()
    bench.recognition.begin(sound(7))
    await asyncio.sleep(0)
    bench.recognition.resume_turn()
    bench.listener.allowed.set()
    await bench.pause(8)
    assert bench.heard_s()[-1] == 8
    assert (await bench.recognition.draft())[0] == count_to(8)


async def test_the_next_turn_knows_nothing_of_the_parts_of_the_last(bench: Bench) -> None:
    await bench.pause(7)
    bench.recognition.resume_turn()
    await bench.pause(8)
    bench.recognition.close_turn(sound(8))
    bench.recognition.start_turn()
    await bench.pause(2)
    assert (await bench.recognition.draft()) == ("1 2", f"{count_to(8)} 1 2"), "but for what was never answered"


async def test_a_turn_that_ends_without_a_pause_is_transcribed_then(bench: Bench) -> None:
    bench.recognition.close_turn(sound(3))
    assert await bench.recognition.words() == "1 2 3"
    assert await bench.recognition.words() == "", "they are given once"


async def test_what_was_never_answered_stands_before_the_next_turn(bench: Bench) -> None:
    bench.recognition.carry("I want")
    await bench.listen(2)
    assert (bench.followed, bench.whole) == ([("1 2", "")], "I want 1 2")
    await bench.pause(1)
    assert await bench.recognition.draft() == ("1", "I want 1")
    bench.recognition.close_turn(sound(1))
    assert await bench.recognition.words() == "I want 1"


async def test_words_asked_for_in_vain_are_kept_for_the_next_call(bench: Bench) -> None:
    bench.listener.allowed.clear()
    bench.recognition.close_turn(sound(2))
    asked = asyncio.create_task(bench.recognition.words())
    await asyncio.sleep(0)
    asked.cancel()
    await asyncio.wait({asked})
    bench.listener.allowed.set()
    assert await bench.recognition.words() == "1 2"


async def test_what_is_to_be_forgotten_is_said_no_more(bench: Bench) -> None:
    bench.recognition.close_turn(sound(2))
    bench.recognition.forget_unanswered()
    assert await bench.recognition.words() == ""
    await bench.settle()


@pytest.mark.parametrize("error", [EngineError("No ear.", "Hint."), RuntimeError("a vendor's own")])
async def test_a_transcriber_that_fails_is_told_of_and_nothing_was_said(bench: Bench, error: Exception) -> None:
    bench.listener.fails = error
    bench.recognition.close_turn(sound(2))
    assert await bench.recognition.words() == ""
    (fault,) = bench.faults
    assert fault.message and fault.hint
    bench.listener.fails = None
    bench.recognition.close_turn(sound(1))
    assert await bench.recognition.words() == "1"


@pytest.mark.parametrize("error", [EngineError("No ear.", "Hint."), RuntimeError("a vendor's own")])
async def test_a_detector_that_fails_is_told_of_and_has_no_verdict(error: Exception) -> None:
    class Failing:
        def info(self) -> EngineInfo:
            return EngineInfo("turn detection", "failing", "")

        def warm_up(self) -> None:
            pass

        def completeness(self, turn: Samples) -> float:
            raise error

    faults: list[CompanionError] = []
    with Worker("detect") as detect:
        failing = Recognition(Recognizers(None, detect, Failing(), detect), faults.append)
        assert await failing.completeness(sound(1.0)) is None
    (fault,) = faults
    assert fault.message and fault.hint


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["My sister's.", "coming on Sunday."], "My sister's coming on Sunday."),
        (["I was there.", "It was cold."], "I was there. It was cold."),
        (["Well...", "maybe."], "Well maybe."),
        (["", "Yes."], "Yes."),
        ([], ""),
    ],
)
def test_parts_of_a_turn_become_one_text(parts: list[str], whole: str) -> None:
    assert in_one(parts) == whole


async def test_of_a_turn_that_was_dropped_in_mid_transcription_no_sound_is_kept(bench: Bench) -> None:
    """Though nobody asks for `tasks`, as only files do."""

    class Traceable(np.ndarray):
        """A copy of an array that may be referred to weakly."""

    turn = sound(2.0).view(Traceable)
    gone = weakref.ref(turn)
    bench.listener.allowed.clear()
    bench.recognition.begin(turn, spoken_s=2.0)
    del turn
    await asyncio.sleep(0.01)
    bench.recognition.drop()
    bench.listener.allowed.set()
    bench.recognition.begin(sound(1.0), spoken_s=1.0)
    await bench.recognition.draft()
    bench.listener.heard.clear()
    bench.recognition.drop()
    bench.recognition.begin(sound(1.0), spoken_s=1.0)
    bench.recognition.drop()
    gc.collect()

    assert gone() is None
