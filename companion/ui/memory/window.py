"""What she remembers: looked at by kind or by whom it is about, searched, corrected, pinned, forgotten, taken along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from companion.core.diary import Entry
from companion.core.facts import YOU, Fact, Forgotten
from companion.ui.commands import Commands
from companion.ui.memory.choice import Choice
from companion.ui.memory.exchange import Exchange
from companion.ui.memory.forget_dialog import ForgetDialog, amount_words
from companion.ui.memory.layout import MemoryLayout
from companion.ui.memory.sentences import count_words
from companion.ui.memory.shelf import Shelf
from companion.ui.memory.statements import Statements
from companion.ui.memory.topics import Topic, subject_words

TYPING_MS = 120
"""So long after the last key the store is searched too."""


class MemoryWindow(QWidget):
    """A window of its own. It follows what the engine learns while it is seen."""

    turn_wanted = Signal(int)
    """The number of a diary entry, to be shown among the others."""
    deleted = Signal(list)
    """The texts of turns that were deleted (str), to be forgotten."""
    keep_wanted = Signal()
    """Private mode is to end."""

    def __init__(self, shelf: Shelf, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._shelf = shelf
        shelf.setParent(self)
        self._exchange = Exchange(commands, self)
        self._facts: Sequence[Fact] = []
        self._read = False
        self._choice = Choice()
        self._statements = Statements(self)
        self._menu = QMenu(self)
        self._made = MemoryLayout(self, self._statements)
        self._list, self._topics, self._undo_bar = self._made.list, self._made.topics, self._made.undo_bar
        keys, key = QKeySequence.StandardKey, Qt.Key
        self._edit_action = self._action(self.tr("Edit"), self._edit, key.Key_F2, key.Key_Return, key.Key_Enter)
        self._pin_action = self._action(self.tr("Pin"), self._pin, "Ctrl+D")
        self._action(self.tr("Copy"), self._copy, keys.Copy)
        self._menu.addSeparator()
        self._delete_action = self._action(self.tr("Delete"), self._delete, keys.Delete)
        self._forget_action = self._action("", self._forget_subject)
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._search_store)
        self._connect()
        self._show_state()

    def set_private(self, private: bool) -> None:
        """Whether nothing of what is said is kept at present."""
        self._made.private_bar.setVisible(private)

    def export_to(self, file: Path) -> None:
        """Write all that is kept to `file`. Tells how it went."""
        self._exchange.export_to(file)

    def import_from(self, file: Path) -> None:
        """Take in what is in `file`. Tells how it went."""
        self._exchange.import_from(file)

    # --- what Qt calls

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._shelf.begin()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._shelf.rest()

    # --- how it is made

    def _connect(self) -> None:
        made, shelf = self._made, self._shelf
        shelf.changed.connect(self._take)
        shelf.undone.connect(self._undo_bar.hide)
        shelf.failed.connect(self._tell_fault)
        self._statements.rewritten.connect(self._rewrite)
        self._list.rows.pin_wanted.connect(self._toggle_pin)
        self._list.chosen_changed.connect(self._tell_sources)
        self._list.doubleClicked.connect(self._edit)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self._list.written.connect(self._show_again)
        self._topics.chosen_changed.connect(self._choose_topic)
        made.search.textChanged.connect(self._search)
        made.past.toggled.connect(self._show_past)
        made.remember.clicked.connect(made.remember_bar.open)
        made.remember_bar.written.connect(self._remember)
        made.remember_bar.closed.connect(self._list.setFocus)
        made.sources.turn_wanted.connect(self.turn_wanted)
        made.private_bar.keep_wanted.connect(self.keep_wanted)
        self._undo_bar.undo.connect(shelf.undo)
        self._exchange.told.connect(self._undo_bar.tell)
        self._exchange.done.connect(self._show_exchange)
        more = made.more_menu
        more.addAction(self.tr("Forget everything about…"), lambda: self._ask_what_to_forget(""))
        more.addSeparator()
        self._exchanges = [
            more.addAction(self.tr("Export all…"), self._choose_export),
            more.addAction(self.tr("Import…"), self._choose_import),
        ]
        more.aboutToShow.connect(self._show_exchange)
        keys = QKeySequence.StandardKey
        self._on_key(keys.Find, made.begin_search)
        self._on_key(keys.Undo, shelf.undo)
        self._on_key(keys.New, made.remember_bar.open)
        self._on_key(Qt.Key.Key_Escape, made.leave)

    def _on_key(self, key: QKeySequence.StandardKey | Qt.Key, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(act)

    def _action(self, words: str, act: Callable[[], object], *keys: QKeySequence.StandardKey | Qt.Key | str) -> QAction:
        """In the menu of the list, and on `keys` while the list has the focus."""
        action = QAction(words, self._list)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(act)
        self._list.addAction(action)
        self._menu.addAction(action)
        return action

    # --- what is shown

    def _take(self, facts: Sequence[Fact]) -> None:
        self._facts, self._read = facts, True
        self._topics.follow(facts)
        if self._choice.words:
            self._search_store()
        self._show_again()

    def _show_again(self) -> None:
        """Show what has become of what is shown; but nothing moves under what is being written."""
        if not self._list.writing:
            self._list.change(lambda: self._statements.follow(self._choice.of(self._facts)))
            self._show_state()

    def _begin_anew(self) -> None:
        """Show what is chosen by now, from its beginning."""
        self._statements.begin(self._choice.of(self._facts))
        self._list.look_again(self._choice.words)
        self._list.scrollToTop()
        self._tell_sources()
        self._show_state()

    def _choose_topic(self, topic: Topic) -> None:
        self._choice.topic = topic
        self._begin_anew()

    def _show_past(self, past: bool) -> None:
        self._choice.past = past
        self._show_again()

    def _search(self) -> None:
        self._choice.words = self._made.search.text().strip()
        self._choice.found = ()
        self._begin_anew()
        self._typing.start()

    def _search_store(self) -> None:
        """It knows the forms of words too."""
        words = self._choice.words

        def take(found: set[int]) -> None:
            if words == self._choice.words:
                self._choice.found = found
                self._show_again()

        if words:
            self._shelf.find(words, take)

    def _show_state(self) -> None:
        words, there = self._choice.words, self._statements.count
        if there or not self._read:
            why_empty = ""
        elif words:
            why_empty = self.tr("Nothing is known with “{words}”.").format(words=words)
        elif self._facts:
            why_empty = self.tr("Nothing is known of this.")
        else:
            why_empty = self.tr(
                "Nothing is known yet. What you tell her is thought over while nobody speaks, and then stands here."
            )
        self._made.tell_count(count_words(there) if there else "", why_empty)

    def _tell_sources(self) -> None:
        chosen = self._list.chosen
        if len(chosen) != 1:
            self._made.sources.hide()
            return
        fact = chosen[0]

        def tell(entries: Sequence[Entry]) -> None:
            if self._list.chosen == [fact]:
                self._made.sources.tell(fact, entries)

        self._shelf.sources(fact, tell)

    def _tell_fault(self, message: str, hint: str) -> None:
        self._undo_bar.tell(f"{message} {hint}".strip())

    # --- what is done with it

    def _show_menu(self, at: QPoint) -> None:
        chosen = self._list.chosen
        if not chosen:
            return
        one = chosen[0] if len(chosen) == 1 else None
        self._edit_action.setVisible(one is not None)
        self._pin_action.setText(self.tr("Unpin") if chosen[0].pinned else self.tr("Pin"))
        self._delete_action.setText(self.tr("Delete {statements}").format(statements=count_words(len(chosen))))
        self._forget_action.setVisible(one is not None and one.subject != YOU)
        words = self.tr("Forget everything about {name}…")
        self._forget_action.setText(words.format(name=subject_words(chosen[0].subject)))
        self._menu.popup(self._list.viewport().mapToGlobal(at))

    def _edit(self) -> None:
        if (index := self._list.currentIndex()).isValid():
            self._list.edit(index)

    def _rewrite(self, fact: Fact, statement: str) -> None:
        self._expect(replace(fact, statement=statement, confidence=1.0))
        self._shelf.restate(fact, statement)
        self._undo_bar.offer(self.tr("Changed: {statement}").format(statement=statement))

    def _pin(self) -> None:
        for fact in self._list.chosen:
            self._toggle_pin(fact)

    def _toggle_pin(self, fact: Fact) -> None:
        self._expect(replace(fact, pinned=not fact.pinned))
        self._shelf.pin(fact)

    def _copy(self) -> None:
        if chosen := self._list.chosen:
            QGuiApplication.clipboard().setText("\n".join(fact.statement for fact in chosen))

    def _remember(self, text: str) -> None:
        def tell(kept: Fact) -> None:
            self._undo_bar.offer(self.tr("She remembers: {statement}").format(statement=kept.statement))

        self._shelf.remember(text, tell)

    def _delete(self) -> None:
        if not (chosen := self._list.chosen):
            return
        self._expect(gone=chosen)
        self._shelf.delete(chosen)
        self._undo_bar.offer(self.tr("Deleted: {statements}.").format(statements=count_words(len(chosen))))

    def _expect(self, changed: Fact | None = None, gone: Iterable[Fact] = ()) -> None:
        """Show at once what will be when it is done; what is read after that shows what it is."""
        numbers = {fact.number for fact in gone}
        self._facts = [
            changed if changed and fact.number == changed.number else fact
            for fact in self._facts
            if fact.number not in numbers
        ]
        self._topics.follow(self._facts)
        self._show_again()

    def _forget_subject(self) -> None:
        if chosen := self._list.chosen:
            self._ask_what_to_forget(chosen[0].subject)

    def _ask_what_to_forget(self, topic: str) -> None:
        dialog = ForgetDialog(topic, self._shelf.mentioning, self)
        dialog.accepted.connect(lambda: self._shelf.forget_about(dialog.topic, self._tell_forgotten))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell_forgotten(self, forgotten: Forgotten) -> None:
        self._undo_bar.offer(self.tr("Forgotten: {amount}.").format(amount=amount_words(forgotten)))
        if forgotten.entries:
            self.deleted.emit([entry.text for entry in forgotten.entries])

    def _choose_export(self) -> None:
        suggested = str(Path.home() / self.tr("what she remembers.json"))
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export all"), suggested, self.tr("JSON (*.json)"))
        if name:
            file = Path(name)
            self.export_to(file if file.suffix else file.with_suffix(".json"))

    def _choose_import(self) -> None:
        exports, any_file = self.tr("Exports (*.json *.jsonl *.txt *.mbox)"), self.tr("All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import"), str(Path.home()), f"{exports};;{any_file}")
        if name:
            self.import_from(Path(name))

    def _show_exchange(self) -> None:
        for action in self._exchanges:
            action.setEnabled(not self._exchange.busy)
