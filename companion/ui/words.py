"""What a state is called, in the language of the person."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.core.events import State


def state_words(state: State) -> str:
    """What she does now, in a word or two."""
    tr = QCoreApplication.translate
    return {
        "starting": tr("State", "getting ready"),
        "listening": tr("State", "listening"),
        "waiting": tr("State", "waiting to be called"),
        "hearing": tr("State", "hearing you"),
        "thinking": tr("State", "thinking"),
        "speaking": tr("State", "speaking"),
        "asleep": tr("State", "asleep"),
        "quiet": tr("State", "do not disturb"),
        "muted": tr("State", "muted"),
        "deaf": tr("State", "no microphone"),
        "ended": tr("State", "gone"),
    }[state]
