"""Says what was deleted, and for some seconds offers to undo it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from companion.ui.conversation.hairline import Hairline

UNDO_MS = 10_000


class UndoBar(QFrame):
    """Hidden while there is nothing to undo, or tell."""

    undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton(self.tr("Undo"), self)
        self._button.setAccessibleName(self.tr("Undo the deletion"))
        self._button.clicked.connect(self.undo)
        self._close = QPushButton(self.tr("Dismiss"), self)
        self._close.setProperty("plain", True)
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout()
        row.setContentsMargins(18, 8, 18, 10)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Hairline(self))
        layout.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def offer(self, words: str) -> None:
        """Tell `words`, with the button, for a while."""
        self._show(words, undo=True)
        self._timer.start(UNDO_MS)

    def tell(self, words: str) -> None:
        """Tell `words` until it is dismissed."""
        self._timer.stop()
        self._show(words, undo=False)

    def _show(self, words: str, undo: bool) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
        self._button.setVisible(undo)
        self.show()
