"""A conversation that goes over to German and back: voice, prompt, spoken form and the end of a turn go with it."""

from __future__ import annotations

import pytest

from companion.core import events as ev
from companion.core.engines import Synthesizer, Transcript, VoiceStream
from tests.dialogues.stage import Dialogue, perform
from tests.fakes.engines import EvenSynthesizer, ScriptedTranscriber
from tests.fakes.scripted_mind import ScriptedMind

GERMAN = "Antworte auf Deutsch."
ENGLISH = "Answer in English."


class HeardVoices:
    """A voice for each language; `said` keeps what each was given to say."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def in_language(self, language: str) -> Synthesizer:
        return _Voice(language, self.said)


class _Voice(EvenSynthesizer):
    def __init__(self, language: str, said: list[tuple[str, str]]) -> None:
        self._language, self._said = language, said

    def begin(self, text: str) -> VoiceStream:
        self._said.append((self._language, text))
        return super().begin(text)


def heard(language: str, text: str) -> Transcript:
    return Transcript(text, language, confidence=0.9, language_probability=0.95)


async def talk(*turns: tuple[Transcript, str]) -> tuple[Dialogue, ScriptedMind, HeardVoices]:
    """Each turn is spoken for a second and answered; nobody interrupts."""
    mind, voices = ScriptedMind([reply for _, reply in turns]), HeardVoices()
    transcriber = ScriptedTranscriber(*(transcript for transcript, _ in turns))
    script = [-1.0, *(part for _ in turns for part in (1.0, -6.0))]
    return await perform(script, transcriber, [], mind=mind, others=voices), mind, voices


async def test_a_conversation_goes_over_to_german_and_back() -> None:
    done, mind, voices = await talk(
        (heard("en", "Good evening, how are you?"), "I am well, with 3 cups of tea."),
        (heard("de", "Kannst du mir sagen, was ich heute kochen soll?"), "Ich habe 3 Ideen."),
        (heard("en", "Okay."), "Die erste: Suppe am 3. Mai."),
        (heard("en", "And what would you cook with the leeks?"), "A soup for 3."),
    )
    assert done.of(ev.Faulted) == []
    assert [event.text for event in done.of(ev.ReplyFinished)] == [
        "I am well, with 3 cups of tea.",
        "Ich habe 3 Ideen.",
        "Die erste: Suppe am 3. Mai.",
        "A soup for 3.",
    ]
    assert voices.said == [
        ("en", "I am well,"),
        ("en", "with three cups of tea."),
        ("de", "Ich habe drei Ideen."),
        ("de", "Die erste:"),
        ("de", "Suppe am dritten Mai."),
        ("en", "A soup for three."),
    ], "one word does not change it, and a date is not taken apart"
    asked = [prompt[-1].text for prompt in mind.prompts]
    assert [(GERMAN in text, ENGLISH in text) for text in asked] == [
        (False, False),
        (True, False),
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("first", "wait_s"),
    [
        (heard("de", "Kannst du mir bitte sagen, wie spät es ist?"), 0.83),
        (heard("en", "Can you tell me what the time is, please?"), 0.41),
    ],
    ids=["after German", "after English"],
)
async def test_the_words_that_want_more_are_those_of_the_language_spoken(first: Transcript, wait_s: float) -> None:
    """ "Ob" wants more in German; in English it is nothing."""
    done, _, _ = await talk((first, "Es ist drei."), (Transcript("Und ob.", "", confidence=0.9), "Ja."))
    assert done.of(ev.TurnEnded)[1].silence_s == pytest.approx(wait_s, abs=0.06)
