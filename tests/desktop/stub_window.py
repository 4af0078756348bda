"""A small program to try the virtual desktop on: a window, a tray icon with a menu, and a field that answers."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QSystemTrayIcon, QVBoxLayout, QWidget


class StubWindow(QWidget):
    """Dragged by its ground."""

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.move(event.globalPosition().toPoint() - self._grip)


def main() -> int:
    app = QApplication(sys.argv)
    app.setQuitOnLastWindowClosed(False)
    window = StubWindow(None, Qt.WindowType.FramelessWindowHint)
    window.setWindowTitle("Stub")
    window.resize(240, 160)
    field, answer, mute = QLineEdit(), QLabel("nothing yet"), QPushButton("Mute")
    field.setAccessibleName("Line")
    mute.setCheckable(True)
    field.returnPressed.connect(lambda: answer.setText(f"you said {field.text()}"))
    layout = QVBoxLayout(window)
    for widget in (field, answer, mute, QPushButton("")):
        layout.addWidget(widget)

    picture = QPixmap(64, 64)
    picture.fill(QColor("#b4532f"))
    tray, menu = QSystemTrayIcon(picture), QMenu()
    tray.setToolTip("Stub")
    menu.addAction("Greet").triggered.connect(lambda: answer.setText("hello"))
    menu.addAction("Quit").triggered.connect(app.quit)
    tray.setContextMenu(menu)
    tray.activated.connect(
        lambda why: window.setVisible(not window.isVisible()) if why is tray.ActivationReason.Trigger else None
    )
    tray.show()
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
