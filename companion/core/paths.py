"""Where things live: what ships with the program, and the user's own folders."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import platformdirs

from companion.core.errors import SettingsError

_APP = "companion"


def shipped(kind: str) -> Path:
    """Folder of files that come with the program: "assets" or "models".

    In a checkout they lie beside the package; in an installed wheel, inside it.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / "_shipped" / kind
    return inside if inside.is_dir() else package.parent / kind


def settings_file() -> Path:
    """The user's settings (TOML)."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False)) / "settings.toml"


def tool_servers_file() -> Path:
    """The servers of tools that the user has set up (JSON)."""
    return settings_file().with_name("mcp.json")


def tool_permissions_file() -> Path:
    """What the user allows these tools (JSON)."""
    return settings_file().with_name("tool_permissions.json")


def data_folder() -> Path:
    """What the program keeps for the user: models, conversations."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def cache_folder() -> Path:
    """What can be made anew at any time: nothing in it was ever said."""
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def diary_file(persona: str, shared: bool = False) -> Path:
    """The conversations with a persona, as the settings call her, encrypted; `shared`: those with all of them.

    COMPANION_DIARY in the environment names one file for all. Each persona has a folder of her own, so that what
    lies beside the file of one is not taken for that of another.
    """
    if shared or os.environ.get("COMPANION_DIARY"):
        return shared_diary_file()
    return diaries_folder() / _folder_name(persona) / "conversations.db"


def diaries_folder() -> Path:
    """In it are the conversations of personas that have a memory of their own, a folder for each."""
    return data_folder() / "conversations"


def shared_diary_file() -> Path:
    """The conversations with all personas that share a memory; once there was no other file."""
    return Path(os.environ.get("COMPANION_DIARY") or data_folder() / "conversations.db")


def _folder_name(persona: str) -> str:
    """A plain name stays as it is; of anything else, such as a path, a name that no other has."""
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", persona):
        return persona
    if persona.endswith(".toml"):
        persona = str(Path(persona).expanduser().absolute())
    plain = re.sub(r"[^a-z0-9]+", "-", Path(persona).stem.lower()).strip("-")[:40]
    return f"{plain}.{hashlib.blake2b(persona.encode('utf-8', 'replace'), digest_size=6).hexdigest()}".lstrip(".")


def models_folder() -> Path:
    """Where installed models are kept; COMPANION_MODELS in the environment names another folder.

    Raises SettingsError if that is no folder.
    """
    override = os.environ.get("COMPANION_MODELS")
    if not override:
        return data_folder() / "models"
    folder = Path(override)
    if folder.exists() and not folder.is_dir():
        raise SettingsError(
            f"COMPANION_MODELS names {folder}, which is a file and no folder.",
            "Name the folder of the models, or type `unset COMPANION_MODELS` for the usual one.",
        )
    return folder


def personas_folder() -> Path:
    """The user's own personas."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False)) / "personas"


def state_file() -> Path:
    """Where the window stood, and the like: nothing that is missed when it is gone."""
    return Path(platformdirs.user_state_dir(_APP, appauthor=False)) / "window.json"


def logs_folder() -> Path:
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))
