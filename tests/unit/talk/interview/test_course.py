"""An interview as a fold over the lines of a conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.talk.interview import questions
from companion.talk.interview.course import FROM_THE_START, Course, Line, Stage, followed, joined
from companion.talk.interview.questions import QUESTIONS, TOPICS

ANSWERS = (
    "Not so much.",
    "Straight out.",
    "A walk by the river with the dog.",
    "My grandmother, because she never gave up.",
    "Never lie to me.",
)


def told(*said: str, start: Course = FROM_THE_START) -> Course:
    """The course after lines that were each said after all of hers was heard."""
    course = start
    for line in said:
        course = followed([Line(course.words, line)], course)
    return course


def test_five_answers_end_in_an_offer() -> None:
    course = told(*ANSWERS)
    assert course.stage is Stage.OFFERED
    assert tuple(course.answers.to(topic) for topic in TOPICS) == ANSWERS


def test_each_question_is_asked_after_the_one_before() -> None:
    for count, topic in enumerate(TOPICS):
        assert told(*ANSWERS[:count]).words.endswith(QUESTIONS[topic].asked)


def test_who_does_not_know_is_asked_in_other_words_and_then_let_be() -> None:
    assert told("I don't know.").words == QUESTIONS["company"].again
    assert told("I don't know.", "I'm glad.").answers.company == "I'm glad."
    let_be = told("I don't know.", "No idea.")
    assert let_be.words.startswith(questions.LET_BE) and let_be.topic == "manner" and not let_be.answers.company


def test_yes_is_an_answer_to_the_first_question_alone() -> None:
    assert told("Yes.").answers.company == "Yes."
    assert told("Yes.", "Yes.").pressed


def test_skip_leaves_it_open_and_back_asks_again() -> None:
    skipped = told("Skip.")
    assert skipped.topic == "manner" and not skipped.answers.company
    back = told("Skip.", "Go back.")
    assert back.topic == "company" and back.words.endswith(QUESTIONS["company"].asked)
    assert told("Yes.", "Go back.", "No.").answers.company == "No."
    assert told("Go back.").topic == "company"


def test_who_names_somebody_is_asked_why() -> None:
    named = told(*ANSWERS[:3], "My grandmother.")
    assert named.words == "And what is it about your grandmother?"
    assert told(*ANSWERS[:3], "Marie Curie.").words == "And what is it about Marie Curie?"
    why = followed([Line(named.words, "Because she never gave up.")], named)
    assert why.answers.admired == "My grandmother, because she never gave up." and why.topic == "never"
    silent = followed([Line(named.words, "I don't know.")], named)
    assert silent.answers.admired == "My grandmother." and silent.topic == "never"


def test_stop_ends_it_and_the_next_line_is_none_of_it() -> None:
    left = told("Yes.", "Stop the interview.")
    assert left.stage is Stage.LEFT and left.words == questions.LEFT
    assert told("What's the weather?", start=left).stage is Stage.NONE


@pytest.mark.parametrize("wish", ["Let's start over.", "Could we start from scratch?"])
def test_what_may_mean_it_is_asked_about(wish: str) -> None:
    wished = told(wish, start=Course())
    assert wished.stage is Stage.WISHED
    assert told("Yes, please.", start=wished).words.endswith(QUESTIONS["company"].asked)
    assert told("No.", start=wished).stage is Stage.LEFT
    assert told("I mean the story about the bear.", start=wished).stage is Stage.NONE


def test_what_surely_means_it_is_not() -> None:
    assert told("Interview me.", start=Course()).stage is Stage.ASKING
    assert told("How are you?", start=Course()).stage is Stage.NONE


def test_who_goes_on_before_the_question_was_heard_goes_on_with_the_answer() -> None:
    course = told(ANSWERS[0])
    more = followed([Line("Good. Then—", "I like my own company.")], course)
    assert more.answers.company == "Not so much. I like my own company." and more.topic == "manner"
    answered = followed([Line("Good. Then we needn't pretend. How do you like—", "Gently.")], course)
    assert answered.answers.manner == "Gently."


def test_who_asks_her_to_go_on_has_not_answered() -> None:
    course = followed([Line("Good. Then we—", "Go on.")], told(ANSWERS[0]))
    assert course.topic == "manner" and not course.answers.manner


def test_the_offer_is_taken_changed_or_left() -> None:
    offered = replace(told(*ANSWERS))
    assert told("Yes, I like her.", start=offered).stage is Stage.CHOSEN
    changed = told("A bit warmer.", "Another name.", start=offered)
    assert changed.stage is Stage.OFFERED and changed.changes == ("A bit warmer.", "Another name.")
    asked = told("No.", start=offered)
    assert asked.stage is Stage.OFFERED and asked.words == questions.WHAT_ELSE
    assert told("No.", "No.", start=offered).stage is Stage.LEFT
    assert told("Never mind.", start=offered).stage is Stage.LEFT
    assert told("Go back.", start=offered).topic == "never"
    assert told("Let's start over.", start=offered).topic == "company"
    assert told("Yes.", "How are you?", start=offered).stage is Stage.NONE


@pytest.mark.parametrize(
    ("first", "more", "whole"),
    [
        ("", "Dancing.", "Dancing."),
        ("My uncle.", "Because he mends things.", "My uncle, because he mends things."),
        ("My uncle", "He mends things.", "My uncle. He mends things."),
    ],
)
def test_parts_of_an_answer(first: str, more: str, whole: str) -> None:
    assert joined(first, more) == whole
