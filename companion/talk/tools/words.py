"""What she says around a tool. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from companion.core.engines import AsWritten
from companion.core.tools import Permission, Tool
from companion.talk.memory_words import No, Yes, answer_to, request_in

LOOKING = AsWritten("Let me look. ")
STILL_LOOKING = (AsWritten("One moment. "), AsWritten("Still looking. "), AsWritten("It takes its time. "))
REFUSED = "All right, then without."
NEVER_AGAIN = "All right, I won't ask for that again."
LONGEST_ARGUMENT = 60
MOST_ARGUMENTS = 4

_ALWAYS = re.compile(
    r"(?:yes|yeah|sure|okay|ok)?[\s,.]*(?:you may )?(?:always|every time|any ?time|from now on)(?: you may)?", re.I
)
_NEVER = re.compile(r"(?:no)?[\s,.]*(?:never(?: again)?|don't ask(?: me)?(?: that)? again|not ever)", re.I)
_ALLOWED = re.compile(
    r"(?:yes[\s,.]*)?(?:you may|you can|go ahead|this time|just this once|once|only this time|allow it)", re.I
)


def may_i(tool: Tool, calls: Sequence[Mapping[str, Any]]) -> str:
    """The question before a tool is run: which it is, what it is given, and where that goes. None of it is the
    server's own description."""
    what = _named(tool)
    given = "; and ".join(filter(None, (_given(arguments) for arguments in calls)))
    sentences = [f"May I use {what}?"]
    if given:
        sentences.append(f"It would be told: {given}.")
    if tool.elsewhere:
        sentences.append(f"That goes to {tool.elsewhere}.")
    return " ".join(sentences)


def failed(tool: Tool, why: str) -> str:
    """One sentence, after which the conversation goes on."""
    return f"That didn't work: {why.rstrip('.')}." if why else f"{_named(tool).capitalize()} gave nothing."


def permission_in(text: str, names: Sequence[str]) -> tuple[bool, Permission | None] | None:
    """What `text` answers to `may_i`: whether it may be run, and what holds from now on; None: it answers nothing."""
    bare, _ = request_in(text, names)
    bare = bare.replace("’", "'")
    if _ALWAYS.fullmatch(bare):
        return True, "always"
    if _NEVER.fullmatch(bare):
        return False, "never"
    if _ALLOWED.fullmatch(bare):
        return True, None
    match answer_to(text, names):
        case Yes():
            return True, None
        case No():
            return False, None
    return None


def _named(tool: Tool) -> str:
    name = re.sub(r"[^\w-]+", " ", tool.name)[:64].replace("_", " ").strip()
    server = re.sub(r"[^\w -]+", " ", tool.server)[:40].strip()
    return f"{server}'s {name}" if server else name


def _given(arguments: Mapping[str, Any]) -> str:
    told = [
        f"{str(key)[:30].replace('_', ' ')}, {_short(value)}" for key, value in [*arguments.items()][:MOST_ARGUMENTS]
    ]
    return "; ".join(told) + ("; and more" if len(arguments) > MOST_ARGUMENTS else "")


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_ARGUMENT else f"{text[:LONGEST_ARGUMENT]}…"
