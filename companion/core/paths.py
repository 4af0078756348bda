"""Where things live: what ships with the program, and the user's own folders."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

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


def models_folder() -> Path:
    """Where installed models are kept; COMPANION_MODELS in the environment names another folder."""
    override = os.environ.get("COMPANION_MODELS")
    if override:
        return Path(override)
    return Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "models"


def personas_folder() -> Path:
    """The user's own personas."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False)) / "personas"


def logs_folder() -> Path:
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))
