"""The voice in a file, whichever engine it is for: Piper's has a description beside it, Kokoro's its voices."""

from __future__ import annotations

from pathlib import Path

from companion.backends.kokoro_phonemes import own_language
from companion.backends.kokoro_styles import names_in
from companion.core.engines import Synthesizer, Tone


def make_voice(file: Path, which: str, language: str, cache: Path, tone: Tone) -> Synthesizer:
    """A voice that loads when it is first needed. `which` of those in `file`; empty is the first.

    `language`, two letters: what Kokoro is to read the text as, its own if empty; a Piper voice has its own.
    Raises ModelError with what there is to choose from.
    """
    if is_kokoro(file):
        from companion.backends.kokoro import Kokoro

        return Kokoro(file, cache, which, language or own_language(which or names_in(file.parent)[0]), tone)
    from companion.backends.piper import Piper

    return Piper(file, cache, tone, speaker=which)


def is_kokoro(file: Path) -> bool:
    """Whether `file` is a Kokoro model, as far as what lies beside it tells."""
    return not file.with_name(file.name + ".json").is_file() and bool(names_in(file.parent))


def voices_in(file: Path) -> tuple[str, ...]:
    """The voices to choose from in `file`; none where there is but one."""
    if is_kokoro(file):
        return names_in(file.parent)
    from companion.backends.piper_speakers import speakers_beside

    return speakers_beside(file)
