"""What the microphone hears, block for block, without her own voice."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass

import numpy as np

from companion.backends.alignment import Alignment, Change
from companion.backends.echo_path import (
    AHEAD_SAMPLES,
    BEHIND_SAMPLES,
    LOOK_SAMPLES,
    Action,
    EchoJudge,
    Look,
    SilenceBeside,
    look,
)
from companion.backends.far_end import FarEnd
from companion.core.audio import BLOCK_S, BLOCK_SAMPLES, HEARING_RATE_HZ, Samples
from companion.core.echo import ECHO_FRAME_SAMPLES, EchoCanceller, EchoState
from companion.core.errors import EngineError
from companion.core.settings import EchoMode

log = logging.getLogger(__name__)

LINGER_S = 1.0
"""How long after her voice the microphone is passed on untouched again."""

REVERBERATION_S = 0.3
"""How long after her voice nothing is heard in half-duplex, beyond the lag of the echo."""

UNSURE_S = 0.5
"""How long nothing is heard after the speaker has stalled while she speaks: what it lets out then is not known, and the
canceller has lost its way."""

_UNKNOWN_LAG_S = 0.25
"""Of the echo, as long as it was not measured: the latencies of both devices, and the air."""

_SOONER_S = 0.008
"""An echo that comes sooner than before by this much is not followed by the canceller for seconds."""

_PROVING_BLOCKS = round(0.4 / BLOCK_S)
"""So much of her voice a canceller that begins anew is given until it is trusted: what it leaves before may be taken
for speech once in ten times."""

_LOOK_BLOCKS = (LOOK_SAMPLES + AHEAD_SAMPLES) // BLOCK_SAMPLES
_SOUNDING_BLOCKS = round(0.6 * _LOOK_BLOCKS)
"""A look needs so much of her voice."""


@dataclass(frozen=True, slots=True)
class _Heard:
    near: Samples
    cleaned: Samples | None
    sounding: bool


class NearEnd:
    """Passes blocks through while she is silent, and where nothing of her voice comes back."""

    def __init__(self, far_end: FarEnd, canceller: EchoCanceller | None, mode: EchoMode) -> None:
        """Without a canceller, she is deaf while she speaks, unless no echo comes."""
        self._far_end = far_end
        self._canceller = canceller
        self._looks = mode != "half-duplex"
        self._judge = EchoJudge(mode, canceller is not None)
        self._silence = SilenceBeside()
        self._last_action: Action = "pass"
        self._unproven_blocks = 0
        """Blocks of her voice until the canceller is trusted."""
        self._begin_count()

    @property
    def state(self) -> EchoState:
        return self._judge.state

    def forget(self) -> None:
        """Microphone or speaker are others than before: nothing is known of the way between them."""
        self._judge.forget()
        self._silence = SilenceBeside()
        self._begin_count()

    def hear(self, block: Samples, in_time: bool = True) -> Samples:
        """`block`, shape (320,), as she may hear it; not `in_time` if it was kept back to come with others."""
        self._far_end.catch_up()
        self._follow(self._alignment.arrive(len(block), in_time))
        far = self._alignment.far(self._alignment.near - len(block))
        if far is None:
            return block
        if self._judge.state == "idle" and self._silence.hear(block, self._far_end.read(far, len(block))):
            self._judge.hear_nothing()
        silent_s = (far + len(block) - self._far_end.loud_until) / HEARING_RATE_HZ
        if self._alignment.lacking:
            self._unsure_until = self._alignment.near + round(UNSURE_S * HEARING_RATE_HZ)
        if silent_s <= BLOCK_S:
            self._unproven_blocks = max(0, self._unproven_blocks - 1)
        action = self._action(silent_s)
        cleaned = self._clean(block, far) if silent_s <= LINGER_S or action != self._last_action else None
        routes = {"pass": block, "cancel": block if cleaned is None else cleaned, "mute": np.zeros_like(block)}
        heard = _crossfade(routes[self._last_action], routes[action]) if action != self._last_action else routes[action]
        self._last_action = action
        if self._alignment.near >= self._unsure_until:
            self._recent.append(_Heard(block, cleaned, silent_s <= BLOCK_S))
            self._look_now_and_then()
        else:
            self._recent.clear()
        return heard

    def _begin_count(self) -> None:
        self._alignment = Alignment(self._far_end)
        self._lag_s = _UNKNOWN_LAG_S
        self._unsure_until = 0
        self._last_action = "pass"
        self._start_afresh()

    def _start_afresh(self) -> None:
        """Have the canceller look for the echo anew: in 0.2 s it takes away 25 dB, much sooner than it would notice
        that an echo comes earlier than before. Of later ones it takes care itself."""
        if self._canceller:
            self._canceller.reset()
        self._unproven_blocks = _PROVING_BLOCKS
        self._recent: deque[_Heard] = deque(maxlen=_LOOK_BLOCKS)

    def _follow(self, change: Change) -> None:
        if change is Change.NONE:
            return
        log.info("echo: begins anew after %.2f s of sound", self._alignment.near / HEARING_RATE_HZ)
        if change is Change.NEW_SPEAKER:
            self._judge.forget()
            self._silence = SilenceBeside()
            self._lag_s = _UNKNOWN_LAG_S
        self._start_afresh()

    def _action(self, silent_s: float) -> Action:
        action = self._judge.action
        if action == "cancel" and (self._alignment.near < self._unsure_until or self._unproven_blocks):
            action = "mute"
        lingers_s = REVERBERATION_S + self._lag_s if action == "mute" else LINGER_S
        return action if silent_s <= lingers_s else "pass"

    def _clean(self, block: Samples, far: int) -> Samples | None:
        if self._canceller is None or self._judge.state == "headphones":
            return None
        played = self._far_end.read(far, len(block))
        try:
            frames = [
                self._canceller.clean(block[at : at + ECHO_FRAME_SAMPLES], played[at : at + ECHO_FRAME_SAMPLES])
                for at in range(0, len(block), ECHO_FRAME_SAMPLES)
            ]
        except EngineError:
            self._canceller = None
            self._judge.give_up_cancelling()
            return None
        return np.concatenate(frames)

    def _look_now_and_then(self) -> None:
        if not self._looks or len(self._recent) < _LOOK_BLOCKS:
            return
        if sum(heard.sounding for heard in self._recent) < _SOUNDING_BLOCKS:
            return
        first = self._alignment.far(self._alignment.near - LOOK_SAMPLES - AHEAD_SAMPLES)
        assert first is not None
        far = self._far_end.read(first - BEHIND_SAMPLES, BEHIND_SAMPLES + LOOK_SAMPLES + AHEAD_SAMPLES)
        near = np.concatenate([heard.near for heard in self._recent])[:LOOK_SAMPLES]
        parts = [heard.cleaned for heard in self._recent if heard.cleaned is not None]
        cleaned = np.concatenate(parts)[:LOOK_SAMPLES] if len(parts) == _LOOK_BLOCKS else None
        seen = look(near, cleaned, far)
        self._recent.clear()
        self._judge.take(seen)
        _log(seen)
        if seen.coupled:
            self._heed(seen)

    def _heed(self, seen: Look) -> None:
        lag_s, self._lag_s = self._lag_s, seen.heard.lag_s
        change = self._alignment.correct(self._lag_s)
        self._follow(change)
        if change is Change.NONE and (seen.poor or (self._lag_s < lag_s - _SOONER_S and lag_s != _UNKNOWN_LAG_S)):
            self._start_afresh()


def _log(seen: Look) -> None:
    left = seen.left.strength if seen.left else 0.0
    numbers = (seen.heard.strength, seen.heard.lag_s, seen.taken_db, left)
    log.info("echo: strength %.1f, lag %.3f s; %.1f dB taken away, strength %.1f left", *numbers)


def _crossfade(before: Samples, after: Samples) -> Samples:
    """From one way of hearing to another, without a click."""
    rise = np.linspace(0.0, 1.0, len(after), dtype=np.float32)
    return before * (1 - rise) + after * rise
