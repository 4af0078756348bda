"""Which voice speaks which language: those that are installed, and what to say where none is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from companion.backends.kokoro_phonemes import LANGUAGES as KOKOROS
from companion.backends.kokoro_phonemes import speaks
from companion.backends.kokoro_styles import names_in
from companion.core.engines import Synthesizer, Tone
from companion.core.errors import CompanionError, ModelError
from companion.core.languages import LANGUAGES
from companion.core.voice_names import joined, parted
from companion.models.catalogue import Model, catalogue
from companion.models.resolver import locate
from companion.talk.voiced_openings import VoicedOpenings


@dataclass(frozen=True, slots=True)
class Choice:
    """A voice for a language."""

    name: str
    """As settings name it."""
    accent: bool = False
    """It did not learn the language."""


def choose(language: str, wish: str = "") -> Choice | None:
    """The installed voice that speaks `language` (two letters) best; None if there is none.

    `wish`: her own voice, as settings name it: it decides between women and men, and keeps its accent if it has to.
    """
    voices = [model for model in catalogue() if model.purpose == "voice" and locate(model)]
    hers, style = parted(wish)
    gender = next((str(model.gender) for model in voices if model.name == hers), "female")
    if style[1:2] in ("f", "m"):
        gender = "female" if style[1] == "f" else "male"
    own = [model for model in voices if language in model.languages and not _is_accented(model, language)]
    if own:
        best = max(own, key=lambda model: (model.gender in (gender, "both"), not _is_kokoro(model), model.quality))
        return Choice(joined(best.name, _style(best, language, gender)))
    accented = [model for model in voices if _is_kokoro(model) and speaks(language)]
    if any(model.name == hers for model in accented) and style:
        return Choice(wish, accent=True)
    return next((Choice(joined(each.name, _style(each, language, gender)), accent=True) for each in accented), None)


def to_install(language: str) -> str:
    """The voice of the catalogue to have for `language`; empty if it has none."""
    found = [model for model in catalogue() if model.purpose == "voice" and model.languages == (language,)]
    return max(found, key=lambda model: (model.gender == "female", model.quality)).name if found else ""


def lack_of(language: str, accent: bool, main: str) -> tuple[str, str]:
    """What is said once where no installed voice speaks `language`, and the remedy. `main`: the language of hers."""
    name = LANGUAGES.get(language, language)
    hers = LANGUAGES.get(main, "")
    message = (
        f"No {name} voice is here: Kokoro speaks it, with an accent."
        if accent
        else f"No {name} voice is here: her {hers + ' ' if hers else ''}voice reads it as well as it can."
    )
    wanted = to_install(language)
    return message, f"`companion models install {wanted}` brings one." if wanted else "Name a Piper voice of yours."


_CLEAREST = ("jf_gongitsune", "jm_kumo")
"""Of the Japanese women and men: Whisper base understood their German at a word error rate of 0.38 and 0.21, the other
women's at 0.49 to 0.55, an English Piper voice's at 0.62."""

Make = Callable[[str, Tone, str], Synthesizer]
"""Makes the voice of a name, to speak a language."""
Tell = Callable[[str, str], None]
"""Tells the person a sentence and a remedy."""


@dataclass
class VoicesByLanguage:
    """See `talk.parts.OtherVoices`. A voice is made when its language is first spoken, and kept."""

    main: VoicedOpenings
    make: Make
    at_rate: Callable[[Synthesizer, int], Synthesizer]
    tell: Tell
    tone: Tone
    wish: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    """Voices of the settings, by language."""
    _kept: dict[str, VoicedOpenings | None] = field(default_factory=dict)

    def in_language(self, language: str) -> Synthesizer:
        if language == self.main.info().language or not self.main.info().language:
            return self.main
        if language not in self._kept:
            self._kept[language] = self._made(language)
        return self._kept[language] or self.main

    def tune(self, tone: Tone) -> None:
        """Speak so from the next clause on."""
        self.tone = tone
        for voice in filter(None, self._kept.values()):
            voice.tune(tone)

    def _made(self, language: str) -> VoicedOpenings | None:
        for choice in self._choices(language):
            try:
                voice = self.make(choice.name, self.tone, language)
            except CompanionError as error:
                self.tell(error.message, error.hint)
                continue
            if choice.accent:
                self.tell(*lack_of(language, True, self.main.info().language))
            return VoicedOpenings(self.at_rate(voice, self.main.rate_hz), language)
        self.tell(*lack_of(language, False, self.main.info().language))
        return None

    def _choices(self, language: str) -> Iterator[Choice]:
        if language in self.own:
            yield Choice(self.own[language])
        if found := choose(language, self.wish):
            yield found


def parsed_voices(text: str) -> dict[str, str]:
    """The setting `voice.by_language`: "de=NAME, fr=FILE#3". Raises ModelError."""
    voices: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        language, mark, name = (piece.strip() for piece in part.partition("="))
        if not mark or len(language) != 2 or not language.isalpha() or not name:
            raise ModelError(f"{part!r} names no voice for a language.", "Write them as de=NAME, fr=NAME.")
        voices[language.lower()] = name
    return voices


def _is_kokoro(model: Model) -> bool:
    return model.name.startswith("kokoro-")


def _is_accented(model: Model, language: str) -> bool:
    """Whether no voice of a Kokoro model has `language` for its own."""
    if not _is_kokoro(model):
        return False
    folder = locate(model)
    letters = {"a", "b"} if language == "en" else {KOKOROS.get(language, "-")}
    return folder is not None and all(name[0] not in letters for name in names_in(folder))


def _style(model: Model, language: str, gender: str) -> str:
    """Of a Kokoro model the voice whose own language it is, or, where none is, the first of the gender."""
    folder = locate(model)
    if not _is_kokoro(model) or folder is None:
        return ""
    letter = KOKOROS.get(language, "")
    names = names_in(folder)
    return min(names, key=lambda name: (name[0] != letter, name[1:2] != gender[:1], name not in _CLEAREST))
