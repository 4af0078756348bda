"""The sections score what was recorded, and nothing else: latencies, cut-offs, gaps, ducks, stops and words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from companion.core.audio import Samples
from companion.diagnostics.live import sections
from companion.diagnostics.live.scripts import STORY, Line
from companion.diagnostics.live.sections import UNDISTURBED, Hear
from tests.signals import tone
from tests.unit.diagnostics.live.scripted_stage import ScriptedAgent, ScriptedStage
from tests.unit.diagnostics.live.sounds import RATE, lowered, sequence, voice

BEEP = tone(1.0, RATE)
TOLD = voice(17.0)


def nothing(done: int) -> None:
    """Progress is not looked at."""


def judge(samples: Samples) -> str:
    """Hears the whole story where there is all of it, else its first words."""
    words = STORY.split()
    return " ".join(words[: round(len(words) * min(1.0, len(samples) / len(TOLD)))])


def judge_of(undisturbed: Sequence[Samples]) -> Hear:
    """The same, once it was told the whole story often enough."""
    assert [len(told) for told in undisturbed] == [pytest.approx(len(TOLD), abs=200)] * UNDISTURBED
    return judge


def lines(count: int) -> list[Line]:
    return [Line(f"line {number}", voice(2.0, seed=number + 10)) for number in range(count)]


def test_latency_runs_from_the_end_of_a_turn_to_her_first_sound() -> None:
    waits = iter([0.4, 0.5, 0.9, -0.3, None])

    def react(stage: ScriptedStage, line: Line, start_s: float, end_s: float) -> None:
        wait = next(waits)
        if wait is not None:
            stage.she(end_s + wait, sequence(BEEP, 0.3, BEEP, 0.8, BEEP))

    found = sections.response(ScriptedStage(ScriptedAgent(), react), lines(5), nothing)
    assert (found.turns, found.answered, found.cut_off, found.spoiled) == (5, 3, 1, 0)
    assert found.latency.all_ms == [pytest.approx(ms, abs=6) for ms in (400, 500, 900)]
    assert found.latency.p50_ms == pytest.approx(500, abs=6)
    assert found.gaps_s == [pytest.approx(0.8, abs=0.011)] * 3, "what follows an answer given too soon is another"
    assert found.peak_memory_mb > 10


def test_a_turn_that_the_sound_server_spoiled_counts_for_nothing() -> None:
    stage = ScriptedStage(ScriptedAgent(), lambda stage, line, start_s, end_s: stage.she(end_s + 0.4, BEEP))
    stage.clean = False
    found = sections.response(stage, lines(2), nothing)
    assert (found.answered, found.spoiled, found.latency.p50_ms) == (0, 2, None)


def test_an_answer_inside_a_pause_is_a_cut_off_and_named() -> None:
    broken = [
        Line("one ... two", sequence(voice(1.0), 0.7, voice(1.0, seed=2)), 1.0, 1.7),
        Line("three ... four", sequence(voice(1.0), 0.8, voice(1.0, seed=2)), 1.0, 1.8),
    ]

    def react(stage: ScriptedStage, line: Line, start_s: float, end_s: float) -> None:
        stage.she(start_s + 1.5 if line is broken[1] else end_s + 0.6, BEEP)

    found = sections.pauses(ScriptedStage(ScriptedAgent(), react), broken, nothing)
    assert (found.sentences, found.answered, found.cut_off) == (2, 1, 1)
    assert found.cut_off_sentences == ["three ... four"]
    assert found.latency.all_ms == [pytest.approx(600, abs=6)]


def test_ducks_stops_and_heard_words_of_a_barge_in() -> None:
    def react(stage: ScriptedStage, line: Line, start_s: float, end_s: float) -> None:
        if line.text != "line 2":
            told = stage.heard(start_s, start_s + 0.3)
            stage.she(start_s, lowered(told, 0.12, 0.25))

    stage = ScriptedStage(ScriptedAgent(believed=STORY), react)
    stage.story = TOLD
    found = sections.barge_in(stage, lines(3), judge_of, nothing)
    assert (found.tries, found.stopped, found.went_on_over) == (3, 2, ["line 2"])
    assert found.to_duck.all_ms == [pytest.approx(120, abs=15)] * 2
    assert all(250 <= ms <= 305 for ms in found.to_silence.all_ms), "a soft moment may end it"
    assert len(found.heard_words_off_by) == 2
    assert min(found.heard_words_off_by) > 20, "she believes that all was heard, and it was not"


def test_an_answer_that_follows_a_stop_at_once_is_not_the_story_going_on() -> None:
    def react(stage: ScriptedStage, line: Line, start_s: float, end_s: float) -> None:
        told = stage.heard(start_s, start_s + 0.4)
        stage.she(start_s, sequence(told, 0.3, voice(5.0, seed=99)))

    stage = ScriptedStage(ScriptedAgent(believed=STORY), react)
    stage.story = TOLD
    found = sections.barge_in(stage, lines(2), judge_of, nothing)
    assert (found.stopped, found.went_on_over) == (2, [])
    assert all(350 <= ms <= 405 for ms in found.to_silence.all_ms)


def test_an_agent_that_tells_nothing_of_itself_is_measured_too() -> None:
    stage = ScriptedStage(
        ScriptedAgent(begins=False), lambda stage, line, start_s, end_s: stage.she(start_s, voice(0.4))
    )
    stage.story = TOLD
    found = sections.barge_in(stage, lines(2), judge_of, nothing)
    assert (found.stopped, found.to_duck.p50_ms, found.heard_words_off_by) == (2, None, [])


def test_sounds_that_stop_her_are_named_and_whole_stories_are_read_again() -> None:
    def react(stage: ScriptedStage, line: Line, start_s: float, end_s: float) -> None:
        if line.text == "line 4":
            stage.she(start_s + 0.3, BEEP[:0])

    stage = ScriptedStage(ScriptedAgent(), react)
    stage.story = TOLD
    found = sections.not_interruptions(stage, lines(7), judge, nothing)
    assert (found.sounds, found.stopped, found.stopped_by) == (7, 1, ["line 4"])
    assert (found.stories, found.words_off, found.words_off_undisturbed) == (2, [0, 0], 0)


def test_a_story_that_breaks_off_or_goes_on_after_its_end_was_heard_by_herself() -> None:
    stage = ScriptedStage(ScriptedAgent(), lambda *_: None)
    stage.story = TOLD
    stage.with_echo = [TOLD, TOLD[: 8 * RATE], sequence(TOLD, 3.0, BEEP), sequence(TOLD[: 6 * RATE], 3.0, BEEP)]
    found = sections.echo(stage, 4, nothing)
    assert (found.replies, found.self_interruptions, found.self_answers) == (4, 2, 1)


def test_a_voice_held_back_for_a_moment_has_not_stopped_but_a_lost_word_is_seen() -> None:
    def react(stage: ScriptedStage, line: Line, start_s: float, end_s: float) -> None:
        rest = stage.heard(start_s, start_s + 20.0).copy()
        stage.she(start_s + 0.2, sequence(0.8, rest[2 * RATE :]))

    stage = ScriptedStage(ScriptedAgent(), react)
    stage.story = TOLD
    found = sections.not_interruptions(stage, lines(1), judge, nothing)
    assert found.stopped == 0
    assert found.words_off[0] > 0
