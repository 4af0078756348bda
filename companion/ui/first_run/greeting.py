"""The first page and the last."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from companion.ui.first_run.fetch import Fetch
from companion.ui.first_run.step import Means, Step
from companion.ui.settings.asking import Records
from companion.ui.settings.words import size_words
from companion.ui.widgets import Note

LARGE_PX = 220
"""Side of her picture where there is little else to see."""


class Hello(Step):
    """Who she is; and if her first ears, mind and voice are not here, they are fetched now."""

    ready = Signal()
    """What she needs at first has been fetched."""

    def __init__(self, means: Means, name: str) -> None:
        super().__init__(
            self.tr("Hello, I'm {name}").format(name=name),
            self.tr(
                "I live on this computer, and what we say stays here. Let us see if we can hear each other. It takes"
                " two minutes, and you can skip whatever you like."
            ),
        )
        self._means = means
        self._fetch: Fetch | None = None
        self.presence_px = LARGE_PX
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)

    def take_models(self, models: Records) -> None:
        """`models` as `companion models --json` lists them."""
        lacking = [model for model in models if model.get("starter") and not model.get("installed")]
        if not lacking or self._fetch:
            return
        size = size_words(sum(int(model.get("size_bytes", 0)) for model in lacking))
        words = self.tr("First I need ears, a mind and a voice: {size}, once.").format(size=size)
        self._fetch = Fetch(self._means.commands, words, "--starter")
        self._fetch.button.setProperty("primary", True)
        self._fetch.fetched.connect(self._take_fetched)
        self._place.addWidget(self._fetch)
        self.next_is_main = False
        self.turned.emit()

    def _take_fetched(self) -> None:
        self.next_is_main = True
        self.turned.emit()
        self.ready.emit()


class Done(Step):
    """How to go on: as she is, or by finding out who she should be."""

    interview_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            self.tr("We are ready"),
            self.tr(
                "Talk to me whenever you like. To stop me, speak, click on me, or press Escape. You find me in the"
                " tray, and all of this again in the settings."
            ),
        )
        self.presence_px = LARGE_PX
        self.next_words = self.tr("Say hello")
        interview = QPushButton(self.tr("Let me find out who I should be"))
        interview.setAccessibleDescription(
            self.tr("She asks you five questions aloud, and then tells you who she could be for you.")
        )
        interview.clicked.connect(self.interview_wanted)
        self.column.addWidget(interview, 0, Qt.AlignmentFlag.AlignHCenter)
        later = Note(self.tr("Five questions, two minutes. Or later: say “Let's start over”."))
        later.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(later)
