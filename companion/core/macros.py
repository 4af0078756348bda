"""Placeholders in the text of a persona: {{char}}, {{user}} and those that character cards use beside them.

All are resolved from the text alone: the same text with the same names is the same to the byte every time, so that the
model's cache holds. Nothing is looked up, counted or run; a placeholder that nobody knows is left out.
"""

from __future__ import annotations

import random
import re
import zlib

_MACRO = re.compile(r"\{\{([^{}]{0,2000})\}\}")
_ANGLED = re.compile(r"<(user|char|bot)>", re.IGNORECASE)
_ADDRESSED = re.compile(r",?\s*(?:\{\{\s*user\s*\}\}|<user>)", re.IGNORECASE)
_DICE = re.compile(r"(\d{0,2})d(\d{1,4})")
_ROUNDS = 4
"""How deep placeholders may stand in each other."""

NOBODY = "the person you talk with"
"""What {{user}} becomes where their name is not known."""


def filled(text: str, char: str, user: str) -> str:
    """`text` with its placeholders filled in."""
    if "{{" not in text and "<" not in text:
        return text
    chance = random.Random(zlib.crc32(f"{char}\n{text}".encode("utf-8", "replace")))
    names = {"char": char, "bot": char, "user": user or NOBODY}
    text = _ANGLED.sub(lambda found: names[found[1].lower()], text)
    for _ in range(_ROUNDS):
        text, changed = _MACRO.subn(lambda found: _value(found[1].strip(), names, chance), text)
        if not changed:
            break
    return text


def filled_in_speech(text: str, char: str, user: str) -> str:
    """As `filled`, in words that are said to the user: without a name, they are addressed by none."""
    return filled(text if user else _ADDRESSED.sub("", text), char, user).strip()


def _value(macro: str, names: dict[str, str], chance: random.Random) -> str:
    name, colon, rest = macro.partition(":")
    name = name.strip().lower()
    if name in names and not colon:
        return names[name]
    if name == "newline":
        return "\n"
    if name in ("random", "pick"):
        choices = rest[1:].split("::") if rest.startswith(":") else re.split(r"(?<!\\),", rest)
        return chance.choice(choices).replace("\\,", ",").strip()
    if name == "roll" or macro.startswith("roll "):
        return _rolled((rest or macro[5:]).strip(": "), chance)
    if name == "reverse":
        return rest.strip(":")[::-1]
    return ""


def _rolled(dice: str, chance: random.Random) -> str:
    found = _DICE.fullmatch(f"1d{dice}" if dice.isdigit() else dice.lower())
    if not found or not int(found[2]):
        return ""
    return str(sum(chance.randint(1, int(found[2])) for _ in range(int(found[1] or 1))))
