"""The settings: pages at the left, a search above, and a bar that tells when she must be started again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from companion.core.settings_file import SettingsFile
from companion.ui.commands import Commands
from companion.ui.settings.asking import Listing
from companion.ui.settings.form import Form
from companion.ui.settings.general_page import GeneralPage
from companion.ui.settings.hearing_page import HearingPage
from companion.ui.settings.mind_page import MindPage
from companion.ui.settings.page import Page, Sheet
from companion.ui.settings.personality_page import PersonalityPage
from companion.ui.settings.privacy_page import PrivacyPage
from companion.ui.settings.restart_bar import RestartBar
from companion.ui.settings.services import Services
from companion.ui.settings.shortcuts_page import ShortcutsPage
from companion.ui.settings.voice_page import VoicePage
from companion.ui.theme import current_theme
from companion.ui.widgets import Note

TYPING_REST_MS = 500
"""A search shows what is known at once, and looks for what may be new when its typing rests so long."""

WIDEST_PAGE = 860
"""Pixels; longer lines are hard to read."""

WIDTH, HEIGHT = 940, 680


class SettingsWindow(QWidget):
    """Shows and changes all settings; each change is written at once."""

    changed = Signal(str, object, bool)
    """A setting was changed and written: key, value, and whether it is to be taken at once."""

    def __init__(
        self, file: SettingsFile, commands: Commands, services: Services, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Settings"))
        self._file = file
        self._services = services
        self._running = file.settings
        self.form = Form(file, self)
        self.form.changed.connect(self._take_change)
        form, models = self.form, Listing(commands, ("models", "--json"), self)
        self._makers: list[tuple[str, Callable[[str], Page]]] = [
            (self.tr("Voice"), lambda title: VoicePage(title, form, commands, models, services)),
            (self.tr("Personality"), lambda title: PersonalityPage(title, form, commands, services)),
            (self.tr("Hearing"), lambda title: HearingPage(title, form, commands, models, services)),
            (self.tr("Mind"), lambda title: MindPage(title, form, commands, models, services)),
            (self.tr("Memory and privacy"), lambda title: PrivacyPage(title, form, commands, services)),
            (self.tr("Shortcuts"), lambda title: ShortcutsPage(title, form, services)),
            (self.tr("General"), lambda title: GeneralPage(title, form, services)),
        ]
        self._made: dict[int, Page] = {}
        self._opening = QTimer(self, singleShot=True)
        self._opening.timeout.connect(self._open_shown)
        self._shown: list[Page] = []
        self._was_shown = False
        self._search = self._make_search()
        self._list = self._make_list()
        self._where = Note()
        self._bar = RestartBar()
        self._bar.pressed.connect(self._restart)
        self._scroll = self._make_scroll()
        self._lay_out()
        services.engine_status.connect(self._take_status)
        services.happened.connect(lambda _: self._tell_where())
        QShortcut(QKeySequence.StandardKey.Find, self, self._search.setFocus)
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._make_next)
        self._idle.start()
        self._tell_where()
        self._show_restart()
        self.show_page(0)

    @property
    def pages(self) -> list[Page]:
        """All pages; those that were not needed yet are made now."""
        return [self._page(number) for number in range(len(self._makers))]

    def show_page(self, number: int) -> None:
        """Open the page with that number, from 0."""
        self._search.clear()
        self._list.setCurrentRow(number)
        self._show_pages([self._page(number)])

    def _page(self, number: int) -> Page:
        if number not in self._made:
            title, make = self._makers[number]
            page = make(title)
            page.hide()
            self._made[number] = page
            before = sum(other < number for other in self._made)
            self._column.insertWidget(1 + before, page)
        return self._made[number]

    def _make_next(self) -> None:
        """Make one more page while nothing else is to be done, so that no page is long in opening."""
        lacking = [number for number in range(len(self._makers)) if number not in self._made]
        self._idle.stop()  # should a page fail, it fails once
        if lacking:
            self._page(lacking[0])
        if len(lacking) > 1:
            self._idle.start()

    def search(self, text: str) -> None:
        """Show what holds all words of `text`, on all pages; the open page again if there are none."""
        words = text.casefold().split()
        if not words:
            row = max(0, self._list.currentRow())
            self._list.setCurrentRow(row)
            self._show_pages([self._page(row)])
            return
        self._list.clearSelection()
        self._show_pages([page for page in self.pages if page.search(words)], words)

    def refresh(self) -> None:
        """Show the settings as they are now: they may have been changed elsewhere."""
        self.form.refresh()
        self._show_restart()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.refresh()
        self._open_shown()
        if not self._was_shown:
            self._was_shown = True
            self._list.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        for page in self._made.values():
            page.leave()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._search.text():
            self._search.clear()
        else:
            self.close()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(current_theme().ground))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh()

    def _show_pages(self, pages: list[Page], words: list[str] | None = None) -> None:
        for page in self._made.values():
            page.setVisible(page in pages)
            if page in pages and not words:
                page.search([])
        for page in set(self._shown) - set(pages):
            page.leave()
        self._shown = pages
        if words:
            self._opening.start(TYPING_REST_MS)
        else:
            self._open_shown()
        self._nothing.setVisible(not pages)
        self._scroll.verticalScrollBar().setValue(0)

    def _open_shown(self) -> None:
        self._opening.stop()
        if self.isVisible():
            for page in self._shown:
                page.open()

    def _take_change(self, key: str, value: object, live: bool) -> None:
        self._show_restart()
        self.changed.emit(key, value, live)

    def _take_status(self, status: str) -> None:
        if status == "starting":
            self._running = self._file.settings
            self._show_restart()

    def _restart(self) -> None:
        self._running = self._file.settings
        self._show_restart()
        self._services.restart()

    def _show_restart(self) -> None:
        self._bar.tell(self.form.waiting(self._running))

    def _tell_where(self) -> None:
        where = self._services.view.where
        words = (
            self.tr("All of her runs on this computer.")
            if where == "this computer"
            else self.tr("Words go to {where}.").format(where=where)
        )
        if words != self._where.text():
            self._where.setText(words)

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText(self.tr("Search the settings"))
        search.setAccessibleName(self.tr("Search the settings"))
        search.setClearButtonEnabled(True)
        search.textChanged.connect(self.search)
        return search

    def _make_list(self) -> QListWidget:
        pages = QListWidget()
        pages.setAccessibleName(self.tr("Pages"))
        pages.addItems([title for title, _ in self._makers])
        pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        pages.setFixedWidth(pages.sizeHintForColumn(0) + 40)
        pages.setStyleSheet("QListWidget, QListWidget:focus { background: transparent; border: none; padding: 0; }")
        pages.setCurrentRow(0)
        pages.currentRowChanged.connect(self._open_row)
        pages.itemClicked.connect(lambda _: self._open_row(pages.currentRow()))
        return pages

    def _open_row(self, row: int) -> None:
        if row >= 0:
            self._search.clear()
            self._show_pages([self._page(row)])

    def _make_scroll(self) -> QScrollArea:
        inside = Sheet()
        inside.setMaximumWidth(WIDEST_PAGE)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 0, 14, 8)
        self._nothing = Note(self.tr("No setting has these words."))
        column.addWidget(self._nothing)
        column.addStretch(1)
        self._column = column
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        scroll.setWidget(inside)
        return scroll

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self._list, 1)
        self._where.setFixedWidth(self._list.width())
        left.addWidget(self._where)
        right = QVBoxLayout()
        right.setSpacing(10)
        barred = QHBoxLayout()
        barred.setContentsMargins(4, 0, 14, 0)
        barred.addWidget(self._bar)
        right.addLayout(barred)
        right.addWidget(self._scroll, 1)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(left)
        body.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 8, 12)
        whole.setSpacing(14)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 8, 0)
        top.addWidget(self._search)
        whole.addLayout(top)
        whole.addLayout(body, 1)
        self.setMinimumSize(512, 280)
        room = self.screen().availableGeometry()  # by itself Qt takes two thirds of it at most
        self.resize(min(WIDTH, room.width() - 40), min(HEIGHT, room.height() - 60))
