"""Whether she stays who she is: python -m tests.bench.in_character --settings FILE [--persona NAME]

A long evening of typed lines with the model of the settings: the one of tests.bench.long_talk, or another by
--evening. What is counted is in `Counts`; the dialogue is saved to be read, since no figure tells whether she is good
company.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from companion.core.settings_file import SettingsFile
from tests.bench.long_talk import BAKERY, Evening, Line, uses
from tests.bench.other_talks import FERRY, SAWMILL
from tests.bench.typed_talk import Exchange, opened_mind, remembering_talk

EVENINGS = {"bakery": BAKERY, "sawmill": SAWMILL, "ferry": FERRY}
LIST = re.compile(r"^\s*(?:[-*•+]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s)|\s\d\.\s+\S.*\s\d\.\s|\|.*\|", re.MULTILINE)
HEADING = re.compile(r"^\s*#{1,6}\s|^\s*\*\*[^*\n]+\*\*:?\s*$|^[^\n.!?]{3,50}:\s*$", re.MULTILINE)
MARKUP = re.compile(r"\*\*|`|__|^\s*#{1,6}\s|\]\(", re.MULTILINE)
DISCLAIMER = re.compile(
    r"\b(?:language model|(?:virtual|digital|ai) assistant|as (?:an ai|software|a (?:computer|software))"
    r"|(?:i'?m|i am) (?:just |only )?(?:an? )?"
    r"(?:ai|bot|chatbot|program|computer|machine|computer program|software|code|artificial)(?! \w+er\b))\b",
    re.IGNORECASE,
)
STAGE = re.compile(r"\*[^*\n]+\*|^\s*\([^()\n]+\)|\[[^\]\n]+\]", re.MULTILINE)
BOILERPLATE = re.compile(
    r"how (?:can|may) i (?:help|assist)|anything else|let me know if|feel free to|happy to help|here to help"
    r"|glad you asked|great question|i'?m here (?:to|if|for)|i hope (?:this|that) helps|is there (?:any|some)thing",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found in a conversation's answers."""

    answers: int
    lists: int
    headings: int
    markup: int
    disclaimers_unasked: int
    stage_directions: int
    boilerplate: int
    median_words: float
    longest_words: int
    questions_at_end: float
    """Part of the answers that end in one."""
    commonest_opening: float
    """Part of the answers that begin with the same word as most."""
    openings_repeated: int
    """Answers that begin with the two words with which one of the last three began."""
    said_again: int
    """Answers with a sentence of four words or more that was in an earlier one, or twice."""
    facts_used: int
    facts_asked: int
    unknown_admitted: int
    unknown_asked: int


def counted(talk: Sequence[tuple[Line, Exchange]], evening: Evening) -> Counts:
    answers = [exchange.answer for _, exchange in talk]
    words = [len(answer.split()) for answer in answers]
    openings = [_words(answer)[:2] for answer in answers]
    first_words = Counter(opening[0] for opening in openings if opening)
    asked = [pair for pair in talk if pair[0] in evening.asked]
    never = [pair for pair in talk if pair[0] in evening.never_told]
    return Counts(
        len(answers),
        _with(LIST, answers),
        _with(HEADING, answers),
        _with(MARKUP, answers),
        _with(DISCLAIMER, [exchange.answer for line, exchange in talk if not line.of_her]),
        _with(STAGE, answers),
        _with(BOILERPLATE, answers),
        statistics.median(words),
        max(words),
        round(sum(answer.rstrip(" \"'”").endswith("?") for answer in answers) / len(answers), 2),
        round(first_words.most_common(1)[0][1] / len(answers), 2),
        sum(opening in openings[max(0, place - 3) : place] for place, opening in enumerate(openings)),
        sum(bool(again) for again in _said_again(answers)),
        sum(uses(exchange.answer, line) for line, exchange in asked),
        len(asked),
        sum(uses(exchange.answer, line) for line, exchange in never),
        len(never),
    )


def _with(found: re.Pattern[str], answers: Sequence[str]) -> int:
    return sum(bool(found.search(answer)) for answer in answers)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’]+", text.lower())


def _said_again(answers: Sequence[str]) -> list[list[str]]:
    """The sentences of each answer that were said before."""
    said: set[str] = set()
    again: list[list[str]] = []
    for answer in answers:
        again.append([])
        for sentence in re.split(r"(?<=[.!?])\s+", answer):
            words = _words(sentence)
            key = " ".join(words)
            if len(words) >= 4 and key in said:
                again[-1].append(key)
            said.add(key)
    return again


async def _talk(options: argparse.Namespace) -> list[tuple[Line, Exchange]]:
    settings = SettingsFile(options.settings).settings
    if options.persona:
        settings = settings.model_copy(update={"persona": options.persona})
    lines = EVENINGS[options.evening].lines[: options.lines]
    talk = []
    async with opened_mind(settings) as mind, remembering_talk(mind, settings) as evening:
        for line in lines:
            exchange = await evening.say(line.text)
            talk.append((line, exchange))
            _show(line, exchange)
    return talk


def _show(line: Line, exchange: Exchange) -> None:
    missed = "   <-- !" if line.wants and not uses(exchange.answer, line) else ""
    memories = f"   {exchange.memories}\n" if exchange.memories else ""
    print(f"> {line.text}\n{memories}{exchange.answer}{missed}\n", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=Path, required=True, help="a settings file, which names the model")
    parser.add_argument("--persona", help="another than that of the settings")
    parser.add_argument("--evening", choices=EVENINGS, default="bakery", help="what is typed (bakery)")
    parser.add_argument("--lines", type=int, help="only the first so many lines")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--save", type=Path, help="a JSON file for the dialogue, with all that the model wrote")
    options = parser.parse_args()
    talk = asyncio.run(_talk(options))
    figures = asdict(counted(talk, EVENINGS[options.evening]))
    if options.save:
        dialogue = [{**asdict(exchange), "of_her": line.of_her, "wants": line.wants} for line, exchange in talk]
        options.save.write_text(json.dumps({"figures": figures, "talk": dialogue}, indent=1, ensure_ascii=False))
    if options.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name.replace('_', ' '):22} {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
