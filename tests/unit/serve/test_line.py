"""A line before what only one can use at a time."""

from __future__ import annotations

import asyncio

import pytest

from companion.serve.line import BusyError, Line


async def test_one_at_a_time_in_the_order_of_coming() -> None:
    line, order = Line(), list[int]()

    async def use(number: int) -> None:
        async with line.turn():
            order.append(number)
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*(use(number) for number in range(4)))
    assert order == [0, 0, 1, 1, 2, 2, 3, 3]
    assert not line.busy


async def test_who_finds_no_room_is_sent_away_at_once() -> None:
    line = Line(most_waiting=1)
    waited = list[str]()

    async def wait() -> None:
        async with line.turn():
            waited.append("had it")

    async with line.turn():
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        with pytest.raises(BusyError) as told:
            async with line.turn():
                pass
        assert not told.value.waited
    await waiting
    assert waited == ["had it"]


async def test_nobody_waits_for_ever() -> None:
    line = Line(patience_s=0.01)
    async with line.turn():
        with pytest.raises(BusyError) as told:
            async with line.turn():
                pass
        assert told.value.waited
    async with line.turn():
        assert line.busy


async def test_who_leaves_while_waiting_leaves_room() -> None:
    line = Line(most_waiting=1)

    async def wait() -> None:
        async with line.turn():
            pass

    async with line.turn():
        for _ in range(3):
            waiting = asyncio.create_task(wait())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.wait({waiting})
    async with line.turn():
        pass
