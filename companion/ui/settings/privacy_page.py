"""The page of memory and privacy: what is kept, where, how much, and how to be rid of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from companion.core.errors import CompanionError
from companion.core.paths import logs_folder
from companion.ui.commands import Commands
from companion.ui.engine_words import in_your_language
from companion.ui.settings.agenda_panel import AgendaPanel
from companion.ui.settings.form import Form
from companion.ui.settings.page import Page, Panel, Words
from companion.ui.settings.services import Services
from companion.ui.settings.tools_panel import ToolsPanel
from companion.ui.settings.words import size_words
from companion.ui.widgets import Note


class PrivacyPage(Page):
    def __init__(self, title: str, form: Form, commands: Commands, services: Services) -> None:
        super().__init__(title)
        self._kept = Kept(services)
        self._network = Network(services)
        rows = [form.row(f"memory.{name}") for name in ("keep", "keep_days", "shared", "embedder")]
        self.add_card([*rows, self._kept])
        self.add_card([AgendaPanel(commands)])
        self.add_card([self._network, Logs()])
        self.add_card([ToolsPanel(commands)])

    def open(self) -> None:
        self._kept.look_again()
        self._network.refresh()

    def leave(self) -> None:
        self._kept.change_mind()


class Kept(Panel):
    """What there is on disk, and a button that deletes it: only pressed twice."""

    def __init__(self, services: Services) -> None:
        super().__init__(
            QCoreApplication.translate("Kept", "What is kept"),
            words=QCoreApplication.translate("SearchedWords", "conversations disk size key encrypted delete all"),
        )
        self._services = services
        self._amount, self._place = Words(), Note()
        self._memory = QPushButton(self.tr("What she remembers…"))
        self._memory.clicked.connect(services.memory)
        self._delete = QPushButton(self.tr("Delete all…"))
        self._delete.setProperty("dangerous", True)
        self._delete.clicked.connect(self._ask_again)
        self._warning = Words(self.tr("All that you ever said to each other will be gone. This cannot be undone."))
        self._for_good = QPushButton(self.tr("Delete all for good"))
        self._for_good.setProperty("dangerous", True)
        self._for_good.clicked.connect(self._delete_all)
        self._keep = QPushButton(self.tr("Keep it"))
        self._keep.clicked.connect(self.change_mind)
        self._note = Note()
        buttons = QHBoxLayout()
        for button in (self._delete, self._keep, self._for_good):
            buttons.addWidget(button)
        buttons.addStretch()
        self.column.addWidget(self._amount)
        self.column.addWidget(self._place)
        self.column.addWidget(self._memory, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._warning)
        self.column.addLayout(buttons)
        self.column.addWidget(self._note)
        self._confirm(False)
        self._say("")

    def look_again(self) -> None:
        """Count what there is now."""
        try:
            diary = self._services.diary()
            count, size = diary.count(), size_words(diary.size_bytes)
            place = in_your_language(self._services.key_place())
        except CompanionError as error:
            self._amount.setText(self.tr("It is not known what there is."))
            self._say(str(error), trouble=True)
            return
        if count > 1:
            self._amount.setText(self.tr("%Ln turns, {size} on disk, encrypted.", "", count).format(size=size))
        elif count:
            self._amount.setText(self.tr("One turn, {size} on disk, encrypted.").format(size=size))
        else:
            self._amount.setText(self.tr("Nothing yet."))
        self._delete.setEnabled(count > 0)
        file = self._services.diary_file()
        self._place.say(self.tr("The file is {file}; its key is {place}.").format(file=file, place=place))

    def change_mind(self) -> None:
        """Nothing is deleted."""
        had_focus = self._keep.hasFocus() or self._for_good.hasFocus()
        self._confirm(False)
        if had_focus:
            self._delete.setFocus()

    def _ask_again(self) -> None:
        self._say("")
        self._confirm(True)
        self._keep.setFocus()

    def _delete_all(self) -> None:
        try:
            count = self._services.delete_all()
        except CompanionError as error:
            self._say(str(error), trouble=True)
        else:
            self._say(self.tr("One turn is deleted.") if count == 1 else self.tr("%Ln turns are deleted.", "", count))
        self._confirm(False)
        self.look_again()

    def _confirm(self, asking: bool) -> None:
        self._delete.setVisible(not asking)
        for widget in (self._warning, self._for_good, self._keep):
            widget.setVisible(asking)

    def _say(self, words: str, trouble: bool = False) -> None:
        self._note.say(words, trouble=trouble)
        self._note.setVisible(bool(words))


class Network(Panel):
    """What leaves this computer."""

    def __init__(self, services: Services) -> None:
        super().__init__(
            QCoreApplication.translate("Network", "What leaves this computer"),
            words=QCoreApplication.translate("SearchedWords", "network internet"),
        )
        self._view = services.view
        self._words = Words()
        self.column.addWidget(self._words)
        services.happened.connect(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        told = {
            "language model": self.tr("Her mind runs at {where}: the words of the conversation are sent there."),
            "speech to text": self.tr("Her hearing runs at {where}: the sound of your voice is sent there."),
            "wake word": self.tr("Her wake word is listened for at {where}: all that is heard is sent there."),
            "voice": self.tr("Her voice runs at {where}: what she says is sent there."),
            "memory": self.tr("What finds your memories runs at {where}: all that was said is sent there."),
        }
        elsewhere = [engine for engine in self._view.engines if engine.where != "this computer"]
        words = [told[engine.part].format(where=engine.where) for engine in elsewhere if engine.part in told]
        nothing = self.tr("Nothing of what you say. Only models that you install are fetched from the network.")
        tools = self.tr("A tool that you allow is told what she asks of it, and may pass it on.")
        self._words.setText("\n".join([*(words or [nothing]), tools]))


class Logs(Panel):
    """Where the program notes how it works."""

    def __init__(self) -> None:
        super().__init__(
            QCoreApplication.translate("Logs", "Log"),
            words=QCoreApplication.translate("SearchedWords", "log folder report"),
        )
        self.column.addWidget(
            Note(self.tr("How things went is noted in {folder}, without what was said.").format(folder=logs_folder()))
        )
        button = QPushButton(self.tr("Open the folder"))
        button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs_folder()))))
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch()
        self.column.addLayout(row)
