"""Voices by the names that people see."""

from __future__ import annotations

import pytest

from companion.ui.model_words import licence_words
from companion.ui.voice_names import MOST_OF_ONE, installed_voices, voice_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("piper-en_GB-alba-medium", "Alba, British English"),
        ("piper-en_US-libritts_r-medium#p3922", "Libritts R, American English: p3922"),
        ("kokoro-82m#bf_emma", "Emma, British English (Kokoro)"),
        ("kokoro-82m-ja#jf_alpha", "Alpha, Japanese (Kokoro)"),
        ("kokoro-82m#af_heart*0.6+bf_emma*0.4", "blend af_heart*0.6+bf_emma*0.4 (Kokoro)"),
        ("kokoro-82m", "Kokoro"),
        ("kokoro-82m-ja", "Kokoro (JA)"),
        ("kokoro-of-mine", "kokoro-of-mine"),
        ("/home/me/mine.onnx#3", "/home/me/mine.onnx#3"),
    ],
)
def test_a_voice_is_called(name: str, shown: str) -> None:
    assert voice_name(name) == shown


def test_a_licence_that_is_told_elsewhere_is_no_code_word() -> None:
    assert licence_words("LicenseRef-MODEL-CARD") == "as on its model card"
    assert licence_words("LicenseRef-Llama-3.2") == "Llama-3.2"
    assert licence_words("MIT") == "MIT"


def test_of_a_model_with_several_voices_each_is_offered() -> None:
    models = [
        {"name": "one", "purpose": "voice", "installed": True, "voices": []},
        {"name": "two", "purpose": "voice", "installed": True, "voices": ["a", "b"]},
        {"name": "old", "purpose": "voice", "installed": True},
        {"name": "away", "purpose": "voice", "installed": False, "voices": ["c"]},
        {"name": "ear", "purpose": "transcriber", "installed": True},
        {"name": "many", "purpose": "voice", "installed": True, "voices": [str(n) for n in range(900)]},
    ]
    names = installed_voices(models)
    assert names[:4] == ["one", "two#a", "two#b", "old"]
    assert len(names) == 4 + MOST_OF_ONE
