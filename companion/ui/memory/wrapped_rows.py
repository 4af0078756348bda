"""Rows of text that wrap: Qt's own forget the padding of the style, and cut the last word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

PADDING_PX = QSize(26, 16)
"""Of the style, on both sides together, with what Qt itself leaves free."""


class WrappedRows(QStyledItemDelegate):
    """Made for one view."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        view.setWordWrap(True)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        width = self._view.viewport().width()
        room = width - PADDING_PX.width()
        wrap = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        text = self._view.fontMetrics().boundingRect(0, 0, room, 10_000, wrap, str(index.data()))
        return QSize(width, text.height() + PADDING_PX.height())
