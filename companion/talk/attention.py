"""Is she listening, and is it to her? Pure: keys, transcripts and seconds of audio in, steps out; no clock, no await.

What the microphone may hear, from all reasons together:

    NOTHING    muted, do not disturb, a talk key is awaited, or asleep with the microphone off
    HER_NAME   asleep, or by name and nobody has called: only a turn that calls her is answered
    EVERYTHING all else: every turn is hers
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal, TypeAlias

from companion.core.events import Event, FellAsleep, QuietBegan, QuietEnded, State, WokeUp
from companion.core.intents import (
    DoNotDisturb,
    HoldToTalk,
    Intent,
    Mute,
    ReleaseToTalk,
    Say,
    Sleep,
    Stop,
    Tap,
    Unmute,
    Wake,
)
from companion.core.settings import WayToTalk
from companion.talk.addressed import only_calls, question_to
from companion.talk.floor import Her

TAP_WAIT_S = 10.0
"""A tap opens the microphone; if nobody speaks, it closes after this long."""

NOT_ADDRESSED = "not addressed"
"""Why a turn that does not call her is ignored."""

ROUNDING_S = 1e-6
"""Sums of block lengths are compared with limits; this absorbs their rounding."""


class Listening(Enum):
    """What the microphone may hear; see the top of this file."""

    NOTHING = auto()
    HER_NAME = auto()
    EVERYTHING = auto()


@dataclass(frozen=True, slots=True)
class Habits:
    """See settings.Talking for their meaning."""

    way_to_talk: WayToTalk = "open"
    follow_up_s: float = 8.0
    sleep_after_s: float = 0.0
    """Seconds of quiet; 0 is never."""
    asleep_microphone: Literal["listens", "off"] = "listens"
    sounds: bool = True
    release_tail_s: float = 0.1
    """What is still on its way from the air when a key is released: at least the microphone's latency."""


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Stop what she says or is about to say."""


@dataclass(frozen=True, slots=True)
class EndTurn:
    """What the user has said so far is the turn; nothing if nobody has spoken. `why` names the key."""

    why: str


@dataclass(frozen=True, slots=True)
class Close:
    """The microphone is listened to no more: forget what was half heard."""


@dataclass(frozen=True, slots=True)
class Open:
    """The microphone is listened to again."""


@dataclass(frozen=True, slots=True)
class FallAsleep:
    """Nothing has happened for long, or she was told to."""


@dataclass(frozen=True, slots=True)
class WakeUp:
    """She was called. `why`: "key", "typed line", "name", "wake word"; or has something to say: "reminder"."""

    why: str


@dataclass(frozen=True, slots=True)
class BeginQuiet:
    """Do not disturb, for `duration_s`."""

    duration_s: float


@dataclass(frozen=True, slots=True)
class EndQuiet:
    """She may be spoken to again."""


@dataclass(frozen=True, slots=True)
class PlaySound:
    """A soft sound tells what has changed."""

    name: Literal["asleep", "awake", "listening"]


Step: TypeAlias = Interrupt | EndTurn | Close | Open | FallAsleep | WakeUp | BeginQuiet | EndQuiet | PlaySound


class Attention:
    """Knows the way to talk, sleep, do-not-disturb and mute. The caller does the steps, in their order."""

    def __init__(self, habits: Habits, names: tuple[str, ...], muted: bool = False) -> None:
        """`names` are what she answers to: the persona's name, and a wake word's."""
        self._habits = habits
        self._names = names
        self._muted = muted
        self._asleep = False
        self._holding = False
        self._tail_s: float | None = None
        self._tap_s = 0.0
        self._follow_up_s = 0.0
        self._quiet_s = 0.0
        self._idle_s = 0.0
        self._user_has_floor = False
        self._her = Her.SILENT

    # --- asked

    @property
    def listening(self) -> Listening:
        """What the microphone may hear now."""
        if self._muted or self._quiet_s > 0:
            return Listening.NOTHING
        if self._holding or self._tap_s > 0:
            return Listening.EVERYTHING
        if self._habits.way_to_talk in ("push-to-talk", "tap-to-talk"):
            return Listening.NOTHING
        if self._asleep:
            return Listening.HER_NAME if self._habits.asleep_microphone == "listens" else Listening.NOTHING
        if self._habits.way_to_talk == "by-name" and self._follow_up_s <= 0:
            return Listening.HER_NAME
        return Listening.EVERYTHING

    @property
    def holding(self) -> bool:
        """A talk key is down: no silence ends the turn."""
        return self._holding

    @property
    def may_speak(self) -> bool:
        """False while she must not be disturbed by: replies are shown only, and she begins none of her own."""
        return self._quiet_s <= 0

    @property
    def state(self) -> State:
        """The state to show while nobody speaks and nothing is thought of."""
        if self._quiet_s > 0:
            return "quiet"
        if self._muted:
            return "muted"
        if self._asleep:
            return "asleep"
        return "listening" if self.listening is Listening.EVERYTHING else "waiting"

    def question(self, transcript: str, language: str = "en") -> str | None:
        """What `transcript` asks of her, her name taken off; None if it is not for her. Changes nothing.

        It may be a part of a turn that still goes on. A turn heard before the microphone closed counts.
        """
        called = question_to(self._names, transcript, language)
        if called is not None:
            return called
        return None if self.listening is Listening.HER_NAME else transcript

    def only_calls(self, transcript: str, language: str = "en") -> bool:
        """She is called and nothing is asked yet ("Hey Samantha"): people often pause here, so wait for more."""
        return only_calls(self._names, transcript, language)

    # --- told

    def ask(self, intent: Intent) -> list[Step]:
        """The person presses a key, clicks or types."""
        return self._step(lambda: self._obey(intent))

    def adopt(self, habits: Habits) -> list[Step]:
        """Go by other habits from now on."""
        return self._step(lambda: self._adopt(habits))

    def answer_to(self, names: tuple[str, ...]) -> None:
        """She has other names from now on."""
        self._names = names

    def pass_time(self, duration_s: float, her: Her, user_has_floor: bool) -> list[Step]:
        """`duration_s` of audio went by, heard or not, while she did `her`. Call it for every block."""
        return self._step(lambda: self._let_pass(duration_s, her, user_has_floor))

    def engage(self) -> list[Step]:
        """A turn was for her (see `question`) and will be answered."""
        return self._step(lambda: self._attend("name"))

    def rouse(self) -> list[Step]:
        """She is about to speak of her own accord; not to be called while she must not disturb."""
        return self._step(lambda: self._attend("reminder"))

    def hear_wake_word(self) -> list[Step]:
        """The wake word sounded: what is being said, or follows, is for her."""
        if self.listening is Listening.NOTHING:
            return []
        return self._step(lambda: self._attend("wake word"))

    def _adopt(self, habits: Habits) -> list[Step]:
        self._habits = habits
        self._follow_up_s = min(self._follow_up_s, habits.follow_up_s)
        return []

    # --- keys

    def _obey(self, intent: Intent) -> list[Step]:
        match intent:
            case HoldToTalk():
                return self._hold()
            case ReleaseToTalk():
                self._tail_s = self._habits.release_tail_s if self._holding else None
                return self._release_when_due(0.0)
            case Tap():
                return self._tap()
            case Say():
                return self._attend("typed line")
            case Wake():
                return self._end_quiet() + self._attend("key")
            case Sleep():
                return [Interrupt(), *self._fall_asleep()]
            case DoNotDisturb(minutes):
                return self._begin_quiet(minutes) if minutes > 0 else self._end_quiet()
            case Mute():
                self._muted = True
                self._forget_keys()
            case Unmute():
                self._muted = False
                return self._attend("key")
            case Stop():
                self._idle_s = 0.0
            case _:
                pass
        return []

    def _hold(self) -> list[Step]:
        self._tail_s = None
        if self._muted or self._holding:
            return []
        self._holding = True
        return self._take_floor()

    def _release_when_due(self, duration_s: float) -> list[Step]:
        if self._tail_s is None:
            return []
        self._tail_s -= duration_s
        if self._tail_s > ROUNDING_S:
            return []
        self._tail_s = None
        self._holding = False
        return [EndTurn("key released")]

    def _tap(self) -> list[Step]:
        if self._muted:
            return []
        if self._tap_s > 0 or self._user_has_floor:
            self._tap_s = 0.0
            return [EndTurn("key tapped")]
        self._tap_s = TAP_WAIT_S
        steps = self._take_floor()
        return steps if WakeUp("key") in steps else [*steps, *self._sound("listening")]

    def _take_floor(self) -> list[Step]:
        """A talk key is pressed: she gives way, and is there whatever she did before."""
        interrupt: list[Step] = [] if self._her is Her.SILENT else [Interrupt()]
        return interrupt + self._end_quiet() + self._attend("key")

    def _forget_keys(self) -> None:
        self._holding = False
        self._tail_s = None
        self._tap_s = 0.0

    # --- time

    def _let_pass(self, duration_s: float, her: Her, user_has_floor: bool) -> list[Step]:
        self._her, self._user_has_floor = her, user_has_floor
        steps = self._release_when_due(duration_s) + self._wait_for_quiet_to_end(duration_s)
        if user_has_floor:
            return steps
        if her is Her.SPEAKING:
            self._tap_s = 0.0
            self._follow_up_s = self._habits.follow_up_s
            self._idle_s = 0.0
        if her is not Her.SILENT or self._holding:
            return steps
        self._tap_s = _less(self._tap_s, duration_s)
        self._follow_up_s = _less(self._follow_up_s, duration_s)
        return steps + self._grow_sleepy(duration_s)

    def _wait_for_quiet_to_end(self, duration_s: float) -> list[Step]:
        if self._quiet_s <= 0:
            return []
        self._quiet_s = _less(self._quiet_s, duration_s)
        return [] if self._quiet_s > 0 else [EndQuiet()]

    def _grow_sleepy(self, duration_s: float) -> list[Step]:
        limit_s = self._habits.sleep_after_s
        if limit_s <= 0 or self._asleep or self._muted or self._quiet_s > 0 or self._tap_s > 0:
            return []
        self._idle_s += duration_s
        return self._fall_asleep() if self._idle_s >= limit_s - ROUNDING_S else []

    # --- changes

    def _attend(self, why: str) -> list[Step]:
        """Somebody is there: what follows is for her, without her name."""
        self._idle_s = 0.0
        self._follow_up_s = self._habits.follow_up_s
        if not self._asleep:
            return []
        self._asleep = False
        return [WakeUp(why), *self._sound("awake")]

    def _fall_asleep(self) -> list[Step]:
        if self._asleep:
            return []
        self._asleep = True
        self._follow_up_s = 0.0
        self._forget_keys()
        return [FallAsleep(), *self._sound("asleep")]

    def _begin_quiet(self, minutes: float) -> list[Step]:
        self._quiet_s = 60.0 * minutes
        self._forget_keys()
        return [Interrupt(), BeginQuiet(self._quiet_s)]

    def _end_quiet(self) -> list[Step]:
        if self._quiet_s <= 0:
            return []
        self._quiet_s = 0.0
        return [EndQuiet()]

    def _sound(self, name: Literal["asleep", "awake", "listening"]) -> list[Step]:
        return [PlaySound(name)] if self._habits.sounds and self.may_speak else []

    def _step(self, change: Callable[[], list[Step]]) -> list[Step]:
        """The steps of `change`, and whether the microphone opens or closes with it."""
        before = self.listening is not Listening.NOTHING
        steps = change()
        after = self.listening is not Listening.NOTHING
        if before == after:
            return steps
        return [*steps, Open() if after else Close()]


def event_of(step: Step, at_s: float) -> Event | None:
    """What `step`, done at `at_s`, is told to the world as; None for what the caller tells itself."""
    match step:
        case FallAsleep():
            return FellAsleep(at_s)
        case WakeUp(why):
            return WokeUp(at_s, why)
        case BeginQuiet(duration_s):
            return QuietBegan(at_s, at_s + duration_s)
        case EndQuiet():
            return QuietEnded(at_s)
        case _:
            return None


def _less(left_s: float, duration_s: float) -> float:
    """What is left of `left_s` after `duration_s`; never a rounding error more than nothing."""
    return left_s - duration_s if left_s - duration_s > ROUNDING_S else 0.0
