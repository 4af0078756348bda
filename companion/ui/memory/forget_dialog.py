"""Forget everything about something: what would go is shown first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from companion.core.facts import Forgotten
from companion.ui.conversation.sentences import count_words as turn_count_words
from companion.ui.memory.sentences import count_words, source_words
from companion.ui.memory.wrapped_rows import WrappedRows
from companion.ui.widgets import Note

TYPING_MS = 200
"""So long after the last key it is looked up."""
MOST_SHOWN = 500
"""Lines; who forgets more than that does not read them all."""

LookUp = Callable[[str, Callable[[Forgotten], None]], None]


class ForgetDialog(QDialog):
    """Accepted when it is to be done: `topic` is to be forgotten then."""

    def __init__(self, topic: str, look_up: LookUp, parent: QWidget | None = None) -> None:
        """`look_up` finds beside the window what a topic would take with it, and hands it on."""
        super().__init__(parent)
        self._look_up = look_up
        self._asked = ""
        self.setWindowTitle(self.tr("Forget everything about…"))
        self._line = QLineEdit(topic, self)
        self._line.setAccessibleName(self.tr("Forget everything about"))
        self._line.setPlaceholderText(self.tr("A name, a place, a thing"))
        self._line.setClearButtonEnabled(True)
        self._told = Note("", self)
        self._lines = QStringListModel(self)
        self._list = QListView(self)
        self._list.setModel(self._lines)
        self._list.setAccessibleName(self.tr("What would be forgotten"))
        self._list.setItemDelegate(WrappedRows(self._list))
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._forget = QPushButton(self.tr("Forget it"), self)
        self._forget.setProperty("dangerous", True)
        self._forget.setAutoDefault(False)
        self._forget.clicked.connect(self.accept)
        keep = QPushButton(self.tr("Keep it"), self)
        keep.setAutoDefault(False)
        keep.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(keep)
        buttons.addWidget(self._forget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(Note(self.tr("All that holds these words goes: what she knows, and what was said."), self))
        for widget in (self._line, self._told):
            layout.addWidget(widget)
        layout.addWidget(self._list, 1)
        layout.addLayout(buttons)
        self.resize(520, 440)
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._look)
        self._line.textChanged.connect(self._follow)
        self._line.returnPressed.connect(self._look)
        self._show(Forgotten())
        self._follow()

    @property
    def topic(self) -> str:
        return self._line.text().strip()

    def _follow(self) -> None:
        self._forget.setEnabled(False)  # until it is known what would go
        self._typing.start()

    def _look(self) -> None:
        self._typing.stop()
        asked = self._asked = self.topic
        self._look_up(asked, lambda found: self._show(found) if asked == self._asked else None)

    def _show(self, found: Forgotten) -> None:
        lines = [*(fact.statement for fact in found.facts), *map(source_words, found.entries)]
        if found.imported:
            lines.append(
                self.tr("Of imported conversations: {turns}").format(turns=turn_count_words(len(found.imported)))
            )
        self._lines.setStringList(lines[:MOST_SHOWN])
        self._list.setVisible(bool(lines))
        if found:
            self._told.setText(self.tr("{amount} would be forgotten:").format(amount=amount_words(found)))
        elif self._asked:
            self._told.setText(self.tr("Nothing is known or was said with these words."))
        else:
            self._told.setText("")
        self._forget.setEnabled(bool(found) and self._asked == self.topic)


def amount_words(found: Forgotten) -> str:
    """How much it is, such as "2 statements, 5 turns"."""
    turns = len(found.entries) + len(found.imported)
    counted: Sequence[str] = (
        count_words(len(found.facts)) if found.facts else "",
        turn_count_words(turns) if turns else "",
    )
    return ", ".join(filter(None, counted))
