"""One page of the first steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from companion.core.settings_file import SettingsFile
from companion.ui.commands import Commands
from companion.ui.mood import Mood
from companion.ui.widgets import Heading

LARGER = 1.12


@dataclass(frozen=True, slots=True)
class Means:
    """What the steps work with."""

    file: SettingsFile
    commands: Commands
    keep: Callable[[str, object], bool]
    """Write a setting, its key and value; whether it was taken. If not, the person has been told why."""


class Step(QWidget):
    """A title, a few words that are also spoken, and in `column` what there is to do."""

    to_say = Signal(str)
    """Words that the person asked to hear."""
    mood_changed = Signal(str)
    heard_db = Signal(float)
    """How loud the person is, in dB of full scale."""
    turned = Signal()
    """`next_is_main` has changed."""
    presence_px = 132
    """Side of her picture."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.title, self.words = title, words
        self.next_words = self.tr("Next")
        self.next_is_main = True
        """To go on is what one would do now."""
        heading, self._words = Heading(title), QLabel()
        for label in (heading, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        font = QFont(self._words.font())
        font.setPointSizeF(font.pointSizeF() * LARGER)
        self._words.setFont(font)
        self._words.setWordWrap(True)
        self._words.setText(words)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4, 0, 4, 0)
        self.column.setSpacing(12)
        self.column.addWidget(heading)
        self.column.addWidget(self._words)
        self.column.addSpacing(6)

    def enter(self) -> None:
        """It is shown; its words are being said."""

    def begin(self) -> None:
        """Its words have been said."""

    def fail_to_speak(self, reason: str) -> None:
        """Its words could not be said."""

    def take(self) -> bool:
        """The person goes on, and does not skip: keep what was chosen. Whether that could be done."""
        return True

    def leave(self) -> None:
        """It is shown no more: stop what is going on."""

    def set_mood(self, mood: Mood) -> None:
        self.mood_changed.emit(mood)
