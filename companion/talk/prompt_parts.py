"""The parts of a prompt, and how much of the model's context each may take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from companion.core.engines import Message
from companion.core.languages import LANGUAGES
from companion.core.lore import LoreEntry
from companion.core.macros import filled, filled_in_speech
from companion.core.persona import Persona
from companion.core.persona_words import manner_words, taste_words
from companion.core.tokens import cut_to_tokens, estimated_tokens

MESSAGE_TOKENS = 8
"""What the chat template adds to each message."""

PERSONA_SHARE = 0.5
"""Of the whole prompt, for who she is and how she speaks, with the lore that is always in mind and the examples."""
MANNER_SHARE = 0.4
TASTE_SHARE = 0.2
EXAMPLE_SHARE = 0.2
"""Of the persona's share, where it is scarce."""
LORE_SHARE = 0.15
"""For lore always in mind, within the persona's share; and as much again for what comes up."""
MEMORY_SHARE = 0.15
SUMMARY_SHARE = 0.1
PROGRAM_SHARE = 0.1
"""For what a program adds through which they talk."""
"""The turns take what the others leave: at least a tenth, in practice more than half."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what the model reads."""

    name: str
    text: str
    limit_tokens: int | None = None
    """What it may take; None for what cannot be cut."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What stands before every conversation with a persona, and never changes in one."""

    parts: tuple[Part, ...]
    """Those of the system message, in order."""
    examples: tuple[Message, ...]

    @property
    def messages(self) -> tuple[Message, ...]:
        return (Message("system", "\n\n".join(part.text for part in self.parts)), *self.examples)


def beginning(persona: Persona, user_name: str, budget_tokens: int) -> Beginning:
    """The persona within its share of `budget_tokens`.

    Where it does not fit, later examples go first, then lore that is always in mind, then the end of the character.
    """
    share = int(budget_tokens * PERSONA_SHARE)

    def fill(text: str) -> str:
        return filled(text.strip(), persona.name, user_name)

    manner = _cut_part("how she speaks", fill(manner_words(persona)), int(share * MANNER_SHARE))
    taste = _cut_part("likes and boundaries", fill(taste_words(persona)), int(share * TASTE_SHARE))
    you = Part("you", _circumstances(persona, user_name))
    left = share - MESSAGE_TOKENS - sum(estimated_tokens(part.text) + 1 for part in (manner, taste, you))
    for_examples = int(share * EXAMPLE_SHARE) if persona.examples else 0
    character = _cut_part("who she is", fill(persona.character), left - for_examples)
    left -= estimated_tokens(character.text)
    lore_limit = int(budget_tokens * LORE_SHARE)
    constants = persona.lore.constants(max(0, min(left - for_examples, lore_limit)))
    before, after = (
        Part(f"lore {position} it", lore_text(constants, position, fill), lore_limit)
        for position in ("before", "after")
    )
    left -= estimated_tokens(before.text) + estimated_tokens(after.text)
    parts = tuple(part for part in (before, character, after, taste, manner, you) if part.text)
    return Beginning(parts, _fitting_examples(persona, user_name, left))


def lore_text(entries: Sequence[LoreEntry], position: str, fill: Callable[[str], str]) -> str:
    """The entries that stand `position` her character."""
    return "\n".join(fill(entry.text) for entry in entries if entry.position == position)


def message_tokens(message: Message) -> int:
    """What a message takes of the context, by estimate."""
    return MESSAGE_TOKENS + estimated_tokens(message.text)


def _cut_part(name: str, text: str, limit_tokens: int) -> Part:
    return Part(name, cut_to_tokens(text, limit_tokens), limit_tokens)


def _circumstances(persona: Persona, user_name: str) -> str:
    sentences = []
    if persona.language:
        sentences.append(f"You speak {LANGUAGES.get(persona.language, persona.language)}.")
    if user_name:
        sentences.append(f"The person you talk with is called {user_name}.")
    return "\n\n".join(sentences)


def _fitting_examples(persona: Persona, user_name: str, tokens: int) -> tuple[Message, ...]:
    messages: list[Message] = []
    for example in persona.examples:
        said, reply = (filled_in_speech(text, persona.name, user_name) for text in (example.user, example.reply))
        pair = [Message("user", said), Message("assistant", reply)]
        tokens -= sum(map(message_tokens, pair))
        if tokens < 0:
            break
        messages += pair
    return tuple(messages)
