"""The floating window: she, the words of both, a line to type in, and what stops or mutes her."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from companion.ui.captions import Captions
from companion.ui.frameless import FramelessWindow
from companion.ui.glyphs import glyph
from companion.ui.notice_bar import Choice, NoticeBar
from companion.ui.placement import Places
from companion.ui.presence import Presence
from companion.ui.theme import Theme
from companion.ui.view import Caption, View
from companion.ui.words import state_words

WIDTH, HEIGHT = 340, 500
SMALLEST = QSize(240, 250)
ALONE_PX = 132
"""Side of the window that is shrunk to her."""

CAPTION_MS = 60
"""While she speaks, captions follow her at this pace: words are slower."""


class FloatingWindow(FramelessWindow):
    """Shows a view; tells by signals what the person wants."""

    said = Signal(str)
    """A line was typed."""
    stopped = Signal()
    """Esc, the stop button, or a click on her."""
    mute_pressed = Signal()
    hidden_by_person = Signal()
    """The person closed it; it is hidden, and she goes on."""
    appeared = Signal()
    shrunk_changed = Signal()

    def __init__(self, theme: Theme, places: Places, on_top: bool, view: View, now_s: Callable[[], float]) -> None:
        """`now_s` is the steady clock that the view is fed with."""
        super().__init__(theme, places, on_top)
        self._view = view
        self._now_s = now_s
        self._may_close = False
        self._shrunk = False
        self._presence_at_press = False
        self._progress = ""
        self._dressed_as_muted: bool | None = None
        self._follow = QTimer(self, interval=CAPTION_MS)
        self._follow.timeout.connect(self._show_captions)
        self._build()
        self._dress()
        self._look_shrunk(places.shrunk)
        self.stand(*((ALONE_PX, ALONE_PX) if self._shrunk else (WIDTH, HEIGHT)))
        self.take_view()

    def _build(self) -> None:
        self.state = QLabel(self)
        self.menu_button = self._button(self.tr("Menu"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.shrink_button = self._button(self.tr("Shrink to her alone"))
        self.close_button = self._button(self.tr("Hide the window"))
        self.presence = Presence(self)
        self.presence.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.captions = Captions(self.theme, self)
        self.notice = NoticeBar(self.theme, self)
        self.entry = QLineEdit(self)
        self.entry.setAccessibleName(self.tr("Type to her"))
        self.entry.setMaxLength(4000)
        self.mute_button = self._button(self.tr("Mute the microphone"))
        self.mute_button.setCheckable(True)
        self.stop_button = self._button(self.tr("Stop her (Esc)"))
        self.elsewhere = QLabel(self)
        self.elsewhere.setWordWrap(True)
        self.elsewhere.hide()
        self._arrange()
        self.entry.returnPressed.connect(self._send)
        self.mute_button.clicked.connect(self.mute_pressed)
        self.stop_button.clicked.connect(self.stopped)
        self.presence.clicked.connect(self.stopped)
        self.shrink_button.clicked.connect(lambda: self.set_shrunk(True))
        self.close_button.clicked.connect(self.close)
        self.entry.setFocus()

    def _arrange(self) -> None:
        header, line = QHBoxLayout(), QHBoxLayout()
        for widget in (self.menu_button, self.state):
            header.addWidget(widget)
        header.addStretch(1)
        for widget in (self.shrink_button, self.close_button):
            header.addWidget(widget)
        for part in (self.entry, self.mute_button, self.stop_button):
            line.addWidget(part)
        line.setSpacing(4)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(14, 10, 14, 14)
        self._layout.setSpacing(8)
        self._layout.addLayout(header)
        self._layout.addWidget(self.presence, 5)
        self._layout.addWidget(self.captions, 4)
        self._layout.addWidget(self.elsewhere)
        self._layout.addWidget(self.notice)
        self._layout.addLayout(line)
        self._around_her: Sequence[QWidget] = (
            *(self.state, self.menu_button, self.shrink_button, self.close_button),
            *(self.captions, self.entry, self.mute_button, self.stop_button),
        )

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setIconSize(QSize(20, 20))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    # --- told

    def set_menu(self, menu: QMenu) -> None:
        """What the menu button and a right click open."""
        self._menu = menu
        self.menu_button.setMenu(menu)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.captions.set_theme(theme)
        self.notice.set_theme(theme)
        self._dress()

    def take_view(self) -> None:
        """The view has changed."""
        view = self._view
        words = state_words(view.state, view.way_to_talk, view.has_key)
        self.setWindowTitle(view.name)
        self.presence.set_name(view.name)
        self.state.setText(words)
        self.state.setAccessibleName(self.tr("{name} is {doing}").format(name=view.name, doing=words))
        self.presence.set_mood(view.mood)
        self.presence.set_levels(view.yours_db, view.hers_db)
        self.entry.setPlaceholderText(self.tr("Type to {name}").format(name=view.name))
        self.stop_button.setEnabled(view.state in ("speaking", "thinking"))
        self.mute_button.setChecked(view.muted)
        if self._dressed_as_muted != view.muted:
            self._dress_mute()
        self._show_elsewhere()
        if view.she_speaks and self.isVisible() and not self._follow.isActive():
            self._follow.start()
        self._show_captions()

    def tell(self, choices: Sequence[Choice]) -> None:
        """Show the view's notice, with what can be pressed about it."""
        self.notice.tell(None if self._shrunk else self._view.notice, choices)

    def tell_progress(self, text: str) -> None:
        """What is being done while she gets ready."""
        self._progress = text
        self._show_captions()

    def set_still(self, still: bool) -> None:
        """Without motion."""
        self.presence.set_still(still)

    @property
    def shrunk(self) -> bool:
        return self._shrunk

    def set_shrunk(self, shrunk: bool) -> None:
        """Only she is left of the window, or all is there again; its lower right corner stays, if there is room."""
        if shrunk == self._shrunk:
            return
        if shrunk:
            self.places.whole = (self.width(), self.height())
        corner = self.geometry().bottomRight()
        self._look_shrunk(shrunk)
        size = QSize(ALONE_PX, ALONE_PX) if shrunk else QSize(*(self.places.whole or (WIDTH, HEIGHT)))
        self.stand_by_corner(corner, size)
        self.remember()
        self.take_view()
        self.shrunk_changed.emit()

    def close_for_good(self) -> None:
        """The program ends."""
        self._may_close = True
        self.close()

    # --- what Qt calls

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        super().closeEvent(event)
        if not self._may_close:
            event.ignore()
            self.hidden_by_person.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._follow.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.take_view()
        if not self._shrunk:
            self.entry.setFocus()
        self.appeared.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.stopped.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        self._menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._presence_at_press = self.presence.geometry().contains(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self.is_click and self._presence_at_press and event.button() is Qt.MouseButton.LeftButton:
            self.stopped.emit()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._shrunk:
            self.set_shrunk(False)

    # --- its own

    def _look_shrunk(self, shrunk: bool) -> None:
        self._shrunk = self.places.shrunk = shrunk
        for widget in self._around_her:
            widget.setVisible(not shrunk)
        if shrunk:
            self.notice.hide()
            self.elsewhere.hide()
            self.setFocus()
        else:
            self.entry.setFocus()
        self._layout.setContentsMargins(*((6, 6, 6, 6) if shrunk else (14, 10, 14, 14)))
        self.setMinimumSize(QSize(96, 96) if shrunk else SMALLEST)
        self.set_bare(shrunk)

    def _send(self) -> None:
        if text := self.entry.text().strip():
            self.entry.clear()
            self.said.emit(text)

    def _show_captions(self) -> None:
        view = self._view
        if not view.she_speaks:
            self._follow.stop()
        hers = view.caption(self._now_s())
        if hers == Caption() and not view.your_words:
            self.captions.show_hint(self._hint())
        else:
            self.captions.show_words(view.name, view.your_words, view.your_words_final, hers, view.yours_newer)

    def _hint(self) -> str:
        """What to show while nothing has been said."""
        if self._view.state == "starting":
            return self._progress
        return self.tr("Just talk, or type below.") if self._view.state == "listening" else ""

    def _show_elsewhere(self) -> None:
        told = []
        if self._view.private:
            told.append(self.tr("Private: nothing is kept"))
        if self._view.where != "this computer":
            told.append(self.tr("Your words go to {address}").format(address=self._view.where))
        self.elsewhere.setVisible(bool(told) and not self._shrunk)
        self.elsewhere.setText("\n".join(told))

    def _dress(self) -> None:
        faint, text = self.theme.faint, self.theme.text
        self.menu_button.setIcon(glyph("menu", faint))
        self.shrink_button.setIcon(glyph("shrink", faint))
        self.close_button.setIcon(glyph("close", faint))
        self.stop_button.setIcon(glyph("stop", text))
        self.state.setStyleSheet(f"color: {faint}")
        self.elsewhere.setStyleSheet(f"color: {self.theme.trouble}")
        quiet = (
            "QToolButton { background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 3px }"
            f"QToolButton:hover {{ background: {self.theme.raised} }}"
            f"QToolButton:focus {{ border-color: {self.theme.accent} }}"
            "QToolButton::menu-indicator { image: none }"
        )
        for button in (self.menu_button, self.shrink_button, self.close_button):
            button.setStyleSheet(quiet)
        self._dress_mute()

    def _dress_mute(self) -> None:
        muted = self._dressed_as_muted = self._view.muted
        name = self.tr("Listen again") if muted else self.tr("Mute the microphone")
        self.mute_button.setIcon(
            glyph("microphone off" if muted else "microphone", self.theme.trouble if muted else self.theme.text)
        )
        self.mute_button.setAccessibleName(name)
        self.mute_button.setToolTip(name)
