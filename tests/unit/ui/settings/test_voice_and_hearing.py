"""What stands beside the fields of voice and hearing: previews, downloads, devices, levels, the state of the echo."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QProgressBar

from companion.core.events import EchoStateChanged, LevelMeasured, VoiceMeasured
from companion.core.intents import Mute, Unmute
from companion.ui.widgets import MeterBar
from tests.unit.ui.settings.conftest import Rig
from tests.unit.ui.settings.pages import HEARING, VOICE, choices, press

# --- voice


def test_the_voices_that_are_here_can_be_chosen(rig: Rig) -> None:
    rig.open()
    rig.until(lambda: len(choices(rig, "voice.voice")) == 2)
    assert choices(rig, "voice.voice") == ["The best one here", "Joe, American English"]


def test_the_preview_says_a_sentence_with_the_voice_as_set_while_she_does_not_listen(rig: Rig) -> None:
    (rig.folder / "hangs").touch()
    rig.open()
    rig.window.form.set("voice.speed", 1.5)
    text = rig.named("Sentence to hear")
    assert isinstance(text, QLineEdit)
    text.setText("-v Good evening.")
    rig.key(text, Qt.Key.Key_Return)
    rig.until(lambda: bool(rig.asked()))
    options = ["--voice", "auto", "--speed", "1.5", "--expressiveness", "0.5", "--volume", "1.0"]
    assert rig.asked() == [["say", *options, "--", "-v Good evening."]]
    assert rig.intents == [Mute()]
    press(rig, "Stop")
    rig.until(lambda: rig.intents == [Mute(), Unmute()])
    assert rig.shows("Play")


def test_closing_the_window_ends_a_preview(rig: Rig) -> None:
    (rig.folder / "hangs").touch()
    rig.open()
    press(rig, "Play")
    rig.until(lambda: bool(rig.asked()))
    rig.window.close()
    rig.until(lambda: rig.intents == [Mute(), Unmute()])


def test_a_microphone_that_was_muted_stays_so(rig: Rig) -> None:
    rig.view.state = "muted"
    rig.open()
    press(rig, "Play")
    rig.until(lambda: bool(rig.asked()) and rig.shows("Play"))
    assert rig.intents == []


def test_a_preview_that_fails_says_why(rig: Rig) -> None:
    (rig.folder / "fails").touch()
    rig.open()
    press(rig, "Play")
    rig.until(lambda: rig.shows("It cannot be done. Do something else."))
    assert rig.intents == [Mute(), Unmute()]


def test_a_voice_is_installed_and_can_then_be_chosen(rig: Rig) -> None:
    rig.open()
    rig.until(lambda: rig.shows("Alba, British English"))
    assert rig.shows("About piper-en_GB-alba-medium. 63.0 MB, licence MIT.")
    press(rig, "Install: piper-en_GB-alba-medium")
    rig.until(lambda: "Alba, British English" in choices(rig, "voice.voice"))
    rig.until(lambda: rig.shows("All of the voices known are here."))
    assert rig.asked() == [["models", "install", "piper-en_GB-alba-medium", "--progress"]]


def test_an_installation_shows_its_progress_and_can_be_cancelled(rig: Rig) -> None:
    (rig.folder / "hangs").touch()
    rig.open()
    rig.until(lambda: rig.shows("Alba, British English"))
    press(rig, "Install: piper-en_GB-alba-medium")
    bar = rig.named("Progress of piper-en_GB-alba-medium")
    assert isinstance(bar, QProgressBar)
    rig.until(lambda: bar.value() == 250 and bar.maximum() == 1000)
    press(rig, "Pause: piper-en_GB-alba-medium")
    rig.until(lambda: rig.shows("Paused at 25 bytes of 100 bytes."))
    press(rig, "Resume: piper-en_GB-alba-medium")
    rig.until(lambda: bar.value() == 250 and bar.maximum() == 1000)
    press(rig, "Cancel: piper-en_GB-alba-medium")
    rig.until(lambda: ["models", "remove", "piper-en_GB-alba-medium"] in rig.asked())
    press(rig, "Install: piper-en_GB-alba-medium")


def test_an_installation_that_fails_says_why(rig: Rig) -> None:
    (rig.folder / "fails").touch()
    rig.open()
    rig.until(lambda: rig.shows("Alba, British English"))
    press(rig, "Install: piper-en_GB-alba-medium")
    rig.until(lambda: rig.shows("It cannot be done. Do something else."))


# --- hearing


def test_devices_are_those_there_are_and_looked_for_again(rig: Rig) -> None:
    rig.open().show_page(HEARING)
    rig.until(lambda: choices(rig, "hearing.microphone") == ["As the system", "Desk microphone"])
    assert choices(rig, "voice.speaker") == ["As the system", "Headset"]
    button = rig.named("Look for devices again")
    rig.until(button.isEnabled)
    press(rig, "Look for devices again")
    assert not button.isEnabled()
    rig.until(button.isEnabled)


def test_the_meters_follow_both_voices(rig: Rig) -> None:
    rig.open().show_page(HEARING)
    yours, hers = rig.named("Level: You"), rig.named("Level: She")
    assert isinstance(yours, MeterBar) and isinstance(hers, MeterBar)
    rig.engine.happened.emit(LevelMeasured(1.0, -20.0))
    assert yours.moving
    rig.engine.happened.emit(VoiceMeasured(1.0, -20.0))
    assert hers.moving
    rig.until(lambda: yours.shown > 0 and hers.shown > 0)


def test_a_sentence_is_recorded_and_played_back(rig: Rig) -> None:
    rig.open().show_page(HEARING)
    press(rig, "Record a sentence")
    rig.until(lambda: rig.shows("Did you hear yourself? Then all is well."))
    assert rig.shows("Hello there.")
    assert rig.asked() == [["listen", "--microphone", "--play-back", "--json"]]
    rig.until(lambda: rig.intents == [Mute(), Unmute()])


def test_the_recording_stops_when_another_page_is_opened(rig: Rig) -> None:
    (rig.folder / "hangs").touch()
    rig.open().show_page(HEARING)
    press(rig, "Record a sentence")
    rig.until(lambda: rig.shows("Speak now."))
    rig.window.show_page(VOICE)
    rig.until(lambda: rig.intents == [Mute(), Unmute()])


def test_what_is_done_about_echo_is_said(rig: Rig) -> None:
    rig.echo = "You wear headphones."
    rig.open().show_page(HEARING)
    assert rig.shows("You wear headphones.")
    rig.engine.happened.emit(EchoStateChanged(1.0, "cancelling", "Her voice is taken out."))
    assert rig.shows("Her voice is taken out.") and not rig.shows("You wear headphones.")
