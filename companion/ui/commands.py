"""Commands of `companion` that the window runs beside itself: so it never waits for a model, a disk or a network."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from companion.ui.lines import Lines

KEPT_NOTES = 20
"""Lines of a command's standard error that are kept to tell why it failed."""

PATIENCE_MS = 3_000
"""How long a command may take to end when it is asked to: a download ends its helpers first."""


class Command(QObject):
    """One run of a command. It dies with its parent."""

    line = Signal(str)
    """A line of its standard output."""
    noted = Signal(str)
    """A line of its standard error, meant for a person."""
    finished = Signal(int, str)
    """Its exit code (-1: it could not be started, crashed, or was cancelled), and its last words to a person."""

    def __init__(self, program: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._lines, self._note_lines = Lines(), Lines()
        self._notes: list[str] = []
        self._program = list(program)
        self._over = False
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read_lines)
        self._process.readyReadStandardError.connect(self._read_notes)
        self._process.errorOccurred.connect(self._fail)
        self._process.finished.connect(self._finish)

    def start(self) -> None:
        self._process.start(self._program[0], self._program[1:])

    def write(self, text: str) -> None:
        """Give it a line on its standard input."""
        self._process.write(f"{text}\n".encode())

    def cancel(self) -> None:
        """End it: politely, and for good if it does not listen."""
        if self.running:
            self._process.terminate()
            QTimer.singleShot(PATIENCE_MS, self._process, self._process.kill)

    @property
    def running(self) -> bool:
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def _read_lines(self) -> None:
        self._tell_lines(self._lines.feed(bytes(self._process.readAllStandardOutput().data())))

    def _read_notes(self) -> None:
        self._tell_notes(self._note_lines.feed(bytes(self._process.readAllStandardError().data())))

    def _tell_lines(self, lines: list[str]) -> None:
        for line in lines:
            self.line.emit(line)

    def _tell_notes(self, notes: list[str]) -> None:
        for note in notes:
            self._notes = [*self._notes[1 - KEPT_NOTES :], note]
            self.noted.emit(note)

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(-1)

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_lines()
        self._read_notes()
        self._tell_lines(self._lines.finish())
        self._tell_notes(self._note_lines.finish())
        self._end(code if status is QProcess.ExitStatus.NormalExit else -1)

    def _end(self, code: int) -> None:
        if not self._over:
            self._over = True
            self.finished.emit(code, "\n".join(self._notes))


class Commands:
    """Makes commands: `companion` with the settings file of this window."""

    def __init__(self, program: Sequence[str]) -> None:
        """`program` is what `companion` is here, with its options, such as [python, -m, companion, --settings, F]."""
        self.program = list(program)

    def make(self, parent: QObject, *arguments: str) -> Command:
        """A command that has not started yet: connect its signals, then `start` it."""
        return Command([*self.program, *arguments], parent)
