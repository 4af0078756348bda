"""Her first words: several for each occasion, one of which is said."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[str, Field(min_length=1, max_length=300)]
Lines = Annotated[tuple[Line, ...], Field(max_length=24)]

SOON = timedelta(hours=2)
LONG = timedelta(days=3)


class Greetings(BaseModel):
    """Lines by occasion. Where there are none for it, those for `any` time are said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    any: Lines = ()
    first: Lines = Field((), description="To somebody she has never talked with.")
    morning: Lines = Field((), description="5 to 11 o'clock.")
    evening: Lines = Field((), description="18 to 23 o'clock.")
    night: Lines = Field((), description="23 to 5 o'clock.")
    soon: Lines = Field((), description="Less than two hours after the last word.")
    long: Lines = Field((), description="Three days or more after it.")

    def fitting(self, now: datetime, away: timedelta | None = None, met: bool = True) -> Lines:
        """The lines among which to choose. `away`: since the last word; None if it is not known."""
        if not met and self.first:
            return self.first
        if away is not None and away < SOON and self.soon:
            return self.soon
        if away is not None and away >= LONG and self.long:
            return self.long
        return (*self._of_the_hour(now.hour), *self.any)

    def _of_the_hour(self, hour: int) -> Lines:
        if 5 <= hour < 11:
            return self.morning
        if 18 <= hour < 23:
            return self.evening
        return self.night if hour >= 23 or hour < 5 else ()
