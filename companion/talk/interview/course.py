"""The course of an interview: what was asked and answered so far, and what comes next.

It follows from the lines of the conversation alone. So a reply that was begun in vain, a barge-in, a line that was
taken back or an engine that was started anew leave nothing behind that would have to be undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import reduce

from companion.talk.interjections import asks_to_go_on
from companion.talk.interview import questions
from companion.talk.interview.meaning import Meaning, Wish, agreement_of, bare, meaning_of, wish_in
from companion.talk.interview.perspective import person_in
from companion.talk.interview.questions import QUESTIONS, TOPICS, Topic

CUT_OFF = "—"
"""Ends what she said where she was interrupted."""

LONGEST_ANSWER = 600
"""Letters of an answer that are kept."""

_WORDS_OF_A_REASON = 6
"""Who says so much of somebody has said why."""


class Stage(Enum):
    NONE = auto()
    """There is no interview."""
    WISHED = auto()
    """She has asked whether there shall be one."""
    ASKING = auto()
    OFFERED = auto()
    """She has said who she would be, and asked whether she shall be."""
    CHOSEN = auto()
    """She shall be."""
    LEFT = auto()
    """It was broken off, just now."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that the user said, and what was heard of her before it."""

    before: str
    said: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What they said, by topic; empty where they skipped it."""

    company: str = ""
    manner: str = ""
    evening: str = ""
    admired: str = ""
    never: str = ""

    def to(self, topic: Topic) -> str:
        return str(getattr(self, topic))

    def with_answer(self, topic: Topic, text: str) -> Answers:
        return replace(self, **{topic: text[:LONGEST_ANSWER]})


@dataclass(frozen=True, slots=True)
class Course:
    """Where an interview stands."""

    stage: Stage = Stage.NONE
    number: int = 0
    """Which question is open."""
    pressed: bool = False
    """It was asked in other words already."""
    answers: Answers = Answers()
    changes: tuple[str, ...] = ()
    """What they want otherwise in what she offered."""
    words: str = ""
    """What she says next; before an offer, what goes before it."""

    @property
    def topic(self) -> Topic:
        return TOPICS[min(self.number, len(TOPICS) - 1)]

    @property
    def runs(self) -> bool:
        """Whether the next line belongs to the interview."""
        return self.stage in (Stage.WISHED, Stage.ASKING, Stage.OFFERED)


FROM_THE_START = Course(Stage.ASKING, words=f"{questions.FIRST_WORDS} {QUESTIONS['company'].asked}")
"""The course of a conversation that she begins as an interview, once she has said its words."""


def followed(lines: Iterable[Line], start: Course | None = None) -> Course:
    """Where the interview stands after `lines`."""
    return reduce(_after, lines, start or Course())


def _after(course: Course, line: Line) -> Course:
    match course.stage:
        case Stage.WISHED:
            return _agreed(course, line.said)
        case Stage.ASKING:
            return _answered(course, line)
        case Stage.OFFERED:
            return _judged(course, line)
    match wish_in(line.said):
        case Wish.SURELY:
            return _asking(Course(), questions.BEGIN)
        case Wish.PERHAPS:
            return Course(Stage.WISHED, words=questions.OFFER)
    return Course()


def _agreed(course: Course, said: str) -> Course:
    match agreement_of(said):
        case Meaning.YES:
            return _asking(Course(), questions.BEGIN)
        case Meaning.NO | Meaning.LEAVE | Meaning.SKIP | Meaning.BACK:
            return Course(Stage.LEFT, words=questions.NOT_BEGUN)
        case Meaning.REPEAT:
            return replace(course, words=questions.OFFER)
    if wish_in(said) is not Wish.NONE:
        return _asking(Course(), questions.BEGIN)
    return Course() if len(said.split()) > 3 else replace(course, words=questions.NOT_CLEAR)


def _answered(course: Course, line: Line) -> Course:
    if line.before.endswith(CUT_OFF) and asks_to_go_on(line.said):
        return replace(course, words=QUESTIONS[course.topic].asked)
    if course.number and _is_more_of_the_last(course, line):
        return _with_more(course, line.said)
    meaning = meaning_of(line.said)
    if course.topic == "company" and agreement_of(line.said) in (Meaning.YES, Meaning.NO) and not course.pressed:
        meaning = Meaning.ANSWER
    match meaning:
        case Meaning.LEAVE:
            return Course(Stage.LEFT, words=questions.LEFT)
        case Meaning.SKIP:
            return _next(course, questions.SKIPPED)
        case Meaning.BACK:
            return _asking(replace(course, number=max(0, course.number - 1)), questions.WENT_BACK)
        case Meaning.REPEAT:
            question = QUESTIONS[course.topic]
            return replace(course, words=question.again if course.pressed else question.asked)
        case Meaning.UNKNOWING if course.answers.to(course.topic):
            return _next(course, questions.LET_BE)
        case Meaning.UNKNOWING if course.pressed:
            return _next(course, questions.LET_BE)
        case Meaning.UNKNOWING:
            return replace(course, pressed=True, words=QUESTIONS[course.topic].again)
    return _taken(course, line.said)


def _taken(course: Course, said: str) -> Course:
    topic = course.topic
    before = course.answers.to(topic) if course.pressed else ""
    answer = joined(before, said)
    course = replace(course, answers=course.answers.with_answer(topic, answer))
    if topic == "admired" and not before and not _says_why(answer):
        person = person_in(answer) or (answer.rstrip(".!") if answer.istitle() else "them")
        return replace(course, pressed=True, words=questions.ASKED_WHY.format(person=person))
    return _next(course, QUESTIONS[topic].heard(answer))


def _next(course: Course, first: str) -> Course:
    return _asking(replace(course, number=course.number + 1), first)


def _asking(course: Course, first: str) -> Course:
    """The question that is open by now, asked after the words `first`; the offer, if none is left."""
    if course.number >= len(TOPICS):
        return replace(course, stage=Stage.OFFERED, pressed=False, words=first)
    words = f"{first} {QUESTIONS[course.topic].asked}".strip()
    return replace(course, stage=Stage.ASKING, pressed=False, words=words)


def _is_more_of_the_last(course: Course, line: Line) -> bool:
    """Whether they went on with the answer before, and did not wait for the question."""
    question = " ".join(bare(QUESTIONS[course.topic].asked).split()[:3])
    return (
        line.before.endswith(CUT_OFF)
        and not course.pressed
        and question not in bare(line.before)
        and meaning_of(line.said) is Meaning.ANSWER
    )


def _with_more(course: Course, said: str) -> Course:
    topic = TOPICS[course.number - 1]
    answers = course.answers.with_answer(topic, joined(course.answers.to(topic), said))
    return replace(course, answers=answers, words=f"{questions.GO_ON} {QUESTIONS[course.topic].asked}")


def _judged(course: Course, line: Line) -> Course:
    if line.before.endswith(CUT_OFF) and asks_to_go_on(line.said):
        return replace(course, words="")
    match agreement_of(line.said):
        case Meaning.YES:
            return replace(course, stage=Stage.CHOSEN, words="")
        case Meaning.NO if course.words == questions.WHAT_ELSE:
            return Course(Stage.LEFT, words=questions.LEFT)
        case Meaning.NO:
            return replace(course, words=questions.WHAT_ELSE)
        case Meaning.LEAVE | Meaning.SKIP:
            return Course(Stage.LEFT, words=questions.LEFT)
        case Meaning.BACK:
            return _asking(replace(course, number=len(TOPICS) - 1, changes=()), questions.WENT_BACK)
        case Meaning.REPEAT | Meaning.UNKNOWING:
            return replace(course, words="")
    if wish_in(line.said) is not Wish.NONE:
        return _asking(Course(), questions.BEGIN)
    return replace(course, changes=(*course.changes, line.said[:LONGEST_ANSWER]), words=questions.CHANGED)


def _says_why(answer: str) -> bool:
    return len(answer.split()) > _WORDS_OF_A_REASON or "because" in bare(answer).split()


def joined(first: str, more: str) -> str:
    """Two parts of one answer as one: "My grandmother." and "Because she laughed." make one sentence."""
    first, more = first.strip(), more.strip()
    if not first:
        return more
    if bare(more).startswith("because"):
        return f"{first.rstrip('.!')}, {more[0].lower()}{more[1:]}"
    return f"{first}{'' if first.endswith(('.', '!', '?')) else '.'} {more}"
