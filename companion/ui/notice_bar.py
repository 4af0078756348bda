"""One sentence about what is wrong, the remedy, and what can be pressed about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from companion.ui.engine_words import in_your_language
from companion.ui.theme import Theme
from companion.ui.view import Notice

Choice = tuple[str, Callable[[], object]]
"""The words on a button, and what it does."""


class NoticeBar(QFrame):
    """Hidden while there is nothing to tell."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message, self._hint = QLabel(self), QLabel(self)
        for label in (self._message, self._hint):
            label.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addWidget(self._message)
        layout.addWidget(self._hint)
        layout.addLayout(self._buttons)
        self._shown: tuple[Notice | None, tuple[str, ...]] = (None, ())
        self.setObjectName("notice")
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(
            f"#notice {{ background: {theme.raised}; border: 1px solid {theme.line};"
            f" border-left: 3px solid {theme.trouble}; border-radius: 8px }}"
        )
        self._message.setStyleSheet(f"color: {theme.text}")
        self._hint.setStyleSheet(f"color: {theme.faint}")

    def tell(self, notice: Notice | None, choices: Sequence[Choice] = ()) -> None:
        """Show `notice`, or nothing."""
        shown = (notice, tuple(words for words, _ in choices))
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._buttons.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        if notice is None:
            self.hide()
            return
        message, hint = in_your_language(notice.message), in_your_language(notice.hint)
        self._message.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(f"{message} {hint}".strip())
        for words, act in choices:
            button = QPushButton(words, self)
            button.setObjectName("choice")
            button.clicked.connect(act)
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.show()
