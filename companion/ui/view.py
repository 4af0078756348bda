"""What the window shows, folded from the engine's events. Pure: no Qt, and no clock but what it is told.

`now_s` everywhere is one steady clock of the caller's, in seconds. The view outlives the engine: what it knows of the
conversation is given to the engine that takes over.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from companion.core import events as ev
from companion.core.addresses import addresses
from companion.core.engines import EngineInfo
from companion.core.events import Event, State
from companion.core.settings import WayToTalk
from companion.core.transcript import Turn
from companion.ui.mood import Mood

SILENCE_DB = -120.0

MOODS: dict[State, Mood] = {
    "starting": "asleep",
    "listening": "listening",
    "waiting": "asleep",
    "hearing": "listening",
    "thinking": "thinking",
    "speaking": "speaking",
    "asleep": "asleep",
    "quiet": "muted",
    "muted": "muted",
    "deaf": "trouble",
    "ended": "asleep",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the person, and the remedy."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Caption:
    """Her words as they are to be shown: those you heard, those of this clause to come, those you will not hear."""

    heard: str = ""
    coming: str = ""
    struck: str = ""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that she began at `began_s`, and when each of its words ends, in seconds from there."""

    words: tuple[str, ...]
    ends_s: tuple[float, ...]
    began_s: float

    def heard_words(self, now_s: float) -> int:
        return sum(end_s <= now_s - self.began_s for end_s in self.ends_s)


@dataclass
class View:
    """Feed it every event with `take`; read its fields to paint."""

    name: str
    state: State = "starting"
    way_to_talk: WayToTalk = "open"
    has_key: bool = True
    """Whether there is a key for this way to talk."""
    private: bool = False
    """Nothing of what is said is kept."""
    turns: list[Turn] = field(default_factory=list)
    """What was said since the conversation began."""
    your_words: str = ""
    your_words_final: bool = True
    yours_newer: bool = False
    """Whether your words came after hers."""
    yours_db: float = SILENCE_DB
    hers_db: float = SILENCE_DB
    engines: tuple[EngineInfo, ...] = ()
    microphone: str = ""
    speaker: str = ""
    echo: str = ""
    """What is done about her voice in the microphone; empty while that is not known."""
    muted: bool = False
    """Whether you have shut her ears."""
    passing: Notice | None = None
    """What went wrong in this turn; the next one clears it."""
    lasting: dict[str, Notice] = field(default_factory=dict)
    """What goes on being wrong, by what it is about: "microphone", "speaker", "echo", "engine", "tool"."""
    reminders: list[Notice] = field(default_factory=list)
    """What was due and not read yet, in its order."""
    _clauses: list[_Clause] = field(default_factory=list)
    _held_since_s: float | None = None
    _last: Caption = Caption()

    @property
    def mood(self) -> Mood:
        return "trouble" if "engine" in self.lasting else MOODS[self.state]

    @property
    def notice(self) -> Notice | None:
        """What to tell now: what has happened to her first, what she waits to be told, and nothing before what was
        due is read but this turn's trouble; then the newest thing."""
        first = self.lasting.get("engine") or self.lasting.get("tool") or self.passing
        return first or next(iter(self.reminders), None) or next(iter(reversed(self.lasting.values())), None)

    def read(self) -> None:
        """The person has read the notice: it goes, and no other with it."""
        if self.passing and self.notice == self.passing:
            self.passing = None
        elif self.reminders and self.notice == self.reminders[0]:
            self.reminders.pop(0)

    @property
    def she_speaks(self) -> bool:
        return bool(self._clauses)

    @property
    def where(self) -> str:
        """Where the words go: "this computer", or the addresses of whatever is elsewhere."""
        return addresses(self.engines) or "this computer"

    def caption(self, now_s: float) -> Caption:
        """Her words, in step with her voice."""
        if not self._clauses:
            return self._last
        now_s = self._held_since_s if self._held_since_s is not None else now_s
        *whole, last = self._clauses
        count = last.heard_words(now_s)
        heard = [word for clause in whole for word in clause.words] + list(last.words[:count])
        return Caption(" ".join(heard), " ".join(last.words[count:]))

    def take(self, event: Event, now_s: float) -> None:
        """Fold one event."""
        match event:
            case ev.ConversationStarted(_, engines, microphone, speaker):
                self.engines, self.microphone, self.speaker = engines, microphone, speaker
                self.lasting.pop("engine", None)
            case ev.EnginesChanged(_, engines, message, hint):
                self.engines, self.passing = engines, Notice(message, hint)
            case ev.StateChanged(_, state):
                self._change_state(state)
            case ev.LevelMeasured(_, db):
                self.yours_db = db
            case ev.VoiceMeasured(_, db):
                self.hers_db = db
            case ev.WordsRecognized(_, text):
                self._show_yours(text, final=False)
            case ev.SoundIgnored() if not self.your_words_final:
                self.your_words, self.your_words_final = "", True
            case ev.UserSpoke(at_s, text):
                self._add(Turn("user", text, at_s=at_s))
                self._show_yours(text, final=True)
                self.passing = None
                self.lasting.pop("tool", None)  # it was answered, or they talk of something else
            case ev.TurnTakenBack() if self.turns and self.turns[-1].who == "user":
                self.turns.pop()
            case ev.PersonaChanged(_, name):
                self.name = name
            case ev.ConversationBegun() | ev.TurnsForgotten(everything=True):
                self.forget_all()
            case ev.TurnsForgotten(texts=texts):
                self.forget(set(texts))
            case _:
                self._take_of_her(event, now_s)
                self._take_trouble(event)

    def typed(self, text: str) -> None:
        """A line is on its way to the engine, which may not be there yet."""
        self._show_yours(text, final=False)

    def forget_all(self) -> None:
        """A new conversation begins, or everything was deleted."""
        self.turns.clear()
        self._end_reply(Caption())
        self.your_words, self.your_words_final, self.passing = "", True, None

    def forget(self, texts: set[str]) -> None:
        """Turns with these words were deleted: the engine that takes over is not to know them."""
        self.turns = [turn for turn in self.turns if turn.text not in texts]

    def engine_died(self, now_s: float) -> Turn | None:
        """The engine is gone in the middle of whatever it did: what you heard of her until now stays.

        Returns the turn of hers that it cut off, which it could not write down.
        """
        cut_off = None
        if self._clauses:
            caption = self.caption(now_s)
            cut_off = Turn("companion", caption.heard, caption.coming, interrupted=True)
            self._add(cut_off)
            self._end_reply(Caption(caption.heard, struck=caption.coming))
        self.your_words_final = True
        self.yours_db = self.hers_db = SILENCE_DB
        self.state = "starting"
        return cut_off

    def _change_state(self, state: State) -> None:
        self.state = state
        if state == "muted":
            self.muted = True
        elif state in ("listening", "hearing", "waiting"):
            self.muted = False
        if state in ("muted", "quiet", "deaf", "asleep"):
            self.yours_db = SILENCE_DB
        if state in ("muted", "quiet"):
            self.passing = None  # you know why she is still

    def _take_of_her(self, event: Event, now_s: float) -> None:
        match event:
            case ev.ReplyStarted():
                self._last, self.yours_newer = Caption(), False
            case ev.ClauseStarted(_, text, duration_s, ends_s):
                words = tuple(text.split())
                ends_s = ends_s if len(ends_s) == len(words) else _spread(words, duration_s)
                self._clauses.append(_Clause(words, ends_s, now_s))
            case ev.VoiceHeld():
                self._held_since_s = now_s
            case ev.VoiceRaised() if self._held_since_s is not None and self._clauses:
                last = self._clauses[-1]
                self._clauses[-1] = replace(last, began_s=last.began_s + now_s - self._held_since_s)
                self._held_since_s = None
            case ev.ReplyFinished(at_s, text):
                self._add(Turn("companion", text, at_s=at_s))
                self._end_reply(Caption(text))
            case ev.ReplyInterrupted(at_s, heard, unheard):
                if heard:
                    self._add(Turn("companion", heard, unheard, interrupted=True, at_s=at_s))
                self._end_reply(Caption(heard, struck=unheard) if heard else Caption())
            case _:
                pass

    def _take_trouble(self, event: Event) -> None:
        match event:
            case ev.DeviceLost(_, part, message, hint):
                self.lasting[part] = Notice(message, hint)
            case ev.DeviceReturned(_, part, name):
                self.lasting.pop(part, None)
                if part == "microphone":
                    self.microphone = name
                else:
                    self.speaker = name
            case ev.EchoStateChanged(_, state, message):
                self.lasting.pop("echo", None)
                self.echo = message
                if state == "half-duplex":
                    self.lasting["echo"] = Notice(message)
            case ev.ToolUsed(state="asked", text=text):
                self.lasting["tool"] = Notice(text)
            case ev.ToolUsed():
                self.lasting.pop("tool", None)
            case ev.Faulted(_, message, hint):
                self.passing = Notice(message, hint)
            case _:
                pass

    def _show_yours(self, text: str, final: bool) -> None:
        self.your_words, self.your_words_final, self.yours_newer = text, final, True

    def _add(self, turn: Turn) -> None:
        self.turns.append(turn)

    def _end_reply(self, caption: Caption) -> None:
        self._clauses.clear()
        self._held_since_s = None
        self._last = caption
        self.hers_db = SILENCE_DB


def _spread(words: tuple[str, ...], duration_s: float) -> tuple[float, ...]:
    """When each word ends if all letters take equally long, for a voice that does not tell."""
    letters = sum(len(word) + 1 for word in words)
    ends, said = [], 0
    for word in words:
        said += len(word) + 1
        ends.append(duration_s * said / letters)
    return tuple(ends)
