"""A persona that came of an interview is kept among the user's own, chosen in the settings, and she is it at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from companion.core.engines import LanguageModel
from companion.core.errors import SettingsError
from companion.core.events import Event, Faulted, PersonaChosen
from companion.core.intents import Configure, Intent
from companion.core.persona import Persona, known_personas
from companion.core.persona_file import save_persona
from companion.core.persona_places import free_key, own_file
from companion.core.settings_file import SettingsFile
from companion.talk.interview.interviewer import Interviewer
from companion.talk.prompt import Prompt


def interviewer(mind: LanguageModel, user_name: str, prompt: Prompt, begun: bool) -> Interviewer:
    """`mind`, which holds interviews too; `begun`: the conversation begins with one."""
    taken = [known.name for known in known_personas()]
    return Interviewer(mind, user_name, taken, lambda: len(prompt.prefix), begun)


def adopt(persona: Persona, now_s: float, emit: Callable[[Event], None], ask: Callable[[Intent], None]) -> None:
    """Keep her whom they chose, tell of it, and have her be it."""
    try:
        key = keep(persona)
    except SettingsError as error:
        emit(Faulted(now_s, error.message, error.hint))
        return
    emit(PersonaChosen(now_s, key, persona.name))
    ask(Configure({"persona": key, "her_name": ""}))


def keep(persona: Persona) -> str:
    """Write the file of `persona`, over no other; returns what the settings call it. Raises SettingsError."""
    key = free_key(persona.name)
    save_persona(persona, own_file(key))
    return key


def choose(key: str, settings_file: Path) -> None:
    """Make the persona `key` that of the settings, by her own name; the one before stays where it is.

    Raises SettingsError if they cannot be written.
    """
    file = SettingsFile(settings_file)
    file.set("persona", key)
    file.reset("her_name")
