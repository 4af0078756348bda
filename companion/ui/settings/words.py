"""What the settings tree says in English, said in the language of the person; and sizes and rules in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from companion.core.settings_fields import SettingField

LANGUAGES = (
    *("ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it"),
    *("ja", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "th", "tr", "uk"),
    *("ur", "vi", "zh"),
)
"""Those that Whisper hears well, by the figures of its paper; any other code in the settings file is shown too."""


def translated(text: str) -> str:
    """A title, a help sentence or a label of the tree."""
    return QCoreApplication.translate("SettingsTree", text)


def unit_words(unit: str) -> str:
    """What stands behind a number."""
    if unit == "tokens":
        return " " + QCoreApplication.translate("SettingsTree", "tokens")
    return f" {unit}" if unit else ""


def number_words(value: float) -> str:
    return QLocale().toString(float(value), "g", 6)


def rule_words(field: SettingField) -> str:
    """What `field` accepts, as a sentence."""
    translate = QCoreApplication.translate
    if field.minimum is not None and field.maximum is not None:
        least, most = number_words(field.minimum), number_words(field.maximum) + unit_words(field.unit)
        return translate("SettingsTree", "It must be from {least} to {most}.").format(least=least, most=most)
    if field.key == "mind.ollama_address":
        example = "http://127.0.0.1:11434"
        return translate("SettingsTree", "It must be an address such as {example}.").format(example=example)
    if field.section == "elsewhere":
        example = "http://192.168.1.5:8080/v1#model"
        return translate("SettingsTree", "It must be an address such as {example}.").format(example=example)
    return translate("SettingsTree", "This cannot be used here.")


def size_words(size_bytes: int) -> str:
    """Such as "63.2 MB"."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def language_names() -> dict[str, str]:
    """Languages by their code, as their speakers call them, sorted by that."""
    named = {code: _language_name(code) for code in LANGUAGES}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _language_name(code: str) -> str:
    """In English where the fonts of the window may not have its letters."""
    locale = QLocale(code)
    name = locale.nativeLanguageName()
    return name[0].upper() + name[1:] if name and max(name) <= "ӿ" else QLocale.languageToString(locale.language())


def plain_words(notes: str) -> str:
    """What a command said last to a person: its error and the remedy, without its name."""
    lines = [line.strip() for line in notes.splitlines() if line.strip()]
    starts = [number for number, line in enumerate(lines) if line.startswith("companion: ")]
    said = lines[starts[-1] :] if starts else lines[-2:]
    return " ".join(said).removeprefix("companion: ")
