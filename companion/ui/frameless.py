"""A window without a frame: rounded, moved by dragging it anywhere, resized at its edges, kept where it was put."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from companion.ui.compositor import translucency
from companion.ui.placement import Box, Places, fitted, screen_of, snapped
from companion.ui.theme import Theme

RADIUS_PX = 22
EDGE_PX = 7
"""So near to the border the mouse resizes."""

VEIL = 244
"""Opacity of the ground where there is a compositor, of 255."""


class FramelessWindow(QWidget):
    """Draws its ground; whoever derives from it fills it. Without a compositor it is opaque, with plain corners."""

    def __init__(self, theme: Theme, places: Places, on_top: bool) -> None:
        super().__init__(None, _flags(on_top))
        self.theme = theme
        self.places = places
        self._grabbed: QPoint | None = None
        self._dragged = False
        self._blends = False
        self._bare = False
        self._decide_translucency()
        self.setMouseTracking(True)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._come_back)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def set_on_top(self, on_top: bool) -> None:
        visible = self.isVisible()
        self.setWindowFlags(_flags(on_top))
        if visible:
            self.show()

    def set_bare(self, bare: bool) -> None:
        """Without a ground: only what stands on it shows. Needs a compositor; without one the ground stays."""
        self._bare = bare
        self.update()

    def stand(self, width: int, height: int) -> None:
        """Go where it stood last, or with `width` and `height` to the first place."""
        screens = screens_now()
        primary = QGuiApplication.primaryScreen().name()
        self._stand_in(self.places.place(screens, primary, width, height))

    def stand_by_corner(self, corner: QPoint, size: QSize) -> None:
        """Have that lower right corner, if there is room."""
        left, top = corner.x() - size.width() + 1, corner.y() - size.height() + 1
        self._stand_on_screen(Box(left, top, size.width(), size.height()))

    @property
    def is_click(self) -> bool:
        """While the mouse is down, or just let go: it has not moved the window."""
        return self._grabbed is not None and not self._dragged

    # --- what Qt calls

    def setVisible(self, visible: bool) -> None:  # noqa: N802
        if visible and not self.isVisible():
            self._decide_translucency()
        super().setVisible(visible)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self.remember()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._cut_corners()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._bare and self._blends:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(self.rect(), Qt.GlobalColor.transparent)
            return
        ground = QColor(self.theme.ground)
        ground.setAlpha(VEIL if self._blends else 255)
        inset = 0.5
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), self._radius(), self._radius()
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        edges = self._edges_at(event.position().toPoint())
        if edges and self.windowHandle().startSystemResize(edges):
            return
        self._grabbed = event.globalPosition().toPoint() - self.pos()
        self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._grabbed is None:
            self._show_edge(event.position().toPoint())
            return
        target = event.globalPosition().toPoint() - self._grabbed
        if not self._dragged and (target - self.pos()).manhattanLength() < QApplication.startDragDistance():
            return
        self._dragged = True
        if QGuiApplication.platformName().startswith("wayland"):  # only the compositor moves windows there
            self._grabbed = None
            self.windowHandle().startSystemMove()
            return
        box = Box(target.x(), target.y(), self.width(), self.height())
        screens = screens_now()
        here = snapped(box, screens[screen_of(box, screens)])
        self.move(here.x, here.y)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._grabbed is not None and self._dragged:
            self.remember()
        self._grabbed = None

    def remember(self) -> None:
        """Keep the place it stands at now."""
        self.places.remember(Box(self.x(), self.y(), self.width(), self.height()), screens_now())
        self.places.save()

    # --- its own

    def _radius(self) -> int:
        return RADIUS_PX if min(self.width(), self.height()) > 3 * RADIUS_PX else RADIUS_PX // 2

    def _decide_translucency(self) -> None:
        self._blends = translucency()
        if self.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground) != self._blends:
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._blends)
            if self.internalWinId():  # an existing native window has its depth for good
                self.destroy()
        self._cut_corners()

    def _cut_corners(self) -> None:
        if self._blends:
            self.clearMask()
            return
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), self._radius(), self._radius())
        self.setMask(QRegion(path.toFillPolygon().toPolygon()))

    def _edges_at(self, at: QPoint) -> Qt.Edge:
        edges = Qt.Edge(0)
        if at.x() < EDGE_PX:
            edges |= Qt.Edge.LeftEdge
        if at.x() >= self.width() - EDGE_PX:
            edges |= Qt.Edge.RightEdge
        if at.y() < EDGE_PX:
            edges |= Qt.Edge.TopEdge
        if at.y() >= self.height() - EDGE_PX:
            edges |= Qt.Edge.BottomEdge
        return edges

    def _show_edge(self, at: QPoint) -> None:
        self.setCursor(_CURSORS.get(self._edges_at(at).value, Qt.CursorShape.ArrowCursor))

    def _come_back(self) -> None:
        """The screen it stood on is gone."""
        self._stand_on_screen(Box(self.x(), self.y(), self.width(), self.height()))

    def _stand_on_screen(self, box: Box) -> None:
        """In `box`, or as near to it as one sees it whole."""
        screens = screens_now()
        if screens:
            self._stand_in(fitted(box, screens[screen_of(box, screens)]))

    def _stand_in(self, box: Box) -> None:
        self.setGeometry(QRect(box.x, box.y, box.width, box.height))


def screens_now() -> dict[str, Box]:
    """The room that each screen has for windows, by its name."""
    rooms = {}
    for screen in QGuiApplication.screens():
        room = screen.availableGeometry()
        rooms[screen.name()] = Box(room.x(), room.y(), room.width(), room.height())
    return rooms


def _flags(on_top: bool) -> Qt.WindowType:
    flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint
    return flags | Qt.WindowType.WindowStaysOnTopHint if on_top else flags


_LEFT, _RIGHT = Qt.Edge.LeftEdge, Qt.Edge.RightEdge
_TOP, _BOTTOM = Qt.Edge.TopEdge, Qt.Edge.BottomEdge
_CURSORS = {
    _LEFT.value: Qt.CursorShape.SizeHorCursor,
    _RIGHT.value: Qt.CursorShape.SizeHorCursor,
    _TOP.value: Qt.CursorShape.SizeVerCursor,
    _BOTTOM.value: Qt.CursorShape.SizeVerCursor,
    (_LEFT | _TOP).value: Qt.CursorShape.SizeFDiagCursor,
    (_RIGHT | _BOTTOM).value: Qt.CursorShape.SizeFDiagCursor,
    (_RIGHT | _TOP).value: Qt.CursorShape.SizeBDiagCursor,
    (_LEFT | _BOTTOM).value: Qt.CursorShape.SizeBDiagCursor,
}
