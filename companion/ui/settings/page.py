"""A page of settings: cards, and blocks on them that can be searched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from companion.ui.theme import current_theme
from companion.ui.widgets import Heading, Note

_ROUND = 12


class Words(QLabel):
    """A sentence that is not help. It wraps, and nothing in it is markup."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)


class Block(QWidget):
    """Something on a page that is found by its words."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words.casefold()

    def matches(self, searched: Sequence[str]) -> bool:
        """Whether it holds all of these, in lower case."""
        return all(word in self.words for word in searched)


class Panel(Block):
    """A block with a title and whatever belongs below it."""

    def __init__(self, title: str, help_: str = "", words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(f"{title} {help_} {words}", parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 14, 18, 14)
        self.column.setSpacing(8)
        if title:
            self.column.addWidget(Heading(title, small=True))
        if help_:
            self.column.addWidget(Note(help_))


class Card(QWidget):
    """A raised sheet with blocks below each other, a hairline between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 2)
        self._column.setSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def add(self, block: Block) -> None:
        self._column.addWidget(block)

    @property
    def blocks(self) -> list[Block]:
        return [item for item in self.children() if isinstance(item, Block)]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = current_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
            shown = sorted(block.y() for block in self.blocks if not block.isHidden())
            for y in shown[1:]:
                painter.drawLine(18, y, self.width() - 18, y)


class Page(QWidget):
    """A heading, cards, and finer settings that are shown when asked for."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._searched: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 18)
        self._column.setSpacing(10)
        self._heading = Heading(title)
        self._column.addWidget(self._heading)
        self._cards: list[tuple[Heading | None, Card]] = []
        self._finer: Card | None = None
        self._finer_wanted = False
        self._finer_button = QPushButton(self.tr("Show finer settings"))
        self._finer_button.hide()
        self._finer_button.clicked.connect(self._toggle_finer)
        self._finer_button.setAccessibleDescription(self.tr("Shows or hides what most people never change."))

    def add_card(self, blocks: Sequence[Block], title: str = "") -> None:
        """Blocks that belong together; a title where one is needed."""
        heading = Heading(title, small=True) if title else None
        if heading:
            heading.setContentsMargins(4, 8, 0, 0)
            self._column.addWidget(heading)
        self._cards.append((heading, self._card(blocks)))

    def add_finer(self, blocks: Sequence[Block]) -> None:
        """The end of the page: what most people never change."""
        self._column.addWidget(self._finer_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._finer_button.show()
        self._finer = self._card(blocks)
        self._finer.hide()

    def open(self) -> None:
        """The page is shown: read again what may have changed."""

    def leave(self) -> None:
        """The page is no longer shown: end what it began."""

    def search(self, searched: list[str]) -> bool:
        """Show only what holds all these words in lower case, all if there are none; whether there is anything."""
        self._searched = searched
        found = False
        for heading, card in self._cards:
            titles = f"{self.title} {heading.text() if heading else ''}".casefold()
            in_titles = all(word in titles for word in searched)
            any_in_card = _show_matching(card, [] if in_titles else searched)
            card.setVisible(any_in_card)
            if heading:
                heading.setVisible(any_in_card)
            found |= any_in_card
        if self._finer:
            any_finer = _show_matching(self._finer, searched)
            self._finer.setVisible(any_finer and (bool(searched) or self._finer_wanted))
            self._finer_button.setVisible(not searched)
            found |= any_finer
        return found

    def _toggle_finer(self) -> None:
        self._finer_wanted = not self._finer_wanted
        words = self.tr("Hide finer settings") if self._finer_wanted else self.tr("Show finer settings")
        self._finer_button.setText(words)
        self.search(self._searched)

    def _card(self, blocks: Sequence[Block]) -> Card:
        card = Card()
        for block in blocks:
            card.add(block)
        self._column.addWidget(card)
        return card


class Sheet(QWidget):
    """As high as its pages need at the width that there is; the layout itself asks for more than that."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, 0)


def _show_matching(card: Card, searched: Sequence[str]) -> bool:
    found = False
    for block in card.blocks:
        matching = block.matches(searched)
        block.setVisible(matching)
        found |= matching
    card.update()
    return found
