"""What the models of the catalogue are said to be, for Qt's translation tools; a test keeps the list whole."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

MODEL_WORDS: tuple[str, ...] = (  # type: ignore[assignment] # the stubs say object
    QT_TRANSLATE_NOOP(
        "EngineWords", "Whisper tiny, converted to CTranslate2: the quickest ear for other languages than English."
    ),
    QT_TRANSLATE_NOOP("EngineWords", "Whisper base for English, converted to CTranslate2."),
    QT_TRANSLATE_NOOP("EngineWords", "Whisper small, converted to CTranslate2: for four cores and more."),
    QT_TRANSLATE_NOOP("EngineWords", "Whisper small for English, converted to CTranslate2: for four cores and more."),
    QT_TRANSLATE_NOOP("EngineWords", "Whisper medium, converted to CTranslate2: for a graphics card."),
    QT_TRANSLATE_NOOP("EngineWords", "Whisper medium for English, converted to CTranslate2: for a graphics card."),
    QT_TRANSLATE_NOOP("EngineWords", "Whisper large v2, converted to CTranslate2: for a graphics card."),
    QT_TRANSLATE_NOOP("EngineWords", "Whisper large v3, converted to CTranslate2: the best ear, for a graphics card."),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "Whisper large v3 turbo, converted to CTranslate2: nearly the best ear, and quick on a graphics card.",
    ),
    QT_TRANSLATE_NOOP(
        "EngineWords", "Distil-Whisper small for English: hears nearly as small does, with a quicker decoder."
    ),
    QT_TRANSLATE_NOOP("EngineWords", "Distil-Whisper medium for English, with a quicker decoder."),
    QT_TRANSLATE_NOOP("EngineWords", "Distil-Whisper large v3 for English: nearly the best ear, for a graphics card."),
    QT_TRANSLATE_NOOP(
        "EngineWords", "Distil-Whisper large v3.5 for English: nearly the best ear, for a graphics card."
    ),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "Piper voice hfc female, a woman with an American accent: the recommended voice for English, 22.05 kHz.",
    ),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice amy, a woman with an American accent, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice lessac, a woman with an American accent, 22.05 kHz."),
    QT_TRANSLATE_NOOP(
        "EngineWords", "Piper voice lessac, a woman with an American accent, finer and slower, 22.05 kHz."
    ),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice kristin, a woman with an American accent, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice hfc male, a man with an American accent, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice ryan, a man with an American accent, finer and slower, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice alba, a woman with a Scottish accent, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice jenny dioco, a woman with an Irish accent, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice cori, a woman with a British accent, finer and slower, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice alan, a man with a British accent, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice kerstin, a woman who speaks German, 16 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice ramona, a woman who speaks German, 16 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice thorsten, a man who speaks German, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice siwis, a woman who speaks French, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice tom, a man who speaks French, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice upmc, a woman and a man who speak French, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice sharvard, a woman and a man who speak Spanish, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice davefx, a man who speaks Spanish, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice paola, a woman who speaks Italian, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice riccardo, a man who speaks Italian; small and rough, 16 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice nathalie, a woman who speaks Flemish, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice ronnie, a man who speaks Dutch, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice gosia, a woman who speaks Polish, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice darkman, a man who speaks Polish, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice irina, a woman who speaks Russian, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice dmitri, a man who speaks Russian, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice anna, a woman who speaks Hungarian, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice imre, a man who speaks Hungarian, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice lisa, a woman who speaks Swedish, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice nst, a man who speaks Swedish, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice priyamvada, a woman who speaks Hindi, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice pratham, a man who speaks Hindi, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice lada, a woman who speaks Ukrainian; small and rough, 16 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice mykyta, a man who speaks Ukrainian, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice faber, a man who speaks Brazilian Portuguese, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice jirka, a man who speaks Czech, 22.05 kHz."),
    QT_TRANSLATE_NOOP("EngineWords", "Piper voice huayan, a woman who speaks Mandarin, 22.05 kHz."),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "Kokoro 82M, 8-bit: 23 voices of women and men in six languages, which can be blended; for quick machines.",
    ),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "Kokoro 82M, 8-bit, with five Japanese voices, which speak six other languages with an accent; for quick"
        " machines.",
    ),
    QT_TRANSLATE_NOOP("EngineWords", "Qwen2.5 0.5B Instruct, Q4_K_M: very quick, and a simple talker."),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "Qwen2.5 1.5B Instruct, Q4_K_M: the plain one, better to talk to than its variant for programmers.",
    ),
    QT_TRANSLATE_NOOP("EngineWords", "Qwen2.5 3B Instruct, Q4_K_M: for four cores and more."),
    QT_TRANSLATE_NOOP("EngineWords", "Qwen2.5 7B Instruct, Q4_K_M: for eight quick cores, or a graphics card."),
    QT_TRANSLATE_NOOP("EngineWords", "Qwen2.5 14B Instruct, Q4_K_M: for a graphics card with 12 GB."),
    QT_TRANSLATE_NOOP("EngineWords", "Qwen3 4B Instruct 2507, Q4_K_M: wise for its size; for four cores and more."),
    QT_TRANSLATE_NOOP("EngineWords", "Qwen3 8B in Ollama, asked not to think first: for a graphics card with 8 GB."),
    QT_TRANSLATE_NOOP("EngineWords", "Qwen3 14B in Ollama, asked not to think first: for a graphics card with 12 GB."),
    QT_TRANSLATE_NOOP("EngineWords", "Llama 3.2 1B Instruct, Q4_K_M: quick and friendly."),
    QT_TRANSLATE_NOOP("EngineWords", "Llama 3.2 3B Instruct, Q4_K_M: a natural talker; for four cores and more."),
    QT_TRANSLATE_NOOP("EngineWords", "Llama 3.1 8B Instruct, Q4_K_M: for eight quick cores, or a graphics card."),
    QT_TRANSLATE_NOOP("EngineWords", "Gemma 3 1B, Q4_K_M: quick, with a warm tone."),
    QT_TRANSLATE_NOOP("EngineWords", "Gemma 3 4B, Q4_K_M: warm and fluent in many languages; for four cores and more."),
    QT_TRANSLATE_NOOP("EngineWords", "Gemma 3 12B, Q4_K_M: for a graphics card with 12 GB."),
    QT_TRANSLATE_NOOP("EngineWords", "Phi-3.5 mini (3.8B), Q4_K_M: clever, a little dry."),
    QT_TRANSLATE_NOOP("EngineWords", "Phi-4 (14B), Q4_K_M: for a graphics card with 12 GB."),
    QT_TRANSLATE_NOOP("EngineWords", "Mistral 7B Instruct v0.3, Q4_K_M: for eight quick cores, or a graphics card."),
    QT_TRANSLATE_NOOP("EngineWords", "Mistral Nemo 12B Instruct, Q4_K_M: for a graphics card with 12 GB."),
    QT_TRANSLATE_NOOP("EngineWords", "SmolLM2 360M in Ollama: very quick, and a poor companion."),
    QT_TRANSLATE_NOOP("EngineWords", "SmolLM2 1.7B Instruct, Q4_K_M: quick, for English."),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "paraphrase-multilingual-MiniLM-L12-v2, int8: finds what was said by its meaning, in about fifty languages.",
    ),
)


def licence_words(licence: str) -> str:
    """A licence of the catalogue as people read it: some are told on the model's card alone."""
    if licence == "LicenseRef-MODEL-CARD":
        return QCoreApplication.translate("Licences", "as on its model card")
    return licence.removeprefix("LicenseRef-")
