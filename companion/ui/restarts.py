"""Whether an engine that has died is started again. Pure."""

from __future__ import annotations

MOST_DEATHS = 3
WITHIN_S = 60.0


class Restarts:
    """Counts deaths: the third within a minute is the last."""

    def __init__(self) -> None:
        self._deaths_s: list[float] = []

    def may_restart(self, now_s: float) -> bool:
        """The engine has died at `now_s` of a steady clock. False: something is wrong that starting does not mend."""
        self._deaths_s = [at_s for at_s in self._deaths_s if now_s - at_s < WITHIN_S] + [now_s]
        return len(self._deaths_s) < MOST_DEATHS

    def forgive(self) -> None:
        """The person has changed something, and wants it tried anew."""
        self._deaths_s.clear()
