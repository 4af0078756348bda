"""Which speaker of a Piper voice speaks, and what a file that is dropped in must have beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from companion.backends.piper import Piper
from companion.backends.piper_speakers import speaker_number, speakers_beside, speakers_of
from companion.backends.voices import make_voice, voices_in
from companion.core.engines import Tone
from companion.core.errors import ModelError
from companion.core.voice_names import joined, parted
from companion.models.resolver import resolve
from tests.fakes.many_speakers import SPEAKERS, write_voice


def raw_level(file: Path, speaker: str) -> float:
    """How loud the model itself is, before every voice is made equally loud."""
    voice = Piper(file, file.parent / "cache", speaker=speaker)
    split, synthesis = voice._voice(), voice._synthesis(0.0, 1.0)
    (sentence,) = split.plan("hello", synthesis)
    return float(np.abs(split.sound(sentence, 0, split.samples_of(sentence))).max())


def test_each_speaker_sounds_as_the_model_makes_it_by_name_or_number(tmp_path: Path) -> None:
    file = write_voice(tmp_path)
    for name, number in SPEAKERS.items():
        level = pytest.approx(0.1 * (number + 1), rel=0.05)
        assert raw_level(file, name) == level
        assert raw_level(file, str(number)) == level
    assert raw_level(file, "") == pytest.approx(0.1, rel=0.05)


def test_its_name_tells_the_speaker(tmp_path: Path) -> None:
    voice = make_voice(write_voice(tmp_path), "bob", "", tmp_path / "cache", Tone())
    assert (voice.info().model, voice.info().language) == ("three#bob", "en")
    assert len(voice.voice("hello").samples) > 0


@pytest.mark.parametrize("wanted", ["bop", "3", "-1"])
def test_a_speaker_that_is_not_there_is_refused_with_a_list(tmp_path: Path, wanted: str) -> None:
    with pytest.raises(ModelError, match=f"no speaker {wanted}") as error:
        Piper(write_voice(tmp_path), tmp_path, speaker=wanted)
    assert error.value.hint.endswith("There are 3, by number from 0 to 2 or by name: ann, bob, cid.")


def test_a_voice_of_one_has_no_speakers(tmp_path: Path) -> None:
    file = write_voice(tmp_path, num_speakers=1, speaker_id_map={})
    assert voices_in(file) == ()
    with pytest.raises(ModelError, match="one speaker only"):
        Piper(file, tmp_path, speaker="ann")


def test_a_voice_of_hundreds_lists_a_dozen() -> None:
    config = {"num_speakers": 904, "speaker_id_map": {f"p{number}": number for number in range(904)}}
    with pytest.raises(ModelError) as error:
        speaker_number(config, "nobody", "libritts")
    assert error.value.hint.endswith("p11 ….")
    assert speaker_number(config, "p903", "libritts") == 903


@pytest.mark.parametrize("named", [None, [], {"ann": "x"}, {"ann": 99}])
def test_speakers_without_sensible_names_are_called_by_number(named: object) -> None:
    assert list(speakers_of({"num_speakers": 2, "speaker_id_map": named})) == ["0", "1"]


def test_the_name_of_a_voice_in_settings(tmp_path: Path) -> None:
    assert parted("libritts.onnx#p3") == ("libritts.onnx", "p3")
    assert parted("piper-en_US-joe-medium") == ("piper-en_US-joe-medium", "")
    (odd := tmp_path / "a#b.onnx").touch()
    assert parted(str(odd)) == (str(odd), "")
    assert parted(f"{odd}#2") == (str(odd), "2")
    assert joined("a", "") == "a"


# --- a voice of one's own, dropped in


def test_a_file_is_taken_by_its_path_with_a_speaker(tmp_path: Path) -> None:
    file = write_voice(tmp_path)
    assert resolve(f"{file}#cid", "voice") == file
    assert resolve(f"{tmp_path}#cid", "voice") == file


def test_without_its_description_it_is_refused(tmp_path: Path) -> None:
    file = write_voice(tmp_path)
    file.with_name("three.onnx.json").unlink()
    with pytest.raises(ModelError, match=r"three\.onnx\.json is not beside it"):
        resolve(str(file), "voice")


@pytest.mark.parametrize("text", ["{", "[]", '"x"', "{}"])
def test_with_a_broken_description_it_is_refused(tmp_path: Path, text: str) -> None:
    file = write_voice(tmp_path)
    file.with_name("three.onnx.json").write_text(text)
    with pytest.raises(ModelError, match=r"damaged|does not describe a Piper voice"):
        resolve(str(file), "voice")
    with pytest.raises(ModelError, match="no readable"):
        Piper(file, tmp_path)
    assert speakers_beside(file) == ()


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = write_voice(tmp_path)
    file.write_bytes(b"PK\x03\x04 this is a zip")
    with pytest.raises(ModelError, match="does not begin as an ONNX file"):
        resolve(str(file), "voice")
    with pytest.raises(ModelError, match="damaged or of another kind"):
        Piper(file, tmp_path / "cache").warm_up()


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no model at"):
        resolve(str(tmp_path / "none.onnx#ann"), "voice")
