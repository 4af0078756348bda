"""Finds where a recording of her breaks off: a device that ran dry, samples that were lost or came twice.

Recorded at 48 kHz from the monitor of a null sink, her voice is exact to the sample, and as its model has 22 kHz it
holds nothing above 11 kHz (at most 0.7 of one step of 16 bits, measured). Whatever breaks its waveform clicks: the
click alone is in the band above, whatever she says. A sound server whose client is late inserts exact zeros and goes
on with the very next sample. So an underrun is a run of zeros between two sounds with a click at its edge. Her own
pauses and fades (8 ms) end without one, and a click within sound is a jump. Some of her clauses begin with a step
out of silence, which the voice makes: that is told beside, and is no underrun. Voices of more than 24 kHz would need
another band. How surely it finds what it should, and nothing else, `made_underruns` measures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from companion.core.audio import Samples
from companion.diagnostics.live.levels import AUDIBLE

Array: TypeAlias = NDArray[np.float64]
Kind: TypeAlias = Literal["gap", "jump", "silent gap", "hard onset"]

RATE_HZ = 48_000

SHORTEST_GAP_S = 0.003
"""From 2 to 3 ms on listeners hear a gap in a sound (Plomp, "Rate of decay of auditory sensation", JASA 36, 1964)."""

AFTER_START_S = 0.1
"""What happens sooner in a reply belongs to its start."""

_BAND_FROM_HZ = 12_400.0
_TAPS = 127
_BETA = 8.96
"""Of the Kaiser window: what is below 11.3 kHz is 90 dB down."""

_FULL_SCALE = 32_768.0
_CLICK = 3.0
"""The weakest click that is one, in steps of 16 bits: four times what is there without any."""

_HARD = 0.002
"""The weakest click at an edge, as part of the peak beside it. Her fades of 8 ms end in a kink of 0.0002, at most
0.0018 in 345; a waveform that is cut off in a click of 0.06, in 2 of 100 of less than this, at zero crossings."""

_JUMP = 0.003
"""The same of a jump. Lost and doubled samples have 0.06, 2 of 100 less than this."""

_SILENT = 4.0
"""What a voice has in its pauses at most, in steps of 16 bits."""

_TAPER_S, _FADED = 0.0005, 0.1
"""In the last 0.5 ms of a fade of 8 ms no more than 0.0625 is left of a voice. Where the rest of a clause comes late,
the resampler ends the first part as softly, but within less."""

_CLIPPED = 32_766.0
"""What is cut off at full scale clicks, too, and is no jump: some of her loudest vowels are, by a few samples."""

_PERIOD = RATE_HZ // 100
"""What the program's speaker gives its device at a time."""

_BESIDE_S = 0.01
_CLICK_S = 0.0015
"""Half the length of a click: that of the filter."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the waveform breaks off. "silent gap": in a pause, or so soft, that nobody hears it.

    "hard onset": a sound that begins with a step out of silence.
    """

    kind: Kind
    at_s: float
    """From the beginning of the recording."""
    length_s: float
    """Of the inserted silence; 0 of a jump."""
    level_db: float
    """The lower of the peaks beside it, dB of full scale."""
    goes_on: bool
    """The phase after it continues that of before: without the gap there would be no click, so nothing is lost."""
    whole_periods: bool = False
    """It is as long as a whole number of the device's periods of 10 ms: the device was not fed in time. Else the queue
    of her voice ran dry within a period, and went on with a later one: the rest of a clause came late."""

    @property
    def heard(self) -> bool:
        """Whether it is an underrun that a listener hears."""
        return self.kind in ("gap", "jump")


def find_breaks(recording: Samples) -> list[Break]:
    """All breaks in a recording at 48 kHz, in order, but for those in the first 100 ms of what can be heard.

    The recording holds what 16 bits hold, in [-1, 1], and nobody's voice but hers.
    """
    wave = np.round(recording.astype(np.float64) * _FULL_SCALE)
    sounds = np.flatnonzero(np.abs(wave) >= AUDIBLE * _FULL_SCALE)
    if len(sounds) == 0:
        return []
    clicks = np.abs(np.convolve(wave, _high_pass(), "same"))
    gaps = [gap for start, end in _zeros(wave) if (gap := _gap(wave, clicks, start, end)) is not None]
    found = sorted([*gaps, *_jumps(wave, clicks, gaps)], key=lambda one: one.at_s)
    from_s = int(sounds[0]) / RATE_HZ + AFTER_START_S
    return [one for one in found if one.at_s >= from_s]


@cache
def _high_pass() -> Array:
    at = np.arange(_TAPS) - _TAPS // 2
    cut = _BAND_FROM_HZ / RATE_HZ
    taps = -2 * cut * np.sinc(2 * cut * at) * np.kaiser(_TAPS, _BETA)
    taps[_TAPS // 2] += 1.0
    return np.asarray(taps)


def _zeros(wave: Array) -> list[tuple[int, int]]:
    """Runs of zeros between two sounds that are long enough, each from its first to behind its last sample."""
    steps = np.diff(np.concatenate(([0], (wave == 0.0).astype(np.int8), [0])))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    long = (ends - starts >= SHORTEST_GAP_S * RATE_HZ) & (starts > 0) & (ends < len(wave))
    return list(zip(starts[long].tolist(), ends[long].tolist(), strict=True))


def _gap(wave: Array, clicks: Array, start: int, end: int) -> Break | None:
    """What a run of zeros is; None if it is silence that her voice made, or that lies after a fade."""
    before, after = _peak(wave, start - _count(_BESIDE_S), start), _peak(wave, end, end + _count(_BESIDE_S))
    edges = _click_at(clicks, start), _click_at(clicks, end)
    breaks_off, begins = (edge >= max(_CLICK, _HARD * peak) for edge, peak in zip(edges, (before, after), strict=True))
    goes_on = _joined_click(wave, start, end) <= max(_CLICK, max(edges) / 4)
    full = _peak(wave, start - _count(_TAPER_S), start) >= _FADED * before
    if not breaks_off and not (begins and (goes_on or full)):
        return None  # a pause, or a fade and after it something else
    audible = min(before, after) >= AUDIBLE * _FULL_SCALE
    if not audible and not (breaks_off and begins):
        return None  # a word that ends, or begins, at once
    return Break(
        kind="gap" if audible else "silent gap",
        at_s=start / RATE_HZ,
        length_s=(end - start) / RATE_HZ,
        level_db=_db(min(before, after)),
        goes_on=goes_on,
        whole_periods=(end - start) % _PERIOD == 0,
    )


def _joined_click(wave: Array, start: int, end: int) -> float:
    """How much it would click if the sound went on at once where it goes on."""
    margin = 2 * _TAPS
    joined = np.concatenate((wave[max(0, start - margin) : start], wave[end : end + margin]))
    return _click_at(np.abs(np.convolve(joined, _high_pass(), "same")), min(margin, start))


def _jumps(wave: Array, clicks: Array, gaps: list[Break]) -> list[Break]:
    """Clicks that are no edge of a gap, and no kink of a fade."""
    loud = clicks >= max(_CLICK, _JUMP * AUDIBLE * _FULL_SCALE)
    for clipped in np.flatnonzero(np.abs(wave) >= _CLIPPED):
        loud[max(0, clipped - _count(_CLICK_S)) : clipped + _count(_CLICK_S)] = False
    for gap in gaps:
        for edge in (round(gap.at_s * RATE_HZ), round((gap.at_s + gap.length_s) * RATE_HZ)):
            loud[max(0, edge - _count(_CLICK_S)) : edge + _count(_CLICK_S)] = False
    found = []
    places = np.flatnonzero(loud)
    for cluster in np.split(places, np.flatnonzero(np.diff(places) > _count(_CLICK_S)) + 1):
        if len(cluster) == 0:
            continue
        place = int(cluster[np.argmax(clicks[cluster])])
        peak = _peak(wave, place - _count(_BESIDE_S), place + _count(_BESIDE_S))
        if peak >= AUDIBLE * _FULL_SCALE and clicks[place] >= _JUMP * peak:
            kind: Kind = "hard onset" if _silent_before(wave, place) else "jump"
            found.append(Break(kind, place / RATE_HZ, 0.0, _db(peak), goes_on=False))
    return found


def _silent_before(wave: Array, place: int) -> bool:
    click, gap = _count(_CLICK_S) // 2, _count(SHORTEST_GAP_S)
    return place - click - gap >= 0 and _peak(wave, place - click - gap, place - click) <= _SILENT


def _click_at(clicks: Array, place: int) -> float:
    return _peak(clicks, place - _count(_CLICK_S), place + _count(_CLICK_S))


def _peak(wave: Array, start: int, end: int) -> float:
    return float(np.abs(wave[max(0, start) : end]).max(initial=0.0))


def _count(duration_s: float) -> int:
    return round(duration_s * RATE_HZ)


def _db(peak: float) -> float:
    return round(20.0 * float(np.log10(max(peak, 1.0) / _FULL_SCALE)), 1)
