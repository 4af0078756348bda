"""The fields of a persona that are several texts: what she likes, her first words, her examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from companion.core.persona_draft import Problem
from companion.ui.glyphs import glyph
from companion.ui.personas.fields import Field, problem_words
from companion.ui.personas.growing_text import GrowingText
from companion.ui.settings.controls import WheelGuard
from companion.ui.theme import current_theme
from companion.ui.widgets import Note


class _Row(QWidget):
    """Texts that belong together, and a button that takes them away."""

    changed = Signal()
    unwanted = Signal()

    def __init__(self, labels: Sequence[str], parent: QWidget | None = None) -> None:
        """`labels` stand before the texts where there are several."""
        super().__init__(parent)
        self.labels = labels
        self.texts = [GrowingText() for _ in labels]
        self._trouble = Note()
        self._trouble.hide()
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        for label, text in zip(labels, self.texts, strict=True):
            text.textChanged.connect(self.changed)
            if len(labels) > 1:
                form.addRow(label, text)
            else:
                form.addRow(text)
        form.addRow(self._trouble)
        self.remove = QToolButton()
        self.remove.setAutoRaise(True)
        self.remove.setIcon(glyph("close", current_theme().faint))
        self.remove.clicked.connect(self.unwanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(form, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)

    def values(self) -> list[str]:
        return [" ".join(text.words().split()) for text in self.texts]

    def show_values(self, values: Sequence[str]) -> None:
        for text, value in zip(self.texts, values, strict=True):
            text.set_words(value)

    @property
    def told(self) -> str:
        return self._trouble.text()

    def tell(self, words: str) -> None:
        self._trouble.say(words, trouble=True)
        self._trouble.setVisible(bool(words))

    def name(self, what: str) -> None:
        """Tell a screen reader what this is: "Examples 3"."""
        for label, text in zip(self.labels, self.texts, strict=True):
            text.setAccessibleName(f"{what}: {label}" if len(self.labels) > 1 else what)
        self.remove.setAccessibleName(self.tr("Remove: {what}").format(what=what))
        self.remove.setToolTip(self.tr("Remove"))


class RowsField(Field):
    """Rows that are added, changed and taken away. Rows without any words are as good as not there."""

    def __init__(self, title: str, help_: str, labels: Sequence[str], add: str, most: int) -> None:
        """`most`: how many there may be."""
        super().__init__(title, help_)
        self._labels = labels
        self._most = most
        self._rows: list[_Row] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(10 if len(labels) > 1 else 4)
        self.column.addLayout(self._column)
        self.add_button = QPushButton(add)
        self.add_button.setProperty("plain", True)
        self.add_button.clicked.connect(self.add)
        self.column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._finish()

    def rows(self) -> list[list[str]]:
        """The words of each row that has any."""
        return [row.values() for row in self._filled()]

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        self.blockSignals(True)
        while len(self._rows) > len(rows):
            self._drop(self._rows[-1])
        while len(self._rows) < len(rows):
            self._append()
        for row, values in zip(self._rows, rows, strict=True):
            row.show_values(values)
            row.tell("")
        self._name_rows()
        self.blockSignals(False)

    def tell(self, problems: Sequence[Problem]) -> None:
        """`place` of a problem begins with the number of the row, if it is about one."""
        rows = self._filled()
        by_row: dict[int, list[Problem]] = {}
        for problem in problems:
            first = problem.place.partition(".")[0]
            by_row.setdefault(int(first) if first.isdigit() else -1, []).append(problem)
        super().tell(by_row.get(-1, []))
        for row in self._rows:
            row.tell("")
        for number, of_row in by_row.items():
            if 0 <= number < len(rows):
                rows[number].tell(" ".join(dict.fromkeys(map(problem_words, of_row))))

    @property
    def troubled(self) -> bool:
        return super().troubled or any(row.told for row in self._rows)

    def add(self) -> None:
        """One more row, to write in."""
        row = self._append()
        self._name_rows()
        row.texts[0].setFocus()

    def _filled(self) -> list[_Row]:
        return [row for row in self._rows if any(row.values())]

    def _append(self) -> _Row:
        row = _Row(self._labels)
        row.changed.connect(self.changed)
        row.unwanted.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.addWidget(row)
        return row

    def _remove(self, row: _Row) -> None:
        place = self._rows.index(row)
        self._drop(row)
        self._name_rows()
        neighbours = self._rows[place : place + 1] or self._rows[-1:]
        (neighbours[0].remove if neighbours else self.add_button).setFocus()
        self.changed.emit()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _name_rows(self) -> None:
        for number, row in enumerate(self._rows, 1):
            row.name(f"{self.title} {number}")
        self.add_button.setEnabled(len(self._rows) < self._most)


class PhrasesField(RowsField):
    """Phrases or sentences below each other."""

    def __init__(self, title: str, help_: str, add: str, most: int) -> None:
        super().__init__(title, help_, ("",), add, most)

    def value(self) -> list[str]:
        return [words for (words,) in self.rows()]

    def show_value(self, value: Any) -> None:
        self.show_rows([[words] for words in value])


class ExamplesField(RowsField):
    """Lines of the person's, and how she would answer each."""

    def __init__(self, title: str, help_: str, labels: tuple[str, str], add: str, most: int) -> None:
        super().__init__(title, help_, labels, add, most)

    def value(self) -> list[dict[str, str]]:
        return [{"user": user, "reply": reply} for user, reply in self.rows()]

    def show_value(self, value: Any) -> None:
        self.show_rows([[one["user"], one["reply"]] for one in value])


class GreetingsField(PhrasesField):
    """Her first words, for one occasion at a time."""

    def __init__(self, title: str, help_: str, add: str, most: int, occasions: dict[str, str]) -> None:
        """`occasions`: what each is called, by its name in the file."""
        super().__init__(title, help_, add, most)
        self._occasions = occasions
        self._lines: dict[str, list[str]] = {name: [] for name in occasions}
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Occasion"))
        self.box.installEventFilter(WheelGuard(self))
        for name, label in occasions.items():
            self.box.addItem(label, name)
        self._shown = next(iter(occasions))
        self.box.currentIndexChanged.connect(lambda _: self._turn_to(self.box.currentData()))
        self.column.insertWidget(self.column.indexOf(self.add_button) - 1, self.box, 0, Qt.AlignmentFlag.AlignLeft)
        self.changed.connect(self._count)

    def value(self) -> Any:
        return {**self._lines, self._shown: super().value()}

    def show_value(self, value: Any) -> None:
        self._lines = {name: list(value[name]) for name in self._occasions}
        super().show_value(self._lines[self._shown])
        self._count()

    def tell(self, problems: Sequence[Problem]) -> None:
        """Turn to the occasion that something is wrong with."""
        names = [problem.place.partition(".")[0] for problem in problems]
        if names and self._shown not in names:
            self.box.setCurrentIndex(self.box.findData(names[0]))
        here = [problem for problem in problems if problem.place.partition(".")[0] == self._shown]
        super().tell([problem._replace(place=problem.place.partition(".")[2]) for problem in here])

    def _turn_to(self, name: str) -> None:
        self._lines = self.value()
        self._shown = name
        super().show_value(self._lines[name])

    def _count(self) -> None:
        for number, (name, lines) in enumerate(self.value().items()):
            label = self._occasions[name]
            self.box.setItemText(number, f"{label} ({len(lines)})" if lines else label)
