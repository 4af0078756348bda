"""The engine in a process of its own: started, spoken to, and started again with the conversation when it dies."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from companion.core.intents import Intent, Quit, Say
from companion.core.transcript import Turn
from companion.core.wire import WireError, intent_line, read_event, turns_line
from companion.ui.lines import Lines
from companion.ui.restarts import Restarts

EngineStatus = Literal["starting", "running", "died", "given up", "ended"]
"""died: it is being started again; given up: it died too often for that."""

KEPT_NOTES = 40
"""Lines for people that are kept, to tell why it died."""

SLOW_START_MS = 60_000
"""After so long without a word from it the person is told; large models on slow disks may take that long."""

QUIT_MS = 3_000
"""How long it may take to end in order."""

HOPELESS_CODES = frozenset({2, 3, 4})
"""Exit codes of `companion` that starting again does not mend: its settings, or a model that is missing."""


class Engine(QObject):
    """`companion --headless` as a child. It ends with this process, whatever happens to either."""

    happened = Signal(object)
    """An event (`core.events`)."""
    noted = Signal(str)
    """A sentence for people: what it is loading, why it ends."""
    changed = Signal(str)
    """An `EngineStatus`."""
    is_slow = Signal()
    """It has been starting for very long."""

    def __init__(self, program: Sequence[str], turns: Callable[[], Sequence[Turn]], parent: QObject) -> None:
        """`program` starts the engine; `turns` tells what was said before, each time that it starts."""
        super().__init__(parent)
        self._program = list(program)
        self._turns = turns
        self._restarts = Restarts()
        self._process: QProcess | None = None
        self._wanted = False
        self._unsaid: list[Intent] = []
        self.status: EngineStatus = "ended"
        self._note_lines = Lines()
        self.notes: list[str] = []
        """Its last lines for people."""
        self.death = ""
        """How it died last, in words; empty if it never has."""
        self._slow = QTimer(self, interval=SLOW_START_MS, singleShot=True)
        self._slow.timeout.connect(self.is_slow)

    @property
    def pid(self) -> int:
        """Process id; 0 while there is none."""
        return int(self._process.processId()) if self._process else 0

    def start(self) -> None:
        """Start it, or start it anew after it was given up."""
        if self._process is None:
            self._restarts.forgive()
            self._start()

    def restart(self) -> None:
        """End it in order and start it again: for settings that it reads at its start. What was said is kept."""
        self._restarts.forgive()
        if self._process is None:
            self._start()
            return
        self._set("starting")
        self._process.finished.disconnect(self._finish)
        self._process.finished.connect(self._start_again)
        self._end(self._process)

    def quit(self) -> None:
        """End it in order; `changed` says "ended" when it has."""
        self._wanted = False
        if self._process is None:
            self.status = "ended"
            self.changed.emit("ended")  # also if it was never started: whoever waits for the end is told
        else:
            self._end(self._process)

    def kill(self) -> None:
        """End it at once, and wait until it has."""
        self._wanted = False
        if self._process:
            self._process.kill()
            self._process.waitForFinished(QUIT_MS)

    def ask(self, intent: Intent) -> None:
        """Send an intent. A line that is typed while there is no engine is said to the next one."""
        if self._process and self._process.state() is QProcess.ProcessState.Running:
            self._send(intent_line(intent))
        elif isinstance(intent, Say):
            self._unsaid.append(intent)

    def _start(self) -> None:
        self._wanted = True
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read_events)
        process.readyReadStandardError.connect(self._read_notes)
        process.started.connect(self._tell_what_was_said)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail_to_start)
        self._process = process
        self.notes.clear()
        self._set("starting")
        self._slow.start()
        process.start(self._program[0], self._program[1:])

    def _start_again(self) -> None:
        self._drop()
        self._start()

    def _tell_what_was_said(self) -> None:
        self._send(turns_line(self._turns()))
        unsaid, self._unsaid = self._unsaid, []
        for intent in unsaid:
            self._send(intent_line(intent))

    def _send(self, line: str) -> None:
        if self._process:
            self._process.write(f"{line}\n".encode())

    def _read_events(self) -> None:
        while self._process and self._process.canReadLine():
            line = bytes(self._process.readLine().data()).decode(errors="replace")
            try:
                event = read_event(line)
            except WireError as error:
                self._note(error.message)
                continue
            if self.status in ("starting", "died"):
                self._slow.stop()
                self._set("running")
            self.happened.emit(event)

    def _read_notes(self) -> None:
        if self._process:
            for line in self._note_lines.feed(bytes(self._process.readAllStandardError().data())):
                self._note(line)

    def _note(self, text: str) -> None:
        text = text.strip()
        if not text:
            return
        self.notes = [*self.notes[1 - KEPT_NOTES :], text]
        self.noted.emit(text)

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_events()
        self._read_notes()
        for line in self._note_lines.finish():
            self._note(line)
        crashed = status is QProcess.ExitStatus.CrashExit
        death = self.tr("It was ended by signal {code}.") if crashed else self.tr("It ended with code {code}.")
        self._lose(death.format(code=code), hopeless=not crashed and code in HOPELESS_CODES)

    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process:
            reason = self._process.errorString()
            self._lose(self.tr("It could not be started: {reason}.").format(reason=reason), hopeless=True)

    def _lose(self, death: str, hopeless: bool) -> None:
        self._drop()
        if not self._wanted:
            self._set("ended")
            return
        self.death = death
        if not hopeless and self._restarts.may_restart(time.monotonic()):
            self._set("died")
            self._start_soon()
        else:
            self._set("given up")

    def _start_soon(self) -> None:
        """Not from within the signal of the old process."""
        QTimer.singleShot(0, self, self._start_if_wanted)

    def _start_if_wanted(self) -> None:
        if self._wanted and self._process is None:
            self._start()

    def _drop(self) -> None:
        self._slow.stop()
        if self._process:
            self._process.deleteLater()
            self._process = None

    def _end(self, process: QProcess) -> None:
        self._send(intent_line(Quit()))
        process.closeWriteChannel()
        QTimer.singleShot(QUIT_MS, process, process.kill)

    def _set(self, status: EngineStatus) -> None:
        if status != self.status:
            self.status = status
            self.changed.emit(status)
