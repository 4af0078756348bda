"""What the language model reads: a prefix that never changes, then the turns, last what comes to mind.

The persona comes first and stays byte-identical from conversation to conversation, the time is told
with the oldest turn, turns are only ever appended, and old ones are dropped many at a time; what they
were about is told with the turn that comes next. So nothing is ever put before what was read: the
model's key-value cache serves all but the newest words, and what was read of the persona may be kept
on disk. Lore that came up and memories stand with the newest turn alone. How much each part may take
is stated in `talk.prompt_parts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from companion.core.engines import Message
from companion.core.languages import ASKED_TO_ANSWER
from companion.core.macros import filled
from companion.core.persona import Persona
from companion.core.tokens import cut_head_to_tokens, cut_to_tokens, estimated_tokens
from companion.core.transcript import Turn
from companion.talk.gist import Gist
from companion.talk.prompt_parts import (
    LORE_SHARE,
    MEMORY_SHARE,
    MESSAGE_TOKENS,
    PROGRAM_SHARE,
    SUMMARY_SHARE,
    Part,
    beginning,
    lore_text,
    message_tokens,
)
from companion.talk.recall_notes import (
    MEMORY_NOTE,
    NOTHING_NOTE,
    UNSURE_NOTE,
    asks_for_what_was_never_said,
    speaks_of_us,
)

DROPPED_SHARE = 0.5
"""When the turns no longer fit, this share of the budget is freed at once, so the prefix changes rarely."""

OPENING = Message("user", "Hello.")
"""Stands before a conversation that she began: many chat templates want the user to speak first."""

INTERRUPTED_MARK = "—"
"""Ends a reply that was cut off: the model sees that she did not finish, and learns no odd marker."""

GIST_TOKENS = 180
"""For what remains of turns that were dropped: a few sentences, which are read when that happens."""

ROOM_TOKENS = 120
"""For what is said next: kept free while nobody waits, so that nothing is dropped while somebody does."""

FRESH_TURNS = 16
"""Qwen2.5-1.5B finds what was said eight exchanges ago, and of what was said forty ago about half."""

LEAST_TOKENS = 160
"""A context so small that this does not fit can hold no conversation."""

LORE_NOTE = "(What you know about this: {text})"
LANGUAGE_NOTE = "({text})"
NOW_NOTE = "(It is {now}.)"
PROGRAM_NOTE = "(The program that carries your words adds: {text})"
REMINDER_NOTE = "({text})"
SUMMARY_NOTE = "(What you talked about before: {text})"
"""How these are told within a turn of the user's: a second system message is refused by many chat templates."""


class Prompt:
    """Builds the messages for one conversation."""

    def __init__(self, persona: Persona, user_name: str, began: datetime, budget_tokens: int) -> None:
        """`budget_tokens`: what the prompt may take of the model's context, reply excluded."""
        self._persona = persona
        self._user_name = user_name
        self._budget_tokens = max(LEAST_TOKENS, budget_tokens)
        self.begin_anew(began)

    def begin_anew(self, began: datetime, program_says: str = "") -> None:
        """Another conversation with the same persona, begun at `began`: she is told the time.

        `program_says`: what a program adds through which they talk; it is told as such, and never stands with who she
        is.
        """
        self._now = NOW_NOTE.format(now=f"{began:%A}, {began.day} {began:%B %Y}, {began:%H:%M}")
        if said := cut_to_tokens(" ".join(program_says.split()), int(self._budget_tokens * PROGRAM_SHARE)):
            self._now = f"{self._now}\n\n{PROGRAM_NOTE.format(text=said)}"
        self._dropped = 0
        self._gist = Gist()
        self._summary = ""
        self._summary_at = 0
        self._memories: tuple[str, ...] = ()
        self._unsure = False
        self._write_beginning()

    @property
    def user_name(self) -> str:
        """What the user is called; empty if that is not known."""
        return self._user_name

    def become(self, persona: Persona, user_name: str) -> None:
        """Another persona, or the same one changed. What was said stays, until `begin_anew`."""
        self._persona, self._user_name = persona, user_name
        self._write_beginning()

    def fit(self, budget_tokens: int) -> None:
        """The model takes so much, as is known only once it is loaded, and changes with who she is."""
        self._budget_tokens = max(LEAST_TOKENS, budget_tokens)
        self._write_beginning()

    def _write_beginning(self) -> None:
        self._beginning = beginning(self._persona, self._user_name, self._budget_tokens)
        self._prefix = self._beginning.messages
        self._left_tokens = self._budget_tokens - sum(map(message_tokens, self._prefix))

    def summarize(self, summary: str) -> None:
        """What was said in earlier conversations; all behind it is read anew."""
        self._summary = cut_to_tokens(" ".join(summary.split()), self._summary_tokens)
        self._gist = Gist(self._summary)

    def sum_up(self, summary: str) -> None:
        """What has been said of late, in a sentence or two: told from when turns are next dropped."""
        self._gist.sum_up(" ".join(summary.split()))

    def make_room(self, turns: Sequence[Turn]) -> None:
        """Drop what the next turn, and what it brings to mind, would have dropped. Call it when nobody waits."""
        spoken = _spoken(turns)
        budget = self._turn_tokens(self._notes(turns))
        room = ROOM_TOKENS + int(self._budget_tokens * MEMORY_SHARE)
        self._drop(spoken, budget, min(room, budget // 4))

    @property
    def _summary_tokens(self) -> int:
        return int(self._budget_tokens * SUMMARY_SHARE)

    def remember(self, memories: Sequence[str], unsure: bool = False) -> None:
        """What comes to mind, most wanted first, for the turns from now on: sentences, as many as fit.

        `unsure`: it may be beside the point.
        """
        self._unsure = unsure
        left = int(self._budget_tokens * MEMORY_SHARE)
        kept = []
        for memory in memories:
            left -= estimated_tokens(memory) + 1
            if left < 0:
                break
            kept.append(memory)
        self._memories = tuple(kept)

    @property
    def prefix(self) -> tuple[Message, ...]:
        """The part that is the same in every conversation with this persona."""
        return self._prefix

    def messages(self, turns: Sequence[Turn]) -> list[Message]:
        """The prompt for a reply to the last of `turns`."""
        notes = [note for note in self._notes(turns) if note]
        kept = _alternating(self._kept(_spoken(turns), notes))
        if kept and kept[0].role == "assistant":
            kept = [OPENING, *kept]
        if kept and notes and kept[-1].role == "user":
            kept[-1] = _noted(kept[-1], notes)
        if kept and (doubt := self._doubt(turns)):
            kept[-1] = Message(kept[-1].role, f"{kept[-1].text} {doubt}")
        if kept:
            kept[0] = _noted(kept[0], [self._now])
        return [*self._prefix, *kept]

    def so_far(self, turns: Sequence[Turn]) -> list[Message]:
        """The prompt up to where the user's next words will stand; `turns` end with hers, or there are none."""
        spoken = _spoken(turns)
        if not spoken:
            return [*self._prefix, _noted(Message("user", ""), [self._now, *self._summary_note])]
        tells_summary = self._summary_at >= len(spoken)
        return [*self.messages(turns), _noted(Message("user", ""), self._summary_note if tells_summary else [])]

    def in_mind(self, turns: Sequence[Turn]) -> set[str]:
        """What was said so lately that nobody need be reminded; the rest, a small model overlooks."""
        return {turn.text for turn in _spoken(turns)[self._dropped :][-FRESH_TURNS:]}

    @property
    def _summary_note(self) -> list[str]:
        return [SUMMARY_NOTE.format(text=self._summary)] if self._summary else []

    def parts(self, turns: Sequence[Turn]) -> list[Part]:
        """The prompt for a reply to the last of `turns`, taken apart for people to read."""
        share = self._budget_tokens
        notes = self._notes(turns)
        spoken = self._kept(_spoken(turns), notes)
        lore, memories, reminder = notes
        parts = [
            *self._beginning.parts,
            Part("examples", _lines(self._beginning.examples)),
            Part("now", self._now),
            Part("earlier conversation", self._summary, int(share * SUMMARY_SHARE)),
            Part("turns", _lines(spoken), self._turn_tokens(notes)),
            Part("lore that came up", lore, int(share * LORE_SHARE)),
            Part("memories", memories, int(share * MEMORY_SHARE)),
            Part("reminder", reminder),
            Part("nothing remembered", self._doubt(turns)),
        ]
        return [part for part in parts if part.text]

    def _notes(self, turns: Sequence[Turn]) -> tuple[str, str, str]:
        """Lore that came up, memories, and the persona's reminder; empty where there is none."""
        entries = self._persona.lore.triggered([turn.text for turn in turns], int(self._budget_tokens * LORE_SHARE))
        lore = " ".join(filter(None, (lore_text(entries, position, self._filled) for position in ("before", "after"))))
        memories = " ".join(self._memories)
        return (
            LORE_NOTE.format(text=lore) if lore else "",
            MEMORY_NOTE.format(text=memories) if memories else "",
            REMINDER_NOTE.format(text=self._filled(self._persona.reminder)) if self._persona.reminder else "",
        )

    def _doubt(self, turns: Sequence[Turn]) -> str:
        """What is told behind the words: that nothing comes to mind of what they ask for, or that it may be wrong."""
        if not turns or turns[-1].who != "user":
            return ""
        if self._memories and not (self._unsure or speaks_of_us(turns[-1].text)):
            return ""
        said = [turn.text for turn in turns[:-1] if turn.who == "user"]
        if not asks_for_what_was_never_said(turns[-1].text, [*said, self._summary, *self._memories]):
            return ""
        return UNSURE_NOTE if self._memories else NOTHING_NOTE

    def _filled(self, text: str) -> str:
        return filled(" ".join(text.split()), self._persona.name, self._user_name)

    def _turn_tokens(self, notes: Sequence[str]) -> int:
        told = (self._now, self._summary, *notes)
        others = sum(map(estimated_tokens, told)) + 2 * MESSAGE_TOKENS
        return self._left_tokens - others

    def _kept(self, spoken: list[Turn], notes: Sequence[str]) -> list[Message]:
        """The newest of `spoken` that fit; the oldest of those stays the same for as long as it can."""
        budget = self._turn_tokens(notes)
        self._drop(spoken, budget)
        kept = [_message(turn) for turn in spoken[self._dropped :]]
        if len(kept) == 1:
            kept = [Message(kept[0].role, cut_head_to_tokens(kept[0].text, budget - MESSAGE_TOKENS))]
        for place, message in enumerate(kept):
            if message.role == "user" and self._dropped + place >= self._summary_at:
                kept[place] = _noted(message, self._summary_note)
                break
        return kept

    def _drop(self, spoken: list[Turn], budget: int, room: int = 0) -> None:
        """If `spoken` leaves less than `room` of the budget: keep so much of its end that a part of it is free.

        What is kept begins with a turn of the user's, as before, so that it need not be read anew.
        """
        first = self._dropped = min(self._dropped, max(0, len(spoken) - 1))
        costs = [message_tokens(_message(turn)) for turn in spoken[first:]]
        left = sum(costs)
        if left <= budget - room:
            return
        goal, last = budget * (1 - DROPPED_SHARE), len(spoken) - 1
        while self._dropped < last and (left > goal or spoken[self._dropped].who != "user"):
            left -= costs[self._dropped - first]
            self._dropped += 1
        gone = [turn.text for turn in spoken[first : self._dropped] if turn.who == "user"]
        self._summary = self._gist.lose(gone, min(GIST_TOKENS, self._summary_tokens))
        self._summary_at = last if spoken[last].who == "user" else last + 1


def _spoken(turns: Sequence[Turn]) -> list[Turn]:
    return [turn for turn in turns if turn.text or turn.interrupted]


def _message(turn: Turn) -> Message:
    if turn.who == "user":
        asked = ASKED_TO_ANSWER.get(turn.language)
        return _noted(Message("user", turn.text), [LANGUAGE_NOTE.format(text=asked)] if asked else [])
    return Message("assistant", f"{turn.text}{INTERRUPTED_MARK}" if turn.interrupted else turn.text)


def _noted(message: Message, notes: Sequence[str]) -> Message:
    """`message` behind `notes`: they are read while the user still speaks, and the words are the last it reads."""
    return Message(message.role, "\n\n".join([*notes, message.text]))


def _lines(messages: Sequence[Message]) -> str:
    who = {"user": "You", "assistant": "She", "system": ""}
    return "\n".join(f"{who[message.role]}: {message.text}" for message in messages)


def _alternating(messages: Sequence[Message]) -> list[Message]:
    """Neighbours of one role joined: many chat templates refuse two user messages in a row."""
    joined: list[Message] = []
    for message in messages:
        if joined and joined[-1].role == message.role:
            joined[-1] = Message(message.role, f"{joined[-1].text} {message.text}")
        else:
            joined.append(message)
    return joined
