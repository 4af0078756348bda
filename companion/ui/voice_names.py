"""What voices are called to a person, with the language that they speak."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from companion.core.voice_names import joined, parted

MOST_OF_ONE = 40
"""A list offers so many voices of one model; the others are named in the settings file."""

_KOKORO = {"a": "en_US", "b": "en_GB", "e": "es_ES", "f": "fr_FR", "h": "hi_IN", "i": "it_IT", "j": "ja_JP"}
_KOKORO_MODELS = {"kokoro-82m": "Kokoro", "kokoro-82m-ja": "Kokoro (JA)"}
_KOKORO |= {"p": "pt_BR", "z": "zh_CN"}


def installed_voices(models: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each voice that is here, as settings name it: of a model that holds several, each of them."""
    names: list[str] = []
    for model in models:
        if model.get("purpose") == "voice" and model.get("installed"):
            several = [str(voice) for voice in model.get("voices") or ()][:MOST_OF_ONE]
            names += [joined(str(model["name"]), voice) for voice in several or ("",)]
    return names


def voice_name(name: str) -> str:
    """ "piper-en_GB-alba-medium" is "Alba, British English"; "kokoro-82m#ff_siwis" is "Siwis, français (Kokoro)"."""
    model, which = parted(name)
    if model.startswith("kokoro-"):
        return _kokoro_name(which) if which else _KOKORO_MODELS.get(model, model)
    parts = re.fullmatch(r"piper-([a-z]{2,3}_[A-Z]{2})-(.+)-[a-z_]+", model)
    if not parts:
        return name
    title = f"{parts[2].replace('_', ' ').title()}, {_language(parts[1])}"
    return f"{title}: {which}" if which else title


def _kokoro_name(which: str) -> str:
    parts = re.fullmatch(r"([a-z])[fm]_([a-z0-9]+)", which)
    if not parts or parts[1] not in _KOKORO:
        blend = QCoreApplication.translate("VoiceNames", "blend {parts}")
        return f"{blend.format(parts=which)} (Kokoro)" if re.search(r"[+*]", which) else f"{which} (Kokoro)"
    return f"{parts[2].title()}, {_language(_KOKORO[parts[1]])} (Kokoro)"


def _language(code: str) -> str:
    """In English where the fonts of the window may not have its letters."""
    locale = QLocale(code)
    name = locale.nativeLanguageName()
    return name if name and max(name) <= "ӿ" else QLocale.languageToString(locale.language())
