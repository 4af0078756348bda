"""How exact the judge of heard words is: python -m tests.bench.how_far [--voices A,B] [--texts N]

Stories are told several times in a voice; one telling is cut at places that are known to the sample (behind every
word, and within it), as it is, lowered for its last 0.35 s as when she ducks, and with the noise of a room on top.
The judge is given the others whole. The lengths of the voice's own phonemes say where its words are; of espeak, whose
words are where its events say, the two tellings differ in pace and pitch. The judge was made with the
first two texts, and met the others when it was finished. Prints a line of JSON for each.
"""

from __future__ import annotations

import argparse
import ctypes
import itertools
import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from companion.core.engines import Synthesizer
from companion.core.settings import Settings, Voice
from companion.diagnostics.live.how_far import HowFar
from companion.diagnostics.live.scripts import STORY
from companion.her_voices import make_synthesizer
from tests.endtoend.live import at_rate

TEXTS = (
    STORY,
    "What should I cook for dinner tonight, now that it is cold? We had pasta with lemon and a lot of cheese, and it "
    "was the best meal I have had this month. Do you know how to keep tomatoes fresh for a few days longer?",
    "We are thinking about painting the whole kitchen yellow. My sister is coming to visit us on Sunday, and she "
    "is bringing her two little boys along. Could you please tell me a short story about the wide sea?",
    "Thank you very much for listening to me so long this evening. The neighbors were very loud again last night, so I "
    "slept badly and woke up much too late. What is the best way to make a strong cup of coffee without a machine?",
)
UNDISTURBED = 3
SHARES = (0.25, 0.75, 1.0)
"""Of the last word, what was said of it."""
NEAR_S = 0.03
"""Cuts that are nearer to the half of a word are told apart: there the places of words are not more exact."""
DUCK_S, DUCK_GAIN, ROOM, FADE_S = 0.35, 0.25, 0.0005, 0.008
_FIRST_WORDS = 3

Span: TypeAlias = tuple[float, float] | None
"""Begin and end in seconds; None where the voice does not tell."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A text as sound, 16 kHz, and where its words are."""

    sound: Samples
    spans: list[Span]


def told(voice: Synthesizer, text: str) -> Telling:
    """The sentences of `text` with the pause between them that she makes."""
    parts: list[Samples] = []
    spans: list[Span] = []
    at_s = 0.0
    for sentence in text.replace("? ", "?|").replace(". ", ".|").split("|"):
        voiced = voice.voice(sentence)
        before_s = 0.0
        for word in voiced.words:
            spans.append((at_s + before_s + word.pause_s, at_s + word.end_s))
            before_s = word.end_s
        parts += [at_rate(voiced.samples, voice.rate_hz), silence(0.22, HEARING_RATE_HZ)]
        at_s += sum(map(len, parts[-2:])) / HEARING_RATE_HZ
    return Telling(np.concatenate(parts), spans)


class _Event(ctypes.Structure):
    _fields_: ClassVar = [
        ("type", ctypes.c_int),
        ("number", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


class Espeak:
    """espeak-ng, which tells with which sample a word begins; words that it joins with the next it does not name."""

    def __init__(self) -> None:
        self._library: Any = ctypes.CDLL("libespeak-ng.so.1")
        self._rate_hz = self._library.espeak_Initialize(2, 0, None, 0)
        self._library.espeak_SetVoiceByName(b"en-us")

    def told(self, text: str, words_a_minute: int, pitch: int) -> Telling:
        self._library.espeak_SetParameter(1, words_a_minute, 0)
        self._library.espeak_SetParameter(3, pitch, 0)
        sound: list[Any] = []
        begins_s: dict[int, float] = {}

        def take(wave: Any, count: int, events: Any) -> int:
            if count > 0:
                sound.append(np.ctypeslib.as_array(wave, (count,)).copy())
            for event in itertools.takewhile(lambda event: event.type, (events[n] for n in itertools.count())):
                if event.type == 1:
                    begins_s[event.text_position - 1] = event.sample / self._rate_hz
            return 0

        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
        self._library.espeak_SetSynthCallback(callback := kind(take))
        written = text.encode()
        self._library.espeak_Synth(written, len(written) + 1, 0, 1, 0, 1, None, None)
        self._library.espeak_Synchronize()
        del callback
        samples = at_rate(np.asarray(np.concatenate(sound) / 65536, dtype=np.float32), self._rate_hz)
        places = [begins_s.get(at) for at in _word_places(text)]
        ends = [*places[1:], len(samples) / HEARING_RATE_HZ]
        last = text.split()
        spans: list[Span] = [
            None if begin is None or end is None else (begin, end if word[-1].isalnum() else _sound_end_s(samples, end))
            for word, begin, end in zip(last, places, ends, strict=True)
        ]
        return Telling(samples, spans)


def _word_places(text: str) -> Iterator[int]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at
        at += len(word)


def _sound_end_s(samples: Samples, before_s: float) -> float:
    return (int(np.flatnonzero(np.abs(samples[: round(before_s * HEARING_RATE_HZ)]) > 0.01)[-1]) + 1) / HEARING_RATE_HZ


def broken_off(telling: Telling, at_s: float, ducked: bool, noisy: bool, rng: np.random.Generator) -> Samples:
    """A telling until `at_s`, as a stop leaves it."""
    sound = telling.sound[: round(at_s * HEARING_RATE_HZ)].copy()
    if ducked:
        sound[-round(DUCK_S * HEARING_RATE_HZ) :] *= np.float32(DUCK_GAIN)
    fade = round(FADE_S * HEARING_RATE_HZ)
    sound[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
    if noisy:
        sound += rng.normal(0.0, ROOM, len(sound)).astype(np.float32)
    return sound


def judged(text: str, tellings: list[Telling], tell: Callable[[str], None]) -> dict[str, list[bool]]:
    """For each kind of cut, whether the judge heard the words that were said."""
    cut, *whole = tellings
    how_far = HowFar(text, [telling.sound for telling in whole])
    rng = np.random.default_rng(3)
    right: dict[str, list[bool]] = {"behind a word": [], "within a word": [], "within 30 ms of its half": []}
    words = text.split()
    for number, span in enumerate(cut.spans[:-1], start=1):
        if number <= _FIRST_WORDS or span is None or cut.spans[number] is None:
            continue
        length_s = span[1] - span[0]
        for share, (ducked, noisy) in itertools.product(SHARES, ((False, False), (True, False), (True, True))):
            heard = how_far(broken_off(cut, span[0] + share * length_s, ducked, noisy, rng))
            truth = number if share > 0.5 else number - 1
            near = abs(share - 0.5) * length_s < NEAR_S
            kind = "behind a word" if share == 1.0 else "within 30 ms of its half" if near else "within a word"
            right[kind].append(len(heard.split()) == truth)
            if not right[kind][-1]:
                tell(f"{kind}, {share:.2f} of {words[number - 1]!r}: {len(heard.split()) - truth:+d} words")
    return right


def measured(name: str, number: int) -> tuple[dict[str, list[bool]], list[str]]:
    """Text `number` in the voice called `name`: what was right, and a line for each that was not."""
    text, wrong = TEXTS[number], list[str]()
    if name == "espeak":
        tellings = [Espeak().told(text, 158, 56), *(Espeak().told(text, 150, pitch) for pitch in (50, 53, 47))]
    else:
        voice = make_synthesizer(Settings(voice=Voice(voice=name)))
        tellings = [told(voice, text) for _ in range(1 + UNDISTURBED)]
    return judged(text, tellings, wrong.append), wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voices", default="auto,espeak", help="as in the settings, or espeak")
    parser.add_argument("--texts", type=int, default=len(TEXTS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    jobs = [(name, number) for name in options.voices.split(",") for number in range(options.texts)]
    with ProcessPoolExecutor(options.processes) as pool:
        for job, (right, wrong) in zip(jobs, pool.map(measured, *zip(*jobs, strict=True)), strict=True):
            found = {kind: f"{sum(each)} of {len(each)}" for kind, each in right.items()}
            print(json.dumps({"voice": job[0], "text": job[1], **found}), flush=True)
            if options.verbose:
                print(*wrong, sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
