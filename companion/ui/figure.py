"""Her figure, drawn: a small sun whose petals open with her voice, in a ring that your voice widens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QRadialGradient

from companion.ui.breath import Breath
from companion.ui.theme import Theme, blend

HALF = 100.0
"""She is drawn on a square of 200 x 200 with the origin in its middle."""

BODY, RING, HORIZON = 59.0, 71.0, 24.0
"""Radii of her body and of her ring (the beads' way too); and how far below the middle the horizon lies."""

PETALS = ((0.7, 0.0, 1.0, 1.0), (1.1, 2.1, 0.9, 0.8), (0.9, 4.2, 0.78, 1.0))
"""Of each layer: how fast it sways, where it begins in radians, how large and how opaque it is. They turn together,
and sway too little to stand behind one another.

Solid colours, opaque where they can be, and no gradient along a curve: those cost three to six times as much."""

PETAL_COUNT = 5

POINTS = 20
"""Points of an outline, joined by curves: four a petal."""

_AROUND = [(math.cos(angle), math.sin(angle)) for angle in (math.tau * at / POINTS for at in range(POINTS))]
_PHASES = [math.tau * PETAL_COUNT * at / POINTS for at in range(POINTS)]

HEART, MARK = "#fff1d6", "#4a1a10"
"""The light within her, and what is written on it."""

HEART_PX = 96
GLOW = [(at / 16, 0.8 * (1 - (at / 16) ** 2) ** 3) for at in range(17)]
"""How opaque her light is at which part of its radius: smooth, for the eye sees every kink as a ring."""


class Figure:
    """Paints her around the painter's origin. It keeps the pictures of her light, which are costly to make."""

    def __init__(self) -> None:
        self._glow = QPixmap()
        self._glow_is: tuple[object, ...] = ()

    def paint(self, painter: QPainter, breath: Breath, side: float, theme: Theme) -> None:
        """`side`: of the square that she fills, in pixels of the painter. Antialiasing is to be on."""
        self._paint_glow(painter, breath, side, theme)
        scale = side / (2 * HALF)
        painter.save()
        painter.scale(scale, scale)
        line = max(3.2, 1.6 / scale)
        self._paint_ring(painter, breath, theme, line)
        self._paint_body(painter, breath, theme, line)
        self._paint_signs(painter, breath, theme, line)
        painter.restore()

    def _paint_glow(self, painter: QPainter, breath: Breath, side: float, theme: Theme) -> None:
        shines = min(1.0, breath.pose.light * (0.55 + 0.06 * breath.breath) + 0.45 * breath.hers)
        painter.setOpacity(shines)
        ratio = painter.device().devicePixelRatioF()
        if self._glow_is != (side, ratio, theme.light):
            self._glow_is = (side, ratio, theme.light)
            self._glow = _light(side, ratio, theme.light, GLOW)
        painter.drawPixmap(QPointF(-side / 2, -side / 2), self._glow)
        painter.setOpacity(1.0)

    def _paint_ring(self, painter: QPainter, breath: Breath, theme: Theme, line: float) -> None:
        pose = breath.pose
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius, loud = RING + 1.5 * breath.breath, breath.yours
        if pose.ring > 0:
            colour = blend(theme.you, theme.ground, 0.4 * (1 - loud))
            painter.setPen(QPen(QColor(colour), line * pose.ring))
            painter.drawEllipse(QPointF(), radius + 10 * loud, radius + 10 * loud)
        if loud > 0.02:
            painter.setPen(QPen(QColor(blend(theme.you, theme.ground, 0.3)), line * loud))
            painter.drawEllipse(QPointF(), radius + 24 * loud, radius + 24 * loud)

    def _paint_body(self, painter: QPainter, breath: Breath, theme: Theme, line: float) -> None:
        pose = breath.pose
        horizon = HALF + (HORIZON - HALF) * pose.sunk
        painter.save()
        if pose.sunk > 0:
            painter.setClipRect(QRectF(-HALF, -HALF, 2 * HALF, HALF + horizon - line / 2))
        painter.translate(0, HORIZON * pose.sunk)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(1 - 0.75 * pose.slash)
        depth = 0.02 + pose.petals * (0.15 + 0.06 * breath.hers)
        radius = BODY * pose.size * (1 + depth) * (1 + 0.03 * breath.breath + 0.12 * breath.hers)
        for (sway, start, size, opacity), colour in zip(PETALS, theme.petals, strict=True):
            painter.setBrush(_faded(colour, opacity))
            turned = start + 0.6 * breath.turned + 0.6 * math.sin(sway * breath.turned)
            painter.drawPath(outline(size * radius, depth, turned))
        heart = radius * (1 - depth) * 0.9
        painter.drawPixmap(QRectF(-heart, -heart, 2 * heart, 2 * heart), _heart(), QRectF(0, 0, HEART_PX, HEART_PX))
        painter.restore()
        if pose.sunk > 0:
            painter.setPen(QPen(QColor(theme.petals[1]), line * 1.2 * pose.sunk, c=Qt.PenCapStyle.RoundCap))
            for below, half in ((line, 68), (line + 17, 30)):
                painter.drawLine(QPointF(-half, horizon + below), QPointF(half, horizon + below))

    def _paint_signs(self, painter: QPainter, breath: Breath, theme: Theme, line: float) -> None:
        pose = breath.pose
        if pose.beads > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_faded(theme.accent, pose.beads))
            for at in range(3):
                angle = breath.turned + at * math.tau / 3 - math.pi / 2
                painter.drawEllipse(QPointF(RING * math.cos(angle), RING * math.sin(angle)), line * 2.2, line * 2.2)
        if pose.slash > 0:
            painter.setPen(QPen(_faded(theme.trouble, pose.slash), line * 1.8, c=Qt.PenCapStyle.RoundCap))
            reach = RING * 0.707 * pose.slash
            painter.drawLine(QPointF(-reach, -reach), QPointF(reach, reach))
        if pose.mark > 0:
            painter.setPen(QPen(_faded(MARK, pose.mark), line * 2.6, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(0, -22), QPointF(0, 5))
            painter.drawPoint(QPointF(0, 23))


def outline(radius: float, depth: float, turned: float) -> QPainterPath:
    """A closed curve around the origin, of `PETAL_COUNT` petals that reach to `radius`; `depth` is half of theirs."""
    reaches = [radius * (1 - depth + depth * math.sin(phase + turned)) for phase in _PHASES]
    points = [(reach * x, reach * y) for reach, (x, y) in zip(reaches, _AROUND, strict=True)]
    path = QPainterPath()
    from_x, from_y = points[-1]
    path.moveTo((from_x + points[0][0]) / 2, (from_y + points[0][1]) / 2)
    for (x, y), (then_x, then_y) in zip(points, points[1:] + points[:1], strict=True):
        path.quadTo(x, y, (x + then_x) / 2, (y + then_y) / 2)
    return path


def _faded(colour: str, opacity: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(min(1.0, opacity))
    return made


@cache
def _heart() -> QPixmap:
    return _light(HEART_PX, 1, HEART, ((0.0, 0.85), (0.4, 0.5), (0.8, 0.1), (1.0, 0.0)))


def _light(side: float, ratio: float, colour: str, fading: Sequence[tuple[float, float]]) -> QPixmap:
    """A round light; `fading`: how opaque it is (0 to 1) at which part of its radius."""
    picture = QPixmap(math.ceil(side * ratio), math.ceil(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    light = QRadialGradient(side / 2, side / 2, side / 2)
    for at, opacity in fading:
        light.setColorAt(at, _faded(colour, opacity))
    with QPainter(picture) as painter:
        painter.fillRect(QRectF(0, 0, side, side), light)
    return picture
