"""Whatever is in a card comes back out of it, and a persona comes back from its card as it was."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.cards import png
from companion.cards.card import Card, Json, JsonObject, decoded, encoded, parsed
from companion.cards.exporting import V1_FIELDS, card_json, card_picture
from companion.cards.importing import WORDS, persona_of
from companion.cards.reading import card_of
from companion.core.greetings import Greetings
from companion.core.lore import Lore, LoreEntry
from companion.core.paths import shipped
from companion.core.persona import Dials, ExampleExchange, Persona, PersonaVoice, load_persona
from companion.core.persona_file import persona_toml
from tests.unit.cards import samples

SHIPPED = sorted(path.stem for path in (shipped("assets") / "personas").glob("*.toml"))

texts = st.text(max_size=60)
lines = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
numbers = st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
others = st.dictionaries(
    texts.filter(lambda name: name not in (*WORDS, "data", "spec", "extensions")), values, max_size=4
)
names = st.text(st.characters(categories=["L"]), min_size=1, max_size=20)
entries: st.SearchStrategy[JsonObject] = st.builds(
    lambda keys, content, more: {**more, "keys": keys, "content": content}, st.lists(texts, max_size=3), texts, others
)
books: st.SearchStrategy[JsonObject] = st.builds(
    lambda inside, more: {**more, "entries": inside}, st.lists(entries, max_size=3), others
)


@st.composite
def cards(draw: st.DrawFn, version: int) -> Card:
    data: JsonObject = {**draw(others), "name": draw(names), **{name: draw(texts) for name in V1_FIELDS[1:]}}
    if version == 1:
        return Card(data)
    data |= {"extensions": draw(others), "alternate_greetings": [*draw(st.lists(texts, max_size=3))]}
    data |= {"system_prompt": draw(texts), "character_book": draw(books)}
    if version == 3:
        data |= {"nickname": draw(texts), "group_only_greetings": []}
    return Card({**draw(others), "spec": f"chara_card_v{version}", "spec_version": f"{version}.0", "data": data})


def assert_holds(part: JsonObject, whole: JsonObject) -> None:
    for name, value in part.items():
        assert whole[name] == value, name


@settings(max_examples=60, deadline=None)
@given(cards(2) | cards(3))
def test_a_card_that_nobody_changed_comes_back_as_it_was(card: Card) -> None:
    persona = persona_of(card).persona
    back = card_json(persona, card.version, card)
    assert_holds(card.data, Card(back).data)
    assert_holds({name: value for name, value in card.root.items() if name not in ("data", "spec_version")}, back)
    assert parsed(encoded(back)) == back


@settings(max_examples=60, deadline=None)
@given(cards(1), st.sampled_from([2, 3]))
def test_the_first_version_becomes_a_later_one_with_all_that_was_in_it(card: Card, version: int) -> None:
    back = card_json(persona_of(card).persona, version, card)
    assert_holds(card.root, {**back, **Card(back).data})
    assert persona_of(Card(back)).persona == persona_of(card).persona


@settings(max_examples=60, deadline=None)
@given(cards(3), lines, lines)
def test_of_a_persona_that_was_changed_only_the_change_is_new(card: Card, character: str, key: str) -> None:
    persona = persona_of(card).persona.model_copy(
        update={"character": character, "lore": Lore(entries=(LoreEntry(keys=(key,), text="New."),))}
    )
    back = Card(card_json(persona, 3, card))
    assert persona_of(back).persona == persona
    untouched = {name: value for name, value in card.data.items() if name not in WORDS and name != "extensions"}
    assert_holds(untouched, back.data)
    extensions = card.data["extensions"]
    kept = back.data["extensions"]
    assert isinstance(extensions, dict) and isinstance(kept, dict)
    assert_holds(extensions, kept)


personas = st.builds(
    Persona,
    version=st.just(2),
    name=names,
    character=st.text(min_size=1, max_size=200),
    manner=texts,
    greeting=texts,
    reminder=texts,
    nicknames=st.lists(lines, max_size=2).map(tuple),
    examples=st.lists(st.builds(ExampleExchange, user=lines, reply=lines), max_size=3).map(tuple),
    dials=st.builds(Dials, length=st.integers(0, 10), warmth=st.integers(0, 10)),
    likes=st.lists(lines, max_size=3).map(tuple),
    boundaries=st.lists(lines, max_size=3).map(tuple),
    greetings=st.builds(
        Greetings, any=st.lists(lines, max_size=3).map(tuple), night=st.lists(lines, max_size=2).map(tuple)
    ),
    voice=st.builds(PersonaVoice, speed=st.none() | st.floats(0.5, 2)),
    language=st.sampled_from(["", "de"]),
    lore=st.builds(
        Lore,
        scan_depth=st.integers(0, 50),
        entries=st.lists(
            st.builds(
                LoreEntry,
                keys=st.lists(lines, max_size=3).map(tuple),
                text=lines,
                constant=st.booleans(),
                position=st.sampled_from(["before", "after"]),
                priority=st.none() | st.integers(-5, 5),
            ),
            max_size=3,
        ).map(tuple),
    ),
)


@settings(max_examples=80, deadline=None)
@given(personas, st.sampled_from([2, 3]))
def test_every_persona_comes_back_from_its_card(persona: Persona, version: int) -> None:
    assert persona_of(Card(card_json(persona, version))).persona == persona


@settings(max_examples=80, deadline=None)
@given(personas)
def test_every_persona_comes_back_from_its_file(persona: Persona) -> None:
    assert Persona.model_validate(tomllib.loads(persona_toml(persona))) == persona


@pytest.mark.parametrize("key", SHIPPED)
@pytest.mark.parametrize("version", [2, 3])
def test_those_that_are_shipped_come_back_from_their_picture(key: str, version: int) -> None:
    persona = load_persona(key)
    card = card_of(card_picture(persona, version, samples.picture()))
    assert card.version == version
    assert card.image
    assert persona_of(card).persona == persona.model_copy(update={"version": 2})


def test_a_picture_of_the_third_version_can_be_read_by_programs_that_know_the_second() -> None:
    persona = load_persona("samantha")
    found = png.texts(list(png.chunks(card_picture(persona, 3, samples.picture()))), ("chara", "ccv3"))
    older, newer = Card(decoded(found["chara"])), Card(decoded(found["ccv3"]))
    assert (older.version, newer.version) == (2, 3)
    assert persona_of(older).persona == persona_of(newer).persona == persona
