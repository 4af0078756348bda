"""A text that is as high as its words need."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

_PADDING_PX = 16
"""Above and below the words, with the frame."""


class GrowingText(QPlainTextEdit):
    """Plain text of `least` to `most` lines; beyond that it scrolls. Tab leaves it."""

    def __init__(self, least: int = 1, most: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)

    def set_words(self, text: str) -> None:
        """Show `text`, unless it is there already: the cursor stays."""
        if self.toPlainText() != text:
            self.setPlainText(text)

    def words(self) -> str:
        return self.toPlainText()

    def sizeHint(self) -> QSize:  # noqa: N802
        lines = min(self._most, max(self._least, round(self.document().size().height())))
        return QSize(120, lines * self.fontMetrics().lineSpacing() + _PADDING_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        full = round(self.document().size().height()) > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if full else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.updateGeometry()
