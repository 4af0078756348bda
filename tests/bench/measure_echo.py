"""The echo path, measured through virtual devices: python -m tests.bench.measure_echo [--replies N] [--tries N]

The speaker is looped to the microphone, at 40, 90 and 150 ms, -6 and -12 dB, each with two reflections; the paths
are measured before use. She must not hear herself, and must hear whoever speaks over her. Prints one JSON object.
Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from companion.core.audio import HEARING_RATE_HZ
from tests.bench.everyday import QUESTIONS
from tests.bench.measure import Figures, Voice
from tests.endtoend.live import Talk, espeak, storyteller, talking
from tests.endtoend.room import room
from tests.endtoend.words import error_rate, plain
from tests.room import PATHS
from tests.sound_server import SoundServer, running_sound_server

REQUESTS = (
    "Wait, hold on please. What did the small brown dog look like?",
    "Stop, one moment. Which park did you walk in this morning?",
    "Excuse me, wait. Where were the children playing by the river?",
)
"""The first sentence stops her; the second is what must be understood."""

SELF_ANSWER_S = 2.5
"""How long after a reply she may still answer herself."""

STOPS_WITHIN_S = 3.0


@dataclass
class Counted:
    """What the replies came to."""

    replies: int = 0
    self_interruptions: int = 0
    self_answers: int = 0
    lowered: int = 0
    paths: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)


@dataclass
class Tried:
    """What the interruptions came to."""

    tries: int = 0
    stopped: int = 0
    stopped_before: int = 0
    """By herself, before anybody spoke."""
    error_rates: list[float] = field(default_factory=list)


def replies(folder: Path, voice: Voice, options: argparse.Namespace) -> Counted:
    """Questions asked in turn, in each room; nobody speaks while she does."""
    counted = Counted()
    for number, (delay_s, gain_db) in enumerate(PATHS):
        count = _share(options.replies, number)
        with running_sound_server(folder) as server, room(server, delay_s, gain_db) as measured:
            counted.paths.append(f"{1000 * measured.delay_s:.0f} ms, {measured.gain_db} dB")
            if count:
                _converse(server, folder, voice, options, count, counted)
    return counted


def _converse(
    server: SoundServer, folder: Path, voice: Voice, options: argparse.Namespace, count: int, counted: Counted
) -> None:
    with talking(folder, storyteller(folder, options.large), greeted=False) as talk:
        for asked in range(count):
            if asked:
                server.speak(voice.say(QUESTIONS[asked % len(QUESTIONS)]), HEARING_RATE_HZ)
                talk.wait_for("UserSpoke")
            _wait_for_the_end(talk)
            with server.record() as recording:
                recording.wait_for_s(SELF_ANSWER_S)
            counted.replies += 1
            _settle(talk)
        names = [event["event"] for event in talk.events]
        counted.self_interruptions += names.count("ReplyInterrupted")
        counted.self_answers += names.count("UserSpoke") - (count - 1)
        counted.lowered += names.count("VoiceLowered")
        counted.states += [event["state"] for event in talk.events if event["event"] == "EchoStateChanged"]
        if options.verbose:
            _show(talk)


def _wait_for_the_end(talk: Talk) -> None:
    talk.wait_for("ReplyStarted")
    talk.wait_for_any("ReplyFinished", "ReplyInterrupted")


def _settle(talk: Talk) -> None:
    """If she answered herself, wait until she has done."""
    if any(event["event"] == "ReplyStarted" for event in talk.unseen):
        _wait_for_the_end(talk)
        _settle(talk)


def interruptions(folder: Path, voice: Voice, options: argparse.Namespace) -> Tried:
    """Somebody speaks over her story, as loud as her echo or 6 dB louder."""
    tried = Tried()
    for number, (delay_s, gain_db) in enumerate(PATHS):
        with running_sound_server(folder) as server, room(server, delay_s, gain_db):
            for _ in range(_share(options.tries, number)):
                _interrupt(server, folder, voice, options, tried)
    return tried


def _interrupt(server: SoundServer, folder: Path, voice: Voice, options: argparse.Namespace, tried: Tried) -> None:
    request = REQUESTS[tried.tries % len(REQUESTS)]
    said = voice.say(request) if tried.tries % 2 else _as_loud(espeak(request, folder), voice.say(request))
    tried.tries += 1
    with server.record() as her, talking(folder, storyteller(folder, options.large), greeted=False) as talk:
        talk.wait_for("ReplyStarted")
        her.wait_for_s(2.0 + 0.37 * (tried.tries % 7))
        before = [event["event"] for event in talk.events].count("ReplyInterrupted")
        server.speak(said, HEARING_RATE_HZ)
        her.wait_for_s(STOPS_WITHIN_S)
        events = talk.events
    names = [event["event"] for event in events]
    tried.stopped_before += bool(before)
    tried.stopped += not before and "ReplyInterrupted" in names
    heard = " ".join(event["text"] for event in events if event["event"] == "UserSpoke")
    wanted = request.partition(". ")[2]
    tried.error_rates.append(error_rate_of_end(wanted, heard))
    if options.verbose:
        print(f"{tried.error_rates[-1]:.2f} {'ReplyInterrupted' in names} {request!r} -> {heard!r}", file=sys.stderr)


def error_rate_of_end(wanted: str, heard: str) -> float:
    """Word error rate of `wanted` in the end of `heard`, whatever comes before it; 1 at most."""
    words = plain(heard).split()
    return min(1.0, *(error_rate(wanted, " ".join(words[start:])) for start in range(len(words) + 1)))


def _as_loud(samples: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.asarray(samples * np.sqrt(np.mean(other**2) / np.mean(samples**2)), dtype=np.float32)


def _share(total: int, number: int) -> int:
    """How many of `total` fall to path `number`."""
    return total // len(PATHS) + (number < total % len(PATHS))


def _show(talk: Talk) -> None:
    for event in talk.events:
        if event["event"] in ("UserSpoke", "ReplyFinished", "ReplyInterrupted", "EchoStateChanged"):
            print({key: str(value)[:60] for key, value in event.items()}, file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replies", type=int, default=60)
    parser.add_argument("--tries", type=int, default=30)
    parser.add_argument("--large", action="store_true", help="base + Qwen2.5-1.5B instead of tiny.en + SmolLM2")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args(arguments)
    voice = Voice()
    with tempfile.TemporaryDirectory() as folder:
        counted = replies(Path(folder), voice, options) if options.replies else Counted()
        tried = interruptions(Path(folder), voice, options) if options.tries else Tried()
    figures: Figures = {
        "echo paths": counted.paths,
        "replies": counted.replies,
        "self-interruptions": counted.self_interruptions,
        "self-answers": counted.self_answers,
        "voice lowered for nothing": counted.lowered,
        "states": sorted(set(counted.states)),
        "interruptions tried": tried.tries,
        "stopped": tried.stopped,
        "stopped by herself before": tried.stopped_before,
        "word error rate after she stopped": round(float(np.mean(tried.error_rates)), 3) if tried.tries else None,
        "word error rates": [round(rate, 2) for rate in tried.error_rates],
    }
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
