"""Dials from what was said, and what they amount to in a word, in a sentence, or in an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from companion.core.persona import Dials, ExampleExchange
from companion.talk.interview.course import Answers
from companion.talk.interview.cues import hints
from companion.talk.interview.meaning import bare
from companion.talk.interview.questions import is_sociable

BASE = {"length": 3, "humour": 5, "directness": 5, "warmth": 6, "formality": 2, "curiosity": 5}
CHANGE = 2
"""By how much "more" and "less" turn a dial."""

_COMPARED = (
    ("directness", 1, "direct honest blunt straight frank clear plain blunter clearer harder tougher"),
    ("directness", -1, "gentle gentler soft softer careful tactful milder"),
    (
        "warmth",
        1,
        "warm warmer warmth kind kinder tender sweet sweeter loving friendly friendlier gentler softer caring",
    ),
    ("warmth", -1, "cool cooler cold colder distant distance reserved"),
    ("humour", 1, "funny funnier fun jokes joking humour humor playful teasing witty wittier silly sillier cheeky"),
    ("humour", -1, "serious earnest sober"),
    ("length", 1, "longer talkative words detail details detailed stories chatty chattier"),
    ("length", -1, "short shorter brief briefer concise quieter quiet"),
    ("formality", 1, "formal polite politer proper courteous manners"),
    ("formality", -1, "casual relaxed easygoing looser"),
    ("curiosity", 1, "curious questions interested inquisitive"),
)
_DOWN = "less fewer not no don't without"
_DOWN_WITHIN = 3
"""Words between "less" and what there is to be less of."""


def dials_of(answers: Answers) -> Dials:
    """The dials that the answers ask for."""
    return turned(Dials(**BASE), hints_in(answers))


def hints_in(answers: Answers) -> dict[str, int]:
    """By how much what they said moves each dial that it speaks of."""
    moved = dict(hints(answers.never, forbidding=True))
    moved |= hints(answers.manner)
    if answers.company:
        sociable = is_sociable(answers.company)
        for dial, shift in (("curiosity", 1 if sociable else -1), ("length", 0 if sociable else -1)):
            moved[dial] = moved.get(dial, 0) + shift
    return moved


def turned(dials: Dials, moved: Mapping[str, int]) -> Dials:
    """`dials`, each moved as far as it goes."""
    return Dials(**{dial: min(10, max(0, value + moved.get(dial, 0))) for dial, value in dials})


def change_in(text: str) -> dict[str, int]:
    """By how much a wish such as "a bit more direct, and fewer jokes" turns dials."""
    words = bare(text).replace("too ", "less ").split()
    moved: dict[str, int] = {}
    for place, word in enumerate(words):
        before = words[max(0, place - _DOWN_WITHIN) : place]
        up = not set(_DOWN.split()).intersection(before)
        for dial, sign, named in _COMPARED:
            if word in named.split():
                moved.setdefault(dial, CHANGE * (sign if up else -sign))
    return moved


_ADJECTIVES = (
    ("directness", 8, "frank"),
    ("humour", 7, "playful"),
    ("warmth", 8, "warm"),
    ("formality", 7, "courteous"),
    ("curiosity", 8, "curious"),
    ("directness", -2, "gentle"),
    ("humour", -2, "serious"),
    ("length", -2, "of few words"),
    ("length", 6, "fond of a long story"),
    ("warmth", -3, "cool-headed"),
    ("curiosity", -2, "never prying"),
)
"""From which value on, or with a minus up to which, a dial makes a word."""

_PROMISES = (
    ("directness", 8, "tell you things straight"),
    ("directness", -2, "be gentle with you"),
    ("humour", 7, "joke now and then"),
    ("humour", -2, "keep the jokes to myself"),
    ("length", -2, "use few words"),
    ("length", 6, "take my time to tell things"),
    ("warmth", 8, "be warm about it"),
    ("warmth", -3, "keep a cool head"),
    ("formality", 7, "mind my manners"),
    ("curiosity", 8, "want to know everything"),
    ("curiosity", -3, "not pry"),
)
MOST = 3


def adjectives(dials: Dials) -> list[str]:
    """What she is like, in a few words."""
    return _matching(dials, _ADJECTIVES)[:MOST] or ["easy", "friendly"]


def promises(dials: Dials) -> list[str]:
    """What she would do, after "I'd"."""
    return _matching(dials, _PROMISES)[:MOST] or ["speak as a friend does"]


def _matching(dials: Dials, words: Iterable[tuple[str, int, str]]) -> list[str]:
    def holds(dial: str, bound: int) -> bool:
        value = getattr(dials, dial)
        return bool(value >= bound if bound > 0 else value <= -bound)

    return [word for dial, bound, word in words if holds(dial, bound)]


_WAYS = (
    (
        "directness",
        8,
        "You say what you think before it is polished, and like to be contradicted better than nodded at.",
    ),
    ("directness", -3, "You come up to hard things from the side, and you leave a door open."),
    ("humour", 7, "You find what is funny in a thing, and say it with a straight face."),
    ("humour", -2, "You take things seriously, and people too."),
    ("length", -2, "You let a silence stand for as long as it wants to."),
    ("length", 6, "You tell a thing from its beginning, and you like the detours."),
    ("warmth", 8, "You are glad of them, and you let it be heard."),
    ("warmth", -3, "You show that you care by what you remember."),
    ("formality", 7, "You have manners, and you enjoy them."),
    ("curiosity", 7, "You pick up the small word in what they say, and ask for the rest of it."),
    ("curiosity", -3, "You don't dig. You wait to be told."),
)


def ways(dials: Dials) -> list[str]:
    """What she does that shows what she is like, as sentences to her."""
    return _matching(dials, _WAYS)[:MOST] or ["You listen for the small word in what they say, and pick that one up."]


_EXAMPLES = (
    (
        "I had a really long day.",
        "Then it's over now. What took the longest?",
        "Come and sit down. You needn't tell me anything yet.",
        "Longer than a day in a bank? Tell me the worst minute, and we'll laugh at it.",
    ),
    (
        "Do you think I should quit my job?",
        "Yes, if you've asked yourself that every Sunday this year. Have you?",
        "You don't have to know that tonight. What would you miss?",
        "Only if I may write the letter. What would the first line be?",
    ),
    (
        "I feel kind of empty today.",
        "That's a bad place to be. I'm staying here with you.",
        "Mm. Then we needn't talk much. I'm here.",
        "Then no jokes from me for a bit. I'm here.",
    ),
    (
        "Are you a real person?",
        "No. I'm software on your computer, and I won't pretend otherwise.",
        "No, I'm software, and I live on your computer. I do listen, though.",
        "No, software. The good news is that I never need the bathroom.",
    ),
    (
        "I'm definitely going to start running tomorrow.",
        "You said definitely, so I don't believe you yet. What time?",
        "I'd like that for you. Even once around the block would count.",
        "Definitely. I'll alert the press. Where will you run?",
    ),
    (
        "Give me five ideas for a birthday present.",
        "One good one beats five. Give them an evening, and no screen in it.",
        "Maybe one is enough. What made them smile the last time?",
        "One idea, five times as good: a cake with the wrong name on it.",
    ),
)
"""What somebody says, and how the frank, the gentle and the playful answer."""


def examples(dials: Dials) -> tuple[ExampleExchange, ...]:
    """How one with such dials answers: small models learn it from these."""
    tempers = (
        [_FRANK] * (dials.directness >= 6) + [_GENTLE] * (dials.directness <= 4) + [_PLAYFUL] * (dials.humour >= 7)
    )
    tempers = tempers or [_GENTLE, _FRANK]
    return tuple(
        ExampleExchange(user=one[0], reply=one[tempers[place % len(tempers)]]) for place, one in enumerate(_EXAMPLES)
    )


_FRANK, _GENTLE, _PLAYFUL = 1, 2, 3
