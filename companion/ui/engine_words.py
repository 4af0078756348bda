"""Sentences that come from outside the windows, in English, said in the language of the person.

A test keeps the list in step with where they come from. What is not listed is shown as it came.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from companion.ui.model_words import MODEL_WORDS

_OTHER_WORDS: tuple[str, ...] = (  # type: ignore[assignment] # the stubs say object
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "Microphone or speaker have changed: whether her voice comes back will be seen when she speaks.",
    ),
    QT_TRANSLATE_NOOP(
        "EngineWords", "Nothing of her voice comes back to the microphone: no echo cancellation is needed."
    ),
    QT_TRANSLATE_NOOP("EngineWords", "Her voice comes back to the microphone, and is taken out of what she hears."),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "Her voice comes back to the microphone and cannot be taken out: she does not listen while she speaks."
        " To interrupt her by voice, use headphones.",
    ),
    QT_TRANSLATE_NOOP("EngineWords", "in the keyring of your system"),
    QT_TRANSLATE_NOOP("EngineWords", "in the file {file}, which only you may read"),
    QT_TRANSLATE_NOOP("EngineWords", "nowhere: nothing is kept"),
    QT_TRANSLATE_NOOP("EngineWords", "Whisper tiny for English, converted to CTranslate2: the quickest ear."),
    QT_TRANSLATE_NOOP(
        "EngineWords", "Whisper base, converted to CTranslate2: hears better, and about a hundred languages."
    ),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice joe, a man with an American accent, 22.05 kHz."),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "all-MiniLM-L6-v2, int8: finds what was said by its meaning. For English; other languages are found by their"
        " words.",
    ),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "SmolLM2 135M Instruct, Q4_1: very quick and small, but a poor companion; for machines short of memory.",
    ),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "Qwen2.5 1.5B Instruct, Q4_K_M: holds a short spoken conversation on two cores. In truth it is"
        " Qwen2.5-Coder-1.5B-Instruct, the variant for programmers, as no package carries the plain one.",
    ),
    QT_TRANSLATE_NOOP("EngineWords", "Smart Turn v3.2: hears from your tone whether you have finished."),
    QT_TRANSLATE_NOOP("EngineWords", "The sound system does not answer."),
    QT_TRANSLATE_NOOP("EngineWords", "Start your sound server again, or type instead."),
    QT_TRANSLATE_NOOP(
        "EngineWords", "Plug one in, see `companion devices` for what there is, or type instead of speaking."
    ),
    QT_TRANSLATE_NOOP(
        "EngineWords", "Plug one in or see `companion devices` for what there is; until then replies are shown."
    ),
    QT_TRANSLATE_NOOP("EngineWords", "Plug it in again, or choose another (`companion devices`); until then, type."),
    QT_TRANSLATE_NOOP("EngineWords", "The language model said nothing for {seconds} s."),
    QT_TRANSLATE_NOOP("EngineWords", "Say it again; if that keeps happening, choose a smaller model with mind.model."),
    QT_TRANSLATE_NOOP("EngineWords", "That sentence is too long to speak."),
    QT_TRANSLATE_NOOP("EngineWords", "It is shown instead."),
    QT_TRANSLATE_NOOP("EngineWords", "There is no {kind} called {name}."),
    QT_TRANSLATE_NOOP("EngineWords", "There is no {kind} {name}."),
    QT_TRANSLATE_NOOP("EngineWords", "There is no {kind}."),
    QT_TRANSLATE_NOOP("EngineWords", "microphone"),
    QT_TRANSLATE_NOOP("EngineWords", "speaker"),
)

ENGINE_WORDS = _OTHER_WORDS + MODEL_WORDS


def in_your_language(said: str) -> str:
    """`said` translated if it is one of these sentences, with whatever is filled in; else as it is."""
    for sentence in ENGINE_WORDS:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence))
        if found := re.fullmatch(pattern, said):
            filled_in = {name: in_your_language(words) for name, words in found.groupdict().items()}
            return QCoreApplication.translate("EngineWords", sentence).format(**filled_in)
    return said
