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
from companion.talk.interview.draft import Draft
from companion.talk.interview.names import Name
from companion.talk.interview.questions import QUESTIONS, TOPICS
from companion.talk.interview.temper import hints_in

LIMITS = ReplyLimits(max_tokens=320, first_token_timeout_s=30.0)
SENTENCES = (2, 4)
LONGEST_WHY, LONGEST_SUMMARY, LONGEST_SENTENCE = 160, 110, 170
FREE, BOUND = 2, 1
"""How far a dial may be from what the words say: where they say nothing of it, and where they do."""

_ASKED = """\
You invent a companion: somebody to talk with, by voice, every day. You have just asked a person five questions. Write
who the companion shall be for this very person. Plain spoken English. No lists, no quotation marks, no advice.
- name: one of {names}.
- why: the rest of the sentence "I chose this name because ..." as she would say it to them, in at most 15 words. What
is known of the names: {reasons}.
- character: three sentences to the companion, each beginning with "You" ("You tease them about their coffee."). What
she notices, what she cares about, how she is with this person. They follow from the answers.
- summary: who she is, in at most 12 words.
- dials, 0 to 10: {dials} is what the answers seem to say."""


def request(answers: Answers, draft: Draft, names: Sequence[Name]) -> list[Message]:
    """The prompt for `LanguageModel.fill`."""
    told = "\n".join(f"{QUESTIONS[topic].asked}\n- {answers.to(topic) or '(skipped)'}" for topic in TOPICS)
    system = _ASKED.format(
        names=", ".join(name.name for name in names),
        reasons="; ".join(f"{name.name}: {name.reason}" for name in names),
        dials=", ".join(f"{name} {value}" for name, value in draft.dials),
    )
    return [Message("system", system), Message("user", told)]


def schema(names: Sequence[Name]) -> dict[str, Any]:
    """The form of the answer."""
    dial = {"type": "integer", "minimum": 0, "maximum": 10}
    properties = {
        "name": {"type": "string", "enum": [name.name for name in names]},
        "why": {"type": "string", "minLength": 8, "maxLength": LONGEST_WHY},
        "character": {
            "type": "array",
            "items": {"type": "string", "minLength": 15, "maxLength": LONGEST_SENTENCE},
            "minItems": 3,
            "maxItems": 3,
        },
        "summary": {"type": "string", "minLength": 8, "maxLength": LONGEST_SUMMARY},
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
    if name:
        draft = replace(draft, name=name.name, why=_why(made.get("why"), name))
    sentences = _sentences(made.get("character"))
    summary = _line(made.get("summary"), LONGEST_SUMMARY)
    return replace(
        draft,
        dials=dials,
        character=(*draft.character, *sentences),
        summary=summary if summary and not _ODD.search(summary) else draft.summary,
    )


_MARKUP = re.compile(r"[*_#`\[\]{}<>|\\\n\"“”]|https?:|^\s*(?:-|\d+[.)])\s")
_ODD = re.compile(
    r"\b(?:language model|as an ai|an ai|assistant|user|born|grew up|childhood|years old|human|parents|interview"
    r"|answers?"
    r"|questions? (?:that )?(?:you )?asked|companion|dials?|json|name)\b",
    re.IGNORECASE,
)
_ETYMOLOGY = re.compile(
    r"\b(?:mean(?:s|ing)?|latin|greek|hebrew|origin\w*|language|derive\w*|ancient|goddess|saint)\b", re.IGNORECASE
)


def _line(value: object, longest: int) -> str:
    """`value` if it is a plain line of a fitting length, else empty."""
    if not isinstance(value, str) or _MARKUP.search(value):
        return ""
    line = " ".join(value.split())
    return line if 8 <= len(line) <= longest else ""


def _why(value: object, name: Name) -> str:
    """What goes after "because": the model's words, unless they claim to know where the name comes from."""
    line = re.sub(r"^(?:i chose (?:this|the|my) name )?because ", "", _line(value, LONGEST_WHY), flags=re.IGNORECASE)
    line = line.split(". ")[0].rstrip(". ")
    if len(line.split()) < 4 or _ODD.search(line) or _ETYMOLOGY.search(line):
        return name.reason
    return line if line.startswith(("I ", "I'")) or line.split()[0] == name.name else line[0].lower() + line[1:]


def _sentences(value: object) -> tuple[str, ...]:
    """Those of the model's sentences that describe her."""
    if not isinstance(value, list):
        return ()
    lines = (_line(one, LONGEST_SENTENCE) for one in value)
    good = [
        line for line in lines if line.startswith("You ") and 4 <= len(line.split()) <= 35 and not _ODD.search(line)
    ]
    return tuple(dict.fromkeys(line if line.endswith((".", "!", "?")) else f"{line}." for line in good))


def _dials(drafted: Dials, value: object, answers: Answers) -> Dials:
    """The model's dials, no further from the words than they allow."""
    if not isinstance(value, dict):
        return drafted
    said = hints_in(answers)
    dials: dict[str, int] = {}
    for name, least in drafted:
        wanted = value.get(name)
        room = BOUND if said.get(name) else FREE
        inside = isinstance(wanted, int) and not isinstance(wanted, bool) and 0 <= wanted <= 10
        dials[name] = min(max(wanted, least - room), least + room) if inside else least
    return Dials(**{name: min(10, max(0, dial)) for name, dial in dials.items()})
