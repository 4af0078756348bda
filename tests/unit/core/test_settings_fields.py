"""Every field of the tree says what a window needs to know of it."""

from __future__ import annotations

import pytest

from companion.core.errors import SettingsError
from companion.core.settings import Settings
from companion.core.settings_fields import SettingField, setting_field, setting_fields

FIELDS = list(setting_fields().values())


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_every_field_says_what_it_is(field: SettingField) -> None:
    assert field.title and field.help.endswith(".")
    assert field.checked(field.default) == field.default == field.value_in(Settings())
    assert (field.kind == "choice") == bool(field.labels)
    assert (field.kind in ("whole", "number")) == (field.maximum is not None) == (field.minimum is not None)
    for choice in field.labels:
        field.checked(choice)


def test_every_choice_has_a_label() -> None:
    for section in ("hearing", "turn_taking", "talking", "mind", "voice", "window"):
        properties = type(getattr(Settings(), section)).model_json_schema()["properties"]
        for name, schema in properties.items():
            assert set(setting_field(f"{section}.{name}").labels) == set(schema.get("enum", []))


def test_exactly_these_are_taken_at_once() -> None:
    expected = {"voice.volume", "voice.speed", "voice.expressiveness", "hearing.speech_threshold"}
    expected |= {"persona", "her_name", "user_name"}
    for section in ("talking", "turn_taking", "models", "memory", "window", "shortcuts"):
        expected |= {field.key for field in FIELDS if field.section == section}
    assert {field.key for field in FIELDS if field.live} == expected - {
        "memory.embedder",
        "memory.keep_days",
        "memory.shared",
        "talking.wake_word",
        "turn_taking.turn_detector",
    }


def test_values_are_taken_as_the_tree_takes_them() -> None:
    assert repr(setting_field("voice.speed").checked(1)) == "1.0"
    with pytest.raises(SettingsError, match=r"from 0\.5 to 2"):
        setting_field("voice.speed").checked(9)
    with pytest.raises(SettingsError, match="no setting called voice"):
        setting_field("voice")
