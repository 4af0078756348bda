"""The words of both: hers large, in step with her voice, what you did not hear struck through; yours small above."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.ui.theme import Theme
from companion.ui.view import Caption

HER_SIZE = 1.25
"""Her words are so much larger than the system's text."""

STRUCK_WORDS = 7
"""Of what you did not hear so much is shown: the rest is in the conversation view."""

FADE_PX = 28
"""What does not fit fades out at the top over so much."""


class Captions(QWidget):
    """The newest words stand at the bottom; long replies run out at the top."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        self._shown: tuple[str, str, bool, Caption, bool] | None = None
        self._hint: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(48)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(280, 130)

    @property
    def needed_height(self) -> float:
        """How high all that is shown is, in pixels; what does not fit runs out at the top."""
        return self._document.size().height()

    def set_theme(self, theme: Theme) -> None:
        self._theme, shown, hint = theme, self._shown, self._hint
        self._shown = self._hint = None
        if shown:
            self.show_words(*shown)
        elif hint is not None:
            self.show_hint(hint)

    def show_words(self, name: str, yours: str, final: bool, hers: Caption, yours_newer: bool = False) -> None:
        """Show your words (not `final`: still being understood) and those of her, whose name is `name`.

        What is newer stands below.
        """
        shown = (name, yours, final, hers, yours_newer)
        if shown == self._shown:
            return
        self._shown, self._hint = shown, None
        both = [self._yours(yours, final), self._hers(hers)]
        self._show("".join(reversed(both) if yours_newer else both), self._plain(name, yours, hers))

    def show_hint(self, text: str) -> None:
        """Show `text`, which nobody has said, while there is nothing else to show."""
        if text != self._hint:
            self._shown, self._hint = None, text
            self._show(self._hers(Caption(coming=text)), text or self.tr("Nothing has been said yet."))

    def _show(self, html: str, plain: str) -> None:
        self._document.setDefaultFont(self.font())
        self._document.setHtml(html)
        self._document.setTextWidth(self.width())
        self.setAccessibleName(plain)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        overflow = self.needed_height - self.height()
        painter.translate(0, -max(0.0, overflow))
        self._document.drawContents(painter, QRectF(QPointF(0, max(0.0, overflow)), QRectF(self.rect()).size()))
        painter.resetTransform()
        if overflow > 0:
            self._fade_top(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._document.setTextWidth(self.width())
        super().resizeEvent(event)

    def _fade_top(self, painter: QPainter) -> None:
        ground = QColor(self._theme.ground)
        gone = QColor(ground)
        gone.setAlpha(0)
        fade = QLinearGradient(0, 0, 0, FADE_PX)
        fade.setColorAt(0, ground)
        fade.setColorAt(1, gone)
        painter.fillRect(0, 0, self.width(), FADE_PX, fade)

    def _yours(self, words: str, final: bool) -> str:
        if not words:
            return ""
        shown = escape(words) if final else f"{escape(words.rstrip('.'))} …"
        return f'<p align="center" style="margin:0 0 8px; color:{self._theme.you}">{shown}</p>'

    def _hers(self, caption: Caption) -> str:
        theme = self._theme
        words = [
            f'<span style="color:{theme.text}">{escape(caption.heard)}</span>' if caption.heard else "",
            f'<span style="color:{theme.faint}">{escape(caption.coming)}</span>' if caption.coming else "",
            f'<s style="color:{theme.faint}">{escape(_beginning(caption.struck))}</s>' if caption.struck else "",
        ]
        size = round(self.font().pointSizeF() * HER_SIZE, 1)
        said = " ".join(filter(None, words))
        return f'<p align="center" style="margin:0 0 8px; font-size:{size}pt">{said}</p>' if said else ""

    def _plain(self, name: str, yours: str, hers: Caption) -> str:
        """The same for a screen reader."""
        lines = [self.tr("You: {words}").format(words=yours)] if yours else []
        said = " ".join(filter(None, [hers.heard, hers.coming]))
        if said:
            lines.append(self.tr("{name}: {words}").format(name=name, words=said))
        if hers.struck:
            lines.append(self.tr("Not heard: {words}").format(words=hers.struck))
        return "\n".join(lines)


def _beginning(text: str) -> str:
    words = text.split()
    return text if len(words) <= STRUCK_WORDS else f"{' '.join(words[:STRUCK_WORDS])} …"
