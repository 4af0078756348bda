"""A voice for each language: made when it is first spoken, kept, and missed once only."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from companion import her_voices, voice_by_language
from companion.backends.voice_at_rate import at_rate
from companion.core.engines import EngineInfo, Synthesizer, Tone
from companion.core.errors import ModelError
from companion.core.settings import Settings
from companion.models.catalogue import Model, Purpose
from companion.talk.voiced_openings import VoicedOpenings
from companion.voice_by_language import Choice, VoicesByLanguage, parsed_voices, to_install
from tests.fakes.engines import EvenSynthesizer


class Voice(EvenSynthesizer):
    def __init__(self, name: str, language: str) -> None:
        self._info = EngineInfo("voice", "even", name, language=language)
        self.tone = Tone()

    def info(self) -> EngineInfo:
        return self._info

    def tune(self, tone: Tone) -> None:
        self.tone = tone


@dataclass
class Stage:
    made: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    voices: dict[str, Voice] = field(default_factory=dict)

    def make(self, name: str, tone: Tone, language: str) -> Synthesizer:
        self.made.append((name, language))
        if name == "broken":
            raise ModelError("It is broken.", "Mend it.")
        self.voices[name] = Voice(name, language)
        return self.voices[name]

    def voices_for(self, **own: str) -> VoicesByLanguage:
        main = VoicedOpenings(Voice("hers", "en"))
        return VoicesByLanguage(main, self.make, at_rate, lambda message, _: self.told.append(message), Tone(), own=own)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    there = {"de": Choice("german"), "fr": Choice("kokoro", accent=True)}
    monkeypatch.setattr(voice_by_language, "choose", lambda language, wish: there.get(language))
    return Stage()


def test_her_own_language_needs_no_other(stage: Stage) -> None:
    voices = stage.voices_for()
    assert voices.in_language("en") is voices.main
    assert not stage.made


def test_another_is_made_once_and_kept(stage: Stage) -> None:
    voices = stage.voices_for()
    first = voices.in_language("de")
    assert (first.info().model, voices.in_language("de")) == ("german", first)
    assert (stage.made, stage.told) == ([("german", "de")], [])


def test_an_accent_is_told_of_once(stage: Stage) -> None:
    voices = stage.voices_for()
    assert {voices.in_language("fr").info().model for _ in range(3)} == {"kokoro"}
    assert stage.told == ["No French voice is here: Kokoro speaks it, with an accent."]


def test_without_any_her_own_goes_on_and_it_is_said_once(stage: Stage) -> None:
    voices = stage.voices_for()
    assert [voices.in_language("es"), voices.in_language("es")] == [voices.main] * 2
    assert stage.told == ["No Spanish voice is here: her English voice reads it as well as it can."]


def test_what_the_settings_name_goes_first_and_a_broken_one_is_told_of(stage: Stage) -> None:
    assert stage.voices_for(de="mine").in_language("de").info().model == "mine"
    assert stage.voices_for(de="broken").in_language("de").info().model == "german"
    assert stage.told == ["It is broken."]


def test_a_change_of_tone_reaches_all(stage: Stage) -> None:
    voices = stage.voices_for()
    voices.in_language("de")
    voices.tune(Tone(speed=1.5))
    assert stage.voices["german"].tone.speed == 1.5


@dataclass
class Shelf:
    """Voices of the catalogue that are here."""

    names: tuple[str, ...]
    folder: Path

    def locate(self, model: Model) -> Path | None:
        return self.folder if model.name in self.names else None


@pytest.mark.parametrize(
    ("here", "language", "wish", "choice"),
    [
        (("piper-en_US-joe-medium",), "de", "auto", None),
        (("piper-de_DE-thorsten-medium", "piper-de_DE-kerstin-low"), "de", "auto", Choice("piper-de_DE-kerstin-low")),
        (
            ("piper-de_DE-thorsten-medium", "piper-de_DE-kerstin-low", "piper-en_US-joe-medium"),
            "de",
            "piper-en_US-joe-medium",
            Choice("piper-de_DE-thorsten-medium"),
        ),
        (("kokoro-82m-ja",), "de", "auto", Choice("kokoro-82m-ja#jf_gongitsune", accent=True)),
        (("kokoro-82m-ja",), "de", "kokoro-82m-ja#jm_kumo", Choice("kokoro-82m-ja#jm_kumo", accent=True)),
        (("kokoro-82m-ja", "piper-de_DE-thorsten-medium"), "de", "auto", Choice("piper-de_DE-thorsten-medium")),
        (("kokoro-82m-ja",), "zh", "auto", None),
    ],
)
def test_the_voice_that_is_here_for_a_language(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    here: tuple[str, ...],
    language: str,
    wish: str,
    choice: Choice | None,
) -> None:
    with zipfile.ZipFile(tmp_path / "voices_ja.npz", "w") as archive:
        for name in ("jf_alpha", "jf_gongitsune", "jm_kumo"):
            archive.writestr(f"{name}.npy", b"")
    monkeypatch.setattr(voice_by_language, "locate", Shelf(here, tmp_path).locate)
    assert voice_by_language.choose(language, wish) == choice


def test_voices_of_the_settings_are_read_and_nonsense_is_named() -> None:
    assert parsed_voices(" de=a.onnx#3, FR = b,") == {"de": "a.onnx#3", "fr": "b"}
    assert parsed_voices("") == {}
    for wrong in ("de", "deutsch=a", "de=", "=a"):
        with pytest.raises(ModelError, match="names no voice"):
            parsed_voices(wrong)


def test_what_to_install_is_a_woman_s_voice_of_that_language_alone() -> None:
    assert to_install("de").startswith("piper-de_DE-")
    assert to_install("xx") == ""


@pytest.mark.parametrize(
    ("voice", "wish"),
    [("auto", "piper-en_US-joe-medium"), ("kokoro-82m-ja#jf_alpha", "kokoro-82m-ja#jf_alpha")],
)
def test_the_voice_that_goes_without_saying_is_of_the_same_gender_in_other_languages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, voice: str, wish: str
) -> None:
    file = tmp_path / "piper-en_US-joe-medium" / "en_US-joe-medium.onnx"
    file.parent.mkdir()
    file.touch()

    def resolve(name: str, purpose: Purpose) -> Path:
        if name != file.parent.name:
            raise ModelError("It is not here.", "Install it.")
        return file

    monkeypatch.setattr(her_voices, "resolve_model", resolve)
    settings = Settings.model_validate({"voice": {"voice": voice}})
    main = VoicedOpenings(Voice("hers", "en"))
    assert her_voices.other_voices(settings, main, lambda message, hint: None).wish == wish
