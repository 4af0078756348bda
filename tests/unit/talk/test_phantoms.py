"""Phantoms: what Whisper writes of noise is no turn, what people say is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.core.engines import Transcript
from companion.talk.phantoms import collapse_repetition, is_phantom, said_once

WHATEVER_THE_CONFIDENCE = [
    "Thanks for watching!",
    "Thank you for watching.",
    "Thank you so much for watching this video!",
    "Thanks for watching, and don't forget to subscribe!",
    "Please subscribe to my channel.",
    "Don't forget to like and subscribe!",
    "Like, share and subscribe",
    "I'll see you in the next video.",
    "Subtitles by the Amara.org community",
    "Captions by GetTranscribed.com",
    "Transcription by CastingWords",
    "Sous-titrage ST' 501",
    "Sous-titres réalisés par la communauté d'Amara.org",
    "Untertitel der Amara.org-Community",
    "Untertitel im Auftrag des ZDF für funk, 2017",
    "Subtítulos realizados por la comunidad de Amara.org",
    "Sottotitoli creati dalla comunità Amara.org",
    "Редактор субтитров А.Семкин Корректор А.Егорова",
    "Продолжение следует...",
    "Altyazı M.K.",
    "ご視聴ありがとうございました",
    "字幕由 Amara.org 社群提供",
    "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
    "MBC 뉴스 김지경입니다.",
    "[Music]",
    "[BLANK_AUDIO]",
    "(applause)",
    "*coughs*",
    "♪",
    "♪ la la la ♪",
    "(wind) [noise] ♪♪",
    ".",
    "",
    " ... ",
    "?!",
    "🎵",
    "I'm I'm I'm I'm I'm",
    "the the the",
]


@pytest.mark.parametrize("text", WHATEVER_THE_CONFIDENCE)
def test_a_phantom_whatever_the_confidence(text: str) -> None:
    assert is_phantom(Transcript(text, confidence=0.95, no_speech=0.05), 2.0, -20.0)


POLITE = [
    "Thank you.",
    "Thank you very much.",
    "Thank you. Thank you.",
    "Thanks!",
    "you",
    "You",
    "Bye.",
    "Bye-bye!",
    "Okay.",
]
POLITE += ["Oh", "so", "I'm sorry.", "Hmm.", "Merci.", "はい", "See you next time!"]


@pytest.mark.parametrize("text", POLITE)
def test_a_polite_phrase_needs_a_voice_behind_it(text: str) -> None:
    assert is_phantom(Transcript(text, confidence=0.8, no_speech=0.1), 0.9, -25.0) is None
    assert is_phantom(Transcript(text, confidence=0.8, no_speech=0.1), 0.9) is None
    assert is_phantom(Transcript(text, confidence=0.8, no_speech=0.9), 0.9, -25.0)
    assert is_phantom(Transcript(text, confidence=0.2, no_speech=0.1), 0.9, -25.0)
    assert is_phantom(Transcript(text, confidence=0.8, no_speech=0.1), 0.1, -25.0)
    assert is_phantom(Transcript(text, confidence=0.8, no_speech=0.1), 0.9, -70.0)


REAL = [
    "Yes.",
    "No.",
    "Hello?",
    "What should I cook for dinner tonight?",
    "Thank you, that was kind of you.",
    "Thanks for watching my dog yesterday.",
    "I want to subscribe to a newspaper.",
    "Please subscribe me to the wine club.",
    "Can you see the subtitles?",
    "See you in the next room.",
    "You know what I mean.",
    "Play [something] nice",
    "No no no no!",
    "42",
    "我今天很累",
    "Wow, wow, wow.",
]


@pytest.mark.parametrize("text", REAL)
def test_real_turns_stay(text: str) -> None:
    assert is_phantom(Transcript(text, confidence=0.75, no_speech=0.2), 1.5, -30.0) is None


def test_whole_sentences_stay_even_when_unsure() -> None:
    assert is_phantom(Transcript("My sister is coming on Sunday.", confidence=0.3, no_speech=0.7), 2.0, -45.0) is None


def test_a_loop_longer_than_its_sound_is_a_phantom() -> None:
    assert is_phantom(Transcript("I want to go. " * 12, confidence=0.9), 1.5, -20.0)


def test_more_words_than_can_be_said_in_the_time_are_a_phantom() -> None:
    assert is_phantom(Transcript("I'm going to do it.", confidence=0.9), 0.01)
    assert is_phantom(Transcript("I'm going to do it.", confidence=0.9), 0.6) is None


def test_the_reason_does_not_tell_what_was_written() -> None:
    reason = is_phantom(Transcript("Thanks for watching!"), 1.0)
    assert reason and "watching" not in reason.lower()


COLLAPSED = [
    ("", ""),
    ("one two three", "one two three"),
    ("no no", "no no"),
    ("no no no", "no"),
    ("No, no, no!", "no!"),
    ("I'm I'm I'm I'm tired", "I'm tired"),
    ("go home go home go home now", "go home now"),
    ("I want tea. I want tea. I want tea.", "I want tea."),
    ("I want tea. I want tea.", "I want tea. I want tea."),
    ("a b c d e f g h " * 3, "a b c d e f g h"),
    ("a b c d e f g h i " * 3, " ".join(["a b c d e f g h i"] * 3)),
    ("so so so it it it", "so it"),
    ("- - - -", "- - - -"),
    ("1000000000", "1000000000"),
    ("ありがとうありがとうありがとうありがとう", "ありがとう"),
    ("谢谢谢谢", "谢谢谢谢"),
]


@pytest.mark.parametrize(("text", "collapsed"), COLLAPSED)
def test_collapse_repetition(text: str, collapsed: str) -> None:
    assert collapse_repetition(text) == collapsed


@settings(max_examples=100, deadline=None)
@given(text=st.one_of(st.text(), st.lists(st.sampled_from("ab"), max_size=40).map(" ".join)), level=st.floats(-120, 0))
def test_any_text_is_taken(text: str, level: float) -> None:
    assert set(collapse_repetition(text)) <= set(text) | {" "}
    assert is_phantom(Transcript(text), 1.0, level) != ""


@settings(max_examples=60, deadline=None)
@given(
    phrase=st.lists(st.sampled_from(["well", "I", "go", "now"]), min_size=1, max_size=8, unique=True),
    times=st.integers(3, 9),
)
def test_a_loop_is_kept_once(phrase: list[str], times: int) -> None:
    assert collapse_repetition(" ".join(phrase * times)) == " ".join(phrase)


@pytest.mark.parametrize(
    ("text", "duration_s", "expected"),
    [
        ("What should I cook tonight? What should I cook tonight?", 1.9, "What should I cook tonight?"),
        ("what should I cook tonight, What should I cook tonight?", 1.9, "What should I cook tonight?"),
        ("What should I cook tonight? What should I cook tonight?", 3.5, None),  # who is not heard says it again
        (
            "It was long. Can you remind me to call her? Can you remind me to call her?",
            5.0,
            "It was long. Can you remind me to call her?",
        ),
        ("No no.", 0.2, None),
        ("Good night. Good night.", 0.5, None),
        ("What should I cook tonight? What should I eat tonight?", 1.0, None),
        ("", 1.0, None),
    ],
)
def test_a_turn_that_the_transcriber_repeats_was_said_once(text: str, duration_s: float, expected: str | None) -> None:
    assert said_once(text, duration_s) == (text if expected is None else expected)
