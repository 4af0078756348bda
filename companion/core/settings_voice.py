"""The settings of how she sounds."""

from __future__ import annotations

from companion.core.setting import Section, setting
from companion.core.wyoming_address import ALLOWED, Engine


class Voice(Section):
    """How she sounds."""

    speaker: str = setting(
        "", "Speaker", "The speaker that you hear her from.", allowed="a name, or empty for the system's default"
    )
    voice: Engine = setting(
        "auto",
        "Voice",
        "The voice that she speaks with; a server is sent her words.",
        allowed=f"auto, a name from `companion models`, an .onnx file (of several voices one behind a #), or {ALLOWED}",
    )
    by_language: str = setting(
        "",
        "Voices for other languages",
        "What she speaks other languages with; one that is not named takes the best voice here.",
        advanced=True,
        example="de=piper-de_DE-thorsten-medium",
        allowed="language=voice, as in de=piper-de_DE-thorsten-medium, fr=my.onnx, or empty",
        pattern=r"^(\s*[a-z]{2}\s*=[^=]+)?$|^(\s*[a-z]{2}\s*=[^=,]+(,|$))+$",
    )
    speed: float = setting(1.0, "Speed", "Rate of speech; 1 is the voice's own.", unit="×", live=True, ge=0.5, le=2.0)
    expressiveness: float = setting(
        0.5,
        "Warmth",
        "How much her tone and rhythm vary; 0.5 is the voice's own. Kokoro's voices cannot be told this.",
        live=True,
        ge=0.0,
        le=1.0,
    )
    volume: float = setting(1.0, "Volume", "Her loudness.", live=True, ge=0.0, le=1.0)
