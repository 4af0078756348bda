"""What a running program writes down of what happens to it, read while it does."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Record = dict[str, Any]

ANSWER_S = 60.0
"""Longest wait for an event; models load within it on two busy cores."""


class Chronicle:
    """A file of events, one JSON object a line, to which a program adds while it runs."""

    def __init__(self, file: Path, runs: Callable[[], bool], output: Callable[[], str]) -> None:
        """`runs`: does the program still? `output`: what else it said, for when an event does not come."""
        self._file = file
        self._runs = runs
        self._output = output
        self._seen = 0

    @property
    def events(self) -> list[Record]:
        """All that has happened."""
        if not self._file.exists():
            return []
        complete = self._file.read_text(encoding="utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in complete.splitlines()]

    @property
    def unseen(self) -> list[Record]:
        """What has happened since the event that was last waited for."""
        return self.events[self._seen :]

    def skip(self) -> None:
        """All that has happened so far counts as seen."""
        self._seen = len(self.events)

    def wait_for_any(self, *names: str) -> Record:
        """The next event that has one of these names, as `wait_for`."""
        return self._wait_for(lambda event: event["event"] in names, " or ".join(names))

    def wait_for(self, name: str, **fields: object) -> Record:
        """The next event of this name with these fields, counted from the last one that was waited for."""
        wanted = {"event": name, **fields}
        return self._wait_for(lambda event: wanted.items() <= event.items(), f"{name} {fields}")

    def wait_until(self, holds: Callable[[list[Record]], bool], what: str) -> None:
        """Wait until all that has happened fulfils `holds`; all of it counts as seen then."""
        deadline_s = time.monotonic() + ANSWER_S
        while not holds(events := self.events):
            if time.monotonic() > deadline_s or not self._runs():
                raise self._missed(what)
            time.sleep(0.02)
        self._seen = len(events)

    def _wait_for(self, fits: Callable[[Record], bool], what: str) -> Record:
        deadline_s = time.monotonic() + ANSWER_S
        while time.monotonic() < deadline_s:
            runs = self._runs()
            events = self.events
            for number in range(self._seen, len(events)):
                event = events[number]
                if fits(event):
                    self._seen = number + 1
                    return event
            if not runs:
                break
            time.sleep(0.02)
        raise self._missed(what)

    def _missed(self, what: str) -> TimeoutError:
        tail = [event for event in self.events if event.get("event") != "LevelMeasured"][-12:]
        return TimeoutError(f"no {what}; last events {tail}; output: {self._output()[-2000:]}")
