"""What happened: the closed list of events, each in the past tense, stamped in seconds of audio.

`at_s` is audio received from the microphone since the conversation began, not wall-clock time, so
the same conversation gives the same stamps from a file, however fast it runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from companion.core.agenda import ReminderKind
from companion.core.echo import EchoState
from companion.core.engines import EngineInfo

State = Literal[
    "starting", "listening", "waiting", "hearing", "thinking", "speaking", "asleep", "quiet", "muted", "deaf", "ended"
]
"""starting: engines load; waiting: for a talk key or her name; hearing: you speak; quiet: do not disturb;
deaf: no microphone at present."""


ToolState = Literal["asked", "refused", "started", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Latency:
    """The stamps of one turn, in seconds of audio time; None where the stage was not reached.

    For a typed turn `speech_ended_s` is the moment the line was sent.
    """

    speech_ended_s: float
    turn_decided_s: float | None = None
    transcribed_s: float | None = None
    first_token_s: float | None = None
    first_clause_s: float | None = None
    first_audio_s: float | None = None

    @property
    def gap_s(self) -> float | None:
        """From your last word to her first sound."""
        return None if self.first_audio_s is None else self.first_audio_s - self.speech_ended_s


@dataclass(frozen=True, slots=True)
class ConversationStarted:
    at_s: float
    engines: tuple[EngineInfo, ...]
    microphone: str
    """Empty if there is none: the conversation is typed."""
    speaker: str
    """Empty if there is none: replies are shown, not spoken."""


@dataclass(frozen=True, slots=True)
class StateChanged:
    at_s: float
    state: State


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The user began to speak. `at_s` is the onset, slightly before it could be known."""

    at_s: float
    over_her: bool
    """True if she was speaking."""


@dataclass(frozen=True, slots=True)
class SpeechPaused:
    """The user fell silent, perhaps only to think. `at_s` is when the sound ended."""

    at_s: float


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The user has finished. `silence_s` is how long she waited to be sure."""

    at_s: float
    silence_s: float
    why: str
    """The rule that decided it: "complete" (turn detector), "silence", "too long", "end of audio",
    "key released", "key tapped"."""


@dataclass(frozen=True, slots=True)
class WordsRecognized:
    """What was understood so far of a turn that still goes on: live captions."""

    at_s: float
    text: str
    """All of it; its last words may change."""
    stable: str
    """The words at its start that two transcripts in a row agree on."""


@dataclass(frozen=True, slots=True)
class UserSpoke:
    """The user's turn, transcribed or typed."""

    at_s: float
    text: str
    typed: bool = False


@dataclass(frozen=True, slots=True)
class TurnTakenBack:
    """The user's last turn was not complete: it and what is being said now will be told as one `UserSpoke`."""

    at_s: float


@dataclass(frozen=True, slots=True)
class SoundIgnored:
    """Something was heard that is no turn: noise, a cough, a phantom of the transcriber, words to others."""

    at_s: float
    why: str


@dataclass(frozen=True, slots=True)
class ReplyStarted:
    """Her first sound of a reply is out (or, without a speaker, her first words are shown)."""

    at_s: float
    latency: Latency


@dataclass(frozen=True, slots=True)
class ClauseStarted:
    """She begins a clause; `text` is as written, for captions in step with the voice."""

    at_s: float
    text: str
    duration_s: float
    ends_s: tuple[float, ...] = ()
    """For each word of `text`, split at white space: seconds from the clause's start at which its sound ends.

    Empty where the clause is not spoken.
    """


@dataclass(frozen=True, slots=True)
class ReplyFinished:
    at_s: float
    text: str


@dataclass(frozen=True, slots=True)
class ReplyInterrupted:
    """She was stopped. `heard` is what reached the listener, to the word; `unheard` what she had ready.

    Nothing was heard where she began just as the user went on: she fell silent within a word, and will answer to all.
    """

    at_s: float
    heard: str
    unheard: str


@dataclass(frozen=True, slots=True)
class VoiceLowered:
    """She ducked, because somebody may be speaking over her."""

    at_s: float


@dataclass(frozen=True, slots=True)
class VoiceHeld:
    """Somebody does speak over her: she falls silent at the end of a word, and keeps the rest."""

    at_s: float


@dataclass(frozen=True, slots=True)
class VoiceRaised:
    """It was nothing: she goes on at her usual level."""

    at_s: float


@dataclass(frozen=True, slots=True)
class FellAsleep:
    """Nothing has happened for long, or she was told to: she waits to be called."""

    at_s: float


@dataclass(frozen=True, slots=True)
class WokeUp:
    """She was called."""

    at_s: float
    why: str
    """What called her: "name", "key", "typed line", "wake word"; or "reminder"."""


@dataclass(frozen=True, slots=True)
class QuietBegan:
    """Do not disturb: she neither listens nor speaks until `until_s`."""

    at_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class QuietEnded:
    """Do not disturb is over, by time or by key."""

    at_s: float


@dataclass(frozen=True, slots=True)
class LevelMeasured:
    """How loud it is at the microphone, about ten times a second while the level moves."""

    at_s: float
    db: float


@dataclass(frozen=True, slots=True)
class VoiceMeasured:
    """How loud her own voice is at the speaker, some twenty times a second while she speaks; once -120 after it."""

    at_s: float
    db: float
    """Mean level of what is played, dB of full scale, her present loudness included."""


@dataclass(frozen=True, slots=True)
class DeviceLost:
    at_s: float
    part: Literal["microphone", "speaker"]
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class DeviceReturned:
    at_s: float
    part: Literal["microphone", "speaker"]
    name: str


@dataclass(frozen=True, slots=True)
class EchoStateChanged:
    """What is done about her own voice in the microphone; `message` says it to a person."""

    at_s: float
    state: EchoState
    message: str


@dataclass(frozen=True, slots=True)
class Faulted:
    """Something failed; the conversation goes on."""

    at_s: float
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class EnginesChanged:
    """A part of her that runs elsewhere is away, and this computer stands in; or it is back. `message` says which."""

    at_s: float
    engines: tuple[EngineInfo, ...]
    """All that she runs on now."""
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Configured:
    """Settings were changed while she runs."""

    at_s: float
    applied: tuple[str, ...]
    """Names such as "voice.volume" that hold from now on, or do not concern the engine."""
    waiting: tuple[str, ...]
    """Those that hold once the engine is started anew."""


@dataclass(frozen=True, slots=True)
class PersonaChanged:
    """She is another from now on, or the same one with another name or character."""

    at_s: float
    name: str
    another: bool
    """True: `ConversationBegun` follows, and what is said is kept with what else was said to this one."""


@dataclass(frozen=True, slots=True)
class ConversationBegun:
    """A new conversation: she knows nothing of what was said before."""

    at_s: float


@dataclass(frozen=True, slots=True)
class TurnsForgotten:
    """The user has asked her to forget: what was said so is deleted."""

    at_s: float
    texts: tuple[str, ...]
    """What was said in the turns that went, by either of them."""
    everything: bool = False
    """Nothing is left of this conversation or of any other."""


@dataclass(frozen=True, slots=True)
class KeepingChosen:
    """You asked her to keep nothing of what is said from now on, or to keep it again. Who shows her shows that too."""

    at_s: float
    keep: bool


@dataclass(frozen=True, slots=True)
class ReminderDue:
    """The time of a reminder, timer or alarm has come: who shows her shows it now. She says it when nobody has the
    floor, and not before do-not-disturb is over."""

    at_s: float
    kind: ReminderKind
    text: str
    """In the user's words; of a timer or alarm its name, or empty."""
    due_at: str
    """ISO 8601, with its offset from UTC."""
    late: bool
    """It was missed, as by a program that did not run."""


@dataclass(frozen=True, slots=True)
class ToolUsed:
    """Something becomes of a tool of a server that the user has set up."""

    at_s: float
    server: str
    tool: str
    state: ToolState
    text: str = ""
    """Where it is "asked": her question, to which yes, always, no and never are answers, by voice or as `Say`."""


@dataclass(frozen=True, slots=True)
class PersonaChosen:
    """An interview has ended in a persona that the user wants. It is kept; who shows her puts it in the settings."""

    at_s: float
    key: str
    """What the settings call it."""
    name: str


@dataclass(frozen=True, slots=True)
class ConversationEnded:
    at_s: float
    turns: int = 0
    """How often the user took the floor, by voice or typed."""
    underruns: int = 0


Turns: TypeAlias = SpeechStarted | SpeechPaused | TurnEnded | WordsRecognized | UserSpoke | TurnTakenBack | SoundIgnored
Replies: TypeAlias = (
    ReplyStarted | ClauseStarted | ReplyFinished | ReplyInterrupted | VoiceLowered | VoiceHeld | VoiceRaised
)
Wakefulness: TypeAlias = FellAsleep | WokeUp | QuietBegan | QuietEnded
Sound: TypeAlias = LevelMeasured | VoiceMeasured | DeviceLost | DeviceReturned | EchoStateChanged
Changes: TypeAlias = Faulted | EnginesChanged | Configured | PersonaChanged
Memory: TypeAlias = ConversationBegun | TurnsForgotten | KeepingChosen
Errands: TypeAlias = ReminderDue | ToolUsed | PersonaChosen

Event: TypeAlias = (
    ConversationStarted
    | StateChanged
    | Turns
    | Replies
    | Wakefulness
    | Sound
    | Changes
    | Memory
    | Errands
    | ConversationEnded
)
