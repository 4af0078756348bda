"""How far a story that is known was told in a recording that breaks off: which of its words were heard.

Recognisers are no judges of a sentence that breaks off: Whisper completes it ("in the park this" to "this morning")
or drops a last "the", and PocketSphinx with the story's beginnings as its grammar hears one word too many in one of
fourteen. Here the recording is laid beside the same story in the same voice, undisturbed (dynamic time warping of
spectra with an open end: Sakoe & Chiba 1978), which tells where in the story its last sound is; which words are
there is told by PocketSphinx, which is given the words and finds their places (forced alignment). A word was heard
if half of its sound was: in a sentence, listeners know a word by then (Grosjean 1980).

Nothing of what she herself knows is used. `tests/bench/how_far.py` measures it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from companion.core.errors import EngineError
from companion.diagnostics.live.levels import onset_s
from companion.diagnostics.live.spectra import HOP_S, SPAN_S, Spectra, most_like_end, spectra
from companion.diagnostics.live.words import plain

_MARGIN_S = 0.3
_NOISE = 1e-4
"""PocketSphinx's features of digital silence are no numbers it was trained on."""
_WIDE = {"beam": 1e-80, "pbeam": 1e-80, "wbeam": 1e-60}
_FRAME_S = 0.01

_LAST_SOUND = 0.002
"""-54 dB: of a lowered voice, a last consonant is not much louder. Virtual devices add no noise of their own."""
_SOUND = 0.004
"""What is weaker in an undisturbed story is a closed mouth or a pause, and no half of any word."""
_HOP = round(HOP_S * HEARING_RATE_HZ)


class _Place(NamedTuple):
    """Where a word is in a story, in seconds from the first sound: begin, half of its sound, end."""

    begin_s: float
    half_s: float
    end_s: float


class _Told(NamedTuple):
    """An undisturbed story."""

    spectra: Spectra
    places: list[_Place]


class HowFar:
    """Hears how far a text was said."""

    def __init__(self, text: str, undisturbed: Sequence[Samples]) -> None:
        """`undisturbed`: recordings of the whole text in the voice that is to be judged, 16 kHz; three are better
        than one, since no voice says a sentence twice in the same way.

        Raises EngineError where PocketSphinx is not installed, does not know a word of `text`, or does not find the
        words in any of the recordings.
        """
        self._words = plain(text)
        places = _Places(self._words)
        begun = [_from_first_sound(recording) for recording in undisturbed]
        found = [(told, places.of(told)) for told in begun]
        self._told = [_Told(spectra(told), where) for told, where in found if where]
        if not self._told:
            raise EngineError("The undisturbed story is not whole.", "Run the benchmark again, with nothing beside it.")

    def __call__(self, said: Samples) -> str:
        """The words of the text that are in `said`, 16 kHz, which begins where the text does."""
        sound = _to_last_sound(_from_first_sound(said))
        if len(sound) < round(SPAN_S * HEARING_RATE_HZ):
            return ""
        seen = spectra(sound)
        reached = [_words_at(told.places, most_like_end(seen, told.spectra)) for told in self._told]
        return " ".join(self._words[: int(np.median(reached) + 0.5)])


class _Places:
    """Finds where each word of a text is in a recording of it."""

    def __init__(self, words: Sequence[str]) -> None:
        try:
            from pocketsphinx import Decoder, get_model_path
        except ImportError as error:
            raise EngineError("PocketSphinx is not installed.", "pip install pocketsphinx") from error
        model = f"{get_model_path()}/en-us"
        self._decoder: Any = Decoder(
            hmm=f"{model}/en-us", dict=f"{model}/cmudict-en-us.dict", lm=None, loglevel="FATAL", bestpath=False, **_WIDE
        )
        if unknown := [word for word in words if self._decoder.lookup_word(word) is None]:
            raise EngineError(f"PocketSphinx does not know how {unknown[0]!r} is said.", "Choose another text.")
        self._words = list(words)
        self._decoder.set_align_text(" ".join(words))

    def of(self, recording: Samples) -> list[_Place]:
        """The place of each word; none if they are not all there."""
        margin = silence(_MARGIN_S, HEARING_RATE_HZ)
        sound = np.concatenate((margin, recording, margin))
        sound += np.random.default_rng(0).normal(0.0, _NOISE, len(sound)).astype(np.float32)
        self._decoder.start_utt()
        self._decoder.process_raw((np.clip(sound, -1.0, 1.0) * 32767).astype("<i2").tobytes(), full_utt=True)
        self._decoder.end_utt()
        spans = [
            (segment.start_frame * _FRAME_S - _MARGIN_S, (segment.end_frame + 1) * _FRAME_S - _MARGIN_S)
            for segment in self._decoder.seg() or ()
            if re.sub(r"\(\d+\)$", "", segment.word) in self._words
        ]
        return [_place(recording, *span) for span in spans] if len(spans) == len(self._words) else []


def _place(recording: Samples, begin_s: float, end_s: float) -> _Place:
    first, last = (max(0, round(at_s / HOP_S)) for at_s in (begin_s, end_s))
    part = recording[first * _HOP : last * _HOP]
    loud = np.abs(part[: len(part) // _HOP * _HOP]).reshape(-1, _HOP).max(axis=1, initial=0.0) > _SOUND
    sounding: NDArray[np.intp] = np.flatnonzero(loud)
    half_s = (first + int(sounding[len(sounding) // 2])) * HOP_S if len(sounding) else (begin_s + end_s) / 2
    return _Place(begin_s, half_s, end_s)


def _words_at(places: Sequence[_Place], at_s: float) -> float:
    """How many words were said at `at_s`, that which was being said in part: 0.5 at half of its sound."""
    said = sum(place.end_s <= at_s for place in places)
    if said == len(places) or at_s <= places[said].begin_s:
        return float(said)
    return said + float(np.interp(at_s, places[said], (0.0, 0.5, 1.0)))


def _from_first_sound(recording: Samples) -> Samples:
    return recording[round((onset_s(recording) or 0.0) * HEARING_RATE_HZ) :]


def _to_last_sound(recording: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(recording) > _LAST_SOUND)
    return recording[: int(loud[-1]) + 1 if len(loud) else 0]
