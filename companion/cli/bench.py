"""`companion bench`: how long you wait for her first word on this machine, and where the time goes."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import repeat
from pathlib import Path

import numpy as np
import soxr

from companion.app import open_session
from companion.backends.wav_files import SilentSpeaker, read_wav
from companion.cli import live_bench
from companion.core import events as ev
from companion.core.audio import BLOCK_S, BLOCK_SAMPLES, HEARING_RATE_HZ, Samples, seconds, silence
from companion.core.errors import UsageError
from companion.core.events import Latency
from companion.core.intents import Stop
from companion.core.paths import shipped
from companion.core.settings import Settings
from companion.diagnostics.figures import StageFigures, stage_figures
from companion.diagnostics.machine import MemoryWatch, library_versions, machine_facts
from companion.session import Engines
from companion.sound import Sound
from companion.talk.ear import speech_end_s

SETTLE_S = 1.0
"""Silence before each sentence: she has finished, and nothing is in flight."""

LISTENED_S = 2.0
"""How much of each answer is heard before she is stopped: its length says nothing about its latency."""

PATIENCE_S = 60.0
"""A sentence that gets no answer within this is counted as unanswered."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "bench",
        help="measure how soon she answers on this machine",
        description="Plays the shipped sentences to her in real time, and prints how long each stage of an answer\n"
        "takes, from the end of the sentence's sound to her first sound. Close other programs first.\n\n"
        "With --live: whole conversations through virtual devices, measured at the audio alone.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=_rounds, default=2, metavar="N", help="times through the sentences (2)")
    parser.add_argument("--transcriber", metavar="NAME", help="another speech-to-text model than the settings'")
    parser.add_argument("--mind", metavar="NAME", help="another embedded language model than the settings'")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    live_bench.add_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    settings: Settings = args.settings
    if args.transcriber:
        settings = settings.model_copy(
            update={"hearing": settings.hearing.model_copy(update={"transcriber": args.transcriber})}
        )
    if args.mind:
        mind = settings.mind.model_copy(update={"engine": "embedded", "model": args.mind})
        settings = settings.model_copy(update={"mind": mind})
    if args.live:
        return live_bench.run(args, settings)
    report = asyncio.run(_measure(settings, args.rounds))
    print(json.dumps(asdict(report), ensure_ascii=False, indent=2) if args.json else _table(report))
    return 0 if not report.unanswered else 1


def _rounds(text: str) -> int:
    with suppress(ValueError):
        if 1 <= (rounds := int(text)) <= 100:
            return rounds
    raise argparse.ArgumentTypeError("a whole number from 1 to 100")


@dataclass
class Report:
    """All that one run measured."""

    date: str
    machine: dict[str, object]
    versions: dict[str, str]
    engines: list[str]
    turns: int
    unanswered: int
    cut_offs: int
    """Answers that began before the sentence had ended."""
    stages: list[StageFigures]
    transcriber_real_time_factor: float
    voice_real_time_factor: float
    cpu_s_per_turn: float
    peak_memory_mb: float
    start_s: float
    """From the command to the listening state."""
    gaps_ms: list[int] = field(default_factory=list)


class SentencePlayer:
    """A Microphone that says one sentence after another, each once her last answer has ended."""

    def __init__(self, sentences: list[Samples]) -> None:
        self._sentences = sentences
        self.ends_s: list[float] = []
        """Audio time at which the sound of each sentence ended."""
        self.free = asyncio.Event()
        self._exhausted = False

    name = "the shipped sentences"
    lockstep = False
    latency_s = 0.0
    at_ease = False

    @property
    def exhausted(self) -> bool:
        return self._exhausted

    async def blocks(self) -> AsyncGenerator[Samples, None]:
        """Blocks in real time; each is due at a time counted from the first, so lateness never adds up."""
        loop = asyncio.get_running_loop()
        started_s = loop.time()
        for number, block in enumerate(self._timeline(), start=1):
            await asyncio.sleep(max(0.0, started_s + number * BLOCK_S - loop.time()))
            yield block

    def _timeline(self) -> Iterator[Samples]:
        sent = 0
        for sentence in self._sentences:
            for block in self._wait(SETTLE_S):
                sent += 1
                yield block
            self.ends_s.append(sent * BLOCK_S + speech_end_s(sentence))
            self.free.clear()
            for block in _blocks(sentence):
                sent += 1
                yield block
            for block in self._wait(PATIENCE_S):
                if self.free.is_set():
                    break
                sent += 1
                yield block
        self._exhausted = True
        yield from repeat(silence(BLOCK_S, HEARING_RATE_HZ))

    @staticmethod
    def _wait(duration_s: float) -> Iterator[Samples]:
        return repeat(silence(BLOCK_S, HEARING_RATE_HZ), round(duration_s / BLOCK_S))


def _blocks(sentence: Samples) -> Iterator[Samples]:
    """The sentence in blocks, the last one filled up with silence."""
    whole = np.zeros(-(-len(sentence) // BLOCK_SAMPLES) * BLOCK_SAMPLES, dtype=np.float32)
    whole[: len(sentence)] = sentence
    return iter(whole.reshape(-1, BLOCK_SAMPLES))


def shipped_sentences() -> list[Samples]:
    """The sentences that come with the program, at 16 kHz. Raises UsageError if they are not there."""
    folder = shipped("assets") / "bench"
    files = sorted(folder.glob("*.wav"))
    if not files:
        raise UsageError(f"The benchmark's sentences are not in {folder}.", "Install Companion anew.")
    return [_at_hearing_rate(file) for file in files]


def _at_hearing_rate(file: Path) -> Samples:
    samples, rate_hz = read_wav(file)
    return np.asarray(soxr.resample(samples, rate_hz, HEARING_RATE_HZ), dtype=np.float32)


async def _measure(settings: Settings, rounds: int) -> Report:
    sentences = shipped_sentences()
    player = SentencePlayer(sentences * rounds)
    score = _Score(player, len(sentences) * rounds)
    began = time.monotonic()
    with MemoryWatch() as watch:
        async with open_session(settings, Sound(player, SilentSpeaker, greets=False), score.take, _note) as session:
            start_s = time.monotonic() - began
            score.stop = partial(session.conversation.ask, Stop())
            cpu_before_s = watch.cpu_s
            await session.run()
            cpu_s = watch.cpu_s - cpu_before_s
            peak_bytes = watch.peak_bytes  # before the work below, which is the benchmark's own
            hearing, voice = _real_time_factors(session.engines, sentences)
            engines = [f"{info.part}: {info.name} {info.model}, on {info.where}" for info in session.engines.infos()]
    return Report(
        date=datetime.now(UTC).strftime("%Y-%m-%d"),
        machine=asdict(machine_facts()),
        versions=library_versions(),
        engines=engines,
        turns=score.turns,
        unanswered=score.turns - len(score.latencies),
        cut_offs=score.cut_offs,
        stages=stage_figures(score.latencies) if score.latencies else [],
        transcriber_real_time_factor=hearing,
        voice_real_time_factor=voice,
        cpu_s_per_turn=cpu_s / score.turns,
        peak_memory_mb=peak_bytes / 1e6,
        start_s=start_s,
        gaps_ms=[round(1000 * (latency.gap_s or 0.0)) for latency in score.latencies],
    )


class _Score:
    """Takes the events: the latency of every answer, and leave for the next sentence."""

    def __init__(self, player: SentencePlayer, turns: int) -> None:
        self._player = player
        self.turns = turns
        self.stop: Callable[[], None] = lambda: None
        self._by_sentence: dict[int, Latency] = {}
        self.cut_offs = 0
        """Answers that began before the sentence had ended."""

    @property
    def latencies(self) -> list[Latency]:
        """One for each sentence that was answered."""
        return list(self._by_sentence.values())

    def take(self, event: ev.Event) -> None:
        match event:
            case ev.ReplyStarted(at_s, latency) if self._player.ends_s:
                # The file tells the end of the sentence better than ears can.
                true_end_s = self._player.ends_s[-1]
                if at_s < true_end_s:
                    self.cut_offs += 1
                else:
                    self._by_sentence[len(self._player.ends_s)] = replace(latency, speech_ended_s=true_end_s)
                    asyncio.get_running_loop().call_later(LISTENED_S, self.stop)
            case ev.ReplyFinished() | ev.ReplyInterrupted():
                self._player.free.set()
                if sys.stderr.isatty():
                    done = len(self.latencies)
                    end = "\n" if done == self.turns else ""
                    print(f"\r{done} of {self.turns}", end=end, file=sys.stderr, flush=True)
            case ev.Faulted(_, message, hint):
                _note(f"{message} {hint}")
                self._player.free.set()
            case _:
                pass


def _note(text: str) -> None:
    print(f"·  {text}", file=sys.stderr)


def _real_time_factors(engines: Engines, sentences: list[Samples]) -> tuple[float, float]:
    """Seconds of work for a second of sound, alone on the machine: speech to text, and voice."""
    assert engines.transcriber is not None and engines.synthesizer is not None
    began = time.perf_counter()
    for sentence in sentences:
        engines.transcriber.transcribe(sentence)
    hearing_s = time.perf_counter() - began
    began = time.perf_counter()
    lines = (shipped("assets") / "bench" / "sentences.txt").read_text(encoding="utf-8").splitlines()
    voiced = [engines.synthesizer.voice(line).samples for line in lines]
    voice_s = time.perf_counter() - began
    heard_s = sum(seconds(sentence, HEARING_RATE_HZ) for sentence in sentences)
    said_s = sum(seconds(samples, engines.synthesizer.rate_hz) for samples in voiced)
    return hearing_s / heard_s, voice_s / said_s


def _table(report: Report) -> str:
    machine = report.machine
    lines = [
        f"{report.date} · {machine['processor']} · {machine['logical_cores']} cores · {machine['system']}",
        *report.engines,
        "",
        f"{'from the end of your speech':<28}{'p50 ms':>8}{'p90 ms':>8}{'share':>8}",
        *(f"{row.name:<28}{row.p50_ms:>8.0f}{row.p90_ms:>8.0f}{row.share:>8.0%}" for row in report.stages),
        "",
        f"turns {report.turns}, unanswered {report.unanswered}, cut off {report.cut_offs}; "
        f"ready after {report.start_s:.1f} s",
        f"real-time factor: speech to text {report.transcriber_real_time_factor:.3f}, "
        f"voice {report.voice_real_time_factor:.3f}",
        f"processor {report.cpu_s_per_turn:.2f} s a turn; peak memory {report.peak_memory_mb:.0f} MB",
        "versions: " + ", ".join(f"{name} {version}" for name, version in report.versions.items()),
    ]
    return "\n".join(lines)
