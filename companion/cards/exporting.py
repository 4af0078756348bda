"""Writes a persona as a card: into the card it came from, if it came from one, so that nothing in that is lost."""

from __future__ import annotations

import base64

from companion.cards import png
from companion.cards.card import Card, Json, JsonObject, encoded
from companion.cards.importing import EXTENSION, fingerprint, persona_of, persona_of_words
from companion.cards.lorebook import book_of
from companion.core.persona import Persona

V1_FIELDS = ("name", "description", "personality", "scenario", "first_mes", "mes_example")
TEXTS = (*V1_FIELDS, "creator_notes", "system_prompt", "post_history_instructions", "creator", "character_version")
LISTS = ("alternate_greetings", "tags")
SPECS = {2: ("chara_card_v2", "2.0"), 3: ("chara_card_v3", "3.0")}


def card_json(persona: Persona, version: int, before: Card | None = None) -> JsonObject:
    """The card of `persona`, in `version` 2 or 3. `before`: the one it came from."""
    before = before or Card({"spec": "", "data": {"name": persona.name}})
    data: JsonObject = {**_empty(version), **before.data}
    if before.version == 1:
        data = {**_empty(version), **{field: before.root[field] for field in V1_FIELDS if field in before.root}}
    if persona != persona_of(Card({"data": data})).persona:
        data = _written(persona, data)
    others = {name: value for name, value in before.root.items() if before.version > 1 or name not in V1_FIELDS}
    spec, spec_version = SPECS[version]
    return {**others, "spec": spec, "spec_version": spec_version, "data": data}


def card_picture(persona: Persona, version: int, image: bytes, before: Card | None = None) -> bytes:
    """`image`, a PNG, with the card in it; one of version 3 has version 2 beside it for programs that know no more."""
    found = {"chara": base64.b64encode(encoded(card_json(persona, 2, before)))}
    if version == 3:
        found["ccv3"] = base64.b64encode(encoded(card_json(persona, 3, before)))
    return png.with_texts(image, found)


def _empty(version: int) -> JsonObject:
    """What every card of `version` must have."""
    data: JsonObject = dict.fromkeys(TEXTS, "")
    data |= {field: list[Json]() for field in LISTS}
    data["extensions"] = {}
    if version == 3:
        data["group_only_greetings"] = []
    return data


def _written(persona: Persona, before: JsonObject) -> JsonObject:
    """`before` with whatever it does not say of `persona` already."""
    said = persona_of_words(before)
    data = dict(before)
    if persona.name != said.name:
        data["nickname" if data.get("nickname") else "name"] = persona.name
    if persona.character != said.character:
        data |= {"description": persona.character, "personality": "", "scenario": ""}
    if persona.manner != said.manner:
        data["system_prompt"] = persona.manner
    if persona.reminder != said.reminder:
        data["post_history_instructions"] = persona.reminder
    if (persona.greeting, persona.greetings) != (said.greeting, said.greetings):
        lines = list(dict.fromkeys(filter(None, (persona.greeting, *persona.greetings.any, *persona.greetings.first))))
        data |= {"first_mes": lines[0] if lines else "", "alternate_greetings": [*lines[1:]]}
    if persona.examples != said.examples:
        data["mes_example"] = "\n".join(
            f"<START>\n{{{{user}}}}: {one.user}\n{{{{char}}}}: {one.reply}" for one in persona.examples
        )
    if persona.lore != said.lore:
        data["character_book"] = book_of(persona.lore, data.get("character_book"))
    return _with_extension(persona, data)


def _with_extension(persona: Persona, data: JsonObject) -> JsonObject:
    """`data` with an extension for what its words cannot say."""
    said = persona_of_words(data).model_dump(mode="json")
    beyond = {name: value for name, value in persona.model_dump(mode="json").items() if value != said[name]}
    extensions = data.get("extensions")
    others = dict(extensions) if isinstance(extensions, dict) else {}
    others.pop(EXTENSION, None)
    if beyond:
        others[EXTENSION] = {"words": fingerprint(data), "persona": beyond}
    return {**data, "extensions": others}
