"""What the end-to-end tests share: real voices to speak with and real ears to check with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from companion.app import make_synthesizer, resolve_model
from companion.backends.whisper import WhisperTranscriber
from companion.core.audio import Samples
from companion.core.settings import Settings
from tests.endtoend.live import at_rate


@pytest.fixture(scope="session")
def say() -> Callable[[str], Samples]:
    """A sentence in the starter voice, at 16 kHz."""
    synthesizer = make_synthesizer(Settings())
    return lambda text: at_rate(synthesizer.voice(text).samples, synthesizer.rate_hz) * 0.5


@pytest.fixture(scope="session")
def hear() -> Callable[[Samples], str]:
    """What whisper base hears, with its full context: the judge, so it is given time."""
    transcriber = WhisperTranscriber(resolve_model("whisper-base", "transcriber"), context_s=30.0)
    return lambda samples: transcriber.transcribe(samples).text
