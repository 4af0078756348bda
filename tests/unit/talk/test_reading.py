"""What drafts, as Whisper writes them, say about the end of a turn."""

from __future__ import annotations

from dataclasses import fields

import pytest

from companion.talk.continuations import BY_LANGUAGE
from companion.talk.reading import Reading, read


@pytest.mark.parametrize("text", [None, "", " ", "...", "?", '"', "_", "- -"])
def test_nothing_is_known_of_no_words(text: str | None) -> None:
    assert read(text) is Reading.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "I went to the shop and.",  # Whisper's full stop says nothing
        "I went to the shop and...",
        "I went to the shop and?",
        "I didn't sleep well because",
        "I didn't sleep well, because…",
        "I was thinking, um.",
        "Um.",
        "Could you pass me the?",
        "This is my.",
        "Hello. I'm.",
        "There's.",
        "I’ve.",
        "I want to.",
        "I would like to book a table for.",
        "Tell me something about.",  # "something" is no complement that came before
        "We could stay, or else we could go,",
        "We could go -",
        "We could go—",
        "I like all kind of.",
        "It rained. And then.",
    ],
)
def test_sentences_that_go_on(text: str) -> None:
    assert read(text) is Reading.OPEN


@pytest.mark.parametrize(
    "text",
    [
        "I was.",
        "I thought.",
        "The best part of the day was.",
        "If it rains tomorrow.",
        "When I was at school.",
        "I need eggs, milk, bread.",
        "Can you tell me?",
        "Do you remember?",
        "Do you think that?",
        "Could you explain to me?",
        "I said that.",
        "Are you sure that?",
        "Do you know how to?",
        "Could you remind me to?",
    ],
)
def test_sentences_that_seldom_end_there(text: str) -> None:
    assert read(text) is Reading.LEANING


@pytest.mark.parametrize("text", ["Yesterday I went there", "I can hardly keep my eyes open", "Once more, please"])
def test_whisper_leaves_out_the_mark_where_it_expects_more(text: str) -> None:
    assert read(text) is Reading.UNMARKED


def test_an_open_end_needs_no_mark() -> None:
    assert (read("Yesterday I was"), read("I went and")) == (Reading.LEANING, Reading.OPEN)


@pytest.mark.parametrize(
    "text",
    [
        "I went to the shop.",
        "Yes, I was.",
        "Yes, I'd love to.",
        "That is what I wanted.",
        "You know what I was looking for.",
        "I like that!",
        "I need eggs, milk, and bread.",
        "I went there, but it was closed, so I left early.",
        "I was tired, hungry.",
        "If it rains tomorrow we will stay at home.",
        "If it rains tomorrow, we stay.",
        "I left at nine or so.",
    ],
)
def test_sentences_that_may_end_there(text: str) -> None:
    assert read(text) is Reading.PLAIN


@pytest.mark.parametrize(
    "text",
    [
        "What should I cook for dinner tonight?",
        "What are you looking for?",
        "What do you think of it?",
        "When are you coming?",
        "Where was I?",
        "What would you like?",
        "Would you play some quiet music for me?",
        'He asked: "Why now?"',
        "I am tired. Are you?",
    ],
)
def test_questions(text: str) -> None:
    assert read(text) is Reading.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        "no",
        "Thank you!",
        "Stop.",
        "I think so.",
        "I see. Goodbye.",
        "Read it again, please.",
        "I am fine, thank you.",
    ],
)
def test_words_that_need_no_more(text: str) -> None:
    assert read(text) is Reading.WHOLE


@pytest.mark.parametrize(
    ("language", "text", "reading"),
    [
        ("de", "Ich wollte dich anrufen, aber.", Reading.OPEN),
        ("de", "Ich komme mit.", Reading.PLAIN),  # a prefix of the verb, and no preposition
        ("de", "Wenn es morgen regnet.", Reading.LEANING),
        ("de", "Gute Nacht.", Reading.WHOLE),
        ("fr", "Je voudrais une.", Reading.OPEN),
        ("fr", "Je ne sais pas parce que.", Reading.OPEN),
        ("fr", "Je suis rentré hier soir.", Reading.PLAIN),
        ("fr", "S'il te plaît.", Reading.WHOLE),
        ("es", "Quiero comprar una.", Reading.OPEN),
        ("es", "Es para mí.", Reading.PLAIN),  # "mí" is not the possessive "mi"
        ("es", "Muchas gracias.", Reading.WHOLE),
        ("fr", "Je crois que tu.", Reading.OPEN),
        ("es", "Tengo que.", Reading.OPEN),
        ("it", "Sono andato al negozio e.", Reading.PLAIN),  # no words are known: marks alone count
        ("it", "Sono andato al negozio, ", Reading.OPEN),
        ("it", "Come stai?", Reading.QUESTION),
    ],
)
def test_other_languages(language: str, text: str, reading: Reading) -> None:
    assert read(text, language) is reading


def test_every_word_list_is_written_as_words_are_read() -> None:
    for language, known in BY_LANGUAGE.items():
        for each in fields(known):
            for phrase in getattr(known, each.name):
                assert phrase == phrase.lower().strip() and "’" not in phrase, (language, each.name, phrase)
                assert "," not in phrase and phrase, (language, each.name, phrase)
                assert len(phrase.split()) == 2 or not each.name.endswith("_pairs"), (language, each.name, phrase)
