"""What the bench of an hour counts, and how."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import psutil
import pytest

from tests.bench.hour import kind_of, turns
from tests.bench.hour_figures import EventTail, HeardBreak, Tally, Usage, UsageWatch, growth_mb, outcome, report
from tests.bench.underruns import Break


def usage(at_s: float, megabytes: float) -> Usage:
    return Usage(at_s, round(megabytes * 1e6), round(2 * megabytes * 1e6), threads=20, open_files=30)


def test_growth_is_the_last_five_minutes_against_minutes_five_to_ten() -> None:
    usages = [usage(at_s, 900 if at_s < 300 else 800 if at_s < 3300 else 812) for at_s in range(0, 3601, 10)]
    assert growth_mb(usages) == 12.0


def test_growth_is_not_told_of_a_short_conversation() -> None:
    assert growth_mb([]) is None
    assert growth_mb([usage(at_s, 800) for at_s in range(0, 880, 10)]) is None
    assert growth_mb([usage(at_s, 800) for at_s in range(0, 901, 10)]) == 0.0


def test_one_high_sample_is_no_growth() -> None:
    usages = [usage(at_s, 800) for at_s in range(0, 3600, 10)]
    assert growth_mb([*usages, usage(3600, 5000)]) == 0.0


def test_what_grows_at_rest_is_told_apart_from_what_she_takes_at_work() -> None:
    """At rest every other time: 800 MB at first and 820 at last; at work 900."""
    usages = [usage(at_s, 900 if at_s % 20 else (800 if at_s < 600 else 820)) for at_s in range(0, 3601, 10)]
    assert (growth_mb(usages, 1), growth_mb(usages, 9)) == (20.0, 0.0)


@pytest.mark.parametrize(
    ("events", "became"),
    [
        ([("SpeechStarted", 10.0), ("VoiceHeld", 10.2), ("ReplyInterrupted", 10.9)], "stopped"),
        ([("SpeechStarted", 10.0), ("ReplyFinished", 10.9)], "ended by herself"),
        ([("ReplyFinished", 10.9)], "ended by herself"),
        ([("SpeechStarted", 10.0), ("VoiceRaised", 10.4), ("ReplyFinished", 14.0)], "went on"),
        ([("SpeechStarted", 10.0), ("ReplyFinished", 14.0), ("ReplyInterrupted", 16.0)], "went on"),
        ([], "went on"),
    ],
)
def test_what_became_of_a_reply_that_was_spoken_over(events: list[tuple[str, float]], became: str) -> None:
    assert outcome([{"event": name, "at_s": at_s} for name, at_s in events]) == became


def test_no_turn_comes_twice_in_an_hour() -> None:
    texts = list(islice(turns(), 600))
    assert len(set(texts)) == 600


def test_every_eighth_reply_is_interrupted_and_others_are_coughed_over() -> None:
    kinds = [kind_of(number) for number in range(1, 41)]
    assert (kinds.count("interrupted"), kinds.count("coughed over"), kinds.count("plain")) == (5, 7, 28)


def test_events_are_given_once_and_whole(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    tail = EventTail(file)
    assert tail.new() == []
    file.write_text('{"event": "LevelMeasured", "db": -60}\n{"event": "UserSpoke", "text": "é"}\n{"event": "Repl')
    assert [event["event"] for event in tail.new()] == ["UserSpoke"]
    with file.open("a") as more:
        more.write('yFinished"}\n')
    assert [event["event"] for event in tail.new()] == ["ReplyFinished"]
    assert tail.new() == []


def test_a_program_is_looked_at_with_its_children() -> None:
    own = psutil.Process()
    with UsageWatch(own.pid) as watch:
        pass
    assert len(watch.usages) == 1
    assert watch.usages[0].threads >= 1
    assert watch.usages[0].open_files >= 1
    assert 0 < watch.usages[0].proportional_bytes <= watch.usages[0].resident_bytes


def test_the_report_counts_only_underruns_that_are_heard() -> None:
    tally = Tally(turns=3, latencies_s=[0.4, 0.6], interruptions=["stopped", "went on"], coughs=["went on"])
    tally.unanswered.append("Hello?")
    tally.breaks = [
        HeardBreak(1.0, Break("gap", 2.0, 0.02, -20.0, True), "plain"),
        HeardBreak(2.0, Break("silent gap", 2.0, 0.02, -50.0, True), "plain"),
        HeardBreak(3.0, Break("hard onset", 2.0, 0.0, -30.0, False), "plain"),
    ]
    done = report(tally, [usage(0, 700), usage(10, 720), usage(20, 710)], 0.5, "not done")
    assert (done.answered, done.underruns, done.interruptions_stopped, done.coughs_that_stopped_her) == (2, 1, 1, 0)
    assert done.memory_mb_first_last_most == (700, 710, 720)
    assert done.response_p50_ms == 500
    assert len(json.loads(done.as_json(whole=True))["usages"]) == 3
    assert "usages" not in json.loads(done.as_json(whole=False))


def test_there_is_a_report_when_nothing_came_of_it() -> None:
    done = report(Tally(), [], 0.0, "not done")
    assert (done.turns, done.response_p50_ms, done.memory_growth_mb, done.threads_min_max) == (0, None, None, (0, 0))
