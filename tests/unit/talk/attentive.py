"""An attention, and time that passes for it."""

from __future__ import annotations

from companion.core.settings import WayToTalk
from companion.talk.attention import (
    Attention,
    FallAsleep,
    Habits,
    Listening,
    Open,
    PlaySound,
    Step,
    WakeUp,
)
from companion.talk.floor import Her

NOTHING, HER_NAME, EVERYTHING = Listening.NOTHING, Listening.HER_NAME, Listening.EVERYTHING

SILENT, THINKING, SPEAKING = Her.SILENT, Her.THINKING, Her.SPEAKING
BLOCK_S = 0.02

OPENED = [PlaySound("listening"), Open()]
WOKE_BY_KEY = [WakeUp("key"), PlaySound("awake")]

SLEPT = [FallAsleep(), PlaySound("asleep")]


def attentive(way: WayToTalk = "open", **habits: object) -> Attention:
    return Attention(Habits(way, **habits), ("Samantha",))  # type: ignore[arg-type]


def passing(attention: Attention, duration_s: float, her: Her = SILENT, floor: bool = False) -> list[Step]:
    """The steps of `duration_s` of audio, block by block."""
    blocks = range(round(duration_s / BLOCK_S))
    return [step for _ in blocks for step in attention.pass_time(BLOCK_S, her, floor)]


def held(attention: Attention) -> bool:
    return attention.holding


def exchange(attention: Attention) -> list[Step]:
    """The user speaks, she thinks, she speaks."""
    return [
        *passing(attention, 1.0, floor=True),
        *passing(attention, 0.5, THINKING),
        *passing(attention, 2.0, SPEAKING),
    ]
