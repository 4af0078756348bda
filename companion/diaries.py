"""Which file remembers the conversations with a persona: her own, or one that all share."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from companion.core.errors import SettingsError
from companion.core.paths import diary_file, shared_diary_file
from companion.core.persona import known_personas, load_persona
from companion.core.settings import Settings
from companion.memory.moving import begin_own

if TYPE_CHECKING:
    from companion.memory.facts import SqliteFacts
    from companion.memory.store import SqliteDiary


def prepared_file(settings: Settings, persona: str | None = None) -> Path:
    """The file for the persona of the settings, or for another by the settings' name for her.

    Her own begins with what was said with her while all shared one. Blocking. Raises CompanionError.
    """
    persona = persona or settings.persona
    file, shared = diary_file(persona, settings.memory.shared), shared_diary_file()
    if file != shared:
        begin_own(file, shared, _names_of_others(persona, settings.her_name))
    return file


def open_diary(settings: Settings) -> SqliteDiary:
    """The diary of the conversations with the persona of the settings, without what is to be forgotten by now.

    Blocking. Raises CompanionError.
    """
    from companion.memory import store

    diary = store.open_diary(prepared_file(settings))
    if days := settings.memory.keep_days:
        diary.forget_old(datetime.now().astimezone() - timedelta(days=days))
    return diary


def open_facts(settings: Settings) -> SqliteFacts:
    """What is known from the conversations with the persona of the settings. Blocking. Raises CompanionError."""
    from companion.memory import facts

    return facts.open_facts(prepared_file(settings))


def _names_of_others(persona: str, called: str) -> set[str]:
    """Names under which other personas are known, and this one is not."""
    others = {known.name for known in known_personas() if known.key != persona} - {called}
    try:
        return others - {load_persona(persona).name}
    except SettingsError:
        return others
