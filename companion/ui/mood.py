"""How she is, in the six ways that a small icon can show."""

from __future__ import annotations

from typing import Literal

Mood = Literal["asleep", "listening", "thinking", "speaking", "muted", "trouble"]
"""asleep: not there yet, or waiting to be called; listening: she hears you; thinking: she is about to answer;
speaking: she does; muted: her ears are shut, by you; trouble: something is missing that you expect."""
