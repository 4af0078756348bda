"""The bar below a persona that is being written: save, go back, and what becomes of changes when one leaves."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from companion.ui.widgets import Note


class SaveBar(QWidget):
    """Its buttons are connected by whoever made it."""

    def __init__(self, has_original: bool, parent: QWidget | None = None) -> None:
        """`has_original`: this persona came with the program."""
        super().__init__(parent)
        self._has_original = has_original
        self._note = Note()
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("primary", True)
        self.revert = QPushButton(self.tr("Undo the changes"))
        self.original = QPushButton(self.tr("Back to the original"))
        self.original.setAccessibleDescription(
            self.tr("Shows her as she came with the program; saved, your own version is gone.")
        )
        self.discard = QPushButton(self.tr("Do not save"))
        self.discard.setProperty("dangerous", True)
        self.stay = QPushButton(self.tr("Go on writing"))
        self.stay.clicked.connect(self._stop_asking)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.addWidget(self._note, 1)
        for button in (self.original, self.revert, self.discard, self.stay, self.save):
            row.addWidget(button)
        self._asking = False
        self.show_state(False, False, False)

    @property
    def told(self) -> str:
        return self._note.text()

    def show_state(self, can_save: bool, can_revert: bool, differs_from_original: bool) -> None:
        """What can be done now; a question that was asked is answered by going on."""
        self._asking = False
        self.save.setEnabled(can_save)
        self.revert.setEnabled(can_revert)
        self.original.setEnabled(differs_from_original)
        self._show_buttons()
        if can_revert:
            self.tell(self.tr("Not saved yet."))
        elif self._has_original and not differs_from_original:
            self.tell(self.tr("She came with the program. What you change becomes your own version of her."))
        elif self._has_original:
            self.tell(self.tr("This is your own version of her; the original is kept."))
        else:
            self.tell("")

    def tell(self, words: str, trouble: bool = False) -> None:
        self._note.say(words, trouble=trouble)

    def ask(self, name: str) -> None:
        """She was changed, and is about to be left: what shall become of it?"""
        self._asking = True
        self._show_buttons()
        question = self.tr("Save what you changed in {name}?").format(name=name)
        self.tell(question if name else self.tr("Save the new persona?"))
        self.save.setFocus()

    def _stop_asking(self) -> None:
        self._asking = False
        self._show_buttons()
        self.tell(self.tr("Not saved yet."))
        self.save.setFocus()

    def _show_buttons(self) -> None:
        for button in (self.discard, self.stay):
            button.setVisible(self._asking)
        self.revert.setVisible(not self._asking)
        self.original.setVisible(self._has_original and not self._asking)
