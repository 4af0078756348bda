"""A clause begun: how much silence stands before its first sound, and where its words end then."""

from __future__ import annotations

import numpy as np
import pytest

from companion.core.audio import Samples, silence
from companion.core.engines import SpokenWord, Voiced, VoiceStream, whole_stream
from companion.core.joining import Opening
from companion.talk.clauses import LONGEST_CLAUSE_WORDS
from companion.talk.voiced_clause import LEAD_KEPT_S, SENTENCE_PAUSE_S, OpenPhrase, begun_clause, next_piece
from tests.fakes.engines import EvenSynthesizer, JoiningSynthesizer

RATE_HZ = 16_000
LEAD_S = 0.06


class LateVoice(EvenSynthesizer):
    """Begins with a silence, as Piper does."""

    rate_hz = RATE_HZ

    def __init__(self, sound: Samples) -> None:
        super().__init__()
        self._sound = sound

    def begin(self, text: str) -> VoiceStream:
        samples = np.concatenate((silence(LEAD_S, RATE_HZ), self._sound))
        words = (SpokenWord("Well,", LEAD_S + 0.3), SpokenWord("then.", LEAD_S + 0.5))
        return whole_stream(Voiced(samples, words), RATE_HZ)


def tone(amplitude: float) -> Samples:
    return np.full(RATE_HZ // 2, amplitude, dtype=np.float32)


@pytest.mark.parametrize("amplitude", [0.9, 0.01])
def test_what_is_waited_for_begins_with_its_sound(amplitude: float) -> None:
    clause = begun_clause(LateVoice(tone(amplitude)), "Well, then.", "Well, then.", at_once=True)
    assert np.flatnonzero(clause.sound[0])[0] / RATE_HZ == pytest.approx(LEAD_KEPT_S)
    assert clause.duration_s == pytest.approx(0.5 + LEAD_KEPT_S)
    assert [word.end_s for word in clause.words()] == pytest.approx([0.3 + LEAD_KEPT_S, 0.5 + LEAD_KEPT_S])
    assert clause.written_ends_s() == pytest.approx((0.3 + LEAD_KEPT_S, 0.5 + LEAD_KEPT_S))
    assert clause.split_at(0.31) == ("Well,", "then.")
    assert next_piece(clause.stream) is None


def test_a_length_that_is_corrected_later_holds_for_what_is_left_out_too() -> None:
    clause = begun_clause(LateVoice(tone(0.9)), "Well, then.", "Well, then.", at_once=True)
    clause.stream.duration_s = 1.06
    clause.stream.words = (SpokenWord("Well,", 0.56), SpokenWord("then.", 1.06))
    assert clause.duration_s == pytest.approx(1.0 + LEAD_KEPT_S)
    assert [word.end_s for word in clause.words()] == pytest.approx([0.5 + LEAD_KEPT_S, 1.0 + LEAD_KEPT_S])


def test_what_follows_keeps_its_silence() -> None:
    clause = begun_clause(LateVoice(tone(0.9)), "Well, then.", "Well, then.")
    assert clause.duration_s == pytest.approx(0.5 + LEAD_S)
    assert len(clause.sound[0]) == round((0.5 + LEAD_S) * RATE_HZ)


def test_a_piece_without_sound_is_left_as_it_is() -> None:
    clause = begun_clause(LateVoice(silence(0.5, RATE_HZ)), "Well, then.", "Well, then.", at_once=True)
    assert len(clause.sound[0]) == round((0.5 + LEAD_S) * RATE_HZ)
    assert clause.duration_s == pytest.approx(0.5 + LEAD_S)


def test_in_the_silence_before_a_word_nothing_of_it_was_heard() -> None:
    words = (SpokenWord("Out,", 0.3, pause_s=0.1), SpokenWord("and", 0.7, pause_s=0.25), SpokenWord("in.", 0.8))
    clause = begun_clause(EvenSynthesizer(), "Out, and in.", "Out, and in.")
    clause.stream, clause.start_s = VoiceStream(1.0, words, iter(())), 5.0
    assert [(word.begin_s, word.end_s) for word in clause.words()] == [
        pytest.approx(span) for span in ((5.1, 5.3), (5.55, 5.7), (5.7, 5.8))
    ]
    assert clause.split_at(5.09) == ("", "Out, and in.")
    assert clause.split_at(5.55) == ("Out,", "and in."), "0.25 s of the 0.4 s are out, and all of them are silent"
    assert clause.split_at(5.65) == ("Out, and", "in.")


def test_a_part_is_voiced_between_its_neighbours_and_no_pause_stands_behind_it() -> None:
    voice = JoiningSynthesizer()
    opening = begun_clause(voice, Opening("One two", "thr"), "One two", at_once=True)
    rest = begun_clause(voice, "three four.", "three four.", said="One two")
    alone = begun_clause(voice, "five six.", "five six.")
    assert voice.parts == [("", "One two", "thr"), ("One two", "three four.", "")]
    assert opening.pause_s == 0.0
    assert rest.pause_s == alone.pause_s == SENTENCE_PAUSE_S


def test_a_voice_that_does_not_join_speaks_a_part_as_it_can() -> None:
    clause = begun_clause(EvenSynthesizer(), Opening("One two", "thr"), "One two", said="Well")
    assert [word.text for word in clause.words()] == ["One", "two"]


def test_a_phrase_that_never_ends_is_begun_anew_before_it_is_too_long_to_speak() -> None:
    phrase, part = OpenPhrase(), Opening("on and on it", "goes")
    told = [phrase.go_on(part, str(part)) for _ in range(100)]
    assert told[:2] == ["", "on and on it"]
    assert max(len(said.split()) for said in told) < LONGEST_CLAUSE_WORDS
    assert phrase.go_on("goes.", "goes.") != ""
    assert phrase.go_on("Well.", "Well.") == "", "the phrase was over"
