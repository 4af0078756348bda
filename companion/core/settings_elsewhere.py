"""The settings of engines that run on other computers."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from companion.core.setting import Section, setting
from companion.core.wyoming_address import checked_engine

Engine = Annotated[str, AfterValidator(checked_engine)]
"""The name of a model, a file or folder, or the address of a server."""


class Elsewhere(Section):
    """Engines on other computers, and what this one does when they are away."""

    patience_s: float = setting(
        3.0,
        "Patience with a server",
        "Seconds a server may take to answer before this computer stands in.",
        unit="s",
        advanced=True,
        ge=0.5,
        le=60.0,
    )
    keep_ready: bool = setting(
        False,
        "Keep a stand-in ready",
        "This computer's own hearing and voice are loaded too (0.4 GB).",
        advanced=True,
    )
