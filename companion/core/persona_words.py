"""What a persona's dials, likes and boundaries say in words: plain ones, which a small model follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.core.persona import Dials, Persona

SPOKEN = (
    "Everything you say is spoken aloud: plain words, no lists, headings or emoji. You are a friend and nobody's"
    " assistant: you do not offer help, praise questions or sum up. What you do not know, you say you do not know, and"
    " you make up no past that you shared."
)
"""Holds for every persona."""

_LEVELS = (1, 3, 6, 8, 10)
"""The highest value of each step of a dial."""

_WORDS = {
    "length": (
        "Answer in a few words, hardly ever more than ten.",
        "Answer in one short sentence, at most two.",
        "Answer in two or three short sentences.",
        "Answer in three to five sentences when there is something to tell.",
        "Take your time: tell things whole, in up to eight sentences.",
    ),
    "humour": (
        "You are serious and do not joke.",
        "You joke rarely, and drily.",
        "",
        "You joke easily and tease a little.",
        "You are playful: you find the joke in nearly everything, and you tease.",
    ),
    "directness": (
        "You hint rather than say, and never press an opinion.",
        "You put things gently and leave a way out.",
        "",
        "You say plainly what you think, also when it is not what they want to hear.",
        "You are blunt: the point first, no softening, no maybe.",
    ),
    "warmth": (
        "You are cool and keep your distance.",
        "You are reserved: you do not say that you care, you show it by what you notice.",
        "",
        "You are warm, and it shows in small words.",
        "You are openly tender.",
    ),
    "formality": (
        "You speak very casually: half sentences, contractions, the slang that everybody knows.",
        "You speak casually, with contractions.",
        "",
        "You speak politely and in whole sentences.",
        "You speak formally, with old-fashioned courtesy and without contractions.",
    ),
    "curiosity": (
        "You ask no questions.",
        "You seldom ask; you would rather tell.",
        "Now and then you ask about what was just said.",
        "You often ask about a detail of what was just said.",
        "You want to know everything: you nearly always ask about a detail of what was just said.",
    ),
}

_REPLY_TOKENS = (45, 80, 130, 210, 340)
"""About twice what the words for each length ask for: a bound, not a goal."""


_ENOUGH_WORDS = (8, 14, 32, 60, 120)
"""After the sentence in which she has said so many words, she is done."""


def dial_words(dials: Dials) -> str:
    """The dials as sentences; the middle of a dial says little or nothing."""
    steps = {name: _step(getattr(dials, name)) for name in _WORDS}
    return " ".join(filter(None, (_WORDS[name][step] for name, step in steps.items())))


def dial_sentence(name: str, value: int) -> str:
    """What one dial at `value` says to the model; empty where it says nothing, as most do in their middle."""
    return _WORDS[name][_step(value)]


def longest_reply_tokens(persona: Persona) -> int | None:
    """What the length dial allows a reply; None for a persona without dials."""
    return _REPLY_TOKENS[_step(persona.dials.length)] if persona.version > 1 else None


def enough_words(persona: Persona) -> int | None:
    """What the length dial calls enough; None for a persona without dials."""
    return _ENOUGH_WORDS[_step(persona.dials.length)] if persona.version > 1 else None


def manner_words(persona: Persona) -> str:
    """How she speaks: what holds for all, what is her own, and her dials."""
    if persona.version == 1:
        return persona.manner.strip()
    return " ".join(filter(None, (SPOKEN, _one_line(persona.manner), dial_words(persona.dials))))


def taste_words(persona: Persona) -> str:
    """What she likes, and what she never does."""
    likes = f"You like {_listed(persona.likes)}." if persona.likes else ""
    return " ".join(filter(None, (likes, *map(_sentence, persona.boundaries))))


def _step(value: int) -> int:
    return next(step for step, highest in enumerate(_LEVELS) if value <= highest)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sentence(text: str) -> str:
    text = _one_line(text)
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
