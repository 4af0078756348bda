"""What is recommended to which machine, out of the catalogue that ships."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.models.catalogue import Catalogue, Model, catalogue
from companion.models.recommendation import Machine, Speed, fits, recommend, wait_ms

MODELS = list(catalogue())
HERE = frozenset(model.name for model in MODELS if model.starter)


def names(machine: Machine, language: str = "en", installed: frozenset[str] = HERE) -> dict[str, str]:
    return {advice.purpose: advice.name for advice in recommend(machine, MODELS, language, installed).advices}


@pytest.mark.parametrize(
    ("machine", "ears", "mind"),
    [
        (Machine(1000, 1), "whisper-tiny.en", "smollm2-135m-instruct"),
        (Machine(3000, 1, speed=Speed(0.4, 0.5)), "whisper-tiny.en", "smollm2-135m-instruct"),
        (Machine(25000, 2), "whisper-base", "qwen2.5-1.5b-instruct"),
        (Machine(25000, 2, speed=Speed(0.5, 0.45)), "whisper-tiny.en", "smollm2-135m-instruct"),
        (Machine(16000, 4, speed=Speed(3.5, 2.5)), "whisper-small", "qwen3-4b-instruct"),
        (Machine(32000, 8, speed=Speed(5.0, 4.0)), "whisper-small", "qwen3-4b-instruct"),
        (
            Machine(32000, 8, "RTX", 12000, True, True, speed=Speed(4.0, 3.0)),
            "whisper-large-v3-turbo",
            "gemma-3-12b-it",
        ),
        (Machine(32000, 8, "RTX", ears_on_gpu=True), "whisper-large-v3-turbo", "qwen2.5-1.5b-in"),
    ],
)
def test_the_table(machine: Machine, ears: str, mind: str) -> None:
    chosen = names(machine)
    assert (chosen["transcriber"], chosen["language-model"][: len(mind)]) == (ears, mind)
    assert chosen["turn-detector"] == "smart-turn-v3.2"


def test_the_recommended_voice_for_english_is_hers_unless_one_as_good_is_here() -> None:
    machine = Machine(25000, 2)
    assert names(machine)["voice"] == "piper-en_US-hfc_female-medium"
    here = HERE | {"piper-en_US-hfc_male-medium"}
    assert names(machine, installed=here)["voice"] == "piper-en_US-hfc_male-medium"


@pytest.mark.parametrize(
    "language", ["de", "fr", "es", "it", "nl", "pl", "ru", "hu", "sv", "hi", "uk", "pt", "cs", "zh"]
)
def test_another_language_takes_what_speaks_it(language: str) -> None:
    chosen = names(Machine(25000, 2), language)
    assert language in catalogue().find(chosen["voice"]).languages
    assert "many" in catalogue().find(chosen["transcriber"]).languages


def test_a_language_that_no_voice_speaks_takes_any() -> None:
    assert names(Machine(25000, 2), "xx")["voice"]


def test_what_only_ollama_has_is_for_who_has_ollama() -> None:
    def only_ollama(model: Model) -> bool:
        return model.purpose != "language-model" or not model.hub_source()

    models = [model for model in MODELS if only_ollama(model) and not model.starter]
    machine = Machine(64000, 16, speed=Speed(9.0, 9.0))
    assert "language-model" not in {advice.purpose for advice in recommend(machine, models).advices}
    (mind,) = [
        each for each in recommend(replace(machine, ollama=True), models).advices if each.purpose == "language-model"
    ]
    assert mind.name == "qwen3-14b"


def test_waits_are_those_that_were_measured_on_the_measured_machine() -> None:
    two_cores = Machine(25000, 2)
    measured = {"whisper-base", "qwen2.5-1.5b-instruct", "piper-en_US-joe-medium"}
    told = recommend(two_cores, [model for model in MODELS if model.name in measured])
    assert abs(told.response_ms - 870) <= 20, "BENCHMARKS.md"
    small = {"whisper-tiny.en", "smollm2-135m-instruct", "piper-en_US-joe-medium"}
    told = recommend(two_cores, [model for model in MODELS if model.name in small])
    assert abs(told.response_ms - 480) <= 20, "BENCHMARKS.md"
    assert told.sentence() == (
        "This machine can hold whisper-tiny.en, smollm2-135m-instruct and piper-en_US-joe-medium; "
        f"you would wait about {told.response_ms} ms for an answer."
    )


def test_a_faster_machine_waits_less() -> None:
    for model in MODELS:
        waits = [wait_ms(Machine(64000, 8, speed=Speed(times, times)), model) for times in (0.5, 1.0, 4.0)]
        assert waits == sorted(waits, reverse=True)


def test_a_mind_leaves_room_for_ears_and_voice() -> None:
    mind = catalogue().find("qwen2.5-7b-instruct")
    assert not fits(Machine(mind.memory_mb + 2000, 8), mind)
    assert fits(Machine(mind.memory_mb + 2800, 8), mind)
    assert fits(Machine(4000, 8, "card", 12000, False, True), mind)


def test_without_models_there_is_nothing_to_recommend() -> None:
    assert recommend(Machine(8000, 4), list(Catalogue(models=()))).advices == ()
