"""The window's process: Qt, one window for each person, and an orderly end whatever ends it."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from companion.core.errors import NoDesktopError, SettingsError
from companion.core.persona import load_persona
from companion.core.settings_file import SettingsFile
from companion.ui.desktop import Desktop
from companion.ui.failures import log_failures
from companion.ui.files import Files
from companion.ui.icons import app_icon
from companion.ui.language import speak
from companion.ui.options import Options
from companion.ui.signals import Signals
from companion.ui.single import SingleInstance, instance_name
from companion.ui.style import dress
from companion.ui.theme import choose_theme, current_theme
from companion.ui.window_log import WindowLog


def run_app(options: Options, files: Files) -> int:
    """Show her until the person quits; returns the exit code.

    Raises NoDesktopError if nothing could be read in a window, and CompanionError if a first window runs and
    does not answer.
    """
    log_failures()
    QGuiApplication.setDesktopFileName("companion")
    qt = QApplication(["companion"])
    qt.setApplicationName("companion")
    qt.setApplicationDisplayName("Companion")
    qt.setQuitOnLastWindowClosed(False)
    if not QFontDatabase.families():
        raise NoDesktopError("There is no font on this computer, so no window.", "apt install fonts-dejavu-core")
    single = SingleInstance(instance_name(options.settings_file), qt)
    if not single.claim():
        return 0
    file = SettingsFile(options.settings_file)
    translators = speak(qt, file.settings.window.language)
    qt.setWindowIcon(app_icon())
    choose_theme(file.settings.window.theme)
    dress(qt, current_theme())
    log = WindowLog(options.window_log, qt) if options.window_log else None
    desktop = Desktop(file, lambda: _her_name(file), options, files, current_theme(), log)

    def follow_theme() -> None:
        dress(qt, current_theme())
        desktop.window.set_theme(current_theme())

    def follow_setting(key: str) -> None:
        if key == "window.theme":
            choose_theme(file.settings.window.theme)
            follow_theme()

    qt.styleHints().colorSchemeChanged.connect(follow_theme)
    desktop.others.setting_changed.connect(follow_setting)
    single.asked_to_show.connect(desktop.show_window)
    desktop.ended.connect(qt.quit)
    Signals(qt).came.connect(desktop.quit)
    qt.commitDataRequest.connect(lambda _: desktop.quit())
    qt.aboutToQuit.connect(desktop.engine.kill)
    desktop.start(options.hidden)
    code = qt.exec()
    if log:
        log.close()
    for translator in translators:
        qt.removeTranslator(translator)
    return code


def _her_name(file: SettingsFile) -> str:
    """What she is called by the settings; as at first if her persona's file is broken, which the engine tells."""
    try:
        persona = load_persona(file.settings.persona)
    except SettingsError:
        persona = load_persona("samantha")
    return persona.called(file.settings.her_name).name
