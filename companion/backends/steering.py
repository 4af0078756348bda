"""How the next word is chosen in a conversation, beyond the temperature: measured with Qwen2.5-1.5B.

A penalty on words that were said of late, which stops small models from running in circles, also takes the names and
numbers out of an answer that are in the question and in what is remembered: "the fifth floor" becomes the third. So
whole phrases are kept from coming again (DRY), and words are free. Words of a help desk are made less likely: without
them such a model says what is at hand, and comforts less in general. "Sorry" is one of them: it begins a refusal ("I'm
sorry, but I can't do that", said to snow), and each refusal brings the next. Brackets and stars have no sound, and
nothing is said before one is closed: once it had read notes in them, SmolLM2-135M answers so in every turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from companion.core.engines import Message

TOP_P = 0.9
FREE_WORDS = 1.0
"""The penalty on single words that does nothing."""

_RARER = {
    -8.0: (" assist", "(", " (", "[", "*", "**"),
    -5.0: ("Certainly", "Absolutely", " provide", " important", " helpful", "Sure"),
    -4.0: (" interesting", " delicious", " share"),
    -3.0: (" sometimes", " Sometimes"),
    -2.0: (" sorry", "Sorry", " always", " help", " enjoy", " fun", " feelings", " someone", " anything"),
}
"""How much less likely each word is made, as the logarithm; those with no space before them begin a reply."""

STEERING: dict[str, Any] = {
    "top_p": TOP_P,
    "repeat_penalty": FREE_WORDS,
    "dry_multiplier": 0.8,
    "dry_base": 1.75,
    "dry_allowed_length": 4,
    "dry_penalty_last_n": 512,
    # Each breaker is looked for in the whole vocabulary when a reply begins. Of llama.cpp's four speech has one;
    # the others cost 10 ms with SmolLM2-135M and 34 with Qwen2.5-1.5B.
    "dry_sequence_breakers": ["\n"],
    "logit_bias": [[word, bias] for bias, words in _RARER.items() for word in words],
}
"""For a request to llama.cpp's server."""

LATELY = 3
WORN = -1.5
"""How much less likely a reply begins with the word that one of the last `LATELY` began with, as the logarithm, for
each of them. Said all the same, it is dropped, and she waits for what comes next."""
_FIRST_WORD = re.compile(r"\w+")


def steered(steering: Mapping[str, Any], messages: Sequence[Message]) -> dict[str, Any]:
    """`steering` for a reply to `messages`. In most vocabularies a word without a space before it begins a text."""
    lately = [message.text for message in messages if message.role == "assistant"][-LATELY:]
    first_words = Counter(word.group() for word in map(_FIRST_WORD.match, lately) if word)
    worn = [[word, WORN * count] for word, count in first_words.items()]
    return {**steering, "logit_bias": [*steering["logit_bias"], *worn]}


STEERING_OF_SMALL: dict[str, Any] = {**STEERING, "dry_multiplier": 2.5, "dry_allowed_length": 2}
"""For models that otherwise say the same sentence in every turn: it is held back as said before, and she waits in vain
for another (SmolLM2-135M: first clause 0.2 to 0.4 s after the first token, instead of 0.06)."""
