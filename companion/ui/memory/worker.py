"""Work on what is kept, beside the window: with thousands of facts a look at all of them takes a while."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from companion.core.errors import CompanionError

Result = TypeVar("Result")


class Worker(QObject):
    """Does one thing after the other, in the order in which they were asked for. What has not begun ends with it."""

    failed = Signal(str, str)
    """Message and hint."""
    _done = Signal(object)
    """What is to be done next, in the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        thread = self._thread = ThreadPoolExecutor(1, "what is known")
        self.destroyed.connect(lambda: thread.shutdown(wait=False, cancel_futures=True))
        self._done.connect(self._finish)

    def do(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], object] = lambda _: None,
        failed: Callable[[], object] = lambda: None,
    ) -> None:
        """Do `work` on the thread; `then` gets what it gives, back here. If it cannot be done, `failed` tells so."""

        def fail(error: CompanionError) -> None:
            failed()
            self.failed.emit(error.message, error.hint)

        def run() -> None:
            try:
                result = work()
            except CompanionError as error:
                self._tell(partial(fail, error))
            else:
                self._tell(partial(then, result))

        self._thread.submit(run)

    def _tell(self, act: Callable[[], object]) -> None:
        try:
            self._done.emit(act)
        except RuntimeError:
            return  # the window is gone by now

    def _finish(self, act: Callable[[], object]) -> None:
        act()
