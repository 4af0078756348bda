"""Folds events into what a terminal shows: finished lines, and one line that is still alive."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from companion.core import events as ev
from companion.core.addresses import addresses
from companion.core.events import Event, State

METER = " ▁▂▃▄▅▆▇█"
QUIET_DB, LOUD_DB = -60.0, -12.0

STATE_WORDS: dict[State, str] = {
    "starting": "getting ready",
    "listening": "listening",
    "waiting": "waiting",
    "hearing": "hearing you",
    "thinking": "thinking",
    "speaking": "speaking",
    "asleep": "asleep",
    "quiet": "do not disturb",
    "muted": "muted",
    "deaf": "no microphone: type to her",
    "ended": "ended",
}


HOLLOW: tuple[State, ...] = ("muted", "deaf", "waiting", "asleep", "quiet")
"""States in which she does not take what you say for a turn; their dot is hollow."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finished line. `kind` chooses its style; `struck` is what was said and not heard."""

    kind: str
    who: str
    text: str
    struck: str = ""
    note: str = ""


@dataclass
class Captions:
    """The state of the conversation as the terminal shows it. Feed it every event."""

    companion_name: str
    state: State = "starting"
    level_db: float = -120.0
    saying: str = ""
    hearing: str = ""
    """What was understood so far of a turn that goes on."""
    gap_s: float | None = None
    elsewhere: str = ""
    """Where words go beyond this computer; empty: nowhere."""
    microphone: bool = True
    """False if there is none at present, or she does not hear in this conversation."""
    _asked: bool = False
    _clauses: list[str] = field(default_factory=list)

    def take(self, event: Event) -> list[Line]:
        """The lines that `event` finishes."""
        match event:
            case ev.StateChanged(_, state):
                self.state = state
            case ev.ConversationStarted(_, engines):
                self.elsewhere = addresses(engines)
            case ev.EnginesChanged(_, engines, message, hint):
                self.elsewhere = addresses(engines)
                return [Line("note", "·", message, note=hint)]
            case ev.LevelMeasured(_, db):
                self.level_db = db
            case ev.WordsRecognized(_, text):
                self.hearing = text
            case ev.SoundIgnored():
                self.hearing = ""
            case ev.UserSpoke(_, text, typed):
                self._asked, self.hearing = True, ""
                return [] if typed else [Line("you", "You", text)]
            case ev.ReplyStarted(_, latency) if self._asked:
                self.gap_s = latency.gap_s
            case ev.ClauseStarted(_, text):
                self._clauses.append(text)
                self.saying = " ".join(self._clauses)
            case ev.ReplyFinished(_, text):
                return [self._reply(text, "")]
            case ev.ReplyInterrupted(_, heard, unheard):
                line = self._reply(heard, unheard)
                return [line] if heard else []  # a false start: nothing was said
            case ev.QuietBegan(at_s, until_s):
                return [Line("note", "·", f"Do not disturb, for {round((until_s - at_s) / 60)} minutes.")]
            case ev.DeviceLost(_, part, message, hint):
                self.microphone &= part != "microphone"
                return [Line("trouble", "!", message, note=hint)]
            case ev.Faulted(_, message, hint):
                return [Line("trouble", "!", message, note=hint)]
            case ev.DeviceReturned(_, part, name):
                self.microphone |= part == "microphone"
                return [Line("note", "·", f"The {part} is back: {name}.")]
            case ev.ToolUsed(_, server, tool, state) if state != "asked":
                return [Line("note", "·", f"{server}.{tool}: {state}")]
            case ev.ReminderDue():
                return [Line("note", "·", _reminder(event))]
            case ev.EchoStateChanged(_, "half-duplex", message):
                return [Line("trouble", "!", message)]
            case _:
                pass
        return []

    def state_words(self) -> str:
        """The state behind its dot, which is hollow while she cannot hear and should."""
        if self.state == "muted" and not self.microphone:
            return "● ready"
        return f"{'○' if self.state in HOLLOW else '●'} {STATE_WORDS[self.state]}"

    def meter(self) -> str:
        """The level at the microphone as one of nine bars; nothing where there is none."""
        if not self.microphone:
            return ""
        share = (self.level_db - QUIET_DB) / (LOUD_DB - QUIET_DB)
        return METER[round(max(0.0, min(1.0, share)) * (len(METER) - 1))]

    def _reply(self, heard: str, unheard: str) -> Line:
        note = f"{self.gap_s:.1f} s" if self.gap_s is not None else ""
        self._clauses.clear()
        self.saying, self.gap_s = "", None
        return Line("her", self.companion_name, heard, unheard, note)


def _reminder(event: ev.ReminderDue) -> str:
    what = {"timer": "Time is up", "alarm": "Alarm"}.get(event.kind, "Reminder")
    text = f"{what}: {event.text}" if event.text else f"{what}."
    due = datetime.fromisoformat(event.due_at).astimezone()
    return f"{text} (missed: it was due on {due:%Y-%m-%d at %H:%M})" if event.late else text
