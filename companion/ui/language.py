"""The language of windows and menus: which one it is, and its words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from companion.core.paths import shipped

OURS = "en"
"""The sentences in the code are in this language; it needs no file."""


def speak(application: QCoreApplication, language: str) -> list[QTranslator]:
    """Show `language` from now on ("system": the first of the system's that there are words for), ours and Qt's words.

    Dates and numbers follow it, as they are written where the system is from. Our words go before Qt's. Returns what
    was installed: nothing for English, and where there are no words in any language wanted.
    """
    system = QLocale.system()
    for name in system.uiLanguages() if language == "system" else [language]:
        if QLocale(name).language() == QLocale(OURS).language():
            _write_as(OURS, system)
            return []
        words = _load(application, "companion", name, str(shipped("assets") / "translations"))
        if words:
            _write_as(name, system)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            found = [*filter(None, [_load(application, "qtbase", name, folder)]), words]
            for translator in found:
                application.installTranslator(translator)
            return found
    return []


def _load(application: QCoreApplication, prefix: str, language: str, folder: str) -> QTranslator | None:
    translator = QTranslator(application)
    return translator if translator.load(f"{prefix}_{language.replace('-', '_')}", folder) else None


def _write_as(language: str, system: QLocale) -> None:
    wanted = QLocale(language).language()
    QLocale.setDefault(system if system.language() == wanted else QLocale(wanted, system.territory()))
