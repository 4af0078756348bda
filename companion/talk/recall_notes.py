"""How what she remembers is told to the language model, and that there is nothing: in words that small models follow.

Tried with Qwen2.5-1.5B. A note alone is used well where it holds the answer; where it does not, such a model invents
one, unless it has seen how others did not: hence the examples, and the note that says that nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from companion.core.engines import Message

MEMORY_NOTE = "(What you remember: {text})"
NOTHING_NOTE = "(What you remember: nothing about this.)"

_REMEMBERED = "On 2 May I said: “{}”"
_EXAMPLES = (
    ("I play the tuba in a brass band.", "What do I play, again?", "You play the tuba. In a brass band, no less."),
    ("", "What did I tell you about my aunt?", "Nothing yet. You've never mentioned an aunt."),
    ("My cousin Leo is in Oslo.", "Where did we go last winter?", "Nowhere, you and I. Oslo is where your cousin is."),
    ("My canary is Fred.", "Remember my dog's name?", "I know Fred the canary. You've never told me about a dog."),
)

_ASKS = re.compile(
    r"\b(?:remember|recall|remind me|did i (?:ever )?(?:tell|say|mention)|have i (?:ever )?(?:told|said|mentioned)"
    r"|(?:what|who|when|where|which|how old)(?:'s| is| was| are| were)(?: the \w+ of)? my"
    r"|(?:what|which|where|when|who|how)\b.{0,30}\b(?:do|did|have|am|was) (?:i|we)\b"
    r"|(?:do|did) you (?:still )?know (?:my|where i|what i|who i|when i))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM_CHARS = 5
_COMMON = re.compile(
    r"(?:about|again|all|and|are|can|called|could|did|does|for|from|had|has|have|her|him|his|how|know|last|like|many|name"
    r"|named|our|remember|say|said|tell|that|the|their|them|they|thing|think|this|told|was|were|what|when|where|which|who"
    r"|why|will|with|you|your)"
)


def example_messages() -> list[Message]:
    """Exchanges that show how to use what is remembered, and that what is not is not made up."""
    messages = []
    for told, asked, reply in _EXAMPLES:
        note = MEMORY_NOTE.format(text=_REMEMBERED.format(told)) if told else NOTHING_NOTE
        messages += [Message("user", f"{note}\n\n{asked}"), Message("assistant", reply)]
    return messages


def asks_for_what_was_never_said(asked: str, said: Iterable[str]) -> bool:
    """Whether `asked` asks for something of the user's that has no word in common with what was `said`."""
    if not _ASKS.search(asked):
        return False
    known = {stem for text in said for stem in _stems(text)}
    return not known.intersection(_stems(asked))


def _stems(text: str) -> set[str]:
    return {word[:_STEM_CHARS] for word in _WORD.findall(text.lower()) if not _COMMON.fullmatch(word)}
