"""A line to write down what she is to know."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget


class RememberBar(QFrame):
    """Hidden until it is asked for."""

    written = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit(self)
        self._line.setMaxLength(1000)
        self._line.setAccessibleName(self.tr("What she is to remember"))
        self._line.setPlaceholderText(self.tr("For example: My sister Anna lives in Lyon"))
        self._line.returnPressed.connect(self._keep)
        self._line.textChanged.connect(self._follow)
        self._keep_button = QPushButton(self.tr("Remember"), self)
        self._keep_button.setProperty("primary", True)
        self._keep_button.clicked.connect(self._keep)
        close = QPushButton(self.tr("Cancel"), self)
        close.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 12)
        row.addWidget(self._line, 1)
        row.addWidget(self._keep_button)
        row.addWidget(close)
        self._follow()
        self.hide()

    def open(self) -> None:
        self.show()
        self._line.setFocus()

    def leave(self) -> None:
        """Nothing is written."""
        self._line.clear()
        self.hide()
        self.closed.emit()

    def _follow(self) -> None:
        self._keep_button.setEnabled(bool(self._line.text().strip()))

    def _keep(self) -> None:
        if text := self._line.text().strip():
            self.leave()
            self.written.emit(text)
