"""Servers of tools behind an address, by the real library on both sides: used as those that are started, and told of
plainly where they cannot be reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.core import events as ev
from companion.core.intents import Say
from companion.core.tool_servers import ToolServer
from companion.core.tools import ToolCall
from companion.talk.tools.tool_user import ToolUser
from companion.talk.tools.words import REFUSED
from tests.certificates import self_signed
from tests.contracts.test_tool_servers import started, tool
from tests.dialogues.stage import PERSONA, perform
from tests.fakes.tools import CallingMind, KeptPermissions
from tests.fakes.url_mcp_server import KEY, shop_server


def shop(url: str, **headers: str) -> ToolServer:
    return ToolServer("shop", url=url, headers=headers)


async def test_its_tools_are_listed_one_is_run_after_permission_and_one_is_refused() -> None:
    ran: list[str] = []
    async with shop_server(ran=ran) as url, started(shop(url)) as box:
        assert {tool.name for tool in box.tools()} == {"price", "order"}
        price, order = tool(box, "price"), tool(box, "order")
        mind = CallingMind(
            [ToolCall(price.offered_as, {"thing": "leek"}), ToolCall(order.offered_as, {"thing": "leek"})],
            ["Three euros."],
        )
        user = ToolUser(mind, box, KeptPermissions(), (PERSONA.name,), lambda tool, state, text: None)
        lines = ("What does a leek cost?", "Yes.", "Then order one.", "No, don't.")
        done = await perform(
            [-8.0 * len(lines)],
            [],
            [],
            mind=user,
            memory=lambda history, prompt: user,
            intents=[(0.1 + 8.0 * number, Say(line)) for number, line in enumerate(lines)],
        )
    assert [event.text for event in done.of(ev.ReplyFinished)] == [
        "May I use shop's price? It would be told: thing, leek.",
        "Let me look. Three euros.",
        "May I use shop's order? It would be told: thing, leek.",
        REFUSED,
    ]
    assert ran == ["price of leek"], "what was refused was not done"
    assert "costs 3 euros" in mind.prompts[-1][-1].text


async def test_its_key_is_sent() -> None:
    async with (
        shop_server("wants a key") as url,
        started(shop(url, Authorization=f"Bearer {KEY}")) as box,
    ):
        assert await box.run(tool(box, "price"), {"thing": "leek"}) == "A leek costs 3 euros."


@pytest.mark.parametrize(
    ("fault", "path", "words", "remedy"),
    [
        ("wants a key", "", "It refuses (HTTP 401): it wants a key", '"headers"'),
        ("trouble", "", "has trouble of its own (HTTP 500)", "Try again later"),
        ("web page", "", "does not speak the protocol of tools", "Check its url in mcp.json"),
        ("elsewhere", "", "sends us on to another address, which is not followed (HTTP 307)", "into mcp.json"),
        ("", "x", "There is no MCP server at that path", "Most are at /mcp"),
    ],
)
async def test_one_that_refuses_is_told_of_plainly(fault: str, path: str, words: str, remedy: str) -> None:
    async with shop_server(fault) as url, started(shop(url + path)) as box:
        assert (box.tools(), list(box.faults)) == ([], ["shop"])
        assert words in box.faults["shop"] and remedy in box.faults["shop"]
        assert "Group" not in box.faults["shop"]


async def test_one_that_is_not_there_is_told_of_plainly() -> None:
    async with started(shop("http://127.0.0.1:9/mcp")) as box:  # nothing listens on the discard port
        assert box.faults["shop"] == (
            "Nothing answers at http://127.0.0.1:9. Start it there, or mend its url in mcp.json."
        )


async def test_one_that_cannot_prove_what_it_is_is_told_nothing(tmp_path: Path) -> None:
    async with shop_server(certificate=self_signed(tmp_path)) as url, started(shop(url)) as box:
        assert "It could not prove that it is 127.0.0.1: its certificate is not accepted." in box.faults["shop"]
        assert "SSL_CERT_FILE" in box.faults["shop"]


async def test_one_whose_certificate_is_named_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    async with shop_server(certificate=certificate) as url, started(shop(url)) as box:
        assert await box.run(tool(box, "price"), {"thing": "leek"}) == "A leek costs 3 euros."
