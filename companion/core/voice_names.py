"""How a voice is named in settings and personas: a model or file, and behind a # which of its voices is meant.

"piper-en_US-joe-medium", "libritts.onnx#p3922" (a speaker of a Piper voice, by name or number),
"kokoro-82m#af_heart" (a voice of Kokoro), "kokoro-82m#af_heart*0.6+af_bella*0.4" (a blend of two).
"""

from __future__ import annotations

from pathlib import Path

MARK = "#"


def parted(voice: str) -> tuple[str, str]:
    """The model or file, and which of its voices; empty where none is named."""
    if MARK not in voice or Path(voice).expanduser().exists():
        return voice, ""
    model, _, which = voice.rpartition(MARK)
    return model, which


def joined(model: str, which: str) -> str:
    """The name of one voice of a model."""
    return f"{model}{MARK}{which}" if which else model
