"""Kokoro as any other voice: every word has its end, pieces are the whole, all are equally loud, it is understood."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest

from companion.backends.kokoro import Kokoro
from companion.backends.loudness import LEVEL_DB, LEVEL_TEXT
from companion.backends.whisper import WhisperTranscriber
from companion.core.audio import HEARING_RATE_HZ, level_db, seconds, silence
from companion.core.engines import Tone
from companion.core.errors import EngineError, ModelError
from companion.core.paths import models_folder
from companion.her_voices import resolve_model
from tests.bench.everyday import SENTENCES
from tests.endtoend.live import at_rate
from tests.endtoend.words import error_rate

MODEL = "kokoro-82m-ja"
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(not (models_folder() / MODEL).is_dir(), reason=f"`companion models install {MODEL}` brings it"),
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kokoro")


@pytest.fixture(scope="module")
def kokoro(cache: Path) -> Kokoro:
    return Kokoro(resolve_model(MODEL, "voice"), cache, "jf_alpha")


TEXTS = [*SENTENCES[:3], "I, e.g., like twenty-five of the best.", "Oh! It is. Really?"]


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_has_its_end(kokoro: Kokoro, text: str) -> None:
    voiced = kokoro.voice(text)
    ends = [word.end_s for word in voiced.words]
    assert [word.text for word in voiced.words] == text.split()
    assert ends == sorted(ends)
    assert ends[0] > 0
    assert ends[-1] == pytest.approx(seconds(voiced.samples, kokoro.rate_hz), abs=0.35)


def test_a_word_ends_where_its_sound_does(kokoro: Kokoro) -> None:
    voiced = kokoro.voice("One, two, three.")
    loud = np.abs(voiced.samples) > 0.05
    for word in voiced.words[:2]:
        end = round(word.end_s * kokoro.rate_hz)
        after = loud[end : end + kokoro.rate_hz // 20]
        before = loud[max(0, end - kokoro.rate_hz // 5) : end]
        assert before.mean() > after.mean()


def test_a_clause_is_made_in_pieces_cut_where_it_is_silent(kokoro: Kokoro) -> None:
    stream = kokoro.begin("I went to the shop this morning, and it was closed all day. Then I came back home by bus.")
    pieces = list(stream.pieces)
    assert len(pieces) >= 2
    assert sum(map(len, pieces)) == round(stream.duration_s * kokoro.rate_hz)
    for before, after in pairwise(pieces):
        seam = np.concatenate((before[-600:], after[:600]))
        assert level_db(seam) < -50.0
    assert stream.words[-1].end_s == pytest.approx(stream.duration_s, abs=0.35)


def test_nothing_of_the_sound_is_cut_off_at_its_ends(kokoro: Kokoro) -> None:
    for text in ("Hello there.", "Yes", "What a lovely evening this is!"):
        samples = kokoro.voice(text).samples
        edge = round(0.01 * kokoro.rate_hz)
        assert level_db(samples[:edge]) < -40.0
        assert level_db(samples[-edge:]) < -40.0


@pytest.mark.parametrize("style", ["jf_alpha", "jm_kumo", "jf_alpha*0.6+jf_nezumi*0.4"])
def test_every_voice_and_blend_is_as_loud_as_piper_s(cache: Path, style: str) -> None:
    voice = Kokoro(resolve_model(MODEL, "voice"), cache, style)
    assert level_db(voice.voice(LEVEL_TEXT).samples) == pytest.approx(LEVEL_DB, abs=1.5)
    assert np.abs(voice.voice(LEVEL_TEXT).samples).max() < 1.0


def test_speed_and_volume_are_taken_and_expressiveness_is_none_of_its_controls(cache: Path) -> None:
    voice = Kokoro(resolve_model(MODEL, "voice"), cache, "jf_alpha")
    usual = voice.voice(SENTENCES[9]).samples
    voice.tune(Tone(expressiveness=1.0))
    assert np.array_equal(voice.voice(SENTENCES[9]).samples, usual)
    voice.tune(Tone(speed=1.5, volume=0.5))
    other = voice.voice(SENTENCES[9]).samples
    assert len(other) < 0.85 * len(usual)
    assert level_db(other) == pytest.approx(level_db(usual) - 6.0, abs=2.0)


def test_it_is_understood(kokoro: Kokoro) -> None:
    ears = WhisperTranscriber(resolve_model("whisper-base", "transcriber"), language="en")
    pause = silence(0.3, HEARING_RATE_HZ)
    heard = [
        ears.transcribe(np.concatenate((pause, at_rate(kokoro.voice(text).samples, kokoro.rate_hz), pause))).text
        for text in SENTENCES[:6]
    ]
    assert error_rate(" ".join(SENTENCES[:6]), " ".join(heard)) <= 0.15


def test_nothing_to_say_is_no_sound(kokoro: Kokoro) -> None:
    for text in ("", "...", "—"):
        assert len(kokoro.voice(text).samples) == 0


def test_a_text_without_end_is_refused_and_a_long_one_is_said(kokoro: Kokoro) -> None:
    with pytest.raises(EngineError, match="too long"):
        kokoro.begin("word " * 1000)
    stream = kokoro.begin("unquestionably " * 60)
    assert len(stream.words) == 60


@pytest.mark.parametrize("style", ["af_heart", "jf_alpha*2+nobody"])
def test_a_voice_that_is_not_there_is_refused_with_a_list(cache: Path, style: str) -> None:
    with pytest.raises(ModelError, match="no voice called") as error:
        Kokoro(resolve_model(MODEL, "voice"), cache, style)
    assert "jf_alpha" in error.value.hint


def test_a_language_that_it_cannot_speak_is_refused(cache: Path) -> None:
    with pytest.raises(ModelError, match="cannot speak"):
        Kokoro(resolve_model(MODEL, "voice"), cache, "jf_alpha", "zh")


def test_a_model_of_another_kind_is_an_error(cache: Path, tmp_path: Path) -> None:
    good = resolve_model(MODEL, "voice")
    (tmp_path / "voices.npz").write_bytes(good.with_name("voices_ja.npz").read_bytes())
    for content in (b"no model", good.read_bytes()[:100_000]):
        (tmp_path / "kokoro.onnx").write_bytes(content)
        with pytest.raises(ModelError, match="damaged or of another kind"):
            Kokoro(tmp_path / "kokoro.onnx", cache, "jf_alpha").warm_up()


def test_an_export_that_cannot_be_cut_speaks_all_the_same(cache: Path, tmp_path: Path, kokoro: Kokoro) -> None:
    good = resolve_model(MODEL, "voice")
    model = onnx.load(str(good))
    for node in model.graph.node:
        for names in (node.input, node.output):
            for place, name in enumerate(names):
                names[place] = name.replace("/encoder/Reshape", "/another/Reshape")
    onnx.save(model, str(tmp_path / "other.onnx"))
    (tmp_path / "voices.npz").write_bytes(good.with_name("voices_ja.npz").read_bytes())
    whole = Kokoro(tmp_path / "other.onnx", cache, "jf_alpha").voice("I went to the shop, and it was closed.")
    piecewise = kokoro.voice("I went to the shop, and it was closed.")
    assert len(whole.samples) == len(piecewise.samples)
    assert whole.words == piecewise.words
