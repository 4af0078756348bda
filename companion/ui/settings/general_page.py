"""The page of the app itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from companion.core.errors import CompanionError
from companion.ui.settings.form import Form
from companion.ui.settings.page import Page, Panel
from companion.ui.settings.services import Services


class GeneralPage(Page):
    def __init__(self, title: str, form: Form, services: Services) -> None:
        super().__init__(title)
        self._services = services
        form.objections["window.start_at_login"] = self._start_at_login
        self.add_card([form.row(f"window.{name}") for name in ("theme", "language", "reduce_motion")])
        self.add_card(
            [form.row(f"window.{name}") for name in ("always_on_top", "start_at_login", "speak_answers_to_typed")]
        )
        first = Panel(
            self.tr("First steps"),
            self.tr("Microphone, speaker, mind, voice and her name, one after the other."),
            words=QCoreApplication.translate("SearchedWords", "first run again introduction"),
        )
        button = QPushButton(self.tr("Run the first steps again"))
        button.clicked.connect(lambda _: services.first_steps())
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch()
        first.column.addLayout(row)
        self.add_card([first])

    def _start_at_login(self, wanted: object) -> str:
        """Do it before it is noted; why it could not be done."""
        try:
            self._services.set_start_at_login(bool(wanted))
        except CompanionError as error:
            return str(error)
        return ""
