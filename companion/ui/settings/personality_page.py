"""The page of who she is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QPushButton, QScrollArea, QSizePolicy

from companion.core.errors import SettingsError
from companion.core.paths import personas_folder
from companion.core.persona import Persona, load_persona
from companion.core.persona_places import original_of
from companion.ui.commands import Commands
from companion.ui.conversation.undo_bar import UndoBar
from companion.ui.personas.editor import PersonaEditor
from companion.ui.personas.gallery import Gallery
from companion.ui.settings.asking import follow
from companion.ui.settings.form import Form
from companion.ui.settings.page import Page, Panel
from companion.ui.settings.services import Services
from companion.ui.widgets import Note

CARD_ENDINGS = (".png", ".json", ".charx", ".toml")

_BESIDE_BUTTONS_PX = 60
"""Margins and the gaps between them."""


class PersonalityPage(Page):
    """Cards that are dropped on it are imported."""

    def __init__(self, title: str, form: Form, commands: Commands, services: Services) -> None:
        super().__init__(title)
        self._form = form
        self._commands = commands
        self._services = services
        self._editors: list[PersonaEditor] = []
        self._dialog: QFileDialog | None = None
        self._gallery = Gallery()
        self._gallery.edit_wanted.connect(self.edit)
        self._gallery.copy_wanted.connect(self._duplicate)
        self._gallery.export_wanted.connect(self._export)
        self._gallery.remove_wanted.connect(self._remove)
        self._shelf = Shelf()
        self._shelf.new.clicked.connect(lambda: self.edit(""))
        self._shelf.card.clicked.connect(self._choose_card)
        self._shelf.interview.clicked.connect(lambda _: services.interview())
        self._shelf.bar.undo.connect(self._restore)
        self.add_card([form.row("persona", self._gallery), self._shelf])
        self.add_card([form.row("her_name"), form.row("user_name")])
        self.setAcceptDrops(True)

    @property
    def editors(self) -> list[PersonaEditor]:
        """Those that are open."""
        return [editor for editor in self._editors if editor.isVisible()]

    def open(self) -> None:
        self._gallery.look_again()

    def edit(self, key: str) -> None:
        """Open the window in which a persona is written; a new one, if `key` is empty."""
        editor = next((one for one in self._editors if one.key == key), None) or self._make_editor(key)
        if not editor.isVisible():
            try:
                editor.begin(load_persona(key) if key else None)
            except SettingsError as error:
                self._shelf.tell(str(error), trouble=True)
                return
        editor.show()
        editor.raise_()
        editor.activateWindow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if any(url.toLocalFile().lower().endswith(CARD_ENDINGS) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.toLocalFile().lower().endswith(CARD_ENDINGS):
                self.take_card(url.toLocalFile())

    def take_card(self, file: str) -> None:
        """Make a persona of a character card."""
        self._shelf.tell(self.tr("{file} is being read…").format(file=Path(file).name))
        self._run(("import", file), self._tell_imported)

    def _make_editor(self, key: str) -> PersonaEditor:
        editor = PersonaEditor(key, _original(key), self._commands, self._services, self._form)
        editor.saved.connect(self._take_saved)
        editor.setWindowFlags(self.window().windowFlags())
        self.destroyed.connect(editor.deleteLater)
        self._editors.append(editor)
        return editor

    def _take_saved(self, key: str) -> None:
        self._gallery.look_again()
        if key == self._form.file.settings.persona:
            self._form.changed.emit("persona", key, True)  # the same one, with another character

    def _duplicate(self, key: str) -> None:
        self._run(("copy", key), lambda made: self._take_copy(str(made["key"])))

    def _take_copy(self, key: str) -> None:
        self._gallery.look_again()
        self._shelf.tell("")
        self.edit(key)

    def _remove(self, key: str, name: str) -> None:
        def tell(_: dict[str, Any]) -> None:
            self._take_saved(key)
            if original_of(key):
                words = self.tr("{name} is the original again.")
            else:
                words = self.tr("{name} is removed. What you told her is kept, should she come back.")
            self._shelf.offer_undo(words.format(name=name))

        self._run(("remove", key), tell)

    def _restore(self) -> None:
        def tell(back: dict[str, Any]) -> None:
            self._shelf.bar.hide()
            self._take_saved(str(back["key"]))

        self._run(("restore",), tell)

    def _choose_card(self) -> None:
        kinds = " ".join(f"*{ending}" for ending in CARD_ENDINGS)
        self._ask_file(
            QFileDialog(self, self.tr("Import a character card"), str(Path.home()), self.tr("Cards") + f" ({kinds})"),
            self.take_card,
        )

    def _export(self, key: str, name: str) -> None:
        picture, bare, file = self.tr("Card with picture"), self.tr("Card"), self.tr("Persona file")
        dialog = QFileDialog(
            self,
            self.tr("Export {name}").format(name=name),
            str(Path.home() / f"{Path(key).stem}.png"),
            f"{picture} (*.png);;{bare} (*.json);;{file} (*.toml)",
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)

        def write(chosen: str) -> None:
            kind = dialog.selectedNameFilter().rpartition("*")[2].rstrip(")")
            chosen = chosen if chosen.lower().endswith((".png", ".json", ".toml")) else chosen + kind
            written = self.tr("{name} is in {file}.").format(name=name, file=chosen)
            self._run(("export", key, chosen), lambda _: self._shelf.tell(written))

        self._ask_file(dialog, write)

    def _ask_file(self, dialog: QFileDialog, take: Callable[[str], object]) -> None:
        self._dialog = dialog
        dialog.fileSelected.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _run(self, arguments: tuple[str, ...], done: Callable[[dict[str, Any]], None]) -> None:
        """Run `companion persona ...`; `done` gets what it prints, and what goes wrong is told."""

        def end(code: int, trouble: str) -> None:
            if code:
                self._shelf.tell(trouble, trouble=True)

        follow(self._commands, self, ("persona", *arguments, "--json"), done, end)

    def _tell_imported(self, made: dict[str, Any]) -> None:
        self._gallery.look_again()
        left_out = made.get("left_out")
        words = self.tr("{name} is here now.").format(name=made["name"])
        if isinstance(left_out, list) and left_out:
            words += " " + self.tr("Kept in the card but not used: {what}.").format(what=", ".join(map(str, left_out)))
        self._shelf.tell(words)


class Shelf(Panel):
    """What brings more personas, and what just became of one."""

    def __init__(self) -> None:
        super().__init__("", words=QCoreApplication.translate("SearchedWords", "persona folder file card import new"))
        self.new = QPushButton(self.tr("New persona…"))
        self.card = QPushButton(self.tr("Import a card…"))
        self.card.setAccessibleDescription(
            self.tr("A character card (PNG, JSON, CHARX) or a persona file. It can also be dropped on this page.")
        )
        self.interview = QPushButton(self.tr("Let her ask you"))
        self.interview.setAccessibleDescription(
            self.tr("She asks you five questions aloud, and then tells you who she could be for you.")
        )
        self._buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._all = (self.new, self.card, self.interview)
        for button in self._all:
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._buttons.addWidget(button)
        self._buttons.addStretch()
        self._note = Note()
        self._note.hide()
        self.bar = UndoBar()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column.addLayout(self._buttons)
        self.column.addWidget(self._note)
        self.column.addWidget(self.bar)
        self.column.addWidget(
            Note(
                self.tr(
                    "Another persona begins a conversation of her own at once, and knows nothing of what you told the"
                    " others, unless all share one memory (see Memory and privacy). Your own ones are files in"
                    " {folder}; cards can also be dropped here."
                ).format(folder=personas_folder())
            )
        )

    def tell(self, words: str, trouble: bool = False) -> None:
        """Say `words` until there is something else to say."""
        self.bar.hide()
        self._note.say(words, trouble=trouble)
        self._note.setVisible(bool(words))
        if words:
            self._come_into_sight()

    def offer_undo(self, words: str) -> None:
        """Say `words` for a while, with a button that takes it back."""
        self.tell("")
        self.bar.offer(words)
        self._come_into_sight()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        wide = self.width() >= sum(button.sizeHint().width() for button in self._all) + _BESIDE_BUTTONS_PX
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction is not self._buttons.direction():
            self._buttons.setDirection(direction)
            self.updateGeometry()

    def _come_into_sight(self) -> None:
        """Once it is laid out: what it says is about a button far above."""
        above = self.parentWidget()
        while above and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            scroll = above
            QTimer.singleShot(0, self, lambda: scroll.ensureWidgetVisible(self.new))


def _original(key: str) -> Persona | None:
    file = original_of(key)
    return load_persona(str(file)) if file else None
