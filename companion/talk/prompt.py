"""What the language model reads: a prefix that never changes, then the turns.

The persona comes first and stays byte-identical for the whole conversation, turns are only ever
appended, and old ones are dropped many at a time. So the model's key-value cache serves all but the
newest words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from companion.core.engines import Message
from companion.core.persona import Persona
from companion.core.transcript import Turn

CHARACTERS_PER_TOKEN = 3.0
"""Fewer than any of our languages and tokenizers average in conversation (English: about 4.2), so that
the estimate errs towards a prompt that fits."""

MESSAGE_TOKENS = 8
"""What the chat template adds to each message."""

DROPPED_SHARE = 0.5
"""When the turns no longer fit, this share of the budget is freed at once, so the prefix changes rarely."""

OPENING = Message("user", "Hello.")
"""Stands before a conversation that she began: many chat templates want the user to speak first."""

INTERRUPTED_MARK = "—"
"""Ends a reply that was cut off: the model sees that she did not finish, and learns no odd marker."""


class Prompt:
    """Builds the messages for one conversation."""

    def __init__(self, persona: Persona, user_name: str, began: datetime, budget_tokens: int) -> None:
        """`budget_tokens`: what the prompt may take of the model's context, reply excluded."""
        self._persona = persona
        self._user_name = user_name
        self._budget_tokens = budget_tokens
        self.begin_anew(began)

    def begin_anew(self, began: datetime) -> None:
        """Another conversation with the same persona, begun at `began`: the prefix tells her the time."""
        system = Message("system", _system_text(self._persona, self._user_name, began))
        self._prefix = (system, *_example_messages(self._persona))
        self._turn_budget = self._budget_tokens - sum(map(_tokens, self._prefix))
        self._dropped = 0

    def fit(self, budget_tokens: int) -> None:
        """The model takes so much, as is known only once it is loaded."""
        self._turn_budget += budget_tokens - self._budget_tokens
        self._budget_tokens = budget_tokens

    @property
    def prefix(self) -> tuple[Message, ...]:
        """The part that is the same in every prompt of this conversation."""
        return self._prefix

    def messages(self, turns: Sequence[Turn]) -> list[Message]:
        """The prompt for a reply to the last of `turns`."""
        spoken = [_message(turn) for turn in turns if turn.text or turn.interrupted]
        self._dropped = min(self._dropped, max(0, len(spoken) - 1))
        if sum(map(_tokens, spoken[self._dropped :])) > self._turn_budget:
            goal = self._turn_budget * (1 - DROPPED_SHARE)
            while self._dropped < len(spoken) - 1 and sum(map(_tokens, spoken[self._dropped :])) > goal:
                self._dropped += 1
        kept = _alternating(spoken[self._dropped :])
        opening = [OPENING] if kept and kept[0].role == "assistant" else []
        return [*self._prefix, *opening, *kept]


def _system_text(persona: Persona, user_name: str, began: datetime) -> str:
    parts = [persona.character.strip(), persona.manner.strip()]
    if user_name:
        parts.append(f"The person you talk with is called {user_name}.")
    parts.append(f"This conversation began on {began:%A}, {began.day} {began:%B %Y}, at {began:%H:%M}.")
    return "\n\n".join(filter(None, parts))


def _example_messages(persona: Persona) -> list[Message]:
    messages: list[Message] = []
    for example in persona.examples:
        messages += [Message("user", example.user), Message("assistant", example.reply)]
    return messages


def _message(turn: Turn) -> Message:
    if turn.who == "user":
        return Message("user", turn.text)
    return Message("assistant", f"{turn.text}{INTERRUPTED_MARK}" if turn.interrupted else turn.text)


def _alternating(messages: Sequence[Message]) -> list[Message]:
    """Neighbours of one role joined: many chat templates refuse two user messages in a row."""
    joined: list[Message] = []
    for message in messages:
        if joined and joined[-1].role == message.role:
            joined[-1] = Message(message.role, f"{joined[-1].text} {message.text}")
        else:
            joined.append(message)
    return joined


def _tokens(message: Message) -> int:
    return MESSAGE_TOKENS + int(len(message.text) / CHARACTERS_PER_TOKEN)
