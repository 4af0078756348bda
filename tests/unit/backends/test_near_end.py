"""What is done about her voice in the microphone, on scripted sound and a scripted canceller."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from companion.backends.echo_path import Coupling, EchoJudge, Look
from companion.backends.far_end import FarEnd
from companion.backends.near_end import NearEnd
from companion.core.audio import HEARING_RATE_HZ, Samples, level_db, silence
from companion.core.errors import EngineError
from companion.core.settings import EchoMode
from tests.room import conversation, echo, room_noise
from tests.signals import babble

HER_S = 8.0
HER = np.concatenate((silence(1.0, HEARING_RATE_HZ), babble(HER_S, HEARING_RATE_HZ), silence(3.0, HEARING_RATE_HZ)))
NOISE = room_noise(len(HER))
ECHO = echo(HER, 0.03, -6.0) + NOISE
SPEAKING = slice(round(1.5 * HEARING_RATE_HZ), round(9.0 * HEARING_RATE_HZ))


@dataclass
class Canceller:
    """Takes away all but `leaves` of everything."""

    leaves: float = 0.0
    frames: int = 0
    resets: int = 0
    fails_after: int = 1_000_000

    def clean(self, near: Samples, far: Samples) -> Samples:
        assert near.shape == far.shape == (160,)
        self.frames += 1
        if self.frames > self.fails_after:
            raise EngineError("broken")
        return near * np.float32(self.leaves)

    def reset(self) -> None:
        self.resets += 1


class Rig:
    """A near end that hears."""

    def __init__(self, canceller: Canceller | None, mode: EchoMode = "auto") -> None:
        self.far_end = FarEnd()
        self.near_end = NearEnd(self.far_end, canceller, mode)
        self.states: list[str] = []

    def hear(self, heard: Samples, her: Samples = HER, heap: int = 1) -> Samples:
        return conversation(self._hear, self.far_end.put, her, heard, heap=heap)

    def _hear(self, block: Samples) -> Samples:
        out = self.near_end.hear(block)
        if not self.states or self.states[-1] != self.near_end.state:
            self.states.append(self.near_end.state)
        return out


def test_an_echo_is_cancelled_from_its_first_moment() -> None:
    rig = Rig(Canceller())
    out = rig.hear(ECHO)
    assert rig.states == ["idle", "cancelling"]
    assert level_db(ECHO[HEARING_RATE_HZ : 10 * HEARING_RATE_HZ]) > -30
    assert level_db(out[HEARING_RATE_HZ : 10 * HEARING_RATE_HZ]) < -60


@pytest.mark.parametrize("heap", [1, 2, 3])
def test_callbacks_in_heaps_change_nothing(heap: int) -> None:
    canceller = Canceller()
    rig = Rig(canceller)
    rig.hear(ECHO, heap=heap)
    assert rig.states == ["idle", "cancelling"]
    assert canceller.resets <= 2


def test_headphones_pay_nothing() -> None:
    canceller = Canceller()
    rig = Rig(canceller)
    out = rig.hear(NOISE)
    assert rig.states == ["idle", "headphones"]
    first = canceller.frames
    assert first < 4 * 100
    assert np.array_equal(out[5 * HEARING_RATE_HZ :], NOISE[5 * HEARING_RATE_HZ :])
    rig.hear(NOISE)
    assert canceller.frames == first


def test_the_users_voice_is_no_echo() -> None:
    user = NOISE + 0.2 * babble(len(NOISE) / HEARING_RATE_HZ, HEARING_RATE_HZ, seed=9)
    rig = Rig(Canceller())
    rig.hear(user)
    assert rig.states == ["idle", "headphones"]


def test_headphones_taken_off_are_noticed_within_two_seconds() -> None:
    rig = Rig(Canceller())
    rig.hear(NOISE)
    half = len(HER) // 2
    out = rig.hear(np.concatenate((NOISE[:half], ECHO[half:])))
    assert rig.states == ["idle", "headphones", "cancelling"]
    assert level_db(out[half + 2 * HEARING_RATE_HZ : 10 * HEARING_RATE_HZ]) < -60


def test_while_she_is_silent_everything_passes() -> None:
    canceller = Canceller()
    rig = Rig(canceller)
    out = rig.hear(NOISE, her=np.zeros_like(HER))
    assert np.array_equal(out, NOISE)
    assert canceller.frames == 0
    out = rig.hear(ECHO)
    assert np.array_equal(out[-HEARING_RATE_HZ:], ECHO[-HEARING_RATE_HZ:]), "2 s after her voice"


def test_a_canceller_that_does_not_help_is_given_up() -> None:
    rig = Rig(Canceller(leaves=0.7))
    out = rig.hear(ECHO)
    assert rig.states == ["idle", "cancelling", "half-duplex"]
    assert not out[6 * HEARING_RATE_HZ : 9 * HEARING_RATE_HZ].any()
    assert out[round(9.9 * HEARING_RATE_HZ) :].any(), "she hears again once the room is quiet"


def test_a_canceller_that_helps_again_is_used_again() -> None:
    canceller = Canceller(leaves=0.7)
    rig = Rig(canceller)
    rig.hear(ECHO)
    canceller.leaves = 0.0
    rig.hear(ECHO)
    assert rig.states == ["idle", "cancelling", "half-duplex", "cancelling"]


def test_without_a_canceller_she_is_deaf_while_she_speaks() -> None:
    rig = Rig(None)
    out = rig.hear(ECHO)
    assert rig.states == ["idle", "half-duplex"]
    assert not out[SPEAKING].any()
    assert out[: HEARING_RATE_HZ // 2].any() and out[-2 * HEARING_RATE_HZ :].any()


def test_without_a_canceller_headphones_are_enough() -> None:
    rig = Rig(None)
    out = rig.hear(NOISE)
    assert rig.states == ["idle", "headphones"]
    assert np.array_equal(out[5 * HEARING_RATE_HZ :], NOISE[5 * HEARING_RATE_HZ :])


def test_a_canceller_that_breaks_is_no_end() -> None:
    rig = Rig(Canceller(fails_after=300))
    out = rig.hear(ECHO)
    assert rig.states == ["idle", "cancelling", "half-duplex"]
    assert not out[5 * HEARING_RATE_HZ : 9 * HEARING_RATE_HZ].any()


def test_a_speaker_that_stalls_is_not_trusted_for_a_moment() -> None:
    rig = Rig(Canceller(leaves=0.3))
    rig.hear(ECHO[: 4 * HEARING_RATE_HZ], HER[: 4 * HEARING_RATE_HZ])
    user = 0.2 * babble(1.0, HEARING_RATE_HZ, seed=9)
    out = np.concatenate([rig.near_end.hear(block) for block in np.split(user, 50)])
    silent = np.abs(out.reshape(50, -1)).max(axis=1) == 0.0
    assert not silent[:3].any(), "what was played before is known"
    assert silent[10:15].all()
    assert not silent[30:].any(), "it has stopped for good"
    out = rig.hear(ECHO[4 * HEARING_RATE_HZ :], HER[4 * HEARING_RATE_HZ :])
    assert out[HEARING_RATE_HZ : 2 * HEARING_RATE_HZ].any()


def test_half_duplex_can_be_wanted() -> None:
    canceller = Canceller()
    rig = Rig(canceller, "half-duplex")
    out = rig.hear(NOISE)
    assert rig.states == ["half-duplex"]
    assert not out[SPEAKING].any()


def test_cancelling_can_be_wanted() -> None:
    rig = Rig(Canceller(leaves=0.7), "cancel")
    rig.hear(NOISE)
    rig.hear(ECHO)
    assert rig.states == ["idle", "cancelling"]


def test_another_microphone_is_judged_anew() -> None:
    canceller = Canceller()
    rig = Rig(canceller)
    rig.hear(NOISE)
    rig.near_end.forget()
    assert rig.near_end.state == "idle"
    rig.hear(ECHO)
    assert rig.states == ["idle", "headphones", "idle", "cancelling"]


def test_switching_makes_no_click() -> None:
    steady = np.full(len(HER), 0.5, dtype=np.float32)
    out = Rig(Canceller()).hear(steady)
    assert np.abs(np.diff(out)).max() < 0.01


# --- the judge

CLEAR, NONE = Coupling(40.0, 0.1), Coupling(5.0, 0.3)
CANCELLED, POOR, DOUBLE_TALK = Look(CLEAR, NONE, 30.0), Look(CLEAR, CLEAR, 4.0), Look(CLEAR, NONE, 4.0)


@pytest.mark.parametrize(
    ("looks", "state"),
    [
        ([], "idle"),
        ([CANCELLED], "cancelling"),
        ([Look(NONE)] * 2, "idle"),
        ([Look(NONE)] * 3, "headphones"),
        ([Look(NONE), Look(NONE), Look(Coupling(11.0, 0.1)), Look(NONE)], "idle"),
        ([*[Look(NONE)] * 3, Look(Coupling(11.0, 0.1))], "headphones"),
        ([*[Look(NONE)] * 3, Look(CLEAR)], "cancelling"),
        ([POOR] * 3, "cancelling"),
        ([POOR] * 4, "half-duplex"),
        ([POOR] * 3 + [CANCELLED] + [POOR] * 3, "cancelling"),
        ([POOR] * 3 + [DOUBLE_TALK] * 9, "cancelling"),
        ([DOUBLE_TALK] * 9, "cancelling"),
        ([POOR] * 4 + [CANCELLED] * 4, "half-duplex"),
        ([POOR] * 4 + [CANCELLED] * 5, "cancelling"),
        ([POOR] * 4 + [CANCELLED] * 4 + [POOR] + [CANCELLED] * 4, "half-duplex"),
        ([POOR] * 4 + [Look(NONE, NONE, 0.0)] * 3, "headphones"),
    ],
)
def test_the_judge(looks: list[Look], state: str) -> None:
    judge = EchoJudge("auto", can_cancel=True)
    for seen in looks:
        judge.take(seen)
    assert judge.state == state
