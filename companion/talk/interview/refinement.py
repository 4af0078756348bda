"""What a language model makes of the answers: asked for by a schema, and believed no further than it can be checked."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from companion.core.engines import Message, ReplyLimits
from companion.core.persona import Dials
from companion.talk.interview.course import Answers
from companion.talk.interview.cues import hints
from companion.talk.interview.draft import Draft
from companion.talk.interview.meaning import bare
from companion.talk.interview.names import Name
from companion.talk.interview.perspective import told_of
from companion.talk.interview.questions import TOPICS, Topic
from companion.talk.interview.temper import BASE, hints_in

LIMITS = ReplyLimits(max_tokens=320, first_token_timeout_s=60.0)
LONGEST_WHY, LONGEST_SUMMARY, LONGEST_SENTENCE = 160, 110, 170
LONGEST_SENTENCE_WORDS = 30
FREE, BOUND = 2, 1
"""How far a dial may be from what the words say: where they say nothing of it, and where they do."""

_ASKED = """\
You invent a companion: somebody to talk with, by voice, every day. From a person's answers to a few questions, write
who the companion is for this very person. Plain words, no advice. Do not repeat the answers: say what she is like who
fits them. JSON:
- character: two or three short sentences to her. Each begins with "You": what you notice, what you care about, what you
do when they are tired or glad.
- summary: what she is like, in at most ten words.
- name: one of those offered.
- why: why she chose it, from what is known of the name, in at most fifteen words.
- dials: from 0 to 10, near those offered."""

_EXAMPLE_ASKED = """\
Company: I have a big family and I love it when they all come.
Spoken to: Softly. I get enough shouting at work.
A good evening: The window open, and somebody playing cards with me.
Admires: My uncle, because he could mend anything and never bragged.
Names: Ruth (it is an old word for compassion), Clara (it means clear, and bright as well)
Dials: length 3, humour 5, directness 2, warmth 8, formality 2, curiosity 6"""
_EXAMPLE: dict[str, Any] = {
    "character": [
        "You speak low, and you let a silence stand as long as it wants.",
        "You notice who did the work and never bragged about it.",
    ],
    "summary": "Soft-spoken, patient, glad of a full table.",
    "name": "Ruth",
    "why": "it is an old word for compassion, and you get enough shouting at work",
    "dials": {"length": 3, "humour": 5, "directness": 2, "warmth": 9, "formality": 2, "curiosity": 6},
}
_EXAMPLE_LINES = (*_EXAMPLE["character"], _EXAMPLE["summary"], _EXAMPLE["why"])
_TOPICS: dict[Topic, str] = {
    "company": "Company",
    "manner": "Spoken to",
    "evening": "A good evening",
    "admired": "Admires",
}


def request(answers: Answers, draft: Draft, names: Sequence[Name]) -> list[Message]:
    """The prompt for `LanguageModel.fill`."""
    told = [f"{name}: {answers.to(topic) or 'they would not say'}" for topic, name in _TOPICS.items()]
    told.append("Names: " + ", ".join(f"{name.name} ({name.reason})" for name in names))
    told.append("Dials: " + ", ".join(f"{dial} {value}" for dial, value in draft.dials))
    return [
        Message("system", _ASKED),
        Message("user", _EXAMPLE_ASKED),
        Message("assistant", json.dumps(_EXAMPLE)),
        Message("user", "\n".join(told)),
    ]


def schema(names: Sequence[Name]) -> dict[str, Any]:
    """The form of the answer."""
    dial = {"type": "integer", "minimum": 0, "maximum": 10}
    properties = {
        "character": {
            "type": "array",
            "items": {"type": "string", "minLength": 15, "maxLength": LONGEST_SENTENCE},
            "minItems": 2,
            "maxItems": 3,
        },
        "summary": {"type": "string", "minLength": 8, "maxLength": LONGEST_SUMMARY},
        "name": {"type": "string", "enum": [name.name for name in names]},
        "why": {"type": "string", "minLength": 8, "maxLength": LONGEST_WHY},
        "dials": {
            "type": "object",
            "properties": dict.fromkeys(Dials.model_fields, dial),
            "required": list(Dials.model_fields),
            "additionalProperties": False,
        },
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def refined(draft: Draft, text: str, answers: Answers, names: Sequence[Name]) -> Draft:
    """`draft` with what is good of the model's `text`; each field that is not stays as it was."""
    try:
        made = json.loads(text)
    except ValueError:
        return draft
    if not isinstance(made, dict):
        return draft
    dials = _dials(draft.dials, made.get("dials"), answers)
    name = next((name for name in names if name.name == made.get("name")), None)
    return replace(
        draft,
        name=name.name if name else draft.name,
        why=_why(made.get("why"), name) if name else draft.why,
        summary=_line(made.get("summary"), LONGEST_SUMMARY) or draft.summary,
        character=(*draft.character, *_sentences(made.get("character"), dials, answers)),
        dials=dials,
    )


_MARKUP = re.compile(r"[*_#`\[\]{}<>|\\\n\"“”]|https?:|^\s*(?:-|\d+[.)])\s")
_ODD = re.compile(
    r"\b(?:language model|an ai|assistant|users?|born|grew up|childhood|years old|human|your parents|interview|answers?"
    r"|questions|companion|dials?|json|name)\b",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"\b(?:mean(?:s|ing)?|latin|greek|hebrew|spanish|origin\w*|language|derive\w*|ancient|goddess|saint|old word)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\b(?:not|never|no|cannot)\b|n't\b|n’t\b", re.IGNORECASE)
"""What she does not do is for them to say."""
_RUN = 4
"""So many words in a row that stand in the example were copied from it."""
_TELLING_LETTERS = 4
"""Shorter words say little."""
MOST_SHARED = 1
"""Telling words that a sentence may have from the answers; more, and it says them again."""


def _line(value: object, longest: int) -> str:
    """`value` if it is a plain line of a fitting length, and the model's own; else empty."""
    if not isinstance(value, str) or _MARKUP.search(value) or _ODD.search(value):
        return ""
    line = " ".join(value.split())
    copied = _runs(line) & _runs(f"{' '.join(_EXAMPLE_LINES)} {_EXAMPLE_ASKED}")
    return line if 8 <= len(line) <= longest and not copied else ""


def _runs(text: str) -> set[tuple[str, ...]]:
    words = bare(text).split()
    return {tuple(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)}


def _telling(text: str) -> set[str]:
    return {word for word in bare(text).split() if len(word) >= _TELLING_LETTERS}


def _why(value: object, name: Name) -> str:
    """What goes after "because": the model's words if they keep to what is known of the name."""
    line = re.sub(
        r"^(?:i chose (?:it|this name|the name) )?because ", "", _line(value, LONGEST_WHY), flags=re.IGNORECASE
    )
    line = re.split(r"[.;] ", line)[0].rstrip(". ")
    claimed = {claim.lower() for claim in _ORIGIN.findall(line)}
    if not _telling(line) & _telling(name.reason) or any(claim not in name.reason for claim in claimed):
        return name.reason
    return line if re.match(r"I\b", line) or line.startswith(name.name) else line[0].lower() + line[1:]


def _sentences(value: object, dials: Dials, answers: Answers) -> tuple[str, ...]:
    """Those of the model's sentences that describe her, and do not contradict the dials."""
    lines = [told_of(_line(one, LONGEST_SENTENCE), "they") for one in value] if isinstance(value, list) else []
    good = [line for line in lines if _describes_her(line, answers) and not _contradicts(line, dials)]
    return tuple(dict.fromkeys(line if line.endswith((".", "!", "?")) else f"{line}." for line in good))


def _describes_her(line: str, answers: Answers) -> bool:
    """Whether it tells her what she does; small models repeat the person, or speak as if she were them."""
    theirs = " ".join(answers.to(topic) for topic in TOPICS)
    shared = _telling(line) & _telling(theirs)
    repeats = len(shared) > MOST_SHARED or bool(shared and re.search(r"\byour\b", line)) or _runs(line) & _runs(theirs)
    fits = line.startswith("You ") and 4 <= len(line.split()) <= LONGEST_SENTENCE_WORDS
    return fits and not repeats and not _NEGATIVE.search(line)


def _contradicts(line: str, dials: Dials) -> bool:
    return any(shift * (getattr(dials, dial) - BASE[dial]) < 0 for dial, shift in hints(line).items())


def _dials(drafted: Dials, value: object, answers: Answers) -> Dials:
    """The model's dials, no further from the words than they allow."""
    if not isinstance(value, dict):
        return drafted
    said = hints_in(answers)
    dials: dict[str, int] = {}
    for name, least in drafted:
        wanted = value.get(name)
        room = BOUND if said.get(name) else FREE
        inside = isinstance(wanted, int) and not isinstance(wanted, bool)
        dials[name] = min(10, max(0, min(max(wanted, least - room), least + room))) if inside else least
    return Dials(**dials)
