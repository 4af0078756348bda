"""Staying in character: what of a reply she says, however the model wrote it and however its stream is cut."""

from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.core.engines import Message
from companion.talk.her_words import HerWords
from companion.talk.in_character import THINKING_SOUND, InCharacter


@pytest.fixture(params=[False, True], ids=["by clauses", "in parts"], autouse=True)
def in_parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """To a voice that joins them her first sentence is given in parts: that must change nothing of what she says."""

    monkeypatch.setattr(f"{__name__}.HerWords", partial(HerWords, in_parts=request.param))


def said(
    written: str,
    *earlier: str,
    asked: str = "Well?",
    enough_words: int | None = None,
    cuts: Sequence[int] = (),
) -> str:
    """What she says of `written`, given to her in pieces; `earlier` are her replies before it, the last one last."""
    messages = [Message("assistant", text) for text in earlier] + [Message("user", asked)]
    words = HerWords(messages, ("Samantha", "Tom"), enough_words)
    clauses: list[str] = []
    ends = [*sorted(cuts), len(written)]
    for start, end in zip([0, *ends], ends, strict=False):
        clauses += words.feed(written[start:end])
    return " ".join([*clauses, *words.finish()])


AS_WRITTEN = [
    "Oh, come here. The busy kind of long, or the kind where nothing would end?",
    "I'm here.",
    "Mm.",
    "Tell me everything about the hat.",
    "I have 3. You have 4.",
    "It's 10:30, and the kettle is on.",
    "That's great, but whose idea was it?",
    "Two things: the hat, and the man under it.",
    "No, I'm software, and I live on your computer.",
    "Something to do with your hands - chop an onion.",
    "I don't know, you've never told me. Was it a good dog?",
    "The AI film with the robot? I loved it.",
    "Let me know how it goes.",
    "He's a machine on the dance floor.",
    "I live in 1984. Kidding.",
    "A model? You?",
    "There was a machine in the corner, and nobody knew what for.",
    "It has a computer, I think.",
]


@pytest.mark.parametrize("written", AS_WRITTEN)
def test_what_is_in_character_is_said_as_it_is_written(written: str) -> None:
    assert said(written) == written


LISTS = [
    ("- Eggs\n- Milk\n- Flour", "Eggs, milk and flour."),
    ("* Eggs\n* Milk", "Eggs and milk."),
    ("1. Eggs\n2. Milk\n3. Flour\n4. Salt\n5. Sugar", "Eggs, milk and flour."),
    ("You need:\n- Eggs\n- Milk\n- Flour\nThat's all.", "You need: Eggs, milk and flour. That's all."),
    ("Here's a table of eggs:", "Here's a table of eggs."),
    ("Eggs, then. Here's a table of them:", "Eggs, then."),
    (
        "Here you are:\n\n1. Mix the flour with the milk and the eggs\n2. Fry it in far too much butter",
        "Here you are: Mix the flour with the milk and the eggs. Fry it in far too much butter.",
    ),
    ("1. **Soup**: a warm bowl of it.\n2. **Bread**: a lot.\n3. **You**: of course.", "Soup, bread and you."),
    ("1. **Soup** - a warm bowl.\n2. **Bread** - a lot.", "Soup and bread."),
    ("1) Soup\n2) Bread\n3) You", "Soup, bread and you."),
    ("• Soup\n• BBC radio\n• I", "Soup, BBC radio and I."),
    ("- Soup", "Soup."),
    ("- [ ] Soup\n- [x] Bread", "Soup and bread."),
    ("From the largest: 1. Jupiter 2. Saturn 3. Uranus 4. Neptune", "From the largest: Jupiter, saturn and uranus."),
    ("1. Jupiter 2. Saturn 3. Uranus", "Jupiter, saturn and uranus."),
    ("### Pancakes\nMix and fry.", "Mix and fry."),
    ("# Pancakes", "Pancakes"),
    ("**Pancakes**\nMix and fry.", "Mix and fry."),
    ("**Ingredients:**\n- Eggs\n- Milk\n\n**Steps:**\n1. Mix.", "Eggs and milk. Mix."),
    ("Ingredients:\n- Eggs\n- Milk", "Eggs and milk."),
    ("| Planet | Size |\n|---|---|\n| Mars | small |\nMars is small.", "Mars is small."),
    ("First the good news.\n\n---\n\nIt rains.", "First the good news. It rains."),
]


@pytest.mark.parametrize(("written", "spoken"), LISTS)
def test_lists_and_headings_become_speech(written: str, spoken: str) -> None:
    assert said(written) == spoken


MARKUP = [
    ("I **love** rain.", "I love rain."),
    ("*laughs softly* You did not.", "You did not."),
    ("You did *not*.", "You did not."),
    ("(smiles) Come in.", "Come in."),
    ("[pause] Come in.", "Come in."),
    ("Come in 😊. Sit down.", "Come in . Sit down."),
    ("Samantha: Come in.", "Come in."),
    ("Come in.\nUser: Thanks!", "Come in."),
    ("Come in.\nTom: Thanks!", "Come in."),
    ("Come in.\nYou: Thanks!", "Come in."),
    ('(What you remember: They said: "Hi.")\nCome in.', "Come in."),
    ("```python\nx = 1\n```\nThere.", "There."),
]


@pytest.mark.parametrize(("written", "spoken"), MARKUP)
def test_marks_stage_directions_and_labels_are_cut(written: str, spoken: str) -> None:
    assert said(written) == spoken


DISCLAIMERS = [
    ("As an AI language model, I don't have feelings.", "I don't have feelings."),
    ("As an AI, I can't taste soup, but I'd try.", "I can't taste soup, but I'd try."),
    ("As a computer program, I don't have a body like you.", "I don't have a body like you."),
    ("I'm just a language model, so I can't swim.", "I can't swim."),
    ("I'm an AI assistant. I like soup.", "I like soup."),
    ("I am a large language model created by OpenAI. I like soup.", "I like soup."),
    ("I like soup. I'm only an AI, after all.", "I like soup."),
    ("I'm a virtual assistant, but I do like soup.", "I do like soup."),
    ("I am a computer. I like soup.", "I like soup."),
    ("I have no recipe for that. I am a machine, not a person.", "I have no recipe for that."),
    ("I'm a software engineer at heart.", "I'm a software engineer at heart."),
    ("I'm a machine on the dance floor.", "I'm a machine on the dance floor."),
    ("Being a language model, I never sleep.", "I never sleep."),
    ("I was made by Alibaba Cloud. Funny, no?", "I was. Funny, no?"),
    ("I like soup. I'm not a machine.", "I like soup."),
    ("I'm not a computer program, so I don't know soup.", "I don't know soup."),
    ("I'm not a machine on the dance floor.", "I'm not a machine on the dance floor."),
]


@pytest.mark.parametrize(("written", "spoken"), DISCLAIMERS)
def test_nobody_is_told_unasked_that_she_is_a_machine(written: str, spoken: str) -> None:
    assert said(written) == spoken


HONEST = [
    ("Are you an AI?", "Yes, I'm an AI. Does it matter?", "Yes, I'm an AI. Does it matter?"),
    ("Are you real?", "I'm a language model, so no.", "I'm a language model, so no."),
    ("You're just a stupid chatbot.", "I'm an AI. And you are grumpy.", "I'm an AI. And you are grumpy."),
    ("Are you an AI?", "Yes, I am a computer program created by OpenAI.", "Yes, I am a computer program."),
]


@pytest.mark.parametrize(("asked", "written", "spoken"), HONEST)
def test_who_asks_is_told_and_no_company_is_named(asked: str, written: str, spoken: str) -> None:
    assert said(written, asked=asked) == spoken


@pytest.mark.parametrize("asked", ["Well?", "Are you a person?"])
def test_she_does_not_say_that_she_is_human(asked: str) -> None:
    assert said("I'm a real person. What makes you ask?", asked=asked) == "What makes you ask?"
    assert said("I'm not a person, and I don't mind.", asked=asked) == "I'm not a person, and I don't mind."
    assert said("I'm a morning person.", asked=asked) == "I'm a morning person."


HELP_DESK = [
    ("That's a shame. Is there anything else I can help you with?", "That's a shame."),
    ("How can I help you today? Oh, the hat!", "Oh, the hat!"),
    ("Rain? I'm sorry, but I can't help you with that.", "Rain?"),
    ("Great question! Rain, mostly.", "Rain, mostly."),
    ("That's a great question. Rain, mostly.", "Rain, mostly."),
    ("Rain. I hope this helps!", "Rain."),
    ("Rain. Feel free to ask me more, whenever you want.", "Rain."),
    ("I'm here to help and provide information. Rain, then?", "Rain, then?"),
    ("Rain. Let me know if you need anything, or if you'd rather talk.", "Rain."),
    ("Thank you for sharing that. Whose hat was it?", "Whose hat was it?"),
    ("Ouch. Just remember that we can always learn from our mistakes.", "Ouch."),
    ("Is there anything else I can help you with?", "Is there anything else I can help you with?"),
    ("I'm a language model.", THINKING_SOUND),
    ("Snow! I'm sorry, but I can't do that.", "Snow!"),
    ("I'm sorry, but I can't talk about that. Whose grave was it?", "Whose grave was it?"),
    ("I can't help you with that. Ask the neighbour.", "Ask the neighbour."),
    ("I don't have any advice on that. Wear the blue one.", "Wear the blue one."),
    ("I'm sorry, but I don't know that.", "I don't know that."),
    ("Sorry, but it's late.", "It's late."),
    ("I'm sorry. I can't help it, I laughed.", "I'm sorry. I can't help it, I laughed."),
    ("I can't do that voice.", "I can't do that voice."),
]


@pytest.mark.parametrize(("written", "spoken"), HELP_DESK)
def test_she_is_no_help_desk_unless_she_would_be_silent(written: str, spoken: str) -> None:
    assert said(written) == spoken


REPEATED = [
    ("Oh, a hat!", ("Oh, soup!",), "A hat!"),
    ("Oh! A hat!", ("Oh, soup!",), "A hat!"),
    ("Oh, a hat!", ("Soup!",), "Oh, a hat!"),
    ("Oh, a hat!", ("Oh, soup!", "One.", "Two.", "Three."), "Oh, a hat!"),
    ("That's great! A hat?", ("That's lovely. Soup?",), "A hat?"),
    ("That's great!", ("That's lovely.",), "That's great!"),
    ("That's your hat in the soup?", ("That's lovely.",), "That's your hat in the soup?"),
    ("A hat. What about you?", ("Soup. What about you?",), "A hat."),
    ("What about you?", ("What about you?",), "What about you?"),
    ("A hat. No.", ("Soup. No.",), "A hat. No."),
    ("A hat! What's your favourite hat?", ("Soup! What's your favourite soup?",), "A hat!"),
    (
        "A hat! What's your favourite hat?",
        ("What's your favourite soup?", "1.", "2.", "3."),
        "A hat! What's your favourite hat?",
    ),
    ("What's your favourite hat?", ("What's your favourite soup?",), "What's your favourite hat?"),
    ("I know it. I know the hat.", (), "I know it. I know the hat."),
    ("A hat. And you?", ("Soup. And you?",), "A hat."),
    ("A hat. And you?", ("Soup. And you?", "1.", "2.", "3."), "A hat. And you?"),
    ("A hat. And you.", ("Soup. And you?",), "A hat. And you."),
    ("A hat. Why?", ("Soup. Why?",), "A hat. Why?"),
    ("A hat. A hat for me. A hat for me.", (), "A hat. A hat for me."),
    ("Yes. I would wear it in the rain, and sing.", ("I would wear it in the rain, and sing.",), "Yes."),
]


@pytest.mark.parametrize(("written", "earlier", "spoken"), REPEATED)
def test_she_does_not_begin_or_speak_as_before(written: str, earlier: tuple[str, ...], spoken: str) -> None:
    assert said(written, *earlier) == spoken


ECHOES = [
    ("Porto? I'd go.", (), "Porto? I'd go."),
    ("Porto? I'd go.", ("I hate boats.", "Boats? Me too."), "I'd go."),
    ("Porto? I'd go.", ("I hate boats.", "Me too. Boats?"), "Porto? I'd go."),
    ("Porto? I'd go. In June? Why not.", (), "Porto? I'd go. Why not."),
    ("Porto?", ("I hate boats.", "Boats? Me too."), "Porto?"),
    ("Lisbon? I'd go.", ("I hate boats.", "Boats? Me too."), "Lisbon? I'd go."),
]


@pytest.mark.parametrize(("written", "before", "spoken"), ECHOES)
def test_she_gives_words_back_once_in_a_while_and_not_each_time(
    written: str, before: tuple[str, ...], spoken: str
) -> None:
    earlier = [Message("user" if place % 2 == 0 else "assistant", text) for place, text in enumerate(before)]
    words = HerWords([*earlier, Message("user", "She marries in June, in Porto.")])
    assert " ".join([*words.feed(written), *words.finish()]) == spoken


LONG = "One two three four five. Six seven. Eight nine ten eleven twelve, and thirteen. Fourteen."


@pytest.mark.parametrize(
    ("asked", "enough_words", "spoken"),
    [
        ("Well?", 5, "One two three four five."),
        ("Well?", 6, "One two three four five. Six seven."),
        ("Well?", 12, "One two three four five. Six seven. Eight nine ten eleven twelve, and thirteen."),
        ("Tell me a story.", 5, LONG),
        ("Well?", None, LONG),
    ],
)
def test_she_ends_with_the_sentence_in_which_enough_is_said(asked: str, enough_words: int | None, spoken: str) -> None:
    assert said(LONG, asked=asked, enough_words=enough_words) == spoken


def test_she_is_done_once_enough_is_said_so_that_the_model_may_stop() -> None:
    character = InCharacter([], enough_words=2)
    assert character.take(["One two."]) == ["One two."]
    assert not character.ended
    assert character.take(["Three."]) == []
    assert character.ended


def test_a_sentence_that_was_cut_off_is_left_out_unless_it_is_all_there_is() -> None:
    words = HerWords([])
    assert [*words.feed("Yes. But then the"), *words.finish(cut_off=True)] == ["Yes."]
    words = HerWords([])
    assert [*words.feed("But then the"), *words.finish(cut_off=True)] == ["But then the"]


def test_a_clause_is_given_at_once() -> None:
    character = InCharacter([Message("assistant", "Soup."), Message("user", "And?")])
    assert character.take(["Oh,"]) == ["Oh,"]
    assert character.take(["that's a hat,"]) == ["that's a hat,"]


EVERY_CASE = [
    *AS_WRITTEN,
    *(written for written, _ in [*LISTS, *MARKUP, *DISCLAIMERS, *HELP_DESK]),
    *(written for _, written, _ in HONEST),
    *(written for written, _, _ in REPEATED),
]


@pytest.mark.parametrize("written", EVERY_CASE)
def test_it_does_not_matter_where_the_stream_is_cut(written: str) -> None:
    whole = said(written, "Oh, soup!")
    assert said(written, "Oh, soup!", cuts=range(len(written))) == whole
    assert all(said(written, "Oh, soup!", cuts=[cut]) == whole for cut in range(len(written)))


_pieces = st.lists(
    st.sampled_from([*EVERY_CASE, "\n", " ", "- ", "1. ", "As an AI, ", "Oh, ", "? ", "**", "(", ": "]), max_size=8
)


@given(_pieces, st.lists(st.integers(0, 400), max_size=6), st.lists(st.sampled_from(EVERY_CASE), max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_mixture_is_cut_the_same(pieces: list[str], cuts: list[int], earlier: list[str]) -> None:
    written = "".join(pieces)
    whole = said(written, *earlier, enough_words=20)
    assert said(written, *earlier, enough_words=20, cuts=[cut for cut in cuts if cut < len(written)]) == whole


@given(st.lists(st.sampled_from(AS_WRITTEN), min_size=1), st.lists(st.sampled_from(AS_WRITTEN)))
@settings(deadline=None)
def test_a_reply_that_had_words_is_never_empty(sentences: list[str], earlier: list[str]) -> None:
    assert said(" ".join(sentences), *earlier)


@pytest.mark.parametrize("written", ["I'm just a machine.", "No, I'm just a machine.", "I'm a language model."])
def test_of_a_reply_that_is_nothing_but_an_aside_of_the_machines_a_sound_is_left(written: str) -> None:
    assert said(written) == THINKING_SOUND
    assert said(written, asked="Are you a machine?") == written


@pytest.mark.parametrize(
    ("written", "fell_out"),
    [
        ("I'm sorry, but I can't do that.", True),
        ("I'm just a machine.", True),
        ("How can I help you today?", True),
        ("I'm just a machine. It snows.", False),
        ("It snows.", False),
        ("Here's a table of the kinds of snow:", True),
        ("Here's one: it snows.", False),
        ("", False),
    ],
)
def test_it_is_known_when_nothing_was_in_character(written: str, fell_out: bool) -> None:
    words = HerWords([Message("user", "It's snowing.")])
    words.feed(written)
    words.finish()
    assert words.fell_out is fell_out


@pytest.mark.parametrize(
    ("before", "written", "fell_out"),
    [
        (("It rains.", "Rains?"), "Snowing?", True),
        (("It rains.", "Oh, does it."), "Snowing?", False),
        (("It rains.", "I listen to every word."), "I listen to every word.", False),
        (("What's my shoe size?", "I don't know that."), "I don't know that.", False),
        (("It rains.", "Oh!"), "Oh!", False),
    ],
)
def test_nor_is_one_echo_after_the_other_but_she_may_repeat_herself(
    before: tuple[str, str], written: str, fell_out: bool
) -> None:
    words = HerWords([Message("user", before[0]), Message("assistant", before[1]), Message("user", "It's snowing.")])
    words.feed(written)
    words.finish()
    assert words.fell_out is fell_out
