"""What is said so plainly that no language model is needed to know it: "my name is ...", "I live in ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from companion.core.second_person import to_you

CONFIDENCE = 0.9
_ENDS = r"(?=[.!?;,]|$| (?:and|but|so|because|though|although|while|where|which|who|since|now that) )"
_RELATION = (
    r"(?:best friend|(?:older |younger |big |little |twin )?(?:sister|brother)|mother|mum|mom|father|dad|wife|husband"
    r"|partner|girlfriend|boyfriend|son|daughter|friend|boss|dog|cat|horse|grandmother|grandfather|aunt|uncle|cousin)"
)
_NAME = r"(?-i:[A-ZÀ-ÖØ-Þ])[\w'’-]*"
_PLAIN = (
    rf"my name(?:['’]s| is) {_NAME}(?: {_NAME})?",
    rf"my {_RELATION}(?:['’]s name)?(?:['’]s| is)(?: called| named)? {_NAME}(?= |[.!?;,]|$)",
    rf"my {_RELATION} {_NAME} (?:is|has|lives|works|moved|studies|got|had|loves|hates|wants)\b.*?{_ENDS}",
    rf"i(?:['’]ve| have)(?: got)? (?:a|an|one|two|three|four) [\w ]*?{_RELATION}s?\b(?: (?:called|named) {_NAME})?",
    rf"i (?:now |currently )?(?:live|work|study) (?:in|at|for|as|near) .+?{_ENDS}",
    rf"i(?:['’]ve| have)? (?:just |recently |finally )?moved (?:back )?(?:to|from) .+?{_ENDS}",
    rf"i(?:['’]m| am) (?:originally )?(?:from|allergic to|afraid of|married to|engaged to) .+?{_ENDS}",
    r"i(?:['’]m| am) (?:\d+|\w+(?:-\w+)?) years old",
    rf"i(?:['’]m| am) (?:an? )?(?:vegetarian|vegan|left-handed|married|divorced|engaged|pregnant|retired){_ENDS}",
    rf"i was born (?:in|on) .+?{_ENDS}",
    rf"my (?:birthday|job|favou?rite \w+|favou?rite \w+ \w+) is .+?{_ENDS}",
    rf"i (?:really |absolutely )?(?:can['’]t stand|hate|play the|play) (?!it\b|that\b|this\b|when\b|how\b).+?{_ENDS}",
)
_STATEMENT = re.compile(
    rf"(?:^|(?<=[.!?;,] )|(?<=\band )|(?<=\bbut )|(?<=\bso ))(?P<said>{'|'.join(_PLAIN)})", re.IGNORECASE
)
_ASKED = re.compile(
    r"^\W*(?:[\w' ]+, )?(?:please )?(?:remember|don['’]t forget|keep in mind) (?:that )?(?P<said>.+)", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")
_UNSURE = re.compile(r"\b(?:if|wish|when|maybe|would|used to)\b", re.IGNORECASE)
_HER_PROMISE = re.compile(
    r"\bI(?:['’]ll| will|(?: promise(?: you)?)(?: that I['’]ll| I['’]ll| to)?) (?:\w+ )?"
    r"(?:remind|ask|tell|think|look|find|sing|write|read|keep|remember|check|bring|try)\b",
    re.IGNORECASE,
)
_HER_THOUGHT = re.compile(
    r"^I(?:['’]ve always| (?:really |always |secretly |rather )?)"
    r"(?:love|like|hate|prefer|believe|dream of|admire|adore|loved|wanted to|named myself|call myself) "
    r"(?!that\b|this\b|it\b|how\b|what\b|the way\b)(?!.*\byou(?:r|['’]\w+)?\b)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_LONGEST_QUOTE = 25


def plain_statements(text: str) -> Iterator[str]:
    """What the user plainly says of themselves and theirs in `text`, as statements to them."""
    for sentence in _SENTENCE.findall(text):
        if sentence.endswith("?") or _asked(sentence):
            continue
        for match in _STATEMENT.finditer(sentence.strip()):
            if not _UNSURE.search(sentence[: sentence.find(match["said"])]):
                yield to_you(match["said"])


def asked_to_remember(text: str) -> Iterator[str]:
    """The statements that the user asks to be remembered in `text`."""
    for sentence in _SENTENCE.findall(text):
        if (match := _asked(sentence)) and len(match["said"].split()) >= _FEWEST_WORDS:
            yield to_you(match["said"])


def her_promises(text: str) -> Iterator[str]:
    """Sentences in which she says that she will do something."""
    return (sentence for sentence in _sentences(text) if _HER_PROMISE.search(sentence))


def her_thoughts(text: str) -> Iterator[str]:
    """Sentences in which she speaks of herself."""
    return (sentence for sentence in _sentences(text) if _HER_THOUGHT.search(sentence))


def _asked(sentence: str) -> re.Match[str] | None:
    return None if sentence.endswith("?") else _ASKED.match(sentence.strip())


def _sentences(text: str) -> Iterator[str]:
    for sentence in map(str.strip, _SENTENCE.findall(text)):
        if not sentence.endswith("?") and len(sentence.split()) <= _LONGEST_QUOTE:
            yield sentence
