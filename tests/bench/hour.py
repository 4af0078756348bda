"""An hour of conversation in real time, looked at for underruns and for growing memory: python -m tests.bench.hour

`companion talk`, as a user runs it, on a private sound server. Everyday turns, each once the reply before it is over;
every eighth reply is interrupted, others are coughed over. Her speaker is recorded at 48 kHz, looked at reply by reply
(`underruns`) and forgotten. First it is tried if an underrun would be found: a storyteller is stopped (SIGSTOP) for
300 ms. Ctrl-C reports what there is so far. Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Literal

import numpy as np

from companion.cli.live_agents import CompanionAgent, for_bench
from companion.cli.live_bench import piper_voice
from companion.core.audio import HEARING_RATE_HZ, Samples, seconds
from companion.core.errors import CompanionError, EngineError
from companion.core.settings import Settings
from companion.diagnostics.live import noises
from companion.diagnostics.live.agent import RunningAgent
from companion.diagnostics.live.levels import onset_s, silences_s, trimmed
from companion.diagnostics.live.scripts import BREAKS, HESITATIONS, INTERRUPTIONS, TURNS, Line, Say
from companion.diagnostics.live.sections import EARLY_S, GAP_S
from companion.diagnostics.live.stage import Spoken, Stage
from companion.diagnostics.sound_server import Recording, running_sound_server
from tests.bench.everyday import QUESTIONS, SENTENCES
from tests.bench.hour_figures import EventTail, HeardBreak, Tally, UsageWatch, outcome, report
from tests.bench.underruns import RATE_HZ, Break, find_breaks

Kind = Literal["plain", "interrupted", "coughed over"]

EVERY_INTERRUPTION, EVERY_COUGH = 8, 5

OPENERS = ("", "By the way.", "There is something else.", "And another thing.", "Before I forget it.", "Well then.")

FAULTS = ("Faulted", "DeviceLost")

STOPPED_FOR_S = 0.3
SELF_CHECK_TRIES = 5
LOUD = 0.1
ANSWERED_WITHIN_S = 6.0
KEPT_AROUND_S = 0.5
MARGIN_S = 2.0
"""Kept of what was recorded before a turn: the stage looks back so far."""


class Hour:
    """One conversation with an agent on a stage."""

    def __init__(self, stage: Stage, recordings: tuple[Recording, ...], events: EventTail, say: Say) -> None:
        """The first of `recordings` is of her speaker at 48 kHz; all are kept short."""
        self._stage = stage
        self._fine, *_ = self._recordings = recordings
        self._events = events
        self._say = say
        self._began_s = time.monotonic()
        self.tally = Tally()
        self.kept: list[tuple[HeardBreak, Samples]] = []
        """The breaks that a listener hears, with the sound around each."""

    @property
    def minutes(self) -> float:
        return (time.monotonic() - self._began_s) / 60

    def hold(self, agent: RunningAgent, minutes: float) -> None:
        """Talk for so long. A reply that does not end is noted. Raises EngineError if she has ended herself."""
        self._began_s = time.monotonic()
        told_minute = 0
        for number, text in enumerate(turns(), start=1):
            if self.minutes >= minutes:
                return
            try:
                self._turn(number, text)
            except EngineError as error:
                if not agent.alive:
                    raise
                self.tally.faults.append(str(error))
            if int(self.minutes) > told_minute:
                told_minute = int(self.minutes)
                self._tell()

    def take_note(self) -> list[dict[str, object]]:
        """What has happened since the last look; faults and the end are noted."""
        events = self._events.new()
        self.tally.faults += [str(event.get("message")) for event in events if event["event"] in FAULTS]
        for event in events:
            if event["event"] == "ConversationEnded":
                self.tally.told_underruns = event["underruns"]
        return events

    def _turn(self, number: int, text: str) -> None:
        line = Line(text, trimmed(self._say(text)))
        self._stage.wait_for_quiet()
        self._forget()
        spoken = self._stage.speak(line)
        onset = self._stage.wait_for_her(spoken.start_s)
        self.tally.turns += 1
        self.tally.spoiled += not spoken.clean
        if onset is None:
            self.tally.unanswered.append(text)
            return
        if spoken.clean:
            self._note_latency(onset - spoken.end_s)
        kind = kind_of(number)
        if kind != "plain":
            self._over_her_voice(number, kind, onset)
        reply = self._stage.reply(onset)
        self.tally.her_s += seconds(reply, HEARING_RATE_HZ)
        replies = [event for event in self.take_note() if event["event"] == "ReplyStarted"]
        if kind == "plain" and len(replies) == 1:  # an answer given too soon is followed by another
            self.tally.gaps_s += [length_s for _, length_s in silences_s(reply) if length_s > GAP_S]
        self._look_for_breaks(onset, kind)

    def _note_latency(self, latency_s: float) -> None:
        if latency_s < -EARLY_S:
            self.tally.cut_off += 1
        else:
            self.tally.latencies_s.append(latency_s)

    def _over_her_voice(self, number: int, kind: Kind, onset: float) -> None:
        """Interrupt her, or cough, if she still speaks by then."""
        self._stage.wait_until_s(onset + 0.8 + 0.17 * (number % 7))
        if onset_s(self._stage.heard(time.monotonic() - 0.3)) is None:
            self.tally.too_late += 1
            return
        self.take_note()
        spoken = self._stage.speak(self._interruption(number) if kind == "interrupted" else _cough(number))
        if kind == "interrupted":
            self._await_answer(spoken)
        self._stage.wait_for_quiet()
        became = outcome(self.take_note())
        (self.tally.interruptions if kind == "interrupted" else self.tally.coughs).append(became)

    def _interruption(self, number: int) -> Line:
        text = INTERRUPTIONS[number // EVERY_INTERRUPTION % len(INTERRUPTIONS)]
        return Line(text, trimmed(self._say(text)))

    def _await_answer(self, spoken: Spoken) -> None:
        """Return once she has begun to answer, or plainly does not: she would be spoken over by the next turn."""
        self._stage.wait_for_her(spoken.end_s + 0.1, ANSWERED_WITHIN_S)

    def _look_for_breaks(self, onset: float, kind: Kind) -> None:
        from_s = onset - 0.05
        sound = self._fine.since(from_s - self._fine.started_s)
        for found in find_breaks(sound):
            minute = round((from_s + found.at_s - self._began_s) / 60, 2)
            self.tally.breaks.append(heard := HeardBreak(minute, found, kind))
            if found.heard:
                around = slice(*(max(0, round(at_s * RATE_HZ)) for at_s in _around(found)))
                self.kept.append((heard, sound[around].copy()))

    def _forget(self) -> None:
        for recording in self._recordings:
            recording.forget(recording.duration_s - MARGIN_S)

    def _tell(self) -> None:
        tally = self.tally
        print(
            f"{self.minutes:.0f} min: {tally.turns} turns, {len(tally.unanswered)} unanswered, "
            f"{tally.interruptions.count('stopped')} of {len(tally.interruptions)} interruptions stopped her, "
            f"{tally.coughs.count('stopped')} of {len(tally.coughs)} coughs did, "
            f"{len(tally.underruns)} underruns, {len(tally.gaps_s)} gaps, {len(tally.faults)} faults",
            file=sys.stderr,
            flush=True,
        )


def turns() -> Iterator[str]:
    """What is said, no turn twice in the first 600 (two hours)."""
    pairs = [f"{first} {second}" for first, second in (*HESITATIONS, *BREAKS)]
    texts = list(dict.fromkeys((*TURNS, *pairs, *SENTENCES, *QUESTIONS)))
    for number in count():
        opener = OPENERS[number // len(texts) % len(OPENERS)]
        yield f"{opener} {texts[number % len(texts)]}".strip()


def kind_of(number: int) -> Kind:
    """What is done to the reply to turn `number`, counted from 1."""
    if number % EVERY_INTERRUPTION == 0:
        return "interrupted"
    return "coughed over" if number % EVERY_COUGH == 0 else "plain"


def _cough(number: int) -> Line:
    return Line("(cough)", trimmed(noises.cough(number)))


def _around(found: Break) -> tuple[float, float]:
    return found.at_s - KEPT_AROUND_S, found.at_s + found.length_s + KEPT_AROUND_S


def forced_underrun(stage: Stage, fine: Recording) -> Break:
    """Stop her process for 300 ms where she is loud, and find that. Raises EngineError if it is not found."""
    with closing(stage.stories()) as stories:
        for story in islice(stories, SELF_CHECK_TRIES):
            stage.wait_until_s(story.onset_s + 1.0)
            deadline_s = time.monotonic() + 3.0
            while np.abs(stage.heard(time.monotonic() - 0.08)).max(initial=0.0) < LOUD:
                if time.monotonic() > deadline_s:
                    break
                time.sleep(0.01)
            os.kill(story.agent.pid, signal.SIGSTOP)
            try:
                time.sleep(STOPPED_FOR_S)
            finally:
                os.kill(story.agent.pid, signal.SIGCONT)
            fine.wait_for_s(0.7)
            found = find_breaks(fine.since(story.onset_s - fine.started_s))
            long = [one for one in found if one.kind == "gap" and one.length_s >= STOPPED_FOR_S / 3]
            if long:
                return long[0]
    raise EngineError(
        f"She was stopped {SELF_CHECK_TRIES} times in mid-word, and no underrun was found.",
        "The detector is broken: see tests/bench/underruns.py.",
    )


def settings_for(large: bool) -> Settings:
    """Replies of the ordinary length."""
    settings = Settings()
    if not large:
        hearing = settings.hearing.model_copy(update={"transcriber": "whisper-tiny.en"})
        mind = settings.mind.model_copy(update={"model": "smollm2-135m-instruct"})
        settings = settings.model_copy(update={"hearing": hearing, "mind": mind})
    return for_bench(settings, settings.mind.max_reply_tokens)


@contextmanager
def open_hour_stage(folder: Path, settings: Settings, say: Say) -> Iterator[tuple[Stage, tuple[Recording, ...]]]:
    """A stage, and all that is recorded on it, the finest first."""
    with ExitStack() as stack:
        server = stack.enter_context(running_sound_server(folder))
        fine = stack.enter_context(server.record(rate_hz=RATE_HZ))
        her = stack.enter_context(server.record())
        user = stack.enter_context(server.record("microphone"))
        yield Stage(server, her, user, folder, CompanionAgent(settings), say), (fine, her, user)


def run(options: argparse.Namespace, folder: Path) -> int:
    """Hold the conversation; prints and keeps the report. Returns the exit code: 1 if anything failed."""
    say = piper_voice()
    self_check = "not done"
    with open_hour_stage(folder, settings_for(options.large), say) as (stage, recordings):
        if options.self_check:
            found = forced_underrun(stage, recordings[0])
            self_check = f"a gap of {found.length_s * 1000:.0f} ms was made and found"
            print(self_check, file=sys.stderr, flush=True)
        hour = Hour(stage, recordings, EventTail(folder / "events.jsonl"), say)
        usages, minutes = [], 0.0
        try:
            with stage.conversation() as agent, UsageWatch(agent.pid) as watch:
                usages = watch.usages
                try:
                    hour.hold(agent, options.minutes)
                finally:
                    minutes = hour.minutes
        except KeyboardInterrupt:
            print("Interrupted: this is what there is so far.", file=sys.stderr)
        except (CompanionError, TimeoutError, subprocess.CalledProcessError) as error:
            hour.tally.faults.append(str(error))
        hour.take_note()
    done = report(hour.tally, usages, minutes, self_check)
    print(done.as_json(whole=False))
    if options.keep:
        _keep(options.keep, done.as_json(whole=True), hour.kept)
    return 1 if done.faults else 0


def _keep(folder: Path, text: str, kept: list[tuple[HeardBreak, Samples]]) -> None:
    import soundfile

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hour.json").write_text(text + "\n", encoding="utf-8")
    for heard, sound in kept:
        name = f"{heard.found.kind}-at-{heard.minute:06.2f}-min.wav"
        soundfile.write(folder / name, sound, RATE_HZ, subtype="PCM_16")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--large", action="store_true", help="base + Qwen2.5-1.5B instead of tiny.en + SmolLM2")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the report and the sound of underruns here")
    parser.add_argument(
        "--no-self-check", dest="self_check", action="store_false", help="do not try first if an underrun is found"
    )
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # what shells start in the background ignores the first
        signal.signal(number, _interrupt)
    with tempfile.TemporaryDirectory(prefix="companion-hour-") as folder:
        try:
            code = run(options, Path(folder))
        except CompanionError as error:
            print(f"{error.message} {error.hint}", file=sys.stderr)
            code = 1
        except KeyboardInterrupt:
            code = 130
    sys.exit(code)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
