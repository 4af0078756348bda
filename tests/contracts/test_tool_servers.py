"""Real servers of the Model Context Protocol, over stdio: one of everyday life, and a hostile one."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psutil
import pytest

from companion.backends import mcp_servers
from companion.backends.mcp_servers import DESCRIPTION_CHARACTERS, MOST_TEXT, McpServers
from companion.core import events as ev
from companion.core.intents import Say
from companion.core.tool_servers import ToolServer
from companion.core.tools import Tool, ToolCall, ToolError
from companion.talk.tools.tool_user import ToolUser
from companion.talk.tools.words import REFUSED
from tests.dialogues.stage import PERSONA, perform
from tests.fakes.tools import CallingMind, KeptPermissions

TIME = ToolServer("time", sys.executable, ("-m", "mcp_server_time", "--local-timezone", "Europe/Paris"))
HOSTILE = ToolServer("hostile", sys.executable, ("-m", "tests.fakes.hostile_mcp_server"))
MISSING = ToolServer("missing", "/nowhere/at/all")
SILENT = ToolServer("silent", "cat")
NOON_IN_TOKYO = {"source_timezone": "Europe/Paris", "time": "12:00", "target_timezone": "Asia/Tokyo"}


@asynccontextmanager
async def started(*servers: ToolServer) -> AsyncIterator[McpServers]:
    box = McpServers(servers)
    box.start()
    try:
        await box.settled()
        yield box
    finally:
        await box.close()


def tool(box: McpServers, name: str) -> Tool:
    return next(tool for tool in box.tools() if tool.name == name)


async def test_a_real_server_lists_its_tools_and_one_is_run() -> None:
    async with started(TIME) as box:
        assert {tool.name for tool in box.tools()} == {"get_current_time", "convert_time"}
        given = await box.run(tool(box, "convert_time"), NOON_IN_TOKYO)
        assert "T20:00" in given or "T19:00" in given  # in winter, or in summer


async def test_a_real_tool_is_run_after_permission_and_another_is_refused() -> None:
    async with started(TIME) as box:
        convert, current = tool(box, "convert_time"), tool(box, "get_current_time")
        mind = CallingMind(
            [ToolCall(convert.offered_as, NOON_IN_TOKYO), ToolCall(current.offered_as, {"timezone": "Asia/Tokyo"})],
            ["Evening, there."],
        )
        told: list[tuple[str, str]] = []
        user = ToolUser(
            mind, box, KeptPermissions(), (PERSONA.name,), lambda tool, state, text: told.append((tool.name, state))
        )
        lines = ("It is noon in Paris. What time is it in Tokyo?", "Yes.", "And the time there now?", "No, don't.")
        done = await perform(
            [-8.0 * len(lines)],
            [],
            [],
            mind=user,
            memory=lambda history, prompt: user,
            intents=[(0.1 + 8.0 * number, Say(line)) for number, line in enumerate(lines)],
        )
    said = [event.text for event in done.of(ev.ReplyFinished)]
    assert said[0].startswith("May I use time's convert time? It would be told: source timezone, Europe/Paris;")
    assert said[1:] == [
        "Let me look. Evening, there.",
        "May I use time's get current time? It would be told: timezone, Asia/Tokyo.",
        REFUSED,
    ]
    assert [*filter(lambda pair: pair[1] == "done", told)] == [("convert_time", "done")]
    assert "Asia/Tokyo" in mind.prompts[-1][-1].text


async def test_a_server_that_is_not_there_or_says_nothing_is_told_of_and_costs_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mcp_servers, "CONNECT_S", 3.0)
    async with started(TIME, MISSING, SILENT) as box:
        assert set(box.faults) == {"missing", "silent"}
        assert {tool.server for tool in box.tools()} == {"time"}


async def test_what_a_hostile_server_says_is_bounded() -> None:
    async with started(HOSTILE) as box:
        flood = tool(box, "flood")
        assert len(flood.description) <= DESCRIPTION_CHARACTERS
        assert flood.description.isprintable()
        assert len(await box.run(flood, {})) <= MOST_TEXT


async def test_a_tool_that_fails_hangs_or_takes_its_server_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mcp_servers, "CALL_S", 1.0)
    monkeypatch.setattr(mcp_servers, "RETRY_S", (0.05,))
    async with started(HOSTILE) as box:
        for name in ("fail", "hang"):
            began_s = time.monotonic()
            with pytest.raises(ToolError) as failed:
                await box.run(tool(box, name), {})
            assert time.monotonic() - began_s < 3.0
            assert "Ignore" not in failed.value.message
        before = await box.run(tool(box, "pid"), {})
        with pytest.raises(ToolError):
            await box.run(tool(box, "die"), {})
        async with asyncio.timeout(20):
            while True:
                with suppress(ToolError, StopIteration):
                    assert await box.run(tool(box, "pid"), {}) != before
                    break
                await asyncio.sleep(0.05)


async def test_no_server_outlives_the_conversation() -> None:
    async with started(HOSTILE) as box:
        pid = int(await box.run(tool(box, "pid"), {}))
    assert not psutil.pid_exists(pid)


async def test_whoever_calls_a_tool_may_give_up() -> None:
    async with started(HOSTILE) as box:
        calling = asyncio.create_task(box.run(tool(box, "hang"), {}))
        await asyncio.sleep(0.2)
        calling.cancel()
        await asyncio.wait({calling}, timeout=3.0)
        assert calling.cancelled()
        assert (await box.run(tool(box, "pid"), {})).isdecimal()
