"""A persona that came of an interview is kept among the user's own, and chosen in their settings."""

from __future__ import annotations

from pathlib import Path

from companion.cards.shelf import keep_persona
from companion.core.persona import Persona
from companion.core.settings import Settings
from companion.core.settings_file import SettingsFile

__all__ = ["choose", "keep"]


def keep(persona: Persona) -> str:
    """Write the file of `persona`, over no other; returns what the settings call it. Raises SettingsError."""
    return keep_persona(persona).stem


def choose(key: str, settings_file: Path) -> Settings:
    """Make the persona `key` that of the settings, by her own name; the one before stays where it is.

    Raises SettingsError if the settings cannot be written.
    """
    file = SettingsFile(settings_file)
    file.set("persona", key)
    file.reset("her_name")
    return file.settings
