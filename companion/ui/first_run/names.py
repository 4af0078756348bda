"""The page on which both get a name."""

from __future__ import annotations

import random

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton

from companion.ui.first_run.step import Means, Step

LONGEST_NAME = 60
HER_IDEAS = ("Ada", "Clara", "Ida", "June", "Lena", "Maya", "Nora", "Olive", "Ruth", "Vera", "Wilma", "Yara")
"""Names that the ears tell apart from everyday words."""


class Names(Step):
    """Her name, which she may choose herself, and what she calls you."""

    def __init__(self, means: Means, name: str) -> None:
        """`name` is what she is called so far."""
        super().__init__(
            self.tr("What shall we call each other?"),
            self.tr("Keep my name, give me another, or let me choose. And tell me yours, if you like."),
        )
        self._means = means
        self._own_name = name
        settings = means.file.settings
        self._hers, self._yours = QLineEdit(settings.her_name or name), QLineEdit(settings.user_name)
        self._hers.setAccessibleName(self.tr("Her name"))
        self._hers.setPlaceholderText(name)
        self._yours.setAccessibleName(self.tr("Your name"))
        self._yours.setPlaceholderText(self.tr("You may leave this empty"))
        for line in (self._hers, self._yours):
            line.setMaxLength(LONGEST_NAME)
        choose = QPushButton(self.tr("You choose"))
        choose.setAccessibleName(self.tr("Let her choose her name"))
        choose.clicked.connect(self._let_her_choose)
        hers = QHBoxLayout()
        hers.setSpacing(10)
        hers.addWidget(self._hers, 1)
        hers.addWidget(choose)
        form = QGridLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(12)
        form.addWidget(QLabel(self.tr("I am called")), 0, 0)
        form.addLayout(hers, 0, 1)
        form.addWidget(QLabel(self.tr("You are called")), 1, 0)
        form.addWidget(self._yours, 1, 1)
        self.column.addLayout(form)

    def enter(self) -> None:
        self._yours.setFocus()

    def take(self) -> bool:
        hers = " ".join(self._hers.text().split())
        changed = "" if hers == self._own_name else hers
        yours = " ".join(self._yours.text().split())
        settings = self._means.file.settings
        return (changed == settings.her_name or self._means.keep("her_name", changed)) and (
            yours == settings.user_name or self._means.keep("user_name", yours)
        )

    def _let_her_choose(self) -> None:
        name = random.choice([idea for idea in HER_IDEAS if idea != self._hers.text()])
        self._hers.setText(name)
        self.to_say.emit(
            self.tr("Then I'd like to be called {name}.", "spoken; her first voice is English").format(name=name)
        )
