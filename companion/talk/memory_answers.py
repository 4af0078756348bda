"""What she says of what she remembers: plain sentences, made without the language model. Pure but for the dice.

She tells what is known and nothing else: what is not sure she says so of, and where there is nothing she says that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from companion.core.diary import Entry
from companion.core.facts import Fact, Forgotten
from companion.core.memory import Remembered
from companion.core.second_person import to_you
from companion.talk.spoken_days import dated, named_day

MOST_FACTS = 5
"""More than so many nobody wants to hear in one breath."""
MOST_QUOTES = 3
SURE_FROM = 0.6
"""Of a fact's confidence."""
QUOTE_WORDS = 20

WILL_REMEMBER = ("I'll remember that.", "I'll keep that in mind.", "Got it. I'll remember.", "That stays with me.")
KNEW_ALREADY = ("I know. I'd kept that already.", "You told me. I have it.")
GONE = ("Gone.", "Forgotten.", "It's gone.")
KEPT = ("All right. It stays.", "Then I'll keep it.", "Good, nothing is forgotten.")
BACK = ("It's back.", "There, I have it again.")
NOTHING_SURE = ("Nothing that I'd swear to.", "Nothing that I could say for certain.")
ONLY_THE_NAME = ("That you're {name}. The rest you have yet to tell me.", "Your name, {name}, and not much more yet.")
NOTHING_TO_FORGET = "There's nothing to forget yet."
NOTHING_TO_REMEMBER = "What shall I remember? Say it in one sentence."
WHOM = "About whom, or what? Say it once more, with the name."
NOTHING_ABOUT = "I have nothing about {topic}."
NOT_KNOWN = "I have nothing of the kind."
OUT_OF_REACH = "I can't get at my memory just now."
KEEPS_NOTHING = "I'm not keeping anything at the moment."
BETWEEN_US = "All right, from here on I keep nothing. Tell me when I may remember again."
REMEMBERS_AGAIN = "Good. From here on I remember again."
ALL_OF_IT = "That is all we ever said and all that I know, and it can't be undone. Shall I forget everything?"
BEGUN_ANEW = ("It's all gone. Hello.", "Gone, all of it. Nice to meet you.")

_ENDINGS = ("That's what stands out.", "That's what I have.", "")
_MORE = ("And a few more; they're all on the memory page.", "There's more; it's all on the memory page.")
_NUMERALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def known(facts: Sequence[Fact], today: date, her_name: str, dice: Random) -> str:
    """What stands among `facts`: pinned, sure and new ones first, at most `MOST_FACTS`; empty if there is nothing."""
    ranked = _ranked([fact for fact in facts if fact.due is None or fact.due >= today])
    told = ranked[:MOST_FACTS]
    if not told:
        return ""
    sure = [_sentence(fact, today, her_name) for fact in told if fact.confidence >= SURE_FROM]
    unsure = [f"I think {_inside(_sentence(fact, today, her_name))}" for fact in told if fact.confidence < SURE_FROM]
    ending = dice.choice(_MORE if len(ranked) > len(told) else _ENDINGS) if len(told) > 1 else ""
    if unsure:
        unsure[-1] = f"{unsure[-1].rstrip('.')}, but I'm not sure."
    return " ".join(filter(None, [*_in_pairs(sure), *unsure, ending]))


def quoted(turns: Sequence[Remembered], today: date) -> str:
    """What the user said, in their own words; empty if there is nothing."""
    said: list[str] = []
    for turn in turns[:MOST_QUOTES]:
        verb = "also said" if said else "said"
        said.append(f"{_capital(named_day(turn.at.astimezone().date(), today))} you {verb}: “{_short(turn.text)}”")
    return " ".join(said)


def episodes(found: Sequence[Fact], today: date) -> str:
    """What conversations were about, each by its day; empty if there is nothing."""
    told: list[str] = []
    day: date | None = None
    for episode in sorted(found, key=lambda episode: episode.said_at)[-MOST_QUOTES:]:
        before, day = day, episode.said_at.astimezone().date()
        told.append(episode.statement if day == before else f"{_capital(named_day(day, today))}: {episode.statement}")
    return " ".join(told)


def said_then(entries: Sequence[Entry], today: date) -> str:
    """The most telling of the user's words among `entries`, in their order; empty if there are none."""
    spoken = [entry for entry in entries if entry.who == "user"]
    telling = sorted(spoken, key=lambda entry: len(entry.text), reverse=True)[:MOST_QUOTES]
    quotes = [f"“{_short(entry.text)}”" for entry in spoken if entry in telling]
    if not quotes:
        return ""
    return f"{_capital(named_day(spoken[0].at.astimezone().date(), today))} you said: {', then '.join(quotes)}"


def nothing_then(when: str) -> str:
    """Nothing is kept of that time."""
    return f"I have nothing kept from {when.removeprefix('on ').removeprefix('in ')}." if when else NOTHING_SURE[0]


def asks_whether(topic: str, would_go: Forgotten) -> str:
    """The question before everything about `topic` is deleted."""
    known_things = _counted(len(would_go.facts), "one thing that I know", "{} things that I know")
    turns = len(would_go.entries) + len(would_go.imported)
    said = _counted(turns, "one thing that was said", "{} things that were said")
    amount = " and ".join(filter(None, (known_things, said)))
    return f"{f'That is {amount}. ' if amount else ''}Shall I forget everything about {_as_hers(topic)}?"


def asks_whether_that(clause: str, would_go: Forgotten, today: date, her_name: str) -> str:
    """The question before one thing is deleted: it says all that is known and would go with it."""
    told = [_sentence(fact, today, her_name) for fact in _ranked(would_go.facts)]
    gone = f"With it goes this: {' '.join(_in_pairs(told))} " if told else ""
    return f"{gone}Shall I forget that {_inside(to_you(clause)).rstrip('.')}?"


def _ranked(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.pinned, fact.confidence >= SURE_FROM, fact.said_at), reverse=True)


def nothing_about(topic: str) -> str:
    return NOTHING_ABOUT.format(topic=_as_hers(topic))


def _as_hers(topic: str) -> str:
    """The user's "my sister" is "your sister" when she says it."""
    first, _, rest = topic.partition(" ")
    return f"your {rest}" if first.casefold() in ("my", "our") and rest else topic


def _counted(count: int, one: str, several: str) -> str:
    if count < 2:
        return one if count else ""
    return several.format(_NUMERALS[count] if count < len(_NUMERALS) else count)


def _sentence(fact: Fact, today: date, her_name: str) -> str:
    statement = dated(fact.statement, fact.due, today) if fact.due else fact.statement.strip()
    if her_name and statement.startswith(f"{her_name} "):
        statement = f"I {statement.removeprefix(f'{her_name} ')}"
    statement = statement.replace("You are ", "You're ")
    return statement if statement.endswith((".", "!", "?")) else f"{statement}."


def _in_pairs(sentences: Sequence[str]) -> list[str]:
    """Two by two in one sentence, so that it does not sound like a list."""
    pairs = [sentences[start : start + 2] for start in range(0, len(sentences), 2)]
    return [f"{pair[0].rstrip('.')}, and {_inside(pair[1])}" if len(pair) == 2 else pair[0] for pair in pairs]


def _inside(sentence: str) -> str:
    """`sentence` as it goes on from others: names keep their capital."""
    return f"{sentence[0].lower()}{sentence[1:]}" if sentence.startswith(("You", "The ", "There ")) else sentence


def _short(text: str) -> str:
    words = text.split()
    return text.strip() if len(words) <= QUOTE_WORDS else f"{' '.join(words[:QUOTE_WORDS])}…"


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
