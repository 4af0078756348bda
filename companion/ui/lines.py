"""Whole lines from the bytes of a pipe, which come in pieces of any size."""

from __future__ import annotations


class Lines:
    """Feed it what comes; a line is given when its end has come."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[str]:
        """The lines that are whole by now, without their ends."""
        *whole, self._rest = (self._rest + data).split(b"\n")
        return [_text(line) for line in whole]

    def finish(self) -> list[str]:
        """What stands after the last end of a line, if anything: nothing more will come."""
        rest, self._rest = self._rest, b""
        return [_text(rest)] if rest else []


def _text(line: bytes) -> str:
    return line.decode(errors="replace").removesuffix("\r")
