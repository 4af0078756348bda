"""What she tells Home Assistant that she offers: ears, a voice, and herself to talk with."""

from __future__ import annotations

from collections.abc import Sequence

from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    HandleModel,
    HandleProgram,
    Info,
    TtsProgram,
    TtsVoice,
)

from companion import __version__
from companion.serve.her import Ears, Voice

_ATTRIBUTION = Attribution("Companion", "")


def info_of(name: str, languages: Sequence[str], ears: Ears, voice: Voice) -> Info:
    """`name` is hers, `languages` those she talks in."""
    return Info(
        asr=[_ears(ears)],
        tts=[_voice(voice)],
        handle=[
            HandleProgram(
                name=name,
                attribution=_ATTRIBUTION,
                installed=True,
                description=f"Talk with {name}",
                version=__version__,
                models=[
                    HandleModel(
                        name=name,
                        attribution=_ATTRIBUTION,
                        installed=True,
                        description=f"{name}, with what she remembers",
                        version=__version__,
                        languages=list(languages),
                    )
                ],
            )
        ],
    )


def _ears(ears: Ears) -> AsrProgram:
    engine = ears.info()
    model = AsrModel(
        name=engine.model or engine.name,
        attribution=Attribution(engine.name, ""),
        installed=True,
        description=None,
        version=None,
        languages=list(ears.languages),
    )
    return AsrProgram(
        name=f"companion-{engine.name.lower()}",
        attribution=_ATTRIBUTION,
        installed=True,
        description=f"{engine.name}, by Companion",
        version=__version__,
        models=[model],
    )


def _voice(voice: Voice) -> TtsProgram:
    engine = voice.info()
    spoken = TtsVoice(
        name=engine.model or engine.name,
        attribution=Attribution(engine.name, ""),
        installed=True,
        description=None,
        version=None,
        languages=list(voice.languages),
    )
    return TtsProgram(
        name=f"companion-{engine.name.lower()}",
        attribution=_ATTRIBUTION,
        installed=True,
        description=f"{engine.name}, by Companion",
        version=__version__,
        voices=[spoken],
        supports_synthesize_streaming=True,
    )
