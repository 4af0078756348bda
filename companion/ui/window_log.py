"""What the window measured of itself, one JSON object a line: for tests and figures, and only when asked for."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 10


class WindowLog(QObject):
    """Stamps in seconds since the process began; at its end the delays of the event loop."""

    def __init__(self, file: Path, parent: QObject) -> None:
        """Raises OSError if `file` cannot be written."""
        super().__init__(parent)
        import psutil

        self._file = file.open("w", encoding="utf-8")
        self._began = psutil.Process().create_time()
        self._lags_ms: list[float] = []
        self._due = 0.0
        self._tick = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._measure)
        QTimer.singleShot(0, self, self._begin)

    def write(self, **record: object) -> None:
        """One line, stamped."""
        with suppress(OSError, ValueError):
            self._file.write(json.dumps({"at_s": round(time.time() - self._began, 3), **record}) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Write how late the event loop was: half of all times, 99 of 100, and at most, in milliseconds."""
        lags = sorted(self._lags_ms)
        if lags:
            at = {"p50": lags[len(lags) // 2], "p99": lags[int(len(lags) * 0.99)], "max": lags[-1]}
            self.write(lag_ms={name: round(value, 1) for name, value in at.items()}, ticks=len(lags))
        self._file.close()

    def _begin(self) -> None:
        """The event loop runs."""
        self._due = time.perf_counter() + TICK_MS / 1000
        self._tick.start()

    def _measure(self) -> None:
        now = time.perf_counter()
        self._lags_ms.append(max(0.0, 1000 * (now - self._due)))
        self._due = now + TICK_MS / 1000
