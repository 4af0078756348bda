"""How much of a text that is known was said: a recogniser that may hear its beginning only, up to any word.

Whisper is no judge of a sentence that breaks off: it completes "in the park this" to "this morning", and drops a last
"the". Of 32 recordings cut at the exact ends of words it wrote the words, and no other, in 23. This recogniser
(PocketSphinx: sounds alone, no model of language) did so in 37 of 40, of Piper's voice joe, the end lowered as if
she had ducked; in the others, each behind a "the" or "then", it heard one word too many.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from companion.core.errors import EngineError
from companion.diagnostics.live.words import plain

_MARGIN_S = 0.3
_NOISE = 1e-4
"""Its features of digital silence are no numbers it was trained on."""
_WIDE = {"beam": 1e-80, "pbeam": 1e-80, "wbeam": 1e-60}
"""Nothing is given up early: the decision lies in the last tenths of a second."""


class BeginningOf:
    """Hears how far a text was said."""

    def __init__(self, text: str) -> None:
        """Raises EngineError where the recogniser is not installed, or does not know a word of `text`."""
        try:
            from pocketsphinx import Decoder, get_model_path
        except ImportError as error:
            raise EngineError("PocketSphinx is not installed.", "pip install pocketsphinx") from error
        model = f"{get_model_path()}/en-us"
        self._decoder: Any = Decoder(
            hmm=f"{model}/en-us",
            dict=f"{model}/cmudict-en-us.dict",
            lm=None,
            loglevel="FATAL",
            bestpath=False,
            **_WIDE,
        )
        words = plain(text)
        if unknown := [word for word in words if self._decoder.lookup_word(word) is None]:
            raise EngineError(f"PocketSphinx does not know how {unknown[0]!r} is said.", "Choose another text.")
        grammar = ""
        for word in reversed(words):
            grammar = f"{word} [ {grammar} ]" if grammar else word
        self._decoder.add_jsgf_string("beginning", f"#JSGF V1.0; grammar beginning; public <beginning> = {grammar} ;")
        self._decoder.activate_search("beginning")

    def __call__(self, said: Samples) -> str:
        """The words of the text that are in `said`, 16 kHz, which begins where the text does."""
        margin = silence(_MARGIN_S, HEARING_RATE_HZ)
        sound = np.concatenate((margin, said, margin))
        sound += np.random.default_rng(0).normal(0.0, _NOISE, len(sound)).astype(np.float32)
        self._decoder.start_utt()
        self._decoder.process_raw((np.clip(sound, -1.0, 1.0) * 32767).astype("<i2").tobytes(), full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return str(found.hypstr) if found else ""
