"""Common openings of replies, kept as sound: the first clause is what the listener waits for."""

from __future__ import annotations

import re
from collections import OrderedDict

from companion.core.engines import EngineInfo, Synthesizer, Tone, Voiced, VoiceStream, whole_stream
from companion.core.joining import Joins, can_join

LONGEST_WORDS = 4
"""Longer clauses hardly ever come again."""

KEPT = 64
"""Clauses; half a second of sound each, some 3 MB in all."""

OPENINGS = {
    "en": (
        "Oh,",
        "Well,",
        "Yes,",
        "No,",
        "Sure!",
        "Of course.",
        "I'm sorry,",
        "That's lovely!",
        "Wow!",
        "Hmm.",
        "I see.",
    ),
    "de": ("Oh,", "Na ja,", "Ja,", "Nein,", "Klar!", "Natürlich.", "Das tut mir leid,", "Wie schön!", "Hm."),
    "fr": ("Oh,", "Eh bien,", "Oui,", "Non,", "Bien sûr.", "Je suis désolée,", "Ah bon ?"),
    "es": ("Oh,", "Bueno,", "Sí,", "No,", "Claro.", "Lo siento,", "¡Qué bien!"),
}


def language_of(voice: EngineInfo) -> str:
    """The language of a voice whose name tells it, as "en_US-joe-medium" does; else empty."""
    return voice.model[:2] if re.match("[a-z]{2}_[A-Z]{2}", voice.model) else ""


class VoicedOpenings:
    """A Synthesizer that voices a short clause once."""

    def __init__(self, synthesizer: Synthesizer, language: str = "en") -> None:
        """`language`: of `OPENINGS`, two letters; in another nothing is voiced in advance."""
        self._synthesizer = synthesizer
        self._language = language
        self._kept: OrderedDict[str, Voiced] = OrderedDict()

    def info(self) -> EngineInfo:
        return self._synthesizer.info()

    @property
    def rate_hz(self) -> int:
        return self._synthesizer.rate_hz

    def warm_up(self) -> None:
        self._synthesizer.warm_up()
        for opening in self.openings:
            self.voice(opening)

    @property
    def openings(self) -> tuple[str, ...]:
        """What is worth voicing in advance."""
        return OPENINGS.get(self._language, ())

    def tune(self, tone: Tone) -> None:
        """See Synthesizer. What was kept in another tone is forgotten; voice `openings` again when there is time."""
        self._synthesizer.tune(tone)
        self._kept = OrderedDict()  # a new one: what is being voiced at this moment goes into the old

    def forget(self) -> None:
        """Another engine speaks from now on: what the last one voiced does not go with it."""
        self._kept = OrderedDict()

    def become(self, synthesizer: Synthesizer, language: str) -> None:
        """Speak with another voice of the same rate from the next clause on; as after `tune`, nothing is kept."""
        assert synthesizer.rate_hz == self.rate_hz
        self._synthesizer, self._language = synthesizer, language
        self._kept = OrderedDict()

    def voice(self, text: str) -> Voiced:
        """See Synthesizer. The same sound for the same words, as long as they are kept."""
        if len(text.split()) > LONGEST_WORDS:
            return self._synthesizer.voice(text)
        kept = self._kept
        voiced = kept.get(text) or self._synthesizer.voice(text)
        kept[text] = voiced
        kept.move_to_end(text)
        if len(kept) > KEPT:
            kept.popitem(last=False)
        return voiced

    def begin(self, text: str) -> VoiceStream:
        """See Synthesizer. What is kept, or short enough to be, is there at once."""
        if len(text.split()) > LONGEST_WORDS:
            return self._synthesizer.begin(text)
        return whole_stream(self.voice(text), self.rate_hz)

    @property
    def joins(self) -> bool:
        return can_join(self._synthesizer)

    def begin_part(self, text: str, before: str, after: str) -> VoiceStream:
        """See Joins. Nothing of it is kept: it sounds otherwise elsewhere."""
        voice = self._synthesizer
        return voice.begin_part(text, before, after) if isinstance(voice, Joins) else voice.begin(text)
