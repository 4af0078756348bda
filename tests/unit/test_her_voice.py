"""A persona's voice and length hold where the settings leave it open."""

from __future__ import annotations

from companion.core.errors import ModelError
from companion.core.persona import Dials, Persona, PersonaVoice
from companion.core.settings import Mind, Settings, Voice
from companion.her_voice import can_be_had, limits_of, with_her_voice

HERS = PersonaVoice(voice="deep", speed=0.9, expressiveness=0.3)
ADA = Persona(version=2, name="Ada", character="Ada.", voice=HERS, dials=Dials(length=1))


def find(name: str) -> str:
    if name != "deep":
        raise ModelError("There is none.")
    return name


def test_her_voice_is_taken_where_nothing_else_is_set() -> None:
    voice = with_her_voice(Settings(), ADA, can_be_had(find)).voice
    assert (voice.voice, voice.speed, voice.expressiveness) == ("deep", 0.9, 0.3)


def test_the_settings_go_before_her_and_a_voice_must_be_there() -> None:
    settings = Settings(voice=Voice(speed=1.5))
    other = ADA.model_copy(update={"voice": PersonaVoice(voice="gone", speed=0.9)})
    assert with_her_voice(settings, other, can_be_had(find)) == settings


def test_replies_are_bounded_by_her_dial_and_by_a_setting_that_was_changed() -> None:
    assert limits_of(Settings(), ADA).max_tokens == 45
    assert limits_of(Settings(mind=Mind(max_reply_tokens=20)), ADA).max_tokens == 20
    plain = Persona(name="Ada", character="Ada.")
    assert limits_of(Settings(), plain).max_tokens == Mind().max_reply_tokens
