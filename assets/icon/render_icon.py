"""Renders the program's icon from its drawing, at the sizes that desktops ask for.

    python assets/icon/render_icon.py [FOLDER]

The drawing is ours, under the program's licence: her figure as the window paints it (companion/ui/figure.py), with
petals open. It needs PySide6, and no display.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).parent
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def rendered(drawing: Path, side: int) -> QImage:
    """`drawing` as a picture of `side` by `side` pixels on a transparent ground."""
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(drawing)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for side in SIZES_PX:
        rendered(HERE / "companion.svg", side).save(str(folder / f"companion-{side:03}.png"))
    del app


if __name__ == "__main__":
    main()
