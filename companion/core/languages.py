"""Languages that a conversation may be held in, by their two-letter codes, with their English names."""

from __future__ import annotations

LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese"}
LANGUAGES |= {"nl": "Dutch", "pl": "Polish", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish"}
LANGUAGES |= {"cs": "Czech", "tr": "Turkish", "ru": "Russian", "uk": "Ukrainian", "zh": "Chinese", "ja": "Japanese"}
LANGUAGES |= {"hu": "Hungarian", "hi": "Hindi", "ko": "Korean", "ar": "Arabic", "el": "Greek", "ro": "Romanian"}

ASKED_TO_ANSWER = {
    "en": "Answer in English.",
    "de": "Antworte auf Deutsch.",
    "fr": "Réponds en français.",
    "es": "Responde en español.",
    "it": "Rispondi in italiano.",
    "pt": "Responde em português.",
    "nl": "Antwoord in het Nederlands.",
    "pl": "Odpowiadaj po polsku.",
    "sv": "Svara på svenska.",
    "da": "Svar på dansk.",
    "no": "Svar på norsk.",
    "fi": "Vastaa suomeksi.",
    "cs": "Odpovídej česky.",
    "tr": "Türkçe cevap ver.",
    "ru": "Отвечай по-русски.",
    "uk": "Відповідай українською.",
    "zh": "请用中文回答。",
    "ja": "日本語で答えて。",
    "hu": "Magyarul válaszolj.",
    "hi": "हिंदी में जवाब दो।",
    "ko": "한국어로 대답해 줘.",
    "ar": "أجب بالعربية.",
    "el": "Απάντησε στα ελληνικά.",
    "ro": "Răspunde în română.",
}
"""A small model follows this in the language itself better than in English."""
