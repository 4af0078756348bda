"""The page on ears, mind and voice: what suits this machine is proposed, and fetched at a press."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from companion.ui.engine_words import in_your_language
from companion.ui.first_run.fetch import Fetch
from companion.ui.first_run.proposal import Model, Proposal
from companion.ui.first_run.step import Means, Step
from companion.ui.settings.asking import Records
from companion.ui.settings.controls import ChoiceControl
from companion.ui.settings.words import number_words, size_words
from companion.ui.voice_names import voice_name
from companion.ui.widgets import Note

KEYS = {"language-model": "mind.model", "voice": "voice.voice", "transcriber": "hearing.transcriber"}


class ModelsStep(Step):
    """What she thinks, speaks and hears with."""

    presence_px = 60
    """There is much to read: with a larger picture its end is out of sight."""

    def __init__(self, means: Means) -> None:
        super().__init__(
            self.tr("What suits this computer"),
            self.tr("This is what I propose. You can change it at any time; what is larger is wiser, and slower."),
        )
        titles = {
            "language-model": self.tr("Mind"),
            "voice": self.tr("Voice"),
            "transcriber": self.tr("Ears"),
        }
        self._choices = {purpose: ModelChoice(means, purpose, titles[purpose]) for purpose in KEYS}
        self._models: list[Model] = []
        self._proposal: Proposal | None = None
        self._note = Note(self.tr("Looking at this computer…"))
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self._note)
        for choice in self._choices.values():
            self.column.addWidget(choice)
            choice.hide()

    def take_models(self, models: Records) -> None:
        """`models` as `companion models --json` lists them."""
        self._models = []
        for record in models:
            try:
                self._models.append(Model.from_record(record))
            except (KeyError, TypeError, ValueError):
                continue
        self._show()

    def take_proposal(self, record: dict[str, Any]) -> None:
        """`record` is that of `companion models recommend --json`; without it nothing is recommended."""
        try:
            self._proposal = Proposal.from_record(record)
        except (KeyError, TypeError, ValueError, AttributeError):
            self._proposal = None
            self._note.say(self.tr("How fast this computer is could not be found out, so nothing is recommended."))
        self._show()

    def _show(self) -> None:
        if not self._models:
            return
        proposed = self._proposal.models if self._proposal else {}
        if self._proposal:
            words = self.tr(
                "{memory} of memory, {cores} cores, {gpu}. With what I recommend you would wait about {seconds} s for"
                " an answer. If Ollama runs here, I use the best of its minds."
            )
            gpu = self.tr("with a GPU") if self._proposal.gpu else self.tr("no GPU")
            memory = size_words(self._proposal.memory_mb * 1_000_000)
            seconds = number_words(round(self._proposal.response_ms / 1000, 1))
            self._note.say(words.format(memory=memory, cores=self._proposal.cores, gpu=gpu, seconds=seconds))
        language = QLocale().name()[:2]
        shown = [model for model in self._models if model.is_for(language) and not model.only_ollama]
        for purpose, choice in self._choices.items():
            choice.show_models([model for model in shown if model.purpose == purpose], proposed.get(purpose, ""))


class ModelChoice(QWidget):
    """One part of her: what may be taken, what it is, and whether it is here."""

    def __init__(self, means: Means, purpose: str, title: str) -> None:
        super().__init__()
        self._means, self._key = means, KEYS[purpose]
        self._models: dict[str, Model] = {}
        self._shown = ""
        self._picked = False
        """The person chose it: it stays, whatever is proposed later."""
        self._fetches: dict[str, Fetch] = {}
        self._choice = ChoiceControl({})
        self._choice.describe(title, "")
        self._choice.wanted.connect(self._choose)
        self._about = Note()
        label = QLabel(title)
        label.setMinimumWidth(self.fontMetrics().averageCharWidth() * 9)
        self._below = QVBoxLayout()
        self._below.setSpacing(6)
        self._below.addWidget(self._about)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self._choice, 0, 1)
        grid.addLayout(self._below, 1, 1)
        grid.setColumnStretch(1, 1)

    def show_models(self, models: list[Model], proposed: str) -> None:
        """`proposed` is the name of one of them, or empty."""
        self._models = {model.name: model for model in models}
        self._choice.offer({model.name: self._label(model, proposed) for model in models})
        field = self._means.file.settings
        section, _, name = self._key.partition(".")
        chosen = str(getattr(getattr(field, section), name))
        first = next((model.name for model in models if model.installed), "")
        if not self._picked:
            self._show(chosen if chosen in self._models else proposed or first)
        else:
            self._show(self._shown)
        self.setVisible(bool(models))

    def _label(self, model: Model, proposed: str) -> str:
        name = voice_name(model.name)
        return self.tr("{model} (recommended)").format(model=name) if model.name == proposed else name

    def _choose(self, name: str) -> None:
        self._picked = True
        self._show(name)
        if self._models[name].installed:
            self._means.keep(self._key, name)

    def _show(self, name: str) -> None:
        self._shown = name
        for fetch in self._fetches.values():
            fetch.setVisible(False)
        model = self._models.get(name)
        if model is None:
            return
        self._choice.show_value(name)
        here = self.tr("It is here.") if model.installed else self.tr("{size}, licence {licence}.")
        facts = here.format(size=size_words(model.size_bytes), licence=model.licence)
        self._about.say(f"{in_your_language(model.description)} {facts}")
        self._about.setToolTip(model.licence_note)
        if not model.installed:
            self._fetch_of(model).setVisible(True)

    def _fetch_of(self, model: Model) -> Fetch:
        if model.name not in self._fetches:
            fetch = Fetch(self._means.commands, self.tr("Not here yet."), model.name)
            fetch.fetched.connect(lambda: self._take_fetched(model.name))
            self._below.addWidget(fetch)
            self._fetches[model.name] = fetch
        return self._fetches[model.name]

    def _take_fetched(self, name: str) -> None:
        """Take what was fetched, unless another was chosen meanwhile."""
        self._models[name] = replace(self._models[name], installed=True)
        if self._shown == name:
            self._means.keep(self._key, name)
            self._show(name)
