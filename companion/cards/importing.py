"""Makes a persona of a card.

What a persona has no place for stays in the card, which is kept beside it. What stands in a card is text that the
language model may read, and nothing else: there are no tools here for it to ask for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from companion.cards.card import Card, Json, JsonObject, encoded
from companion.cards.lorebook import lore_of
from companion.cards.text import clean, exchanges, one_line, speech
from companion.core.errors import CardError
from companion.core.greetings import Greetings
from companion.core.persona import LONGEST_NAME, Dials, ExampleExchange, Persona

EXTENSION = "companion"
"""Under this name in a card's extensions stands what a card has no place for, as it is in a persona file."""

WORDS: tuple[str, ...] = ("name", "nickname", "description", "personality", "scenario", "first_mes", "mes_example")
WORDS += ("system_prompt", "post_history_instructions", "alternate_greetings", "character_book")
"""The fields of a card that a persona is made of."""

FROM_WORDS = ("name", "nicknames", "character", "manner", "reminder", "greeting", "examples", "lore")
"""The fields of a persona that are made of them."""

CARD_DIALS = Dials(length=3)
"""Of a card without dials: cards are written to be read, and to be spoken they must be short."""

MOST_GREETINGS = 24
MOST_EXAMPLES = 12

IGNORED = {
    "assets": "the assets",
    "creator_notes_multilingual": "notes of the creator in other languages",
    "group_only_greetings": "greetings for groups",
}
"""What is kept in the card and never used; all else that is unknown is, too, but is not told of."""

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Imported:
    """A persona, and what became of the card it was made of, in words."""

    persona: Persona
    taken: tuple[str, ...]
    left_out: tuple[str, ...]


def persona_of(card: Card) -> Imported:
    """The persona that `card` describes. Raises CardError if it describes nobody."""
    notes = _Notes(card.data)
    persona = _with_extension(_from_words(notes), card.data, notes)
    notes.left_out += [what for field, what in IGNORED.items() if card.data.get(field)]
    notes.left_out += card.left_out
    if card.image:
        notes.taken.append("the picture")
    return Imported(persona, tuple(notes.taken), tuple(notes.left_out))


def persona_of_words(data: JsonObject) -> Persona:
    """What the words of a card alone say, whatever our extension adds. Raises CardError."""
    return _from_words(_Notes(data))


def fingerprint(data: JsonObject) -> str:
    """Changes whenever anybody changes the words of a card."""
    return hashlib.sha256(encoded({field: data.get(field) for field in WORDS})).hexdigest()


def _from_words(notes: _Notes) -> Persona:
    own_name = one_line(notes.data.get("name"), LONGEST_NAME)
    name = one_line(notes.data.get("nickname"), LONGEST_NAME) or own_name
    if not name:
        raise CardError("The card has no name in it.", "Choose another card.")
    greeting, greetings = _greetings(notes)
    examples = notes.take("mes_example", "the examples", lambda text: exchanges(text, MOST_EXAMPLES, 500))
    lore, lore_left_out = notes.take("character_book", "", lore_of)
    if lore.entries:
        notes.taken.append(f"{len(lore.entries)} entries of lore")
    notes.left_out += lore_left_out
    return Persona(
        version=2,
        name=name,
        nicknames=(own_name,) if own_name and own_name != name else (),
        character=_character(notes),
        manner=notes.text("system_prompt", "instructions on how to speak", 6000).replace("{{original}}", "").strip(),
        reminder=" ".join(notes.text("post_history_instructions", "the reminder for each turn", 300).split()),
        dials=CARD_DIALS,
        greeting=greeting,
        greetings=greetings,
        examples=tuple(ExampleExchange(user=user, reply=reply) for user, reply in examples),
        lore=lore,
    )


class _Notes:
    """Takes fields of a card, and notes which had something in them."""

    def __init__(self, data: JsonObject) -> None:
        self.data = data
        self.taken = ["the name"]
        self.left_out: list[str] = []

    def text(self, field: str, what: str, most: int) -> str:
        text = self.take(field, what, lambda value: clean(value, most))
        value = self.data.get(field)
        if isinstance(value, str) and len(value.strip()) > most:
            self.left_out.append(f"the end of {what}, which is too long")
        return text

    def take(self, field: str, what: str, read: Callable[[Json], _Read]) -> _Read:
        result = read(self.data.get(field))
        if result and what:
            self.taken.append(what)
        elif self.data.get(field) and what:
            self.left_out.append(f"{what}, of which nothing can be used")
        return result


def _character(notes: _Notes) -> str:
    """Description, personality and scenario as one text that says who she is."""
    description = notes.text("description", "the description", 14_000)
    personality = notes.text("personality", "the personality", 3000)
    scenario = notes.text("scenario", "the scenario", 2500)
    parts = [
        "" if description.startswith("You are ") else "You are {{char}}.",
        description,
        personality and f"What you are like: {personality}",
        scenario and f"Where you are: {scenario}",
    ]
    return "\n\n".join(filter(None, parts))


def _greetings(notes: _Notes) -> tuple[str, Greetings]:
    """What of the greetings is speech: the first, and all of them to choose from if there are several."""
    first = notes.take("first_mes", "the greeting", lambda text: speech(text, 300))
    others = notes.take("alternate_greetings", "other greetings", _speeches)
    lines = tuple(dict.fromkeys([first, *others] if first else others))
    return first, Greetings(any=lines[:MOST_GREETINGS]) if others else Greetings()


def _speeches(values: Json) -> list[str]:
    texts = values[: 4 * MOST_GREETINGS] if isinstance(values, list) else []
    return [said for said in (speech(text, 300) for text in texts) if said]


def _with_extension(persona: Persona, data: JsonObject, notes: _Notes) -> Persona:
    """`persona` with what our own extension of the card says, if there is one.

    What it says in place of the card's words holds only as long as nobody has changed those.
    """
    extensions = data.get("extensions")
    extension = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    if not isinstance(extension, dict) or not isinstance(fields := extension.get("persona"), dict):
        return persona
    if extension.get("words") != fingerprint(data):
        fields = {name: value for name, value in fields.items() if name not in FROM_WORDS}
    try:
        changed = Persona.model_validate({**persona.model_dump(), **fields, "version": 2})
    except (ValidationError, RecursionError):
        notes.left_out.append("what an extension says of the persona, which cannot be read")
        return persona
    notes.taken.append("dials and the like")
    return changed
