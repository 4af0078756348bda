"""A conversation that goes over to German and back, with real ears, mind and voices, judged by its sound."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jiwer
import numpy as np
import pytest
import soundfile

from companion.backends.whisper import WhisperTranscriber
from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from companion.core.engines import Transcript
from companion.her_voices import resolve_model
from companion.talk.language_of_text import language_of_text
from companion.talk.spoken_form import speakable
from tests.chronicle import Record
from tests.endtoend.live import LARGE, at_rate, espeak
from tests.endtoend.sound import spoken_part
from tests.endtoend.words import error_rate

pytestmark = pytest.mark.timeout(400)

ENGLISH = ["What should I cook for dinner tonight?", "What is a good dessert for a summer evening?"]
GERMAN = [
    "Kannst du mir bitte sagen, was ich heute Abend kochen soll?",
    "Ich habe heute viel gearbeitet und bin jetzt sehr müde.",
]
HEARD_OF_USER = 0.3
"""Word error rate of what was said to her in German: espeak is no voice that whisper base knows well (0.13 to 0.2)."""
HEARD_OF_HER = 0.6
"""Of what she says in German, by the word: 0.18 and 0.5 in two runs, with the accent of Kokoro's Japanese voices, the
only ones for German that come as packages. The English voice, which would read it if the language were not told, was
understood at 0.7 both times."""
BETTER_THAN_ENGLISH = 0.85
"""As a share of the errors that the English voice has with the same sentences."""


def test_a_conversation_goes_over_to_german_and_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Callable[[str], Samples]
) -> None:
    monkeypatch.setenv("COMPANION_DIARY", str(tmp_path / "conversations.db"))
    spoken = [say(ENGLISH[0]), *(espeak(line, tmp_path, "de") for line in GERMAN), say(ENGLISH[1])]
    events, answers = converse(tmp_path, spoken)
    asked = [str(event["text"]) for event in events if event["event"] == "UserSpoke"]
    replies = [str(event["text"]) for event in events if event["event"] == "ReplyFinished"][1:]
    assert len(asked) == len(replies) == 4, "each turn was one, and each was answered to the end"
    assert error_rate(ENGLISH[0], asked[0]) <= 0.15
    assert german_error_rate(" ".join(GERMAN), " ".join(asked[1:3])) <= HEARD_OF_USER

    written = [language_of_text(text) for text in (replies[0], " ".join(replies[1:3]), replies[3])]
    assert written == ["en", "de", "en"], replies

    free, as_german = judge("auto"), judge("de")
    assert [free(answers[number]).language for number in (0, 3)] == ["en", "en"]
    german = " ".join(replies[1:3])
    hers = german_error_rate(german, " ".join(as_german(answer).text for answer in answers[1:3]))
    english = [as_german(spoken_part(say(speakable(reply, "de")))).text for reply in replies[1:3]]
    assert hers <= min(HEARD_OF_HER, BETTER_THAN_ENGLISH * german_error_rate(german, " ".join(english))), german

    told = [str(event["message"]) for event in events if event["event"] == "Faulted"]
    assert told in ([], ["No German voice is here: Kokoro speaks it, with an accent."]), "once at most"


def converse(folder: Path, spoken: list[Samples]) -> tuple[list[Record], list[Samples]]:
    """The events of a conversation with a file as microphone, and the sound of each answer."""
    pause = silence(30.0, HEARING_RATE_HZ)
    parts = [part for turn in spoken for part in (0.5 * turn / np.abs(turn).max(), pause)]
    soundfile.write(folder / "in.wav", np.concatenate([silence(6.0, HEARING_RATE_HZ), *parts]), HEARING_RATE_HZ)
    (folder / "settings.toml").write_text(f"{LARGE}max_reply_tokens = 40\ntemperature = 0.0\n")
    command = [sys.executable, "-m", "companion", "--settings", str(folder / "settings.toml"), "talk", "--fast"]
    files = ["--mic", "in.wav", "--speaker", "out.wav", "--events", "events.jsonl"]
    done = subprocess.run([*command, *files], cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    out, rate_hz = soundfile.read(folder / "out.wav", dtype="float32")
    started, finished = (
        [round(event["at_s"] * rate_hz) for event in events if event["event"] == kind]
        for kind in ("ReplyStarted", "ReplyFinished")
    )
    cut = [out[start:end] for start, end in zip(started, finished, strict=True)][1:]  # without her greeting
    return events, [spoken_part(at_rate(answer, rate_hz)) for answer in cut]


def judge(language: str) -> Callable[[Samples], Transcript]:
    """Whisper base with its full context."""
    return WhisperTranscriber(
        resolve_model("whisper-base", "transcriber"), language=language, context_s=30.0
    ).transcribe


def german_error_rate(reference: str, heard: str) -> float:
    plain = [" ".join(re.findall(r"\w+", speakable(text, "de").lower())) for text in (reference, heard)]
    return float(jiwer.wer(*plain))
