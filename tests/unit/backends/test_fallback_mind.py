"""A mind elsewhere that fails: the turn is answered here, or goes on here, and the next one works."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from companion.backends.fallback_mind import MOMENT, FallbackMind
from companion.backends.standing import Standing
from companion.core.engines import AsWritten, EngineInfo, Message, ReplyLimits
from companion.core.errors import EngineError, ModelError
from tests.fakes.scripted_mind import BreaksOff, Scripted, ScriptedMind

QUESTION = [Message("user", "What should I cook?")]
GONE = EngineError("The language model at http://gpu:8080 does not answer.", "Start it there.")


class FarMind(ScriptedMind):
    def __init__(self, *replies: Scripted) -> None:
        super().__init__(replies)
        self.away = False

    def info(self) -> EngineInfo:
        return EngineInfo("language model", "far", "", "http://gpu:8080")

    async def open(self) -> None:
        if self.away:
            raise GONE
        await super().open()


class Rig:
    """A mind elsewhere and one here, which loads when `loads` is set; time passes when `wakes` is."""

    def __init__(self, *far: Scripted, near: tuple[Scripted, ...] = ("Leek soup.",) * 3) -> None:
        self.far = FarMind(*far)
        self.near = ScriptedMind(near)
        self.notices: list[tuple[str, str]] = []
        self.made = 0
        self.missing: ModelError | None = None
        self.wakes = asyncio.Event()
        self.now_s = 0.0
        self.mind = FallbackMind(
            self.far,
            self.make,
            lambda message, hint: self.notices.append((message, hint)),
            standing=Standing(lambda: self.now_s),
            sleep=self.sleep,
        )

    def make(self) -> ScriptedMind:
        self.made += 1
        if self.missing:
            raise self.missing
        return self.near

    async def sleep(self, rest_s: float) -> None:
        await self.wakes.wait()
        self.wakes.clear()
        self.now_s += rest_s

    async def said(self) -> list[str]:
        async with aclosing(self.mind.reply(QUESTION, ReplyLimits())) as pieces:
            return [piece async for piece in pieces]

    async def text(self) -> str:
        return "".join([piece for piece in await self.said() if not isinstance(piece, AsWritten)])


@pytest.fixture
async def rigs() -> AsyncIterator[list[Rig]]:
    made: list[Rig] = []
    yield made
    for rig in made:
        await rig.mind.close()


async def test_while_it_answers_nothing_is_loaded_here(rigs: list[Rig]) -> None:
    rigs.append(rig := Rig("Soup."))
    await rig.mind.open()
    await rig.mind.anticipate(QUESTION)
    assert await rig.said() == ["Soup."]
    assert (rig.made, rig.notices, len(rig.far.anticipated)) == (0, [], 1)
    assert rig.mind.info().where == "http://gpu:8080"


async def test_a_turn_of_which_nothing_was_said_is_answered_here_and_that_is_said(rigs: list[Rig]) -> None:
    rigs.append(rig := Rig(GONE))
    await rig.mind.open()
    await rig.mind.warm_up([Message("system", "You are Ada.")])
    assert await rig.said() == [MOMENT, "Leek ", "soup."]
    assert rig.notices == [(f"{GONE.message} Until it is back she thinks with this computer.", GONE.hint)]
    assert rig.near.warmed == [(Message("system", "You are Ada."),)], "what every reply begins with is read first"
    assert rig.mind.last_timings.written_tokens == 2
    assert rig.mind.info().where == "this computer"
    assert await rig.said() == ["Leek ", "soup."], "and the next turn at once"
    assert len(rig.notices) == 1


async def test_a_reply_that_breaks_off_goes_on_here_from_its_last_word(rigs: list[Rig]) -> None:
    rigs.append(rig := Rig(BreaksOff("Soup would be ", GONE), near=("nice tonight.",)))
    await rig.mind.open()
    assert await rig.text() == "Soup would be nice tonight."
    assert rig.near.prompts == [(*QUESTION, Message("assistant", "Soup would be "))]
    assert len(rig.notices) == 1


async def test_where_there_is_none_here_the_turn_is_said_to_be_lost_and_the_next_is_asked_elsewhere(
    rigs: list[Rig],
) -> None:
    rigs.append(rig := Rig(BreaksOff("Soup ", GONE), "Bread."))
    rig.missing = ModelError("There is no language model here.", "Type: companion models install --starter")
    await rig.mind.open()
    with pytest.raises(EngineError, match="does not answer") as caught:
        await rig.said()
    assert "Start it there." in caught.value.hint
    assert "companion models install --starter" in caught.value.hint
    assert await rig.text() == "Bread."


async def test_a_conversation_begins_without_it(rigs: list[Rig]) -> None:
    rigs.append(rig := Rig())
    rig.far.away = True
    await rig.mind.open()
    assert len(rig.notices) == 1
    assert await rig.said() == ["Leek ", "soup."]


async def test_its_return_is_noticed_and_said_and_it_is_asked_again(rigs: list[Rig]) -> None:
    rigs.append(rig := Rig(GONE, "Bread."))
    await rig.mind.open()
    await rig.mind.warm_up(QUESTION)
    rig.far.away = True
    await rig.text()
    for away in (True, True, False):
        rig.far.away = away
        rig.wakes.set()
        for _ in range(20):
            await asyncio.sleep(0)
        assert (rig.mind.info().where == "this computer") == away
    assert rig.notices[1:] == [("The language model at http://gpu:8080 is back: she thinks with it again.", "")]
    assert rig.far.warmed[-1] == tuple(QUESTION)
    assert await rig.text() == "Bread."


async def test_a_reply_that_is_cancelled_is_no_failure(rigs: list[Rig]) -> None:
    rigs.append(rig := Rig("Soup would be nice.", "Bread."))
    await rig.mind.open()
    async with aclosing(rig.mind.reply(QUESTION, ReplyLimits())) as pieces:
        await anext(pieces)
    assert rig.far.cancelled == 1
    assert await rig.text() == "Bread."
    assert rig.made == 0


async def test_a_note_that_cannot_be_taken_elsewhere_loads_nothing_here(rigs: list[Rig]) -> None:
    rigs.append(rig := Rig(GONE))
    await rig.mind.open()
    with pytest.raises(EngineError):
        await rig.mind.fill(QUESTION, {}, ReplyLimits())
    assert rig.made == 0
