"""What a persona brings along that the settings leave open: her voice, and how long she speaks."""

from __future__ import annotations

from collections.abc import Callable

from companion.core.engines import ReplyLimits
from companion.core.errors import ModelError
from companion.core.persona import Persona
from companion.core.persona_words import enough_words, longest_reply_tokens
from companion.core.settings import Mind, Settings, Voice


def with_her_voice(settings: Settings, persona: Persona, is_there: Callable[[str], bool]) -> Settings:
    """`settings` with the persona's voice and manner of speaking, wherever they are at their defaults.

    `is_there` tells of a voice if it can be had; hers is not taken if it cannot.
    """
    hers: dict[str, object] = {
        "voice": persona.voice.voice or None,
        "speed": persona.voice.speed,
        "expressiveness": persona.voice.expressiveness,
    }
    default = Voice()
    taken = {
        name: value
        for name, value in hers.items()
        if value is not None
        and getattr(settings.voice, name) == getattr(default, name)
        and (name != "voice" or is_there(str(value)))
    }
    return settings.model_copy(update={"voice": settings.voice.model_copy(update=taken)}) if taken else settings


def can_be_had(find: Callable[[str], object]) -> Callable[[str], bool]:
    """Whether `find` finds a voice, or raises ModelError."""

    def is_there(name: str) -> bool:
        try:
            find(name)
        except ModelError:
            return False
        return True

    return is_there


def limits_of(settings: Settings, persona: Persona) -> ReplyLimits:
    """Bounds on her replies: by her length dial, and by the settings where they are not at their default."""
    mind = settings.mind
    tokens = longest_reply_tokens(persona) or mind.max_reply_tokens
    if mind.max_reply_tokens != Mind().max_reply_tokens:
        tokens = min(tokens, mind.max_reply_tokens)
    return ReplyLimits(tokens, mind.first_token_timeout_s, enough_words=enough_words(persona))
