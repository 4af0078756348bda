"""How surely `underruns` finds what is there, and nothing else: python -m tests.bench.made_underruns

More than a hundred sentences are said by the starter voice, offline, and played by the speaker's own queue at 48 kHz;
then each is broken at three loud places, or she is held, lowered and stopped there as in a conversation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from companion.backends.playback import PlaybackQueue
from companion.core.audio import Samples, silence
from companion.core.settings import Settings
from companion.diagnostics.live.scripts import BREAKS, HESITATIONS, INTERRUPTIONS, STORY, TURNS
from tests.bench.everyday import SENTENCES
from tests.bench.underruns import AFTER_START_S, RATE_HZ, Break, find_breaks

PLACES = 3
SEED = 11
BLOCK = RATE_HZ // 100
LOUD = 0.3
"""A place is loud if its peak within 10 ms is this part of the whole sentence's."""

Disturb = Callable[[Samples, int], Samples]


def as_recorded(wave: Samples) -> Samples:
    """What 16 bits keep of it."""
    return (np.round(np.clip(wave, -1.0, 1.0) * 32767.0) / 32768.0).astype(np.float32)


def with_gap(length_s: float) -> Disturb:
    """The device runs dry for so long, and goes on where it was."""
    return lambda wave, at: np.concatenate((wave[:at], silence(length_s, RATE_HZ), wave[at:]))


def with_loss(length_s: float) -> Disturb:
    """So much is never played."""
    return lambda wave, at: np.concatenate((wave[:at], wave[at + round(length_s * RATE_HZ) :]))


def with_repeat(length_s: float) -> Disturb:
    """So much is played twice."""
    return lambda wave, at: np.concatenate((wave[:at], wave[at - round(length_s * RATE_HZ) :]))


def held(wave: Samples, at: int) -> Samples:
    """She falls silent for 400 ms, and goes on from the very sample: a cough."""
    queue = PlaybackQueue(RATE_HZ)
    return played(queue, wave, {at: lambda: queue.hold(at / RATE_HZ), at + round(0.4 * RATE_HZ): queue.release})


def lowered(wave: Samples, at: int) -> Samples:
    """She ducks for 200 ms."""
    queue = PlaybackQueue(RATE_HZ)
    return played(queue, wave, {at: lambda: queue.set_gain(0.3), at + BLOCK * 20: lambda: queue.set_gain(1.0)})


def stopped(wave: Samples, at: int) -> Samples:
    """She is interrupted; after half a second she says something else, which begins with the sentence."""
    queue = PlaybackQueue(RATE_HZ)

    def answer() -> None:
        queue.begin()
        queue.push(wave)

    return played(queue, wave, {at: queue.stop, at + RATE_HZ // 2: answer})


def played(queue: PlaybackQueue, wave: Samples, acts: dict[int, Callable[[], object]]) -> Samples:
    """What a speaker plays in blocks of 10 ms, each act done before the block that holds its sample; then 0.1 s."""
    queue.push(wave)
    blocks: list[Samples] = []
    last = max(acts, default=0)
    while queue.unrendered_s > 0.0 or len(blocks) * BLOCK <= last:
        start = len(blocks) * BLOCK
        for at in sorted(acts):
            if start <= at < start + BLOCK:
                acts[at]()
        blocks.append(queue.render(BLOCK))
    return np.concatenate((*blocks, silence(0.1, RATE_HZ)))


def loud_places(wave: Samples, count: int, random: np.random.Generator) -> list[int]:
    """Samples at loud places at least 50 ms behind the start of what `find_breaks` looks at, and before the end."""
    margin = round((AFTER_START_S + 0.1) * RATE_HZ)
    inside = range(margin, len(wave) - margin, BLOCK)
    peaks = {at: float(np.abs(wave[at - BLOCK : at + BLOCK]).max()) for at in inside}
    loud = [at for at, peak in peaks.items() if peak >= LOUD * float(np.abs(wave).max())]
    chosen = random.choice(loud, min(count, len(loud)), replace=False)
    return [int(at) + int(random.integers(BLOCK)) for at in chosen]


def sentences() -> Iterator[Samples]:
    """What the starter voice says, at 48 kHz, resampled as for a speaker."""
    import onnxruntime

    from companion.backends.resampling import live_resampler
    from companion.her_voices import make_synthesizer

    onnxruntime.set_seed(SEED)
    voice = make_synthesizer(Settings())
    pairs = [f"{first} {second}" for first, second in (*HESITATIONS, *BREAKS)]
    for text in (*TURNS, *pairs, *INTERRUPTIONS, *SENTENCES, *(f"{part}." for part in STORY.split(". "))):
        resampler = live_resampler(voice.rate_hz, RATE_HZ)
        pieces = [resampler.resample_chunk(piece) for piece in voice.begin(text).pieces]
        yield np.concatenate((*pieces, resampler.resample_chunk(silence(0.0, voice.rate_hz), last=True)))


def with_rest_late(wave: Samples, at: int) -> Samples:
    """The rest of a clause comes 80 ms late: what there was has been resampled to its end by then."""
    from companion.backends.resampling import live_resampler

    gap = silence(0.08, RATE_HZ)
    at_hz = 22_050
    down = live_resampler(RATE_HZ, at_hz).resample_chunk(wave, last=True)
    cut = round(at / RATE_HZ * at_hz)
    parts = [live_resampler(at_hz, RATE_HZ).resample_chunk(part, last=True) for part in (down[:cut], down[cut:])]
    return np.concatenate((parts[0], gap, parts[1]))


BROKEN: dict[str, Disturb] = {
    **{f"gap of {ms} ms": with_gap(ms / 1000) for ms in (3, 5, 10, 20, 40, 300)},
    "rest 80 ms late": with_rest_late,
    "10 ms lost": with_loss(0.01),
    "10 ms twice": with_repeat(0.01),
}
WHOLE: dict[str, Disturb] = {"held": held, "lowered": lowered, "stopped": stopped}


def heard(recording: Samples) -> list[Break]:
    return [one for one in find_breaks(recording) if one.heard]


def right(name: str, at: int, found: list[Break]) -> bool:
    """Exactly one break, where it was made, of the right kind and length."""
    if len(found) != 1 or abs(found[0].at_s - at / RATE_HZ) > 0.002:
        return False
    if name.startswith("10 ms"):
        return found[0].kind == "jump"
    wanted_ms = float(next(word for word in name.split() if word.isdigit()))
    return found[0].kind == "gap" and abs(found[0].length_s * 1000 - wanted_ms) <= 0.2


def main() -> None:
    random = np.random.default_rng(SEED)
    tries = {name: [0, 0] for name in BROKEN}
    alarms = {name: [0, 0] for name in ("undisturbed", *WHOLE)}
    said = list(sentences())
    for wave in said:
        alarms["undisturbed"][0] += len(heard(as_recorded(wave)))
        alarms["undisturbed"][1] += 1
        for at in loud_places(wave, PLACES, random):
            for name, disturb in BROKEN.items():
                tries[name][0] += right(name, at, heard(as_recorded(disturb(wave, at))))
                tries[name][1] += 1
            for name, act in WHOLE.items():
                alarms[name][0] += len(heard(as_recorded(act(wave, at))))
                alarms[name][1] += 1
    # A conversation is one sentence after another.
    alarms["two sentences, 0.3 s apart"] = [0, 0]
    for first, second in pairwise(said):
        both = np.concatenate((first, silence(0.3, RATE_HZ), second))
        alarms["two sentences, 0.3 s apart"][0] += len(heard(as_recorded(both)))
        alarms["two sentences, 0.3 s apart"][1] += 1
    figures = {
        "sentences": len(said),
        "found, of": {name: f"{hits} of {count}" for name, (hits, count) in tries.items()},
        "false alarms, in": {name: f"{hits} in {count}" for name, (hits, count) in alarms.items()},
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
