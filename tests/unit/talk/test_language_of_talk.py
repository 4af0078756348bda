"""The language of each turn: one odd detection changes nothing, a clear one does at once."""

from __future__ import annotations

import pytest

from companion.core.engines import Transcript
from companion.talk.language_of_talk import LanguageOfTalk
from companion.talk.language_of_text import language_of_text


def take(talk: LanguageOfTalk, text: str, language: str, probability: float) -> str:
    talk.hear(Transcript(text, language, language_probability=probability))
    return talk.take(text)


@pytest.mark.parametrize(
    ("text", "language", "probability", "then"),
    [
        ("Wie geht es dir heute?", "de", 0.95, "de"),
        ("Wie geht es dir heute?", "de", 0.6, "de"),  # the words say so too
        ("Kauderwelsch Blubb Hamburg", "de", 0.6, "en"),  # they do not
        ("Kauderwelsch Blubb Hamburg", "de", 0.9, "de"),
        ("Ja.", "de", 0.99, "en"),
        ("No.", "no", 0.7, "en"),
        ("I went to the shop with my sister.", "cy", 0.9, "en"),  # not a language that she knows
        ("I went to the shop with my sister.", "de", 0.95, "en"),  # the words know better
        ("What is it?", "en", 0.9, "en"),
        ("Das ist aber schön.", "de", 0.4, "en"),
    ],
)
def test_one_turn(text: str, language: str, probability: float, then: str) -> None:
    assert take(LanguageOfTalk(), text, language, probability) == then


def test_two_short_turns_in_a_row_change_it() -> None:
    talk = LanguageOfTalk()
    assert take(talk, "Ja.", "de", 0.9) == "en"
    assert take(talk, "Ja, genau.", "de", 0.9) == "de"
    assert take(talk, "Okay.", "en", 0.9) == "de"


def test_another_language_in_between_is_not_in_a_row() -> None:
    talk = LanguageOfTalk()
    assert [take(talk, "Ja.", "de", 0.9), take(talk, "Ja.", "nl", 0.9), take(talk, "Ja.", "de", 0.9)] == ["en"] * 3


def test_the_language_of_the_settings_always_holds() -> None:
    talk = LanguageOfTalk(fixed="fr")
    assert take(talk, "I went to the shop with my sister.", "en", 0.99) == "fr"
    assert talk.take("I went to the shop with my sister.", typed=True) == "fr"


def test_a_typed_line_counts_by_its_words_alone() -> None:
    talk = LanguageOfTalk()
    assert talk.take("Kannst du mir bitte sagen, wie spät es ist?", typed=True) == "de"
    assert talk.take("Hm", typed=True) == "de"
    assert talk.take("So what is the time where you are?", typed=True) == "en"


def test_looking_ahead_changes_nothing() -> None:
    talk = LanguageOfTalk()
    talk.hear(Transcript("Wie geht es dir heute?", "de", language_probability=0.95))
    assert talk.of_turn("Wie geht es dir heute?") == "de"
    assert talk.current == "en"


def test_she_is_told_only_where_it_does_not_go_without_saying() -> None:
    talk = LanguageOfTalk()
    assert talk.to_be_told("en") == ""
    assert talk.to_be_told(take(talk, "Wie geht es dir heute?", "de", 0.95)) == "de"
    assert talk.to_be_told(take(talk, "And now in English again, please.", "en", 0.95)) == "en"
    talk.begin_anew()
    assert talk.to_be_told("en") == ""


def test_a_persona_with_a_language_of_her_own_answers_in_it() -> None:
    talk = LanguageOfTalk(hers="fr")
    heard = take(talk, "I went to the shop with my sister.", "en", 0.95)
    assert (heard, talk.of_answer(heard), talk.to_be_told(heard)) == ("en", "fr", "")
    talk.become("")
    assert talk.of_answer(heard) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What do you think about this?", "en"),
        ("Ich weiß nicht, was das ist.", "de"),
        ("Qu'est-ce que tu fais ce soir avec ta sœur ?", "fr"),
        ("¿Qué vas a hacer mañana por la tarde?", "es"),
        ("Hamburg", ""),
        ("", ""),
    ],
)
def test_little_words_tell_the_language_of_a_text(text: str, language: str) -> None:
    assert language_of_text(text) == language
