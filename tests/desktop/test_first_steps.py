"""The first start, of somebody who has nothing of hers but the models."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.diagnostics.sound_server import SoundServer
from tests.desktop.desktop import Desktop
from tests.desktop.person import LOUD, loudness, person_at

pytestmark = pytest.mark.timeout(180)

TITLE = "First steps"


def test_the_first_start_ends_in_a_spoken_conversation_without_a_file_or_a_terminal(
    desktop: Desktop, sound: SoundServer, tmp_path: Path
) -> None:
    with person_at(desktop, sound, tmp_path, settings="", title=TITLE) as person, sound.record() as heard:
        for step in range(1, 6):
            person.reader.wait_for(lambda each, step=step: each.name == f"Step {step} of 6", f"step {step}")  # type: ignore[misc]
            assert person.reader.nameless() == []
            person.press("Skip")
        person.press("Say hello")
        assert person.window
        began_s = heard.duration_s
        person.app.wait_for("ReplyStarted")
        heard.wait_for_s(1.0)
        assert loudness(heard, began_s) > LOUD
        person.app.wait_for("StateChanged", state="listening")
        assert person.app.quit() == 0
    with person_at(desktop, sound, tmp_path) as again:
        again.app.wait_for("ConversationStarted")
        assert not desktop.windows(TITLE), "it comes once"
