"""The German windows: complete, up to date with the code, and German in all that is seen."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QLocale, QObject, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QListView, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from companion.backends.echo_free_microphone import MESSAGES as MESSAGES_OF_ECHO
from companion.core.diary import Entry
from companion.core.events import State
from companion.core.facts import YOU, Fact
from companion.core.paths import shipped
from companion.core.persona import known_personas
from companion.core.settings_file import SettingsFile
from companion.memory.facts import open_facts
from companion.memory.told import as_written
from companion.ui.actions import Actions
from companion.ui.commands import Commands
from companion.ui.conversation.sentences import count_words
from companion.ui.conversation.window import ConversationWindow
from companion.ui.engine_words import ENGINE_WORDS, in_your_language
from companion.ui.first_run.window import FirstRun
from companion.ui.language import speak
from companion.ui.memory.forget_dialog import ForgetDialog
from companion.ui.memory.shelf import Shelf
from companion.ui.memory.window import MemoryWindow
from companion.ui.placement import Places
from companion.ui.report import ReportDialog
from companion.ui.settings.personality_page import PersonalityPage
from companion.ui.theme import DAY
from companion.ui.view import View
from companion.ui.window import FloatingWindow
from companion.ui.words import state_words, voice_language, window_language
from tests.fakes.list_diary import ListDiary
from tests.unit.ui.first_run.conftest import Companion
from tests.unit.ui.settings.conftest import Rig

SOURCES = sorted((Path(__file__).parents[3] / "companion" / "ui").rglob("*.py"))
WORDS = shipped("assets") / "translations" / "companion_de.ts"


@dataclass(frozen=True)
class Message:
    """One sentence and its translations: one, or one for each plural form."""

    context: str
    source: str
    comment: str
    plural: bool
    forms: tuple[str, ...]
    finished: bool

    @property
    def identity(self) -> tuple[str, str, str, bool]:
        return self.context, self.source, self.comment, self.plural


def read(file: Path) -> list[Message]:
    return [
        _message(context.findtext("name") or "", element)
        for context in ElementTree.parse(file).iter("context")
        for element in context.iter("message")
    ]


def _message(context: str, element: ElementTree.Element) -> Message:
    translation = element.find("translation")
    assert translation is not None
    plural = element.get("numerus") == "yes"
    forms = [form.text or "" for form in translation.iter("numerusform")] if plural else [translation.text or ""]
    source, comment = element.findtext("source") or "", element.findtext("comment") or ""
    return Message(context, source, comment, plural, tuple(forms), translation.get("type") is None)


MESSAGES = read(WORDS)


@pytest.fixture
def companion(tmp_path: Path) -> Companion:
    return Companion(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.toml")


@pytest.fixture
def rig(qtbot: QtBot, tmp_path: Path, file: SettingsFile) -> Iterator[Rig]:
    made = Rig(qtbot, file, tmp_path)
    yield made
    made.window.close()


@pytest.fixture
def german(qapp: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    translators = speak(qapp, "de")
    yield qapp
    for translator in translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def marks(text: str) -> tuple[str, ...]:
    """What is filled in later."""
    named = [f"{{{name}}}" for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    return tuple(sorted(named + re.findall(r"%L?n", text)))


def test_each_sentence_is_translated_with_all_that_is_filled_in() -> None:
    assert [message for message in MESSAGES if not message.context] == []
    assert [message for message in MESSAGES if not message.finished or "" in message.forms] == []
    assert [message for message in MESSAGES if {marks(form) for form in message.forms} != {marks(message.source)}] == []


def test_what_is_shipped_is_made_from_it() -> None:
    translator = QTranslator()
    assert translator.load(str(WORDS.with_suffix(".qm")))
    for message in MESSAGES:
        for count, form in enumerate(message.forms, start=1):
            found = translator.translate(message.context, message.source, message.comment, count)
            assert found == form, "make translations"


def test_all_sentences_of_the_code_and_no_others_are_in_it(tmp_path: Path) -> None:
    fresh = tmp_path / "companion_de.ts"
    lupdate = Path(sys.executable).parent / "pyside6-lupdate"
    command: list[str | Path] = [lupdate, "-silent", "-locations", "none", *SOURCES, "-ts", fresh]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert {message.identity for message in read(fresh)} == {message.identity for message in MESSAGES}, (
        "make translations"
    )


def test_the_tool_finds_every_call_that_translates() -> None:
    known = {message.source for message in MESSAGES}
    plural = {message.source for message in MESSAGES if message.plural}
    for file in SOURCES:
        for call in (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            place = {"tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}.get(name)
            if place is None or len(call.args) <= place or not isinstance(sentence := call.args[place], ast.Constant):
                continue
            assert sentence.value in known, (file.name, call.lineno)
            assert (len(call.args) > place + 2) == (sentence.value in plural), (file.name, call.lineno)


def test_plural_forms(german: QApplication) -> None:
    assert [count_words(1), count_words(2), count_words(12_345)] == ["1 Beitrag", "2 Beiträge", "12.345 Beiträge"]


def test_english_needs_no_file_and_an_unknown_language_is_english(qapp: QApplication) -> None:
    before = QLocale()
    assert speak(qapp, "en") == []
    assert QLocale().language() == QLocale.Language.English
    QLocale.setDefault(before)
    assert speak(qapp, "tlh") == []
    assert QLocale() == before


def test_dates_and_buttons_of_qt_are_german_too(german: QApplication) -> None:
    assert QLocale().dayName(1) == "Montag"
    assert german.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_the_language_of_the_window_and_of_voices(german: QApplication) -> None:
    assert window_language() == "de"
    voices = ("auto", "piper-en_GB-alba-medium", "/voices/de_DE-thorsten-high.onnx")
    assert [voice_language(voice) for voice in voices] == ["en", "en", "de"]


# --- what is seen


def texts(root: QObject) -> Iterator[str]:
    """All that `root` and what is in it say, to the eye and to a screen reader."""
    for thing in (root, *root.findChildren(QObject)):
        if isinstance(thing, QWidget):
            yield from (thing.windowTitle(), thing.toolTip(), thing.accessibleName(), thing.accessibleDescription())
        if isinstance(thing, QComboBox):
            yield from (thing.itemText(row) for row in range(thing.count()))
        if isinstance(thing, QLineEdit):
            yield thing.placeholderText()
        if isinstance(thing, (QLabel, QPushButton, QAction, QMenu, QLineEdit)):
            yield thing.title() if isinstance(thing, QMenu) else thing.text()


def english_in(shown: Iterable[str]) -> dict[str, set[str]]:
    """Texts with words that are in our English sentences and in no German one."""
    translated = [message for message in MESSAGES if message.source not in message.forms]
    german = _words_of(form for message in translated for form in message.forms)
    english = _words_of(message.source for message in translated) - german
    return {text: found for text in shown if (found := _words_of([text]) & english)}


def _words_of(sentences: Iterable[str]) -> set[str]:
    """Without what is filled in, paths, code, and what is quoted in German."""
    plain = (re.sub(r"\{\w+\}|/\S+|`[^`]+`|„[^“]+“", " ", sentence) for sentence in sentences)
    return {word for sentence in plain for word in re.findall(r"[^\W\d_]{2,}", sentence.casefold())}


def assert_german(root: QObject, *not_ours: str) -> None:
    """`not_ours`: texts that are no sentence of the window, such as what a persona file says."""
    shown = [text for text in texts(root) if text and not any(text.startswith(start) for start in not_ours)]
    assert len(shown) > 5
    assert english_in(shown) == {}


def test_the_search_for_english_finds_it(german: QApplication) -> None:
    assert english_in(["Einstellungen", "Settings", "Show the window"]) == {
        "Settings": {"settings"},
        "Show the window": {"show", "the", "window"},
    }


def test_the_floating_window_in_each_state(german: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    view = View("Samantha")
    window = FloatingWindow(DAY, Places.load(tmp_path / "window.json"), True, view, lambda: 100.0)
    qtbot.addWidget(window)
    window.show()
    for state in get_args(State):
        view.state = state
        window.take_view()
        assert window.state.accessibleName() == f"Samantha {state_words(state)}"
        assert_german(window, "Deine Worte gehen an this computer")  # hidden


def test_the_menu(german: QApplication, qtbot: QtBot, companion: Companion) -> None:
    owner = QObject()
    view = View("Samantha", muted=True)
    actions = Actions(view, companion.commands, owner)
    menu = actions.make_menu()
    assert_german(menu)
    actions.take_view(window_visible=True, shrunk=False)
    actions.say_how_to_talk("")
    assert_german(menu)
    assert actions.quit.text() == "Beenden"


DATA_OF_PAGES = (
    "English",
    "American English",
    "Japanese",
    "You are",
    "Hello. It is a lovely",
    "What makes a good evening?",
)
"""Languages as their speakers call them, or in English where a font may lack the letters; a persona; and sentences for
voice and mind, which are English at first."""


def test_each_page_of_the_settings(german: QApplication, rig: Rig) -> None:
    window = rig.open_all()
    data = (*DATA_OF_PAGES, *(persona.about for persona in known_personas()))
    for page in window.pages:
        page.open()
        assert_german(page, *data)
    assert_german(window, *data)


def test_the_editor_of_a_persona(german: QApplication, rig: Rig) -> None:
    page = next(page for page in rig.open_all().pages if isinstance(page, PersonalityPage))
    page.edit("samantha")
    (editor,) = page.editors
    assert_german(editor, "American English", "Japanese", *(persona.about for persona in known_personas()))
    editor.fields["name"].line.clear()  # type: ignore[attr-defined]
    editor.save()
    assert_german(editor.bar)
    editor.bar.revert.click()
    editor.close()


def test_settings_are_found_by_german_words(german: QApplication, rig: Rig) -> None:
    window = rig.open_all()
    search = next(
        each for each in window.findChildren(QLineEdit) if each.placeholderText() == "Einstellungen durchsuchen"
    )
    search.setText("festplatte")
    assert rig.shows("Was aufbewahrt wird")


def test_each_of_the_first_steps(german: QApplication, qtbot: QtBot, companion: Companion, file: SettingsFile) -> None:
    window = FirstRun(file, companion.commands)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: companion.calls("models") != [], timeout=20_000)
    assert_german(
        window, "About", "good", "Built-in", "Wie dieser Computer: Built-in"
    )  # as the fake commands call them
    assert companion.calls("say") == []  # an English voice does not read German
    window.close()


def test_the_conversation(german: QApplication, qtbot: QtBot) -> None:
    window = ConversationWindow(ListDiary([Entry(0, datetime.now().astimezone(), "user", "", "Hallo.")]))
    qtbot.addWidget(window)
    window.show()
    assert_german(window)
    assert_german(ReportDialog(Commands([sys.executable, "-c", ""]), "", []))


def test_what_she_remembers(german: QApplication, qtbot: QtBot, companion: Companion, tmp_path: Path) -> None:
    file = tmp_path / "conversations.db"
    with closing(open_facts(file)) as facts:
        now = datetime.now().astimezone()
        facts.keep(Fact(0, "plan", YOU, "Zahnarzt.", now, due=now.date(), confidence=0.5))
        shelf = Shelf(facts, ListDiary(), as_written, lambda: 0)
        window = MemoryWindow(shelf, companion.commands)
        qtbot.addWidget(window)
        with qtbot.waitSignal(shelf.changed):
            window.show()
        window.set_private(True)
        assert_german(window)
        rows = [
            str(index.data())
            for view in window.findChildren(QListView)
            if (index := view.model().index(0, 0)).isValid()
        ]
        assert {"Alles", "Zahnarzt. Du, Heute, für: Heute, nicht sicher"} <= set(rows)
        assert_german(ForgetDialog("", lambda *_: None, window))


# --- what comes from outside the windows


def test_the_listed_sentences_are_those_that_are_said() -> None:
    said = descriptions()
    package = SOURCES[0].parents[1]
    for file in sorted({*package.rglob("*.py")} - set(SOURCES)):
        said |= {_sentence(node) for node in ast.walk(ast.parse(file.read_text()))}
    assert [words for words in ENGINE_WORDS if re.sub(r"\{\w+\}", "{}", words) not in said] == []


def test_no_description_and_no_news_of_the_echo_is_forgotten() -> None:
    assert {*descriptions(), *MESSAGES_OF_ECHO.values()} <= set(ENGINE_WORDS)


def test_a_sentence_of_the_engine_keeps_what_is_filled_in(german: QApplication) -> None:
    key = in_your_language("in the file /home/jane/key, which only you may read")
    assert key == "in der Datei /home/jane/key, die nur du lesen darfst"
    assert in_your_language("There is no microphone.") == "Nicht gefunden: Mikrofon."
    assert in_your_language("There is no speaker called 'Desk'.") == "Nicht gefunden: Lautsprecher 'Desk'."
    assert in_your_language("Something else.") == "Something else."


def descriptions() -> set[str]:
    """What the models are said to be."""
    catalogue = tomllib.loads((shipped("models") / "catalogue.toml").read_text(encoding="utf-8"))
    return {model["description"] for model in catalogue["models"]}


def _sentence(node: ast.AST) -> str:
    """A string of the code, with {} for what is filled in; else nothing."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""
