"""The page of who she is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from companion.core.errors import SettingsError
from companion.core.paths import personas_folder
from companion.core.persona import known_personas, load_persona
from companion.ui.settings.controls import Control
from companion.ui.settings.form import Form
from companion.ui.settings.page import Page, Panel
from companion.ui.widgets import Note

FIRST_WORDS = 190
"""Letters of a character that are shown."""


class PersonalityPage(Page):
    def __init__(self, title: str, form: Form) -> None:
        super().__init__(title)
        self._personas = PersonaControl()
        place = Panel("", words=QCoreApplication.translate("SearchedWords", "persona folder file"))
        place.column.addWidget(
            Note(self.tr("Personas of your own are files in {folder}.").format(folder=personas_folder()))
        )
        self.add_card([form.row("persona", self._personas), place])
        self.add_card([form.row("her_name"), form.row("user_name")])

    def open(self) -> None:
        self._personas.look_again()


class PersonaControl(Control):
    """Each persona with its name and the beginning of its character."""

    tall = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self._row.addLayout(self._column, 1)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        self._name = ""
        self._help = ""
        self.look_again()

    def look_again(self) -> None:
        """Read the folders anew."""
        known = {persona.key: persona.name for persona in known_personas()}
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._buttons = {}
        if self._key and self._key not in known:
            known[self._key] = self._key
        for key, name in known.items():
            self._add_persona(key, name)
        self.show_value(self._key)

    def show_value(self, value: object) -> None:
        self._key = str(value)
        if self._key and self._key not in self._buttons:
            self._add_persona(self._key, self._key)
        for key, button in self._buttons.items():
            button.setChecked(key == self._key)

    def describe(self, name: str, help_: str) -> None:
        self._name, self._help = name, help_
        for button in self._buttons.values():
            button.setAccessibleName(f"{name}: {button.text()}")
            button.setAccessibleDescription(help_)

    def _add_persona(self, key: str, name: str) -> None:
        button = QRadioButton(name)
        button.setAccessibleName(f"{self._name}: {name}")
        button.clicked.connect(lambda: self.wanted.emit(key))
        self._group.addButton(button)
        self._buttons[key] = button
        about = Note(_first_words(key))
        about.setContentsMargins(30, 0, 0, 6)
        about.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(about)


def _first_words(key: str) -> str:
    """How the character begins; if the file cannot be read, what is wrong with it."""
    try:
        words = " ".join(load_persona(key).character.split())
    except SettingsError as error:
        return str(error)
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"
