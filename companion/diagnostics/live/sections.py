"""The sections of the benchmark: each speaks a script to an agent and scores what was recorded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TypeAlias

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, Samples, seconds, silence
from companion.diagnostics.live.figures import BargeIn, Echo, NotInterruptions, Pauses, Response, Spread
from companion.diagnostics.live.levels import STOPPED_S, ducked_after_s, goes_on, onset_s, silences_s, silent_from_s
from companion.diagnostics.live.scripts import STORY, Line
from companion.diagnostics.live.stage import Spoken, Stage, Story
from companion.diagnostics.live.words import difference
from companion.diagnostics.machine import MemoryWatch

Hear: TypeAlias = Callable[[Samples], str]
"""The judge: what a transcriber hears, given time."""

HowFarOf: TypeAlias = Callable[[Sequence[Samples]], Hear]
"""What hears how far a story was told, given recordings in which it was told to its end."""

Progress: TypeAlias = Callable[[int], None]
"""Told how many tries are done."""

GAP_S = 0.6
EARLY_S = 0.05
"""An answer that begins this much before the end of a turn is no cut-off: the last sound of a word is faint."""

UNDISTURBED = 3
"""How often the story is heard to its end before it is interrupted: no voice tells it twice in the same way."""

STOPS_WITHIN_S = 2.0
SOON_S = 0.15
FAINT_S = 0.05
"""So long the last sound of a word may go on below what counts as audible."""
GONE_S = 1.2
"""A silence this long in her story is no pause, and no voice held back for a moment."""

ECHO_PATHS = tuple((delay_s, gain_db) for delay_s in (0.04, 0.09, 0.15) for gain_db in (-6.0, -12.0))
SELF_ANSWER_S = 5.0
"""How long after a story she may still answer herself."""
WHOLE = 0.9
"""A story that is shorter than this part of an undisturbed one was not told to its end."""

_FIRST_OFFSET_S = 1.5
_OFFSETS = 12
_OFFSET_STEP_S = 0.37
_SOUNDS_AT_S = (2.5, 7.0, 11.5)
"""Where in a story the sounds come: the last is over, and watched, before the story is."""


def response(stage: Stage, lines: Sequence[Line], progress: Progress) -> Response:
    """Everyday turns, one after another, each once the reply before it is over."""
    latencies: list[float] = []
    gaps: list[float] = []
    cut_off = spoiled = 0
    with stage.conversation() as agent, MemoryWatch(agent.pid) as watch:
        for number, line in enumerate(lines, start=1):
            spoken, latency, reply = _ask(stage, line)
            if not spoken.clean:
                spoiled += 1
            elif latency is not None:
                if latency < -EARLY_S:
                    cut_off += 1  # and followed by another answer: the silence between the two is no gap
                else:
                    latencies.append(latency)
                    gaps += [length_s for _, length_s in silences_s(reply) if length_s > GAP_S]
            progress(number)
        cpu_s, peak_bytes = watch.cpu_s, watch.peak_bytes
    return Response(
        turns=len(lines),
        answered=len(latencies),
        cut_off=cut_off,
        spoiled=spoiled,
        latency=Spread.of(latencies),
        gaps_s=[round(gap, 2) for gap in gaps],
        cpu_s_per_turn=cpu_s / len(lines),
        peak_memory_mb=peak_bytes / 1e6,
    )


def pauses(stage: Stage, lines: Sequence[Line], progress: Progress) -> Pauses:
    """Sentences with a pause in the middle: an answer that begins before the sentence ends is a false cut-off."""
    latencies: list[float] = []
    cut: list[str] = []
    spoiled = 0
    with stage.conversation():
        for number, line in enumerate(lines, start=1):
            spoken, latency, _ = _ask(stage, line)
            if not spoken.clean:
                spoiled += 1
            elif latency is not None:
                if latency < -EARLY_S:
                    cut.append(line.text)
                else:
                    latencies.append(latency)
            progress(number)
    return Pauses(
        sentences=len(lines),
        answered=len(latencies),
        cut_off=len(cut),
        cut_off_sentences=cut,
        spoiled=spoiled,
        latency=Spread.of(latencies),
    )


def _ask(stage: Stage, line: Line) -> tuple[Spoken, float | None, Samples]:
    """Say a line; returns her latency in seconds (negative: she cut in; None: no answer) and her reply."""
    stage.wait_for_quiet()
    spoken = stage.speak(line)
    onset = stage.wait_for_her(spoken.start_s)
    if onset is None:
        return spoken, None, silence(0.0, HEARING_RATE_HZ)
    return spoken, onset - spoken.end_s, stage.reply(onset)


def barge_in(stage: Stage, lines: Sequence[Line], how_far_of: HowFarOf, progress: Progress) -> BargeIn:
    """Real speech over her voice, at different places of her story."""
    to_duck: list[float] = []
    to_silence: list[float] = []
    believed: list[tuple[str, Samples]] = []
    went_on: list[str] = []
    spoiled = 0
    whole = [_undisturbed(stage) for _ in range(UNDISTURBED)] if stage.agent.begins else []
    reference = whole[0] if whole else None
    with closing(stage.stories()) as stories:
        for number, (line, story) in enumerate(zip(lines, stories, strict=False), start=1):
            stage.wait_until_s(story.onset_s + _FIRST_OFFSET_S + _OFFSET_STEP_S * (number % _OFFSETS))
            spoken, told, at_s = _over_her_voice(stage, story, line, STOPPED_S)
            silent_s = _stopped_at_s(told, at_s, reference)
            if not spoken.clean:
                spoiled += 1
            elif silent_s is None or silent_s - at_s > STOPS_WITHIN_S:
                went_on.append(line.text)
            else:
                to_silence.append(silent_s - at_s)
                heard = story.agent.heard_words()
                if heard is not None:
                    believed.append((heard, told[: round((silent_s + FAINT_S) * HEARING_RATE_HZ)]))
            ducked_s = ducked_after_s(told, reference, at_s) if reference is not None and spoken.clean else None
            # If she was silent sooner, she was in a pause, and when she ducked cannot be told.
            if ducked_s is not None and (silent_s is None or at_s + ducked_s <= silent_s + EARLY_S):
                to_duck.append(ducked_s)
            progress(number)
    how_far = how_far_of(whole) if believed else None
    return BargeIn(
        tries=len(lines),
        stopped=len(to_silence),
        spoiled=spoiled,
        to_duck=Spread.of(to_duck),
        to_silence=Spread.of(to_silence),
        heard_words_off_by=[difference(words, how_far(told)).total for words, told in believed] if how_far else [],
        went_on_over=went_on,
    )


def _stopped_at_s(told: Samples, at_s: float, reference: Samples | None) -> float | None:
    """Where her story stops; None if it goes on. Her answer may follow so soon that no long silence lies between."""
    silent_s = silent_from_s(told, at_s)
    if silent_s is None and reference is not None and not goes_on(told, reference, at_s + STOPS_WITHIN_S - 0.5):
        return silent_from_s(told, at_s, SOON_S)
    return silent_s


def not_interruptions(stage: Stage, lines: Sequence[Line], hear: Hear, progress: Progress) -> NotInterruptions:
    """Sounds over her story that want nothing of her, three to a story."""
    left = deque(lines)
    stopped_by: list[str] = []
    whole: list[Samples] = []
    spoiled = 0
    with closing(stage.stories()) as stories:
        undisturbed = stage.reply(next(stories).onset_s)
        while left:
            story = next(stories)
            for place_s in _SOUNDS_AT_S[: len(left)]:
                stage.wait_until_s(story.onset_s + place_s)
                line = left.popleft()
                spoken, told, at_s = _over_her_voice(stage, story, line, GONE_S)
                spoiled += not spoken.clean
                progress(len(lines) - len(left))
                silent_s = silent_from_s(told, at_s, GONE_S)
                if silent_s is not None and silent_s - at_s <= STOPS_WITHIN_S:
                    stopped_by.append(line.text)
                    break
            else:
                whole.append(stage.reply(story.onset_s))
    return NotInterruptions(
        sounds=len(lines),
        stopped=len(stopped_by),
        stopped_by=stopped_by,
        spoiled=spoiled,
        stories=len(whole),
        words_off=[difference(STORY, hear(_padded(told))).total for told in whole],
        words_off_undisturbed=difference(STORY, hear(_padded(undisturbed))).total,
    )


def echo(stage: Stage, count: int, progress: Progress) -> Echo:
    """Stories in a room where she can hear herself: each must come to its end, and nothing after it."""
    interrupted = answered = 0
    with closing(stage.stories()) as stories:
        length_s = seconds(stage.reply(next(stories).onset_s), HEARING_RATE_HZ)
        for number in range(count):
            with stage.echo(*ECHO_PATHS[number % len(ECHO_PATHS)]):
                story = next(stories)
                stage.wait_until_s(story.onset_s + length_s + SELF_ANSWER_S)
                told = stage.heard(story.onset_s)
            ended_s = silent_from_s(told, 0.0, GONE_S)
            if ended_s is not None and ended_s < WHOLE * length_s:
                interrupted += 1
            elif ended_s is None or onset_s(told, ended_s) is not None:
                answered += 1
            progress(number + 1)
    return Echo(count, interrupted, answered)


def _over_her_voice(stage: Stage, story: Story, line: Line, silence_s: float) -> tuple[Spoken, Samples, float]:
    """Say a line over a story; returns the story until it can be told whether she stopped, and where in it we began."""
    spoken = stage.speak(line)
    stage.wait_until_s(spoken.start_s + STOPS_WITHIN_S + silence_s)
    return spoken, stage.heard(story.onset_s), spoken.start_s - story.onset_s


def _undisturbed(stage: Stage) -> Samples:
    with closing(stage.stories()) as stories:
        return stage.reply(next(stories).onset_s)


def _padded(samples: Samples) -> Samples:
    margin = silence(0.2, HEARING_RATE_HZ)
    padded: Samples = np.concatenate((margin, samples, margin))
    return padded
