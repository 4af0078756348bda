"""A command that opens her language model says who answers, also where that is no longer what the settings name."""

from __future__ import annotations

import pytest

from companion import app, elsewhere
from companion.core.engines import Message, ReplyLimits
from companion.core.settings import Settings
from tests.fakes.ollama_server import FakeOllama
from tests.fakes.scripted_mind import ScriptedMind


async def test_who_stands_in_for_a_server_that_answers_nonsense_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "_embedded", lambda settings, resolve: ScriptedMind(["Soup."]))
    told: list[str] = []
    async with FakeOllama() as server:
        settings = Settings.model_validate({"mind": {"engine": "ollama", "ollama_address": server.address}})
        mind = await app.open_mind(settings, told.append)
        before = len(told)
        server.fault = "broken json"
        said = "".join([piece async for piece in mind.reply([Message("user", "Hello?")], ReplyLimits(8))])
        await mind.close()
    assert "Soup." in said
    assert any("Ollama" in line for line in told[before:]), told
