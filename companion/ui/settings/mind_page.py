"""The page of her mind: which language model, where it runs, and how quick it is here."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from companion.ui.commands import Command, Commands
from companion.ui.settings.asking import Listing, Records, follow
from companion.ui.settings.controls import ChoiceControl
from companion.ui.settings.form import Form
from companion.ui.settings.offers import MoreModels
from companion.ui.settings.page import Page, Panel, Words
from companion.ui.settings.server_key import ServerKey
from companion.ui.settings.services import Services
from companion.ui.settings.words import number_words, size_words
from companion.ui.widgets import Note

FINER = (
    "mind.max_reply_tokens",
    "mind.context_tokens",
    "mind.first_token_timeout_s",
    "mind.keep_alive_minutes",
    "mind.threads",
    "elsewhere.mind_timeout_s",
    "elsewhere.hearing_timeout_s",
    "elsewhere.voice_timeout_s",
    "elsewhere.stand_in",
    "elsewhere.keep_ready",
    "models.mirror",
)


class MindPage(Page):
    def __init__(self, title: str, form: Form, commands: Commands, models: Listing, services: Services) -> None:
        super().__init__(title)
        self._models = models
        self._found = Listing(commands, ("models", "--found", "--json"), self)
        self._found.listed.connect(self._take_found)
        models.listed.connect(self._take_models)
        self._form = form
        self._engines: dict[str, str] = {}
        self._model = ChoiceControl({"auto": self.tr("The best one here")})
        self._now = MindNow(services)
        self._test = TestSentence(commands)
        self._more = MoreModels(
            commands, "language-model", self.tr("More minds"), self.tr("All of the models known are here.")
        )
        self._more.installed.connect(self.open)
        self.add_card([self._now, self._test])
        self.add_card(
            [
                form.row("mind.model", self._model),
                form.row("mind.engine"),
                form.row("mind.ollama_address"),
                form.row("elsewhere.mind"),
                ServerKey(commands, "mind"),
                form.row("mind.temperature"),
            ]
        )
        self.add_card([self._more])
        self.add_finer([form.row(key) for key in FINER])
        form.changed.connect(self._let_it_run)

    def open(self) -> None:
        self._now.refresh()
        self._found.ask()
        self._models.ask()

    def leave(self) -> None:
        self._test.stop()

    def _take_found(self, models: Records, trouble: str) -> None:
        names = {"ollama": "Ollama", "embedded": self.tr("built in")}
        labels = {"auto": self.tr("The best one here")}
        for model in models:
            name, engine = str(model["name"]), str(model.get("engine", ""))
            self._engines[name] = engine
            labels[name] = " · ".join([name, names.get(engine, engine), size_words(int(model.get("size_bytes") or 0))])
        self._model.offer(labels)
        self._now.tell(trouble)

    def _let_it_run(self, key: str, model: object) -> None:
        """A model that was chosen is not refused because another program is set to run her mind."""
        runs_it = self._engines.get(str(model), "")
        if key == "mind.model" and runs_it and self._form.file.settings.mind.engine not in ("auto", runs_it):
            self._form.set("mind.engine", "auto")

    def _take_models(self, models: Records, trouble: str) -> None:
        self._more.show_models([model for model in models if model.get("purpose") == "language-model"], trouble)


class MindNow(Panel):
    """The model in use, and where it runs."""

    def __init__(self, services: Services) -> None:
        super().__init__(
            QCoreApplication.translate("MindNow", "Her mind now"),
            words=QCoreApplication.translate("SearchedWords", "language model in use where computer address"),
        )
        self._view = services.view
        self._words = Words()
        self._trouble = Note()
        self._trouble.hide()
        self.column.addWidget(self._words)
        self.column.addWidget(self._trouble)
        services.happened.connect(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        minds = [engine for engine in self._view.engines if engine.part == "language model"]
        if not minds:
            words = self.tr("She is not awake yet, so nothing is known of her mind.")
        elif minds[0].where == "this computer":
            words = self.tr("{model} by {engine}, on this computer.").format(model=minds[0].model, engine=minds[0].name)
        else:
            words = self.tr("{model} by {engine}, at {where}: what is said is sent there.").format(
                model=minds[0].model, engine=minds[0].name, where=minds[0].where
            )
        if words != self._words.text():
            self._words.setText(words)

    def tell(self, trouble: str) -> None:
        self._trouble.say(trouble, trouble=True)
        self._trouble.setVisible(bool(trouble))


class TestSentence(Panel):
    """One question to the model, as it is set, and how quick the answer came."""

    __test__ = False

    def __init__(self, commands: Commands) -> None:
        super().__init__(
            QCoreApplication.translate("TestSentence", "Try it"),
            words=QCoreApplication.translate("SearchedWords", "test sentence speed measure tokens"),
        )
        self._commands = commands
        self._command: Command | None = None
        self._answer = ""
        self._text = QLineEdit(self.tr("What makes a good evening?"))
        self._text.setAccessibleName(self.tr("Sentence to try"))
        self._text.setMaxLength(500)
        self._text.returnPressed.connect(self.ask)
        self._text.textChanged.connect(lambda _: self._show())
        self._button = QPushButton()
        self._button.clicked.connect(lambda: self.stop() if self._command else self.ask())
        self._words = Words()
        self._note = Note()
        row = QHBoxLayout()
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self.column.addLayout(row)
        self.column.addWidget(self._words)
        self.column.addWidget(self._note)
        self._show()

    def ask(self) -> None:
        text = self._text.text().strip()
        if self._command or not text:
            return
        self._answer = ""
        self._note.say(self.tr("The model is loaded for it; this may take a moment…"))
        self._command = follow(self._commands, self, ("ask", "--json", "--", text), self._read, self._end)
        self._show()

    def stop(self) -> None:
        if self._command:
            self._command.cancel()

    def _read(self, record: dict[str, Any]) -> None:
        match record:
            case {"piece": str() as piece}:
                self._answer += piece
                self._note.say("")
            case {"first_token_s": int() | float() as first_s, "tokens_per_s": int() | float() as speed}:
                self._note.say(
                    self.tr("{model}, {where}: first word after {first} s, then {speed} tokens a second.").format(
                        model=record.get("model", ""),
                        where=self._where(str(record.get("where", ""))),
                        first=number_words(round(first_s, 2)),
                        speed=number_words(round(speed, 1)),
                    )
                )
        self._show()

    def _where(self, where: str) -> str:
        return self.tr("on this computer") if where == "this computer" else self.tr("at {where}").format(where=where)

    def _end(self, code: int, trouble: str) -> None:
        self._command = None
        if code:
            self._note.say("" if code == -1 else trouble, trouble=code != -1)
        self._show()

    def _show(self) -> None:
        self._button.setText(self.tr("Stop") if self._command else self.tr("Ask"))
        self._button.setEnabled(bool(self._command or self._text.text().strip()))
        self._words.setText(self._answer)
        self._words.setVisible(bool(self._answer))
        self._note.setVisible(bool(self._note.text()))
