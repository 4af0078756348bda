"""Beside the fields of the mind: where it runs, which models there are, a test; keys of servers, and tools."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from companion.core.engines import EngineInfo
from companion.core.events import StateChanged
from companion.core.settings import load_settings
from companion.ui.settings import tools_panel
from companion.ui.settings.server_key import ServerKey
from tests.unit.ui.settings.conftest import Rig
from tests.unit.ui.settings.pages import HEARING, MIND, PRIVACY, VOICE, choices, press

# --- servers


@pytest.mark.parametrize(("page", "part"), [(VOICE, "voice"), (HEARING, "hearing"), (MIND, "mind")])
def test_the_key_of_a_server_is_handed_on_and_is_not_shown_again(rig: Rig, page: int, part: str) -> None:
    rig.open_all()
    rig.window.show_page(page)
    (panel,) = rig.window.pages[page].findChildren(ServerKey)
    line = panel.findChild(QLineEdit)
    assert line is not None and line.echoMode() is QLineEdit.EchoMode.Password
    rig.type(line, "very secret")
    rig.key(line, Qt.Key.Key_Return)
    assert line.text() == ""
    rig.until(lambda: rig.shows(f"The key for {part} is in the keyring of your system."))
    assert (rig.folder / f"key-{part}").read_text() == "very secret"
    assert "secret" not in (rig.folder / "asked").read_text()


# --- mind


def test_where_her_mind_runs_is_on_every_page(rig: Rig) -> None:
    rig.open()
    assert rig.shows("All of her runs on this computer.")
    rig.view.engines = (EngineInfo("language model", "Ollama", "qwen2.5:3b", "http://10.0.0.5:11434"),)
    rig.engine.happened.emit(StateChanged(0.0, "listening"))
    for number in range(7):
        rig.window.show_page(number)
        assert rig.shows("Words go to http://10.0.0.5:11434.")
    rig.window.show_page(MIND)
    assert rig.shows("qwen2.5:3b by Ollama, at http://10.0.0.5:11434: what is said is sent there.")
    rig.window.show_page(PRIVACY)
    assert rig.shows("the words of the conversation are sent there")


def test_models_found_can_be_chosen(rig: Rig) -> None:
    rig.open().show_page(MIND)
    rig.until(lambda: choices(rig, "mind.model")[1:] == ["qwen2.5:3b · Ollama · 1.9 GB"])
    rig.until(lambda: rig.shows("About qwen2.5-3b-instruct."))


def test_a_model_that_is_chosen_may_run_where_it_is(rig: Rig) -> None:
    rig.open().show_page(MIND)
    rig.window.form.set("mind.engine", "embedded")
    rig.until(lambda: len(choices(rig, "mind.model")) == 2)
    rig.window.form.set("mind.model", "qwen2.5:3b")
    assert load_settings(rig.file.path).mind.engine == "auto"


def test_a_test_sentence_shows_the_answer_and_its_speed(rig: Rig) -> None:
    rig.open().show_page(MIND)
    text = rig.named("Sentence to try")
    assert isinstance(text, QLineEdit)
    text.setText("What now?")
    press(rig, "Ask")
    rig.until(lambda: rig.shows("first word after 0.41 s, then 18.2 tokens a second"))
    assert rig.shows("A walk.") and rig.shows("qwen2.5:3b, on this computer")
    assert rig.asked() == [["ask", "--json", "--", "What now?"]]
    rig.until(lambda: rig.shows("Ask"))


def test_a_test_sentence_can_be_stopped(rig: Rig) -> None:
    (rig.folder / "hangs").touch()
    rig.open().show_page(MIND)
    press(rig, "Ask")
    rig.until(lambda: rig.shows("Well"))
    press(rig, "Stop")
    rig.until(lambda: rig.shows("Ask"))


# --- tools


def test_what_she_may_do_with_a_tool_is_chosen(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    servers = rig.folder / "mcp.json"
    servers.write_text("{}")
    monkeypatch.setattr(tools_panel, "tool_servers_file", lambda: servers)
    rig.open().show_page(PRIVACY)
    rig.qtbot.waitUntil(lambda: rig.shows("home.lights (home.example)"))
    box = rig.named("What she may do with home.lights")
    assert isinstance(box, QComboBox)
    assert (box.currentText(), [box.itemText(place) for place in range(3)]) == ("Ask", ["Ask", "Always", "Never"])
    box.setCurrentIndex(2)
    box.activated.emit(2)
    rig.qtbot.waitUntil(lambda: ["tools", "deny", "home.lights"] in rig.asked())


def test_without_servers_none_is_started(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools_panel, "tool_servers_file", lambda: rig.folder / "mcp.json")
    rig.open().show_page(PRIVACY)
    assert rig.shows("There are no servers.")
    assert not [command for command in rig.asked() if command[0] == "tools"]
