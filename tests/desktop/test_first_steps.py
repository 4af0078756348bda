"""The first start on an empty home ends in a spoken conversation, without a file or a terminal being touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.core.settings import load_settings
from companion.diagnostics.sound_server import SoundServer, wait_until
from tests.desktop.accessibility import Reader, reading
from tests.desktop.app import TITLE, Home, running_app
from tests.desktop.desktop import Desktop
from tests.desktop.person import LOUD, loudness
from tests.endtoend.words import error_rate

pytestmark = pytest.mark.timeout(240)

READY_S = 60.0
"""Voice and transcriber are loaded anew for what they do in the first steps."""


def read(reader: Reader, words: str) -> str:
    """What is shown with these words, once it is."""
    widget = reader.wait_for(lambda each: words in each.name or words in each.text, f"{words!r} on the screen", READY_S)
    return widget.name or widget.text


def test_from_hello_to_a_conversation(
    desktop: Desktop, sound: SoundServer, say: Callable[[str], Samples], tmp_path: Path
) -> None:
    home = Home.made(tmp_path)
    with running_app(desktop, sound.environment, home) as app, reading(desktop, app.process.pid) as reader:
        read(reader, "Hello, I'm Samantha")
        assert not reader.nameless()
        reader.press("Next")

        read(reader, "Speak now.")
        sound.speak(np.pad(say("Good morning, how are you?"), (0, 2 * HEARING_RATE_HZ)), HEARING_RATE_HZ)
        heard = read(reader, "“")
        assert error_rate("Good morning, how are you?", heard.strip("“”")) <= 0.4
        assert not reader.nameless()

        with sound.record() as recording:
            reader.press("Next")
            read(reader, "Can you hear me?")
            wait_until(lambda: loudness(recording) > LOUD, "her voice", READY_S)
        reader.press("I hear you")

        read(reader, "(recommended)")
        assert not reader.nameless()
        reader.press("Next")

        reader.write("Your name", "Sam")
        reader.press("Next")
        read(reader, "We are ready")
        reader.press("Say hello")

        desktop.window(TITLE)
        app.wait_until_listening()
        assert load_settings(home.settings_file).user_name == "Sam"
        sound.speak(np.pad(say("What is the capital of France?"), (0, HEARING_RATE_HZ)), HEARING_RATE_HZ)
        assert error_rate("What is the capital of France?", app.wait_for("UserSpoke")["text"]) <= 0.4
        assert app.wait_for("ReplyFinished")["text"]
        assert app.quit() == 0
