"""`companion bench --live`: scripted conversations through virtual devices, measured at the audio alone."""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import numpy as np
import soxr

from companion.cli.live_agents import VOICE_NAMES, CompanionAgent, for_bench, pipecat_agent
from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.core.errors import EngineError
from companion.core.paths import cache_folder
from companion.core.settings import Settings, Voice
from companion.diagnostics.live import scripts, sections
from companion.diagnostics.live.agent import Agent
from companion.diagnostics.live.figures import AgentFigures
from companion.diagnostics.live.report import LiveReport, markdown, table
from companion.diagnostics.live.scripts import Say
from companion.diagnostics.live.sections import Hear, Progress
from companion.diagnostics.live.stage import Stage, open_stage
from companion.diagnostics.machine import library_versions, machine_facts
from companion.diagnostics.sound_server import check_programs
from companion.her_voices import make_synthesizer, resolve_model

TRIES = {"response": 40, "pauses": 40, "barge-in": 30, "not-interruptions": 30, "echo": 12}
"""The sections, and how often each tries."""

REPLY_TOKENS = 24
"""Longest reply: what comes after her first sentence tells nothing of her latency and takes time to hear."""

SPEAKING_LEVEL = 0.5
SPEAKING_SPEED = 0.9
"""The starter voice is in a hurry; at this pace it says some four words a second, as people do."""

SEED = 7


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `--live`."""
    live = parser.add_argument_group("live", "measured at the audio, through virtual devices of a private sound server")
    live.add_argument("--live", action="store_true", help="hold scripted conversations in real time (half an hour)")
    live.add_argument("--only", type=_sections, metavar="A,B", help=f"some of the sections: {', '.join(TRIES)}")
    live.add_argument("--turns", type=_tries, metavar="N", help="tries in each section (40, 30 or 12)")
    live.add_argument(
        "--agent", choices=("ours", "pipecat", "both"), default="ours", help="whom to measure (a peer: from a checkout)"
    )
    live.add_argument("--peer-env", type=Path, metavar="FOLDER", help="where the peer is, or is to be, installed")
    live.add_argument(
        "--reply-tokens",
        type=_tokens,
        default=REPLY_TOKENS,
        metavar="N",
        help=f"longest reply, in tokens ({REPLY_TOKENS})",
    )
    live.add_argument("--markdown", action="store_true", help="print the table as BENCHMARKS.md has it")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Measure, print. Raises DeviceError if there is no sound server to start."""
    check_programs()
    settings = for_bench(settings, args.reply_tokens)
    chosen: tuple[str, ...] = args.only or tuple(TRIES)
    peer = args.peer_env or cache_folder() / "pipecat"
    agents: list[Agent] = []
    if args.agent in ("ours", "both"):
        agents.append(CompanionAgent(settings))
    if args.agent in ("pipecat", "both"):
        agents.append(pipecat_agent(settings, peer))
    with _ended_by_signals(), tempfile.TemporaryDirectory(prefix="companion-bench-") as folder:
        judge = _judge()
        measured = [_measure(agent, chosen, args.turns, judge, Path(folder)) for agent in agents]
    report = _report(settings, measured)
    if args.json:
        print(json.dumps(asdict(report), ensure_ascii=False, indent=2))
    else:
        print(markdown(report) if args.markdown else table(report))
    return 1 if any(agent.failed for agent in measured) else 0


def _tries(text: str) -> int:
    return _whole_number(text, 1, 1000)


def _tokens(text: str) -> int:
    return _whole_number(text, 16, 2048)


def _whole_number(text: str, least: int, most: int) -> int:
    with contextlib.suppress(ValueError):
        if least <= (number := int(text)) <= most:
            return number
    raise argparse.ArgumentTypeError(f"a whole number from {least} to {most}")


def _sections(text: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in text.split(","))
    if unknown := [name for name in chosen if name not in TRIES]:
        raise argparse.ArgumentTypeError(f"there is no section {unknown[0]!r}; choose from {', '.join(TRIES)}")
    return chosen


def _measure(agent: Agent, chosen: tuple[str, ...], turns: int | None, hear: Hear, folder: Path) -> AgentFigures:
    """Every section has its own sound server and voices: it is the same whatever was measured before it."""
    figures = AgentFigures(agent.name)
    for section in chosen:
        count = turns or TRIES[section]
        progress = _progress(f"{agent.name}, {section}", count)
        voices = [piper_voice(), *_espeak_voice(folder)]
        with tempfile.TemporaryDirectory(dir=folder) as own, open_stage(Path(own), agent, voices[0]) as stage:
            try:
                figures = _measure_section(figures, section, count, stage, voices, hear, progress)
            except EngineError as error:
                print(f"{agent.name}, {section}: {error}", file=sys.stderr)
                figures = replace(figures, failed=[*figures.failed, section])
    return figures


def _measure_section(
    figures: AgentFigures, section: str, count: int, stage: Stage, voices: list[Say], hear: Hear, progress: Progress
) -> AgentFigures:
    match section:
        case "response":
            return replace(figures, response=sections.response(stage, scripts.everyday(voices[0], count), progress))
        case "pauses":
            return replace(figures, pauses=sections.pauses(stage, scripts.with_pauses(voices[0], count), progress))
        case "barge-in":
            lines = scripts.interruptions(voices, count)
            return replace(
                figures, barge_in=sections.barge_in(stage, lines, partial(_judge_of_stories, hear), progress)
            )
        case "echo":
            return replace(figures, echo=sections.echo(stage, count, progress))
        case _:
            lines = scripts.not_interruptions(voices, count)
            return replace(figures, not_interruptions=sections.not_interruptions(stage, lines, hear, progress))


def _progress(what: str, count: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{what}: {done} of {count}", end="\n" if done >= count else "", file=sys.stderr, flush=True)
        elif done in (1, count) or done % 10 == 0:
            print(f"{what}: {done} of {count}", file=sys.stderr, flush=True)

    return told


def piper_voice() -> Say:
    """The user's voice: the starter voice, which says the same lines in the same order in the same way each time."""
    import onnxruntime

    onnxruntime.set_seed(SEED)
    synthesizer = make_synthesizer(Settings(voice=Voice(voice=VOICE_NAMES["auto"], speed=SPEAKING_SPEED)))

    def say(text: str) -> Samples:
        samples = soxr.resample(synthesizer.voice(text).samples, synthesizer.rate_hz, HEARING_RATE_HZ)
        return np.asarray(samples * SPEAKING_LEVEL, dtype=np.float32)

    return say


def _espeak_voice(folder: Path) -> list[Say]:
    """Another voice for what is said over hers, where espeak-ng is installed."""
    from companion.backends.wav_files import read_wav

    if shutil.which("espeak-ng") is None:
        return []

    def say(text: str) -> Samples:
        file = folder / "espeak.wav"
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(file), text], check=True)
        samples, rate_hz = read_wav(file)
        resampled = soxr.resample(samples, rate_hz, HEARING_RATE_HZ)
        return np.asarray(resampled / np.abs(resampled).max() * SPEAKING_LEVEL, dtype=np.float32)

    return [say]


def _judge() -> Hear:
    """Whisper base with its full context, loaded when it is first asked: it is given time."""
    from companion.backends.whisper import WhisperTranscriber

    @cache
    def transcriber() -> WhisperTranscriber:
        return WhisperTranscriber(resolve_model("whisper-base", "transcriber"), language="en", context_s=30.0)

    return lambda samples: transcriber().transcribe(samples).text


def _judge_of_stories(hear: Hear, undisturbed: Sequence[Samples]) -> Hear:
    """What hears how far a story was told: `HowFar` where it can be had, else Whisper, which is less exact."""
    from companion.diagnostics.live.how_far import HowFar

    try:
        return HowFar(scripts.STORY, undisturbed)
    except EngineError as error:
        print(f"{error.message} Whisper judges which words were heard, less exactly.", file=sys.stderr)
        return hear


def _report(settings: Settings, agents: list[AgentFigures]) -> LiveReport:
    machine = machine_facts()
    return LiveReport(
        date=datetime.now(UTC).strftime("%Y-%m-%d"),
        processor=machine.processor,
        logical_cores=machine.logical_cores,
        memory_gb=round(machine.memory_total_bytes / 2**30),
        system=machine.system,
        python=machine.python,
        versions=library_versions(),
        models=[settings.hearing.transcriber, settings.mind.model, settings.voice.voice],
        agents=agents,
    )


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """A request to terminate ends the run as Ctrl-C does: with nothing left running."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
