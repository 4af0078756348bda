"""Her voice, put together from the settings, and those for other languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from companion import elsewhere
from companion.backends.fallback import Notice
from companion.backends.voice_at_rate import at_rate
from companion.core.engines import Synthesizer, Tone
from companion.core.errors import DamagedModelError, ModelError
from companion.core.paths import cache_folder
from companion.core.settings import Settings
from companion.core.voice_names import parted
from companion.core.wyoming_address import is_wyoming
from companion.live_settings import tone_of
from companion.models.catalogue import Purpose
from companion.talk.voiced_openings import VoicedOpenings
from companion.voice_by_language import VoicesByLanguage, parsed_voices

BEST = ("piper-en_US-hfc_female-medium", "piper-en_US-joe-medium")
"""What "auto" takes, whichever is installed first."""


def resolve_model(name_or_path: str, purpose: Purpose) -> Path:
    """The folder or file of an installed model. Raises ModelError with the command that installs it."""
    from companion.models.resolver import resolve

    return resolve(name_or_path, purpose)


def first_installed(wanted: str, names: tuple[str, ...], purpose: Purpose) -> Path:
    """What is `wanted`, or for "auto" the first of `names` that is installed. Raises ModelError."""
    if wanted != "auto" and not is_wyoming(wanted):
        return resolve_model(wanted, purpose)
    for name in names[:-1]:
        try:
            return resolve_model(name, purpose)
        except DamagedModelError:
            raise
        except ModelError:
            continue
    return resolve_model(names[-1], purpose)


def make_synthesizer(settings: Settings, notice: Notice = elsewhere.unheard, language: str = "") -> Synthesizer:
    """The voice of the settings; one that speaks several languages speaks `language` (two letters), if it is given.

    `notice`: see `backends.fallback`.
    """
    tone = tone_of(settings)
    return elsewhere.voice(settings, lambda: make_voice_of(settings.voice.voice, tone, language), tone, notice)


def make_voice_of(name: str, tone: Tone, language: str = "") -> Synthesizer:
    """The voice called `name`; of Kokoro, to read the text as `language` (two letters; empty is its own)."""
    from companion.backends.voices import make_voice

    model, which = parted("auto" if is_wyoming(name) else name)
    return make_voice(first_installed(model, BEST, "voice"), which, language, cache_folder() / "voices", tone)


def voice_with_openings(settings: Settings, notice: Notice = elsewhere.unheard) -> VoicedOpenings:
    """The voice of the settings, with common openings voiced in advance. Blocking while a keyring is asked."""
    voice = make_synthesizer(settings, notice)
    return VoicedOpenings(voice, language=voice.info().language)


def other_voices(settings: Settings, main: VoicedOpenings, tell: Callable[[str, str], None]) -> VoicesByLanguage:
    """Those for what `main` does not speak; `tell` is told, once for each language, where there is none.

    Raises ModelError if the settings name them in a way that cannot be understood.
    """
    voice = settings.voice
    own = parsed_voices(voice.by_language)
    return VoicesByLanguage(main, make_voice_of, at_rate, tell, tone_of(settings), _named(voice.voice), own)


def _named(voice: str) -> str:
    """`voice`, or, of "auto", what that comes to: a man is a man in other languages, too."""
    if voice != "auto":
        return voice
    try:
        path = first_installed(voice, BEST, "voice")
    except ModelError:
        return voice
    return (path.parent if path.is_file() else path).name
