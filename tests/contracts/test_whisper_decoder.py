"""Our decoder of Whisper beside CTranslate2's, on the real models."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from companion.backends.whisper import WhisperTranscriber
from companion.backends.whisper_decoder import WhisperDecoder
from companion.backends.whisper_graph import decoder_weights
from companion.core.audio import Samples
from companion.her_voices import resolve_model
from tests.bench.everyday import SENTENCES
from tests.endtoend.live import espeak
from tests.endtoend.words import error_rate

pytestmark = pytest.mark.timeout(300)
MODELS = ["whisper-tiny.en", "whisper-base"]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> list[Samples]:
    folder = tmp_path_factory.mktemp("spoken")
    return [espeak(text, folder) for text in SENTENCES]


def ears(name: str, monkeypatch: pytest.MonkeyPatch, own_decoder: bool = True) -> WhisperTranscriber:
    if not own_decoder:
        monkeypatch.setattr("companion.backends.whisper.LARGEST_DECODED", 0)
    loaded = WhisperTranscriber(resolve_model(name, "transcriber"), language="en")
    loaded.warm_up()
    monkeypatch.undo()
    return loaded


@pytest.mark.parametrize("name", MODELS)
def test_it_writes_what_ctranslate2_writes(name: str, spoken: list[Samples], monkeypatch: pytest.MonkeyPatch) -> None:
    """But for near ties: the weights are rounded in another way."""
    ours, theirs = ears(name, monkeypatch), ears(name, monkeypatch, own_decoder=False)
    pairs = [(theirs.transcribe(sound), ours.transcribe(sound)) for sound in spoken]
    assert error_rate(" ".join(a.text for a, _ in pairs), " ".join(b.text for _, b in pairs)) <= 0.05
    same = [(a, b) for a, b in pairs if a.text == b.text]
    assert len(same) >= len(pairs) / 2
    for a, b in same:
        assert b.confidence == pytest.approx(a.confidence, abs=0.06)
        assert b.no_speech == pytest.approx(a.no_speech, abs=0.1)


@pytest.mark.parametrize("name", MODELS)
def test_a_draft_changes_nothing(name: str, spoken: list[Samples], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was heard before: a part of it, all of it, or something else. What rounding decides may differ."""
    fresh = ears(name, monkeypatch)
    other = spoken[0]
    texts: list[tuple[str, str]] = []
    for sound in spoken[1:]:
        fresh.transcribe(other)
        plain = fresh.transcribe(sound).text
        texts.append((plain, fresh.transcribe(sound).text))
        fresh.transcribe(sound[: len(sound) * 2 // 3], glance=True)
        texts.append((plain, fresh.transcribe(sound).text))
    assert error_rate(" ".join(a for a, _ in texts), " ".join(b for _, b in texts)) <= 0.03


def test_the_language_is_told_as_by_ctranslate2(spoken: list[Samples], monkeypatch: pytest.MonkeyPatch) -> None:
    model = resolve_model("whisper-base", "transcriber")
    ours = WhisperTranscriber(model)
    monkeypatch.setattr("companion.backends.whisper.LARGEST_DECODED", 0)
    theirs = WhisperTranscriber(model)
    theirs.warm_up()
    monkeypatch.undo()
    for sound in spoken[:6]:
        a, b = theirs.transcribe(sound), ours.transcribe(sound)
        assert a.language == b.language
        assert b.language_probability == pytest.approx(a.language_probability, abs=0.1)


def test_what_is_made_of_the_model_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = resolve_model("whisper-tiny.en", "transcriber") / "model.bin"
    WhisperDecoder(model, 1, tmp_path)
    made: Callable[..., object] = pytest.fail
    monkeypatch.setattr("companion.backends.whisper_decoder._step_and_cross", made)
    kept = WhisperDecoder(model, 1, tmp_path)
    assert kept.vocabulary == 51864


def test_it_is_made_here_where_no_process_can_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.backends.made_models.sys.executable", str(tmp_path / "nothing"))
    assert WhisperDecoder(resolve_model("whisper-tiny.en", "transcriber") / "model.bin", 1).vocabulary == 51864


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a model" * 100,
        struct.pack("<IH12sI", 6, 12, b"WhisperSpec\0", 3),
        struct.pack("<IH12sII", 5, 12, b"WhisperSpec\0", 3, 0),
        struct.pack("<IH12sII", 6, 12, b"WhisperSpec\0", 3, 0),
        struct.pack("<IH12sIIH7sB", 6, 12, b"WhisperSpec\0", 3, 1, 7, b"decoder", 1),
    ],
)
def test_what_is_no_model_is_told_apart(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.bin").write_bytes(content)
    with pytest.raises(ValueError, match=r"model|weights"):
        decoder_weights(tmp_path / "model.bin")


def test_a_model_that_ours_cannot_be_made_of_is_written_down_by_ctranslate2(
    spoken: list[Samples], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("no floating-point weights")

    monkeypatch.setattr("companion.backends.whisper.WhisperDecoder", broken)
    heard = WhisperTranscriber(resolve_model("whisper-tiny.en", "transcriber"))
    assert error_rate(SENTENCES[1], heard.transcribe(spoken[1]).text) <= 0.25
    assert np.isfinite(heard.transcribe(spoken[1]).confidence)
