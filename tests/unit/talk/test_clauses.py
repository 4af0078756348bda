"""Clauses: the first soon, the others whole, none ever cut inside a number, a name or a piece of markup."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.talk.clauses import LONGEST_CLAUSE_CHARS, LONGEST_CLAUSE_WORDS, ClauseSplitter


def split(text: str, piece_chars: int = 10**9, language: str = "en") -> list[str]:
    splitter = ClauseSplitter(language)
    clauses = []
    for start in range(0, len(text), piece_chars):
        clauses += splitter.feed(text[start : start + piece_chars])
    return clauses + splitter.finish()


def bare(text: str) -> str:
    """Without white space, and with one of several marks."""
    return re.sub(r"([!?])[!?]+", r"\1", "".join(text.split()))


FIRST_CLAUSES = [
    ("Oh, I'd love that. Tell me more.", "Oh, I'd love that."),
    ("Well done! You made it.", "Well done!"),
    ("Hello! How are you today?", "Hello!"),
    ("Hello there, how are you today?", "Hello there,"),
    ("Good question; let me think.", "Good question;"),
    ("One idea: roast a chicken.", "One idea:"),
    ("I see — that is hard.", "I see —"),
    ("I see—that is hard.", "I see—"),
    ("I see -- that is hard.", "I see --"),
    ("I see – that is hard.", "I see –"),
    ("I see - that is hard.", "I see -"),
    ("Oh well... I think so.", "Oh well..."),
    ("Oh well… I think so.", "Oh well…"),
    ("Well... I think so. Yes.", "Well... I think so."),
    ("I would stay at home because it rains a lot.", "I would stay at home"),
    ("It's okay if you forget.", "It's okay if you forget."),
    ("That is okay if you forget.", "That is okay"),
    ("You could bake bread and butter it.", "You could bake bread and butter it."),
    ("You could bake some bread and butter it.", "You could bake some bread"),
    ("You could bake some bread with seeds and then butter it.", "You could bake some bread"),
    ("You could bake some bread with me.", "You could bake some bread with me."),  # too little would be left
    ("You could go to the shop with her mother today.", "You could go to the shop"),
    ("Yes.\nAnd no, of course.", "Yes."),
    ("Sure", "Sure"),
    ("Really?! I had no idea. None.", "Really?"),
    ("That's it!!! Great.", "That's it!"),
    ('"Hello there," she said. "Come in."', '"Hello there,"'),
    ("(Well, not quite.) Still, yes.", "(Well, not quite.)"),
    ("*laughs softly, then sighs* Oh, you. Stop it.", "*laughs softly, then sighs* Oh,"),
    ("**Really, truly** yes, I do.", "**Really, truly** yes,"),
    ("我很高兴。你呢？", "我很高兴。"),
    ("そうですね、はい。", "そうですね、"),
    ("「行こう。」と言った。", "「行こう。」"),
    ("मैं ठीक हूँ। तुम?", "मैं ठीक हूँ।"),
    ("هل أنت بخير؟ نعم.", "هل أنت بخير؟"),
]


@pytest.mark.parametrize(("text", "first"), FIRST_CLAUSES)
def test_first_clause(text: str, first: str) -> None:
    assert split(text)[0] == first


WHOLE = [
    "It is 3.5 metres long",
    "It has 1,200 pages in it",
    "We meet at 10:30 today",
    "Ask Dr. Smith about it",
    "Ask Mr. and Mrs. Jones about it",
    "Take some fruit e.g. apples",
    "He lives in the U.S. now",
    "She has a Ph.D. in physics",
    "Come at 10 a.m. tomorrow please",
    "J. K. Rowling wrote it",
    "It was Samuel L. Jackson again",
    "See https://example.com/a,b;c:d?e=1.2 for it",
    "Write to me@example.com today",
    "Version 1.2.3 is out",
    "Cats vs. dogs again",
    "Pears etc. are fruit",
    "A well-known fact",
    "The sum 5 - 3 is small",
    "Read [this, or that](http://a.bc) now",
    "Look (here, there) now",
    "From 1990–1995 only",
    "Oh (what a day. What a night) fine",
]


@pytest.mark.parametrize("text", WHOLE)
def test_stays_whole(text: str) -> None:
    assert split(text) == [text]


WHOLE_ELSEWHERE = [
    ("de", "Wir sehen uns am 3. Mai wieder"),
    ("de", "Das war 3. Mai"),
    ("de", "Es geht vom 1. bis zum 15. August"),
    ("de", "Im 19. Jahrhundert war das anders"),
    ("de", "Der 2. Weltkrieg war vorbei"),
    ("de", "Komm am 3. 5. zu mir"),
    ("de", "Nimm z. B. Lauch dazu"),
    ("de", "Das sind ca. drei Liter bzw. vier Kilo"),
    ("de", "Frag Fr. Meier oder Hr. Schulz danach"),
    ("de", "Obst, d. h. Äpfel"),
    ("cs", "Uvidíme se 3. května večer"),
    ("fr", "Demandez à M. Dupont ou à Mme. Martin"),
    ("fr", "Prenez p. ex. des poireaux"),
    ("es", "Pregunte a la Sra. García por eso"),
    ("es", "Vive en EE. UU. desde hace años"),
]


@pytest.mark.parametrize(("language", "text"), WHOLE_ELSEWHERE)
def test_stays_whole_in_its_language(language: str, text: str) -> None:
    for piece_chars in (1, 3, 10**9):
        assert " ".join(split(text, piece_chars, language)) == text
        assert not any(clause.endswith(".") for clause in split(text, piece_chars, language))


@pytest.mark.parametrize(
    ("language", "clauses"),
    [
        ("de", ["Ich bin 42.", "Und du?"]),
        ("de", ["Davon habe ich 3.", "Dann gehe ich."]),
        ("de", ["Ich habe 3.", "- Oder mehr?"]),
        ("de", ["Ich komme mit.", "Heute noch."]),
        ("fr", ["J'ai 42 ans.", "Et toi ?"]),
        ("en", ["I have 3.", "May I keep them?"]),
    ],
)
def test_a_number_may_end_a_sentence(language: str, clauses: list[str]) -> None:
    for piece_chars in (1, 3, 10**9):
        assert split(" ".join(clauses), piece_chars, language) == clauses


def test_a_number_at_the_end_of_a_line_ends_a_sentence() -> None:
    assert split("Es sind die 3.\nMai ist es.", language="de") == ["Es sind die 3.", "Mai ist es."]


LATER_CLAUSES = [
    ("I am fine. I had tea, toast, and jam. And you?", ["I had tea, toast, and jam.", "And you?"]),
    ("I am fine. Look... here it is. Good.", ["Look... here it is.", "Good."]),
    ('I am fine. He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
    ("I am fine. So do I. What now?", ["So do I.", "What now?"]),
    ("Two things:\n1. Buy milk\n2. Sleep well", ["1. Buy milk", "2. Sleep well"]),
    ("Two things:\n- Buy milk\n- Sleep well\n", ["- Buy milk", "- Sleep well"]),
    ("How old? I am 42. Yes.", ["I am 42.", "Yes."]),
    ("我很高兴。你呢？好！", ["你呢？", "好！"]),
    (
        "I am fine. When I was young we used to walk along the river every evening, and my father told us stories "
        "about the old mill on the hill.",
        [
            "When I was young we used to walk along the river every evening,",
            "and my father told us stories about the old mill on the hill.",
        ],
    ),
    (
        "I am fine. When I was young we used to walk along the river every evening because my father liked to tell "
        "us stories about the mill.",
        [
            "When I was young we used to walk along the river every evening",
            "because my father liked to tell us stories about the mill.",
        ],
    ),
]


@pytest.mark.parametrize(("text", "later"), LATER_CLAUSES)
def test_later_clauses(text: str, later: list[str]) -> None:
    assert split(text)[1:] == later


def test_a_plain_word_and_its_mark_end_a_first_clause_at_once() -> None:
    splitter = ClauseSplitter()
    assert splitter.feed("I know") == []
    assert splitter.feed(",") == ["I know,"]
    assert splitter.feed(" it is late, you") == []
    splitter.finish()
    assert splitter.feed("Really?") == ["Really?"]
    assert [*splitter.feed("!"), *splitter.feed("?"), *splitter.feed(" Now what? ")] == ["Now what?"]
    assert splitter.feed("?! ") == [], "later marks stay together"


def test_a_full_stop_behind_a_plain_word_ends_a_first_clause_at_once() -> None:
    splitter = ClauseSplitter()
    assert splitter.feed("That is wonderful") == []
    assert splitter.feed(".") == ["That is wonderful."]
    assert [*splitter.feed(".."), *splitter.feed(" Now what? ")] == ["Now what?"]
    splitter.finish()
    assert splitter.feed("I do not know... ") == ["I do not know..."]


@pytest.mark.parametrize(
    "begun",
    ["I met Sam.", "We live in the U.S.", "It takes approx.", "Look at example.", "Wonderful.", "It is 5."],
)
def test_a_full_stop_that_may_not_be_the_end_is_waited_for(begun: str) -> None:
    assert ClauseSplitter().feed(begun) == []


@pytest.mark.parametrize("begun", ["I said 1,", "See f.g,", 'He "was,', "She (was,", "*waves,", "Well,", "It is 5!"])
def test_what_follows_such_a_mark_is_waited_for_where_it_may_matter(begun: str) -> None:
    assert ClauseSplitter().feed(begun) == []


def test_later_a_mark_and_a_space_decide() -> None:
    splitter = ClauseSplitter()
    splitter.feed("I know, ")
    assert splitter.feed("it is late.") == []
    assert splitter.feed(" ") == ["it is late."]


def test_a_number_that_is_still_being_written_is_waited_for() -> None:
    splitter = ClauseSplitter()
    assert splitter.feed("It costs 3.") == []
    assert splitter.feed("50 now. ") == ["It costs 3.50 now."]


def test_a_closing_quote_is_waited_for() -> None:
    splitter = ClauseSplitter()
    assert splitter.feed('"I know.') == []
    assert splitter.feed('" ') == ['"I know."']


def test_text_without_punctuation_is_cut_between_words() -> None:
    clauses = split("word " * 100)
    assert [len(clause.split()) for clause in clauses] == [30, 30, 30, 10]


def test_text_without_spaces_is_cut_too() -> None:
    assert max(map(len, split("x" * 5000))) == LONGEST_CLAUSE_CHARS
    assert max(map(len, split("字" * 5000))) <= LONGEST_CLAUSE_CHARS


def test_an_asterisk_that_is_never_closed_does_not_swallow_the_reply() -> None:
    assert len(split("*sighs " + "and so on. " * 40)) > 4


def test_an_asterisk_that_opens_nothing_holds_nothing_up() -> None:
    assert split("A 5* hotel, and 2 * 3, fine")[0] == "A 5* hotel,"


def test_finish_makes_it_ready_for_another_reply() -> None:
    splitter = ClauseSplitter()
    splitter.feed("Yes, I do. And")
    assert splitter.finish() == ["And"]
    assert splitter.feed("Oh, not again. ") == ["Oh, not again."]


def test_nothing_in_nothing_out() -> None:
    assert split("") == split(" \n\t \n") == []


TOKENS = (
    "well oh and because that 3.5 1,200 Dr. e.g. U.S. I , . ... … ! ? ?! ; : — - -- * ** *sighs* ( ) [ ] \" ' ” 。 、 "
    "我很 ？ 」 \n \n\n 1. - 😊 http://a.bc/d?e=f,g Ünïcode नमस्ते । word"
)
tokens = st.sampled_from(TOKENS.split(" "))
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.tuples(tokens, st.sampled_from(["", " ", " ", "  "])), max_size=90).map(
        lambda pairs: "".join(token + space for token, space in pairs)
    ),
)


@settings(max_examples=150, deadline=None)
@given(text=texts, data=st.data())
def test_no_character_is_lost_and_the_pieces_do_not_matter(text: str, data: st.DataObject) -> None:
    clauses = split(text)
    assert bare("".join(clauses)) == bare(text)
    assert all(clause == clause.strip() != "" and len(clause) <= LONGEST_CLAUSE_CHARS for clause in clauses)
    assert all(len([w for w in clause.split() if w.isalnum()]) <= LONGEST_CLAUSE_WORDS for clause in clauses)
    assert split(text, data.draw(st.integers(1, 7))) == clauses


@settings(max_examples=150, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(
            ["am", "der", "3.", "12.", "Mai", "Dann", "und", "z.", "B.", ",", ".", "-", "—", "!", "5", "\n"]
        )
    ).map(" ".join),
    chars=st.integers(1, 7),
    language=st.sampled_from(["de", "cs", "fr", "es"]),
)
def test_the_pieces_do_not_matter_in_other_languages(text: str, chars: int, language: str) -> None:
    clauses = split(text, language=language)
    assert bare("".join(clauses)) == bare(text)
    assert split(text, chars, language) == clauses
