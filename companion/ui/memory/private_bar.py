"""Tells that nothing is kept at present, and how to keep it again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from companion.ui.conversation.hairline import Hairline
from companion.ui.widgets import Note


class PrivateBar(QFrame):
    """To be shown in private mode."""

    keep_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = Note(self.tr("Private: nothing of what is said is kept now. What is below was kept before."), self)
        keep = QPushButton(self.tr("Keep conversations"), self)
        keep.clicked.connect(self.keep_wanted)
        row = QHBoxLayout()
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(12)
        row.addWidget(words, 1)
        row.addWidget(keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(Hairline(self))
