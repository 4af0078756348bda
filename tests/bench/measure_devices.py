"""Devices that come and go in mid-reply and in mid-question: python -m tests.bench.measure_devices [--rounds 2]

Unplugs and plugs in again the microphone, then the speaker, then kills and restarts the sound server. Each
time the conversation must go on within 2 s of the device's return, with nothing lost from its history.
Prints one JSON object. Starts its own sound server and `companion talk`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, Samples
from tests.bench.measure import Voice
from tests.chronicle import Record
from tests.endtoend.live import STORY, Talk, storyteller, talking
from tests.endtoend.sound import onset_s
from tests.endtoend.words import error_rate
from tests.sound_server import SoundServer, running_sound_server

GOES_ON_WITHIN_S = 2.0
_GONE_S = 2.0
_GONE_TO_THE_END_S = 7.0
"""So long is the microphone away that the rest of the question is spoken to nobody."""
_INTO_REPLY_S = 3.0
_INTO_QUESTION_S = 1.0

LONG_QUESTION = "I had a really long day at work, so could you tell me what I should cook for dinner tonight?"
QUESTION = "What should I cook for dinner tonight?"


@dataclass(frozen=True)
class Outcome:
    """What came of one loss."""

    device: str
    when: str
    back_after_s: float
    """From the return of the device to the event that says so."""
    aloud_after_s: float | None
    """From there to her voice at the speaker, where she was speaking and it was the speaker that had gone."""
    history: bool
    """The reply that was cut short was told to its end, and the question after it was understood and answered."""

    @property
    def good(self) -> bool:
        return self.history and max(self.back_after_s, self.aloud_after_s or 0.0) <= GOES_ON_WITHIN_S


@dataclass(frozen=True)
class Said:
    """What was said, and by whom."""

    who: str
    text: str


@dataclass(frozen=True)
class Loss:
    """A way to lose a device, or all."""

    device: str
    parts: tuple[str, ...]
    away: Callable[[SoundServer], None]
    back: Callable[[SoundServer], None]


def _unplug_speaker(server: SoundServer) -> None:
    server.add_sink("auto_null", preferred=True)  # as sound servers do when the last speaker goes
    server.remove_sink("speaker")


def _plug_speaker(server: SoundServer) -> None:
    server.add_sink("speaker")
    server.set_default_sink("speaker")
    server.remove_sink("auto_null")


def _plug_microphone(server: SoundServer) -> None:
    server.add_source("microphone")


LOSSES = (
    Loss("microphone", ("microphone",), lambda server: server.remove_source("microphone"), _plug_microphone),
    Loss("speaker", ("speaker",), _unplug_speaker, _plug_speaker),
    Loss("sound server", ("microphone", "speaker"), SoundServer.kill, SoundServer.start),
)


def measure(folder: Path, rounds: int, only: str | None = None) -> list[Outcome]:
    """Each loss in mid-reply and in mid-question, `rounds` times."""
    voice = Voice()
    outcomes: list[Outcome] = []
    with running_sound_server(folder) as server:
        for _ in range(rounds):
            for loss in (loss for loss in LOSSES if only in (None, loss.device)):
                with talking(folder, storyteller(folder), greeted=False) as talk:
                    outcomes.append(in_mid_reply(server, talk, loss, voice))
                    print(json.dumps(asdict(outcomes[-1])), file=sys.stderr, flush=True)
                    outcomes.append(in_mid_question(server, talk, loss, voice))
                    print(json.dumps(asdict(outcomes[-1])), file=sys.stderr, flush=True)
    return outcomes


def in_mid_reply(server: SoundServer, talk: Talk, loss: Loss, voice: Voice) -> Outcome:
    """She tells a long story; the device goes and comes back before its end."""
    talk.wait_for("ReplyStarted")
    with server.record() as recording:
        recording.wait_for_s(_INTO_REPLY_S)
    returned_s, back_after_s = _lose_and_return(server, talk, loss)
    aloud_after_s = _aloud_after_s(server, returned_s) if "speaker" in loss.parts else None
    told = talk.wait_for("ReplyFinished")["text"]
    talk.wait_for("StateChanged", state="listening")
    answered = _ask(server, talk, voice)
    return Outcome(loss.device, "mid-reply", back_after_s, aloud_after_s, told == STORY and answered)


def in_mid_question(server: SoundServer, talk: Talk, loss: Loss, voice: Voice) -> Outcome:
    """The user asks; the device goes while he speaks, and comes back."""
    earlier = _said(talk.events)
    with _speaking(server, voice.say(LONG_QUESTION)):
        with server.record("mic_in.monitor") as recording:
            recording.wait_for_s(_INTO_QUESTION_S)
        deaf = "microphone" in loss.parts
        _, back_after_s = _lose_and_return(server, talk, loss, _GONE_TO_THE_END_S if deaf else _GONE_S)
    if not deaf:
        heard = _heard_and_answered(talk, len(earlier))
        print(f"{heard!r}", file=sys.stderr)
        answered = error_rate(LONG_QUESTION, heard) <= 0.2
    else:
        talk.wait_for("StateChanged", state="listening")
        answered = True
    answered &= _ask(server, talk, voice)
    return Outcome(
        loss.device, "mid-question", back_after_s, None, answered and _said(talk.events)[: len(earlier)] == earlier
    )


def _heard_and_answered(talk: Talk, before: int) -> str:
    """What was heard of LONG_QUESTION after the first `before` things said, once she has answered its last word.

    In one turn or in two: an answer may come within the pause at the comma, and before the speaker is back.
    """

    def answered(events: list[Record]) -> bool:
        states = [event["state"] for event in events if event["event"] == "StateChanged"]
        *_, question, answer = [Said("", ""), Said("", ""), *_said(events)[before:]]
        end = LONG_QUESTION.split()[-1].rstrip("?")
        return states[-1] == "listening" and answer.who == "companion" and question.text.rstrip(".?").endswith(end)

    talk.wait_until(answered, "answer to the long question")
    return " ".join(said.text for said in _said(talk.events)[before:] if said.who == "user")


def _lose_and_return(server: SoundServer, talk: Talk, loss: Loss, gone_s: float = _GONE_S) -> tuple[float, float]:
    """When the device was back (time.monotonic), and after how long the conversation said so."""
    loss.away(server)
    for _ in loss.parts:
        talk.wait_for("DeviceLost")
    time.sleep(gone_s)
    loss.back(server)
    returned_s = time.monotonic()
    for _ in loss.parts:
        talk.wait_for("DeviceReturned")
    return returned_s, round(time.monotonic() - returned_s, 2)


def _aloud_after_s(server: SoundServer, returned_s: float) -> float:
    """From the return of the speaker to her first sound there."""
    with server.record() as recording:
        recording.wait_for_s(1.0)
        while True:
            try:
                sounds_s = recording.started_s + onset_s(recording.samples, 0.0)
                return round(sounds_s - returned_s, 2)
            except ValueError:
                recording.wait_for_s(0.1)


def _ask(server: SoundServer, talk: Talk, voice: Voice) -> bool:
    """Whether a question is understood, and answered aloud."""
    with server.record() as recording:
        server.speak(voice.say(QUESTION), HEARING_RATE_HZ)
        heard = talk.wait_for("UserSpoke")["text"]
        reply = talk.wait_for("ReplyFinished")["text"]
        talk.wait_for("StateChanged", state="listening")
    print(f"{heard!r} -> {reply!r}", file=sys.stderr)
    return error_rate(QUESTION, heard) <= 0.3 and bool(reply) and float(np.abs(recording.samples).max()) > 0.05


def _said(events: list[Record]) -> list[Said]:
    who = {"UserSpoke": "user", "ReplyFinished": "companion"}
    return [Said(who[event["event"]], event["text"]) for event in events if event["event"] in who]


@contextmanager
def _speaking(server: SoundServer, speech: Samples) -> Iterator[None]:
    """The user speaks while the block runs, on a server that may die under him."""
    thread = threading.Thread(target=server.speak_if_possible, args=(speech, HEARING_RATE_HZ))
    thread.start()
    try:
        yield
    finally:
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", help="one device")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = measure(Path(folder), options.rounds, options.only)
    figures = {
        "went_on": f"{sum(outcome.good for outcome in outcomes)} of {len(outcomes)}",
        "back_after_s": [outcome.back_after_s for outcome in outcomes],
        "outcomes": [asdict(outcome) | {"good": outcome.good} for outcome in outcomes],
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
