"""What a state is called, in the language of the person, and which language that is."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from companion.core.events import State
from companion.core.settings import WayToTalk


def state_words(state: State, way_to_talk: WayToTalk = "open", has_key: bool = True) -> str:
    """What she does now, in a word or two; what she waits for depends on the way to talk, and needs a key to be set."""
    translate = QCoreApplication.translate
    if state == "waiting" and way_to_talk in ("push-to-talk", "tap-to-talk") and not has_key:
        return translate("State", "no key to talk is set")
    if state == "waiting" and way_to_talk == "push-to-talk":
        return translate("State", "hold the key to talk")
    if state == "waiting" and way_to_talk == "tap-to-talk":
        return translate("State", "press the key to talk")
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


def window_language() -> str:
    """The code of the language that windows and menus are in, such as "en"."""
    return QCoreApplication.translate("Language", "en", "the code of the language that you translate to")


def voice_language(voice: str) -> str:
    """The code of the language that `voice`, as it is set, speaks: "piper-en_GB-alba-medium" speaks "en"."""
    named = re.match(r"(?:.*/)?(?:piper-)?([a-z]{2,3})_[A-Z]{2}-", voice)
    return named[1] if named else "en"
