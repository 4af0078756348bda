"""What a state is called, in the language of the person."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.core.events import State


def state_words(state: State) -> str:
    """What she does now, in a word or two."""
    translate = QCoreApplication.translate
    return {
        "starting": translate("State", "getting ready"),
        "listening": translate("State", "listening"),
        "waiting": translate("State", "waiting to be called"),
        "hearing": translate("State", "hearing you"),
        "thinking": translate("State", "thinking"),
        "speaking": translate("State", "speaking"),
        "asleep": translate("State", "asleep"),
        "quiet": translate("State", "do not disturb"),
        "muted": translate("State", "muted"),
        "deaf": translate("State", "no microphone"),
        "ended": translate("State", "gone"),
    }[state]
