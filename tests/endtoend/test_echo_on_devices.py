"""Her own voice comes back to the microphone: she does not take it for somebody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.core.audio import level_db
from tests.endtoend.live import SMALL, STORY, storyteller, talking
from tests.endtoend.room import room
from tests.sound_server import SoundServer

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize(("delay_s", "gain_db"), [(0.04, -6.0), (0.15, -12.0)])
def test_she_tells_her_story_to_its_end_over_her_echo(
    sound_server: SoundServer, tmp_path: Path, delay_s: float, gain_db: float
) -> None:
    with (
        room(sound_server, delay_s, gain_db) as measured,
        sound_server.record("microphone") as heard,
        talking(tmp_path, storyteller(tmp_path), greeted=False) as talk,
    ):
        assert measured.delay_s == pytest.approx(delay_s, abs=0.07)
        talk.wait_for("ReplyStarted")
        ended = talk.wait_for_any("ReplyFinished", "ReplyInterrupted")
        heard.wait_for_s(2.0)
        names = [event["event"] for event in talk.events]
    assert ended["event"] == "ReplyFinished" and ended["text"] == STORY
    assert "UserSpoke" not in names, "she does not answer herself"
    assert level_db(heard.samples) > -45, "the microphone heard her"
    states = {event["state"] for event in talk.events if event["event"] == "EchoStateChanged"}
    assert "cancelling" in states and not states & {"headphones", "half-duplex"}


def test_with_headphones_nothing_is_done(sound_server: SoundServer, tmp_path: Path) -> None:
    with talking(tmp_path, storyteller(tmp_path), greeted=False) as talk:
        told = talk.wait_for("EchoStateChanged")
        assert talk.wait_for("ReplyFinished")["text"] == STORY
    assert told["state"] == "headphones"


def test_half_duplex_hears_nothing_of_her(sound_server: SoundServer, tmp_path: Path) -> None:
    settings = storyteller(tmp_path).replace("[hearing]", '[hearing]\necho = "half-duplex"')
    assert settings != storyteller(tmp_path) and SMALL in storyteller(tmp_path)
    with (
        room(sound_server, 0.09, -6.0),
        sound_server.record("microphone") as heard,
        talking(tmp_path, settings, greeted=False) as talk,
    ):
        assert "does not listen while she speaks" in talk.wait_for("EchoStateChanged", state="half-duplex")["message"]
        talk.wait_for("ReplyFinished")
        heard.wait_for_s(1.0)
        names = {event["event"] for event in talk.events}
    assert not {"SpeechStarted", "UserSpoke", "ReplyInterrupted"} & names
