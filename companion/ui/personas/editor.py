"""The window in which a persona is written: her fields at the left, what she would answer at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from companion.core.errors import SettingsError
from companion.core.macros import filled_in_speech
from companion.core.persona import Persona
from companion.core.persona_draft import Problem, Values, empty_values, persona_of, renamed, values_of
from companion.core.persona_file import save_version
from companion.core.persona_places import free_key, home_of
from companion.ui.commands import Commands
from companion.ui.personas.fields import LineField
from companion.ui.personas.sample import SamplePane
from companion.ui.personas.save_bar import SaveBar
from companion.ui.personas.sections import Sections
from companion.ui.settings.asking import Listing
from companion.ui.settings.form import Form
from companion.ui.settings.page import Sheet
from companion.ui.settings.services import Services
from companion.ui.theme import current_theme

WIDTH, HEIGHT = 1080, 760

SIDE_BY_SIDE_CHARS = 110
"""Narrower than so many letters, her answer stands below her fields."""

NOT_IN_A_REPLY = frozenset({"summary", "nicknames", "greetings", "voice"})
"""Fields that change nothing of what she answers."""


class PersonaEditor(QWidget):
    """Edits one persona. Nothing is written until it is saved."""

    saved = Signal(str)
    """Her key, once she is in her file."""

    def __init__(
        self,
        key: str,
        shipped: Persona | None,
        commands: Commands,
        services: Services,
        form: Form,
        parent: QWidget | None = None,
    ) -> None:
        """`key` is empty for a new one. `shipped`: the one that came with the program under it."""
        super().__init__(parent, Qt.WindowType.Window)
        self.key = key
        self._shipped = shipped
        self._kept: Values = empty_values()
        self._named = ""
        self._strict = self._may_close = False
        self._scroll = QScrollArea()
        self.sample = SamplePane(commands)
        self.sample.wanted.connect(self._ask)
        voices = Listing(commands, ("models", "--json"), self)
        self.sections = Sections(commands, services, lambda: form.file.settings, self._spoken)
        voices.listed.connect(self.sections.voice.take_models)
        self.fields = self.sections.fields
        for name, field in self.fields.items():
            field.changed.connect(lambda name=name: self._take_change(name))
        name_field = self.fields["name"]
        assert isinstance(name_field, LineField)
        name_field.left.connect(self._rename)
        self.bar = SaveBar(bool(shipped))
        self.bar.save.clicked.connect(self.save)
        self.bar.revert.clicked.connect(lambda: self._show(self._kept))
        self.bar.original.clicked.connect(self._show_original)
        self.bar.discard.clicked.connect(self._discard)
        self._lay_out()
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)
        voices.ask()
        self.begin(None)

    def begin(self, persona: Persona | None) -> None:
        """Show `persona` as she is in her file; None is a new one. What was changed before is given up."""
        self._strict, self._may_close = persona is not None, False
        self._show(values_of(persona) if persona else empty_values(), kept=True)

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self.values() != self._kept

    def values(self) -> Values:
        """Her fields as they are now; what the window does not show is as it was."""
        return {**self._kept, **self.sections.values()}

    def save(self) -> bool:
        """Write her file; whether that was done. What is wrong is told beside the field."""
        self._rename()
        self._strict = True
        persona = self._checked()
        if persona is None:
            self.bar.tell(self.tr("She is not saved: something is marked above."), trouble=True)
            self._show_trouble()
            return False
        key = self.key or free_key(persona.name)
        try:
            save_version(persona, home_of(key), self._shipped)
        except SettingsError as error:
            self.bar.tell(str(error), trouble=True)
            return False
        self.key = key
        self._show(values_of(persona), kept=True)
        self.bar.tell(self.tr("Saved."))
        self.saved.emit(key)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if self.changed and not self._may_close:
            event.ignore()
            self.bar.ask(str(self.values()["name"]))
            return
        self.sample.close_model()
        self.sections.voice.stop()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        wide = self.width() / self.fontMetrics().averageCharWidth() >= SIDE_BY_SIDE_CHARS
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(direction)
        self._sides.setStretch(1, 2 if wide else 0)
        self.sample.setMaximumWidth(self.width() * 2 // 5 if wide else 16_777_215)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(current_theme().ground))

    def _show(self, values: Values, kept: bool = False) -> None:
        """Show `values`; `kept`: they are in her file."""
        if kept:
            self._kept = values
        for name, field in self.fields.items():
            field.show_value(self.sections.part(values, name))
        if kept:
            self._kept = self.values()  # spaces that no field shows make no change
        self._named = str(values["name"])
        self._checked()
        self._show_state()

    def _show_original(self) -> None:
        assert self._shipped
        self._show(values_of(self._shipped))
        self.sample.stir()

    def _discard(self) -> None:
        self._may_close = True
        self.close()

    def _take_change(self, name: str) -> None:
        self._checked()
        self._show_state()
        if name not in NOT_IN_A_REPLY:
            self.sample.stir()

    def _rename(self) -> None:
        """Her name has been written: it stands in her texts too."""
        new = str(self.fields["name"].value()).strip()
        if new and self._named and new != self._named:
            self._show(renamed(self.values(), self._named, new))
        self._named = new or self._named

    def _checked(self) -> Persona | None:
        """The persona, if nothing is wrong with her; each field is told what is."""
        found = persona_of(self.values())
        problems = [] if isinstance(found, Persona) else found
        shown = [one for one in problems if self._strict or one.kind != "empty"]
        for name, field in self.fields.items():
            field.tell([_within(one, name) for one in shown if one.place == name or one.place.startswith(f"{name}.")])
        return found if isinstance(found, Persona) else None

    def _show_trouble(self) -> None:
        """Lead to the first field with which something is wrong."""
        field = next(field for field in self.fields.values() if field.troubled)
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(field))  # once its words are laid out
        field.setFocus()

    def _ask(self) -> None:
        persona = self._checked()
        if persona:
            self.sample.ask(persona.model_dump(mode="json"))
        else:
            self.sample.cannot()

    def _spoken(self) -> str:
        """What the preview of her voice says."""
        values = self.values()
        first = next((line for lines in values["greetings"].values() for line in lines), "")
        words = self.sample.words or first or self.tr("Hello. It is good to hear you.")
        return filled_in_speech(words, str(values["name"]), "")

    def _show_state(self) -> None:
        name = str(self.values()["name"]).strip()
        title = self.tr("{name}: persona").format(name=name) if name else self.tr("New persona")
        self.setWindowTitle(title)
        original = self._shipped is not None and self.values() != values_of(self._shipped)
        self.bar.show_state(self.changed or not self.key, self.changed, original)

    def _lay_out(self) -> None:
        scroll = self._scroll
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        inside = Sheet()
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 0, 14, 8)
        self.sections.lay_out(column)
        scroll.setWidget(inside)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(14)
        self._sides.addWidget(scroll, 3)
        self._sides.addWidget(self.sample, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 14, 14, 12)
        whole.setSpacing(12)
        whole.addLayout(self._sides, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.bar)
        whole.addLayout(bottom)
        self.setMinimumSize(480, 320)
        room = self.screen().availableGeometry()
        self.resize(min(WIDTH, room.width() - 40), min(HEIGHT, room.height() - 60))


def _within(problem: Problem, field: str) -> Problem:
    return problem._replace(place=problem.place[len(field) + 1 :])
