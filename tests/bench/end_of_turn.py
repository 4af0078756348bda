"""How well the end of a turn is known, on real engines: python -m tests.bench.end_of_turn [options]

Sentences with a pause in the middle, and whole ones, are spoken by Piper and by espeak-ng. Silero finds the silences,
Smart Turn and Whisper judge what came before each, and `patience` says when she would answer. The time that the
engines take is not measured but given (`--text-after`, `--sound-after`), so the figures do not depend on the machine.
Sounds (Piper never says the same twice), verdicts and transcripts are kept in `--cache`: the first run takes minutes,
the next ones seconds, and all judge the same recordings.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from companion.backends.silero import SileroActivity
from companion.backends.smart_turn import SmartTurn
from companion.backends.whisper import WhisperTranscriber
from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from companion.core.settings import Settings
from companion.her_voices import make_synthesizer, resolve_model
from companion.talk.end_of_turn import Evidence, Pace, Patience, PatienceRules, patience
from companion.talk.floor import Rules
from companion.talk.turn_taking import HYSTERESIS
from tests.bench import turns
from tests.endtoend.live import at_rate, espeak

PAUSES_S = (0.6, 0.7, 0.8, 0.9)
SHORTEST_SILENCE_S = 0.2
"""Shorter ones are over before anything could be judged."""
SOUND_TAIL_S = 0.2
"""Silence that Smart Turn is given after the speech."""
TEXT_TAIL_S = 0.1
ESPEAK_VOICES = ("en-us+m3", "en-gb-x-rp+f3", "en-gb-scotland", "en-us+f2")

KINDS = ("MARKED", "THINKING", "WHOLE")
USERS = ("joe", "joe, apart", "espeak")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn as sound: 16 kHz, with silence before and after."""

    voice: str
    sentence: str
    samples: Samples

    @property
    def user(self) -> str:
        """espeak's voices are one user: each says too little to be known."""
        return self.voice if self.voice.startswith("joe") else "espeak"


@dataclass(frozen=True, slots=True)
class Silence:
    """A silence that Silero found in a turn."""

    turn: Spoken
    since_s: float
    until_s: float | None
    """None for the last one, after which nothing comes."""


class Kept:
    """What was spoken and what the engines said of it, in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._file = folder / "results.json"
        self._results: dict[str, Any] = json.loads(self._file.read_text()) if self._file.exists() else {}

    def sound(self, name: str, speak: Callable[[], Samples]) -> Samples:
        file = self._folder / f"{hashlib.sha1(name.encode()).hexdigest()}.npy"
        if not file.exists():
            np.save(file, speak())
        samples: Samples = np.load(file)
        return samples

    def result(self, engine: str, samples: Samples, compute: Callable[[Samples], Any]) -> Any:
        key = f"{engine} {hashlib.sha1(samples.tobytes()).hexdigest()}"
        if key not in self._results:
            self._results[key] = compute(samples)
            self._file.write_text(json.dumps(self._results, indent=0))
        return self._results[key]


class Voices:
    """Who speaks the turns."""

    def __init__(self, folder: Path, kept: Kept) -> None:
        self._folder = folder
        self._kept = kept
        self._piper = make_synthesizer(Settings())
        self._spoken = 0

    def whole(self, sentence: str) -> Iterator[Spoken]:
        yield self._turn("joe", sentence, lambda: _framed(self._joe(sentence)))
        voice = self._next_espeak()
        yield self._turn(voice, sentence, lambda: _framed(espeak(sentence, self._folder, voice)))

    def paused(self, sentence: str, pause_s: float) -> Iterator[Spoken]:
        """By Piper in one breath and cut, by Piper in two, by espeak in two."""
        first, second = (part.strip() for part in sentence.split("|"))
        gap = silence(pause_s, HEARING_RATE_HZ)
        yield self._turn("joe", sentence, lambda: _framed(*self._cut(first, second, gap)))
        yield self._turn("joe, apart", sentence, lambda: _framed(_trimmed(self._joe(first)), gap, self._joe(second)))
        voice = self._next_espeak()
        # A comma is how espeak is told not to let the voice fall.
        unfallen = first.rstrip(",") + ","
        yield self._turn(
            voice,
            sentence,
            lambda: _framed(_trimmed(espeak(unfallen, self._folder, voice)), gap, espeak(second, self._folder, voice)),
        )

    def _turn(self, voice: str, sentence: str, speak: Callable[[], Samples]) -> Spoken:
        return Spoken(voice, sentence, self._kept.sound(f"{voice}: {sentence}", speak))

    def _joe(self, text: str) -> Samples:
        return at_rate(self._piper.voice(text).samples, self._piper.rate_hz) * np.float32(0.5)

    def _cut(self, first: str, second: str, gap: Samples) -> tuple[Samples, Samples, Samples]:
        voiced = self._piper.voice(f"{first} {second}")
        sound = at_rate(voiced.samples, self._piper.rate_hz) * np.float32(0.5)
        at = round(voiced.words[len(first.split()) - 1].end_s * HEARING_RATE_HZ)
        ramp = np.linspace(0.0, 1.0, HEARING_RATE_HZ // 100, dtype=np.float32)
        before, after = sound[:at].copy(), sound[at:].copy()
        before[-len(ramp) :] *= ramp[::-1]
        after[: len(ramp)] *= ramp
        return _trimmed(before), gap, after

    def _next_espeak(self) -> str:
        self._spoken += 1
        return ESPEAK_VOICES[self._spoken % len(ESPEAK_VOICES)]


def _framed(*parts: Samples) -> Samples:
    return np.concatenate((silence(0.5, HEARING_RATE_HZ), *parts, silence(1.0, HEARING_RATE_HZ)))


def _trimmed(samples: Samples) -> Samples:
    """Without the silence at its end, so that a pause lasts what it should."""
    loud = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
    return samples[: loud[-1] + 1]


def silences(turn: Spoken) -> Iterator[Silence]:
    """As TurnTaking hears them: from the end of the last frame of speech to the start of the next."""
    activity, threshold = SileroActivity(), Rules().speech_threshold
    frame = activity.frame_samples
    ended_s: float | None = None
    speech = False
    for number in range(len(turn.samples) // frame):
        probability = activity.probability(turn.samples[number * frame : (number + 1) * frame])
        speech = probability >= (threshold - HYSTERESIS if speech else threshold)
        if not speech:
            continue
        start_s = number * frame / HEARING_RATE_HZ
        if ended_s is not None and start_s - ended_s >= SHORTEST_SILENCE_S:
            yield Silence(turn, ended_s, start_s)
        ended_s = start_s + frame / HEARING_RATE_HZ
    assert ended_s is not None
    yield Silence(turn, ended_s, None)


class Judges:
    """The engines, one result for each silence."""

    def __init__(self, model: str, kept: Kept) -> None:
        self._model = model
        self._kept = kept
        self._ears = WhisperTranscriber(resolve_model(model, "transcriber"), language="en")
        self._detector = SmartTurn(resolve_model("smart-turn-v3.2", "turn-detector"))

    def completeness(self, gap: Silence) -> float:
        heard = _heard(gap, SOUND_TAIL_S)
        return float(self._kept.result("smart-turn", heard, self._detector.completeness))

    def text(self, gap: Silence) -> str:
        heard = _heard(gap, TEXT_TAIL_S)
        return str(self._kept.result(self._model, heard, lambda sound: self._ears.transcribe(sound).text))


def _heard(gap: Silence, tail_s: float) -> Samples:
    return gap.turn.samples[: round((gap.since_s + tail_s) * HEARING_RATE_HZ)]


@dataclass(frozen=True, slots=True)
class Answer:
    """When she would have answered in a silence that nobody ends, and why."""

    gap: Silence
    after_s: float
    patience: Patience
    completeness: float
    text: str

    @property
    def cuts_off(self) -> bool:
        return self.gap.until_s is not None and self.after_s < self.gap.until_s - self.gap.since_s

    def __str__(self) -> str:
        gap_s = f" of {self.gap.until_s - self.gap.since_s:.2f}" if self.gap.until_s else ""
        turn = self.gap.turn
        heard = f"{self.completeness:.3f} {self.text!r}"
        return f"{self.after_s:.2f}{gap_s} s {heard} | {self.patience.why} | {turn.voice}: {turn.sentence}"


def conversation(voices: Voices, split: str) -> list[tuple[str, Spoken]]:
    """Kind and sound of each turn, in turns: every other one holds a pause, so that `--learn` has to serve both."""
    marked, thinking, whole = (getattr(turns, f"{kind}_{split}") for kind in KINDS)
    spoken: list[tuple[str, Spoken]] = []
    for number, sentences in enumerate(zip(marked, thinking, whole[::2], whole[1::2], strict=True)):
        pause_s = PAUSES_S[number % len(PAUSES_S)]
        spoken += [("MARKED", turn) for turn in voices.paused(sentences[0], pause_s)]
        spoken += [("WHOLE", turn) for turn in voices.whole(sentences[2])]
        spoken += [("THINKING", turn) for turn in voices.paused(sentences[1], pause_s)]
        spoken += [("WHOLE", turn) for turn in voices.whole(sentences[3])]
    return spoken


def answers_to(turn: Spoken, judges: Judges, pace: Pace, options: argparse.Namespace) -> Iterator[Answer]:
    """With `--learn` her patience follows the user's pace; else every turn is a new user's."""
    for gap in silences(turn):
        yield answer(gap, judges, pace if options.learn else Pace(), options)
        if gap.until_s is not None:
            pace.went_on(gap.until_s - gap.since_s)
    end_s = len(turn.samples) / HEARING_RATE_HZ
    pace.finished(2 * end_s, 3 * end_s)  # nothing was answered by mistake: the turns are far apart


def answer(gap: Silence, judges: Judges, pace: Pace, options: argparse.Namespace) -> Answer:
    """Ask anew whenever evidence comes, as the conversation does."""
    completeness, text = judges.completeness(gap), judges.text(gap)
    comes = sorted({0.0, options.text_after, options.sound_after})
    for now_s, next_s in zip(comes, [*comes[1:], float("inf")], strict=True):
        evidence = Evidence(
            completeness if now_s >= options.sound_after else None,
            text if now_s >= options.text_after else None,
            pace_pause_s=pace.pause_s,
        )
        verdict = patience(evidence, PatienceRules())
        if verdict.wait_s < next_s:
            return Answer(gap, max(now_s, verdict.wait_s), verdict, completeness, text)
    raise AssertionError("every patience ends")


def figures(answers: Iterable[Answer]) -> dict[str, Any]:
    """False cut-offs in silences that speech follows, and the wait after the last one."""
    answers = list(answers)
    inner = [each for each in answers if each.gap.until_s is not None]
    waits = [each.after_s for each in answers if each.gap.until_s is None]
    return {
        "turns": len(waits),
        "silences_inside": len(inner),
        "false_cut_offs": sum(each.cuts_off for each in inner),
        "turns_cut_off": len({id(each.gap.turn) for each in inner if each.cuts_off}),
        "wait_p50_s": round(float(np.percentile(waits, 50)), 2),
        "wait_p90_s": round(float(np.percentile(waits, 90)), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="whisper-tiny.en")
    parser.add_argument("--split", choices=("TUNING", "HELD_OUT", "FRESH"), default="TUNING")
    parser.add_argument(
        "--text-after", type=float, default=0.25, help="seconds of silence at which the words are known"
    )
    parser.add_argument("--sound-after", type=float, default=0.27, help="the same for Smart Turn's verdict")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "companion-end-of-turn")
    parser.add_argument("--learn", action="store_true", help="follow each user's pace through the conversation")
    parser.add_argument("--verbose", action="store_true", help="every answer")
    options = parser.parse_args()
    kept = Kept(options.cache)
    judges = Judges(options.model, kept)
    with tempfile.TemporaryDirectory() as folder:
        spoken = conversation(Voices(Path(folder), kept), options.split)
    print(f"{options.model}, {options.split.lower()}")
    for user in USERS:
        pace = Pace()
        answers: dict[str, list[Answer]] = {kind: [] for kind in KINDS}
        for kind, turn in spoken:
            if turn.user == user or (turn.voice, kind, user) == ("joe", "WHOLE", "joe, apart"):
                answers[kind] += answers_to(turn, judges, pace, options)
        for kind, part in answers.items():
            print(f"{kind.lower():9}{user:12}{json.dumps(figures(part))}")
            if options.verbose:
                print(*part, sep="\n")


if __name__ == "__main__":
    main()
