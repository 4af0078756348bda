"""A persona that came of an interview is kept among the user's own, and chosen in their settings."""

from __future__ import annotations

from pathlib import Path

from companion.core.persona import Persona
from companion.core.persona_file import save_persona
from companion.core.persona_places import free_key, own_file
from companion.core.settings_file import SettingsFile


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
