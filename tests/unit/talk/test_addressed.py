"""Spoken to, or spoken about: a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.talk.addressed import only_calls, question_to

HERS = ("Samantha",)

CALLS = [
    # first, with a comma
    ("Samantha, what time is it?", "What time is it?"),
    ("Samantha, can you hear me?", "Can you hear me?"),
    ("Samantha: play something.", "Play something."),
    ("Samantha! Stop.", "Stop."),
    ("Samantha... are you there?", "Are you there?"),
    ("Samantha — wait.", "Wait."),
    ("Samantha - wait.", "Wait."),
    # with a greeting or another opener
    ("Hey Samantha, what's up?", "What's up?"),
    ("hey samantha what's up", "What's up"),
    ("Hey, Samantha. What's up?", "What's up?"),
    ("Hi Samantha, I'm home.", "I'm home."),
    ("Hello Samantha I had a long day", "I had a long day"),
    ("Okay, Samantha, let's begin.", "Let's begin."),
    ("Excuse me, Samantha, is it late?", "Is it late?"),
    ("Good morning, Samantha.", "Good morning."),
    ("Good morning Samantha, how are you?", "Good morning how are you?"),
    ("Thank you, Samantha.", "Thank you."),
    ("Thank you so much Samantha", "Thank you so much"),
    ("Thanks Samantha", "Thanks"),
    ("No, Samantha, I meant Tuesday.", "No, I meant Tuesday."),
    ("No Samantha I meant Tuesday.", "No I meant Tuesday."),
    ("Stop, Samantha!", "Stop!"),
    ("And Samantha, what about you?", "And what about you?"),
    ("Um, Samantha, hold on.", "Um, hold on."),
    # nothing but the call
    ("Samantha", "Samantha"),
    ("Samantha?", "Samantha?"),
    ("Hey Samantha!", "Hey Samantha!"),
    # first, without a comma
    ("Samantha what's the weather like", "What's the weather like"),
    ("Samantha tell me a story", "Tell me a story"),
    ("Samantha can you help me", "Can you help me"),
    ("Samantha is it raining outside", "Is it raining outside"),
    ("Samantha was that you", "Was that you"),
    ("Samantha I need your help", "I need your help"),
    ("Samantha guess what", "Guess what"),
    ("Samantha feed the cat", "Feed the cat"),
    # last
    ("What time is it, Samantha?", "What time is it?"),
    ("What time is it Samantha?", "What time is it?"),
    ("what do you think samantha", "what do you think"),
    ("It's late Samantha?", "It's late?"),
    ("I had a long day, Samantha.", "I had a long day."),
    ("Good night Samantha", "Good night"),
    ("Can you hear me, Samantha? I'm in the kitchen.", "Can you hear me? I'm in the kitchen."),
    # in a later sentence
    ("I don't know. Samantha, what do you think?", "I don't know. What do you think?"),
    ("That's great. Samantha?", "That's great."),
    ("That's great, Samantha. Tell me more.", "That's great. Tell me more."),
    ("Samantha said so yesterday. Right, Samantha?", "Samantha said so yesterday. Right?"),
    # as transcribers spell it
    ("Samanta, what time is it?", "What time is it?"),
    ("Semantha, what time is it?", "What time is it?"),
    ("Cemantha, what time is it?", "What time is it?"),
    ("Samatha, what time is it?", "What time is it?"),
    ("Amantha, what time is it?", "What time is it?"),
    ("Sammantha, what time is it?", "What time is it?"),
    ("Zamantha, what time is it?", "What time is it?"),
    ("Hey Sam Antha, what time is it?", "What time is it?"),
    ("SAMANTHA, WHAT TIME IS IT?", "WHAT TIME IS IT?"),
]

MENTIONS = [
    "",
    "...",
    "What time is it?",
    "Samantha said to me yesterday that it would rain.",
    "Samantha's here.",
    "Samantha’s my friend.",
    "Samantha is late.",
    "Samantha is the best.",
    "Samantha was there.",
    "Samantha can swim.",
    "Samantha and I went home.",
    "Samantha, and Tom, went home.",
    "Samantha likes you.",
    "Samantha called me.",
    "Samantha from work is coming.",
    "Okay Samantha said she would come.",
    "So Samantha told me everything.",
    "Stop Samantha from leaving.",
    "I told Samantha.",
    "I told Samantha about it yesterday.",
    "This is Samantha.",
    "Who is Samantha?",
    "Did you call Samantha?",
    "Have you heard about Samantha?",
    "Who invited Samantha?",
    "What about Tom and Samantha?",
    "And Samantha?",
    "With Tom, Ben, and Samantha.",
    "Tom, Samantha, and Ben were there.",
    "My sister, Samantha, said so.",
    "I was with Samantha.",
    "I really like Samantha",
    "We watched a film Samantha",
    "Is Samantha there?",
    # other names, and words that only look alike
    "Amanda, what time is it?",
    "Montana, what time is it?",
    "Semantics, what a word.",
    "Savannah, come here.",
    "Tabitha, come here.",
]

OTHER_LANGUAGES = [
    ("Samantha, wie spät ist es?", "de", "Wie spät ist es?"),
    ("Hallo Samantha wie geht es dir", "de", "Wie geht es dir"),
    ("Guten Morgen, Samantha.", "de", "Guten Morgen."),
    ("Wie spät ist es, Samantha?", "de", "Wie spät ist es?"),
    ("Samantha hat gesagt, dass es regnet.", "de", None),
    ("Ich war mit Samantha im Kino.", "de", None),
    ("Tom und Samantha", "de", None),
    ("Dis Samantha, quelle heure est-il ?", "fr", "Quelle heure est-il ?"),
    ("Bonne nuit, Samantha.", "fr", "Bonne nuit."),
    ("Samantha a dit oui.", "fr", None),
    ("Oye Samantha qué hora es", "es", "Qué hora es"),
    ("¿Qué hora es, Samantha?", "es", "¿Qué hora es?"),
    ("Samantha me dijo que sí.", "es", None),
    ("Ehi Samantha, che ore sono?", "it", None),  # an unknown greeting
    ("Samantha, che ore sono?", "it", "Che ore sono?"),
    ("Hey Samantha, che ore sono?", "it", "Che ore sono?"),
    ("Samantha che ore sono", "it", None),
]

OTHER_NAMES = [
    (("Ada",), "Ada, are you there?", "Are you there?"),
    (("Ada",), "Adda, are you there?", "Are you there?"),
    (("Ada",), "Ida, are you there?", None),  # too short to be one letter off
    (("Ada Lovelace",), "Ada, are you there?", "Are you there?"),
    (("Ada Lovelace",), "Ada Lovelace, are you there?", "Are you there?"),
    (("Samantha", "Okay Nabu"), "Okay, Nabu, what time is it?", None),
    (("Samantha", "Nabu"), "Okay, Nabu, what time is it?", "What time is it?"),
    (("Chloé",), "Chloe, ça va ?", "Ça va ?"),
    (("サマンサ",), "サマンサ、今何時？", "今何時？"),
    ((), "Samantha, are you there?", None),
    (("!",), "! What?", None),
]


@pytest.mark.parametrize(("text", "question"), CALLS)
def test_she_is_called(text: str, question: str) -> None:
    assert question_to(HERS, text) == question


@pytest.mark.parametrize("text", ["Samantha", "Samantha?", "Hey Samantha!", "Hey, Samantha...", "Okay Samanta,"])
def test_a_call_may_hold_no_question_yet(text: str) -> None:
    assert only_calls(HERS, text)


@pytest.mark.parametrize(
    "text", ["", "Hey.", "Hey Samantha, stop.", "Thank you, Samantha.", "Samantha's.", "I know Samantha"]
)
def test_what_says_more_is_no_mere_call(text: str) -> None:
    assert not only_calls(HERS, text)


@pytest.mark.parametrize("text", MENTIONS)
def test_she_is_only_spoken_of(text: str) -> None:
    assert question_to(HERS, text) is None


@pytest.mark.parametrize(("text", "language", "question"), OTHER_LANGUAGES)
def test_other_languages_need_a_comma_or_a_greeting(text: str, language: str, question: str | None) -> None:
    assert question_to(HERS, text, language) == question


@pytest.mark.parametrize(("names", "text", "question"), OTHER_NAMES)
def test_other_names(names: tuple[str, ...], text: str, question: str | None) -> None:
    assert question_to(names, text) == question


@given(st.text(alphabet="Samnth aeio,.?!'-…1\n", max_size=40), st.sampled_from(["en", "de", "xx"]))
def test_any_text_is_understood_or_not_but_never_an_error(text: str, language: str) -> None:
    question = question_to(HERS, text, language)
    assert question is None or question == question.strip()
