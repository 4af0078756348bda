"""What Kokoro reads: the symbols of its vocabulary for a text, from espeak's phonemes.

espeak comes with Piper. Kokoro was trained on another spelling of English (hexgrad/misaki), which writes a diphthong as
one letter; put into that, what five voices said in four languages was understood no better (Whisper base, word error
rate 0.06 against 0.04 in English, 0.68 against 0.55 in French), so espeak's own stays, as in kokoro-onnx.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from piper.phonemize_espeak import EspeakPhonemizer

ESPEAK_VOICES = {"a": "en-us", "b": "en-gb", "e": "es", "f": "fr", "h": "hi", "i": "it", "p": "pt-br"}
"""Of the languages that Kokoro learned, by the first letter of its voices' names. Of Japanese (j) and Chinese (z)
espeak cannot read the script: these voices speak the other languages, with an accent."""

LANGUAGES = {"en": "a", "es": "e", "fr": "f", "hi": "h", "it": "i", "pt": "p"}
"""Two-letter codes of what Kokoro learned and espeak can read."""

_ACCENTED = {"de": "de", "nl": "nl", "pl": "pl", "sv": "sv", "da": "da", "cs": "cs", "tr": "tr", "fi": "fi"}
"""Not learned: espeak's phonemes of these are among Kokoro's symbols, and it speaks them with an accent."""

_SYMBOLS = (
    (1, ";:,.!?"),
    (9, '—…"()“” ̃ʣʥʦʨᵝꭧ'),
    *((24, "A"), (25, "I"), (31, "O"), (33, "Q"), (35, "S"), (36, "T"), (39, "W"), (41, "Y"), (42, "ᵊabcdef")),
    *((50, "hijklmnopqrstuvwxyzɑɐɒæ"), (75, "βɔɕç"), (80, "ɖðʤə"), (85, "ɚɛɜ"), (90, "ɟ"), (92, "ɡ"), (99, "ɥ")),
    *((101, "ɨɪʝ"), (110, "ɯɰŋɳɲɴø"), (118, "ɸθœ"), (123, "ɹ"), (125, "ɾɻ"), (128, "ʁɽʂʃʈʧ"), (135, "ʊʋ")),
    *(
        (138, "ʌɣɤ"),
        (142, "χʎ"),
        (147, "ʒʔ"),
        (156, "ˈˌː"),
        (162, "ʰ"),
        (164, "ʲ"),
        (169, "↓"),
        (171, "→↗↘"),
        (177, "ᵻ"),
    ),
)
"""Runs of symbols with the number of the first: Kokoro's own vocabulary (its config.json)."""

VOCABULARY = {symbol: first + place for first, symbols in _SYMBOLS for place, symbol in enumerate(symbols)}

MARKS = frozenset(';:,.!?—…"()“”')
"""Symbols that are no sound; at most of them the voice pauses."""


def speaks(language: str) -> bool:
    """Whether Kokoro can be made to say `language` (two letters), be it with an accent."""
    return language in LANGUAGES or language in _ACCENTED


def own_language(style: str) -> str:
    """That of the voice `style`, or of the first of a blend; English for one that espeak cannot read."""
    return next((code for code, letter in LANGUAGES.items() if letter == style[:1]), "en")


def espeak_voice(language: str, style: str) -> str:
    """How espeak is to read `language` (two letters) for the voice `style`: British for a British one."""
    if language == "en" and style.startswith("b"):
        return ESPEAK_VOICES["b"]
    return ESPEAK_VOICES[LANGUAGES[language]] if language in LANGUAGES else _ACCENTED.get(language, "en-us")


def phonemes(text: str, voice: str) -> str:
    """`text`, read as espeak's `voice` does, in Kokoro's symbols; its words stay parted by spaces."""
    sentences = _espeak().phonemize(voice, text)
    # Piper gives letters and marks apart, Kokoro knows this one in one piece.
    spoken = " ".join("".join(sentence) for sentence in sentences).replace("c\u0327", "ç").replace("g", "ɡ")
    return "".join(symbol for symbol in spoken if symbol in VOCABULARY)


def tokens(spelled: str) -> list[int]:
    """Numbers of the symbols, all of which are known."""
    return [VOCABULARY[symbol] for symbol in spelled]


@cache
def _espeak() -> EspeakPhonemizer:
    from piper.phonemize_espeak import EspeakPhonemizer

    return EspeakPhonemizer()
