"""Models that are fetched at a press, with progress; the fetch can be paused and cancelled."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.ui.commands import Commands
from companion.ui.fetching import Fetching


class Fetch(Fetching):
    """What it is about, a button, and how far it has come. It goes on while another step is shown."""

    def __init__(self, commands: Commands, words: str, *models: str) -> None:
        """`models` are names, or the option --starter."""
        super().__init__(commands, models, QCoreApplication.translate("Fetch", "Fetch"), words)
