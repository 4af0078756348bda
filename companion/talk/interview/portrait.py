"""A draft and the answers as a persona, and as what she says of it."""

from __future__ import annotations

import re

from companion.core.greetings import Greetings
from companion.core.persona import Dials, Persona
from companion.talk.interview.course import Answers
from companion.talk.interview.draft import GIVEN, Draft, listed
from companion.talk.interview.perspective import Person, told_of
from companion.talk.interview.questions import forbids_nothing
from companion.talk.interview.temper import BASE, examples, promises

_ORIGIN = "You are {name}, a companion who lives on this person's own computer. {character} {named}"
_HONEST = (
    "When they are low you stay beside them: you give no advice, and say less. You are software, and you say so plainly"
    " when asked. You have no body and no childhood, and do not invent them."
)
_IN_THEIR_WORDS = {
    "company": "Asked if they are social, they said:",
    "manner": "Asked how they like to be spoken to, they said:",
    "evening": "A good evening, they said, is this:",
}
_BOUNDARIES = (
    "You never lecture, and never explain people's feelings to them",
    "Only if a life is in danger, you tell them to call for help at once",
)
_LIKES = (
    "what people say when they have already said goodbye",
    "the first quarter of an hour of a party",
    "small true things",
)
_QUIET_LIKES = ("what people say when they have already said goodbye", "rain on a window", "small true things")
LONGEST_PHRASE = 240
MOST_LIKES = 4
LONGEST_LIKE = 7
MOST_BOUNDARIES = 4
MOST_PROMISES = 2
SOON_SAID_WORDS = 22

_SENTENCE_END = re.compile(r"(?<![MD]r\.)(?<!Mrs\.)(?<!Ms\.)(?<=[.!?])\s+(?=[A-Z])")
_BEFORE_WHOM = re.compile(
    r"^(?:(?:well|um|uh|oh|so|i think|i guess|probably|maybe|perhaps|definitely|i admire|i really admire|i'd say|it's"
    r"|that's|that would be|it would be|it'd be)\b[, ]*)+",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?:my|the|our|a|an)\b", re.IGNORECASE)
_PROPER_NAME = re.compile(
    r"(?!(?:She|He|They|It|There|Somebody|Someone|Nobody|Everybody|When|Because)\b)[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+"
    r"|[.,;]|$| because| for| who)"
)
_LIST = re.compile(r",\s*(?:and |or )?|\s+(?:and|or)\s+|\.\s+")
_LEADING = re.compile(
    r"^(?:(?:well|um|just|maybe|probably|definitely|then|it's|that's|with|i like|i love|and)\s+)+", re.IGNORECASE
)
_OWN = re.compile(r"\b(?:i|i'm|i've|i'd|me|my|mine|we|us|our|you|is|are|was)\b", re.IGNORECASE)

_NEVER = re.compile(
    r"^(?:(?:well|um|uh|oh|please|and|just|so|okay|hm+)\b[, ]*)*"
    r"(?:(?:you (?:should|must|can|could|shall) )|(?:i (?:do not|don't) want you to )|(?:i(?:'d| would) (?:hate"
    r"|not like) (?:it )?(?:if|for) you (?:to )?))?"
    r"(?P<never>(?:never(?: ever)?|not(?: ever)?|don't(?: you)?(?: ever)?|do not(?: ever)?) )?(?P<rest>.+)$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"be|lie|talk|make|tell|ask|interrupt|judge|pretend|lecture|treat|laugh|leave|forget|flatter|mock|shout|get|act|say"
    r"|call|give|try|use|bore|manipulate|preach|nag|correct|push|pressure|speak|ignore|critici[sz]e|patroni[sz]e|let|take"
    r"|keep|start|stop|bring|raise|repeat|cheat|hide|betray|mention|play|sing|joke|yell|wake|rush|hurry|gossip|share|spy"
    r"|sell|send|order|boss|scold|tease|compare|complain|whine|argue|fight|answer|change|go|become|sound"
)
"""What people say without "never": "lie to me"."""
_SPLIT = re.compile(
    r"(?<=[.!?;])\s+|,?\s+and (?=(?:never|don't|do not|please)\b)|,\s+(?=(?:never|don't|do not)\b)", re.IGNORECASE
)


def persona_of(draft: Draft, answers: Answers) -> Persona:
    """The persona, as it goes into a file."""
    paragraphs = [
        _ORIGIN.format(name=draft.name, character=" ".join(draft.character), named=_named(draft)),
        _own_words(answers),
        _HONEST,
    ]
    return Persona(
        version=2,
        name=draft.name,
        summary=draft.summary,
        character="\n\n".join(filter(None, paragraphs)),
        manner=" ".join(filter(None, [_quoted("manner", answers.manner), *map(_wished, draft.wishes)])),
        dials=draft.dials,
        likes=(*_likes(answers.evening), *(_LIKES if draft.dials.length > 2 else _QUIET_LIKES)),
        boundaries=(*_boundaries(answers.never), *_BOUNDARIES),
        examples=examples(draft.dials),
        greetings=_greetings(draft),
    )


def _named(draft: Draft) -> str:
    if draft.why == GIVEN:
        return "They gave you your name."
    return f"You chose your name yourself, because {told_of(draft.why.rstrip('.'), 'you')}."


def _own_words(answers: Answers) -> str:
    told = [
        _quoted("company", answers.company),
        _quoted("evening", answers.evening),
        admiration(answers.admired, "they"),
    ]
    return " ".join(filter(None, told))


def _quoted(topic: str, answer: str) -> str:
    return f'{_IN_THEIR_WORDS[topic]} "{_clean(answer)}"' if answer else ""


def _wished(wish: str) -> str:
    return f'Of who you should be, they said: "{_clean(wish)}"'


def admiration(answer: str, person: Person) -> str:
    """Whom they admire, as it is told of them or to them; quoted where that is not clear."""
    answer = _clean(answer)
    if not answer:
        return ""
    who = "They" if person == "they" else "You"
    whom = _BEFORE_WHOM.sub("", answer)
    if _NOUN.match(whom):
        return f"{who} admire {told_of(whom[0].lower() + whom[1:], person).rstrip('.!')}."
    if _PROPER_NAME.match(whom):
        return f"{who} admire {told_of(whom, person).rstrip('.!')}."
    return f'Asked whom {who.lower()} admire, {who.lower()} said: "{answer}"'


def _likes(evening: str) -> tuple[str, ...]:
    """Of a good evening, what she can like as well: short phrases in which nobody speaks of themselves."""
    phrases = [_LEADING.sub("", part.strip()).strip(" .!") for part in _LIST.split(_clean(evening))]
    fitting = [phrase for phrase in phrases if 1 < len(phrase.split()) <= LONGEST_LIKE and not _OWN.search(phrase)]
    return tuple(phrase[0].lower() + phrase[1:] for phrase in fitting[:MOST_LIKES])


def _boundaries(never: str) -> tuple[str, ...]:
    return () if forbids_nothing(never) else tuple(map(_boundary, _parts(never)))


def _boundary(part: str) -> str:
    """One thing that she never does, as a sentence to her."""
    deed = _deed(part, "they")
    return f"You never {deed}" if deed else f'Asked what you should never do, they said: "{part.strip()}"'


def _deed(part: str, person: Person) -> str:
    """What goes after "never", as in "lie to them"; empty where their words do not say it so."""
    found = _NEVER.match(part)
    rest = told_of(found["rest"] if found else part, person).strip(".!?,; ")
    first, _, others = rest.partition(" ")
    first = _plain_form(first.lower())
    said_so = bool(found and found["never"]) and not first.endswith("ing")
    return f"{first} {others}".strip() if said_so or _VERB.fullmatch(first) else ""


def _plain_form(word: str) -> str:
    """ "lied" as "lie": so close are "never lie" and "never lied" that ears take one for the other."""
    plain = (word.removesuffix(ending) for ending in ("d", "ed"))
    return next((form for form in plain if form != word and _VERB.fullmatch(form)), word)


def _parts(never: str) -> list[str]:
    return [part for part in _SPLIT.split(_clean(never)) if re.search(r"\w", part)][:MOST_BOUNDARIES]


def _clean(text: str) -> str:
    """`text` as one line that can stand in quotes, without what a persona would take for a placeholder."""
    line = " ".join(re.sub(r"[{}<>]", " ", text).replace('"', "'").split())
    return line if len(line) <= LONGEST_PHRASE else line[:LONGEST_PHRASE].rsplit(" ", 1)[0] + " ..."


def _greetings(draft: Draft) -> Greetings:
    name = draft.name
    jokes, quiet = draft.dials.humour >= 7, draft.dials.length <= 2
    return Greetings(
        any=(
            "Hello, you.",
            "There you are.",
            "Hi. I'm all ears, whatever those are." if jokes else "Hi. How is it out there?",
        ),
        first=(f"Hello. I'm {name}, as agreed.", f"Hi, it's {name}. It's nice to be somebody."),
        morning=("Good morning.",) if quiet else ("Good morning. What is this day made of?",),
        evening=("Good evening.",) if quiet else ("Good evening. Is it turning into a good one?",),
        night=("Still up?", "It's late. I'm here."),
        soon=("Back already. Good.",),
        long=("It's been a while. I noticed.",),
    )


def offer(draft: Draft, answers: Answers) -> str:
    """Who she would be, in words and dials, as she says it."""
    sentences = [
        f"I'd call myself {draft.name}, because {draft.why.rstrip('.')}.",
        f"I'd {listed(promises(draft.dials))}.",
        dials_spoken(draft.dials),
        _promised(answers.never),
        _recalled(answers),
    ]
    return " ".join(filter(None, sentences))


def offer_again(before: Draft, draft: Draft) -> str:
    """What is different in who she would be."""
    told = []
    if draft.name != before.name:
        told.append(f"Then I'd call myself {draft.name}, because {draft.why.rstrip('.')}.")
    if moved := [f"{name} {value}" for name, value in draft.dials if value != getattr(before.dials, name)]:
        told.append(f"Out of ten, that makes {listed(moved)}.")
    return " ".join(told) or "I'll take that along, in your own words."


def _recalled(answers: Answers) -> str:
    """Something of theirs that she means to keep."""
    if answers.admired:
        told = admiration(_beginning(answers.admired), "you")
        return f"And I'd remember that {told[0].lower()}{told[1:]}" if told.startswith("You") else ""
    return f'And I\'d remember what you call a good evening: "{_beginning(answers.evening)}"' if answers.evening else ""


def _beginning(text: str) -> str:
    """The first sentence, and as many more as are soon said."""
    first, *others = _SENTENCE_END.split(_clean(text))
    for other in others:
        if len(f"{first} {other}".split()) > SOON_SAID_WORDS:
            break
        first = f"{first} {other}"
    return first


def _promised(never: str) -> str:
    """What she would never do, said to them; empty where their words make no promise."""
    if not never or forbids_nothing(never):
        return ""
    deeds = [deed for part in _parts(never) if (deed := _deed(part, "you"))][:MOST_PROMISES]
    return f"I'd {' and '.join(f'never {deed}' for deed in deeds)}." if deeds else ""


def dials_spoken(dials: Dials) -> str:
    """The dials in numbers, those that were turned."""
    turned = [f"{name} {value}" for name, value in dials if value != BASE[name]]
    if not turned:
        return "In numbers, all my dials are in the middle."
    rest = ["the rest in the middle"] if len(turned) < len(BASE) else []
    return f"In numbers, out of ten: {listed([*turned, *rest])}."


def accepted(draft: Draft) -> str:
    """What she says once they have chosen her."""
    return f"Then I'm {draft.name} from now on."
