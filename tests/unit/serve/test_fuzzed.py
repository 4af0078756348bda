"""Damaged requests over HTTP and Wyoming; `python -m tests.bench.fuzz_serve` sends more of them, to the real one."""

from __future__ import annotations

import asyncio
import ipaddress

import pytest

from companion.serve.access import AllowList, Door
from companion.serve.conversations import Conversations
from companion.serve.http_app import http_app
from companion.serve.http_server import serving_http
from companion.serve.line import Line
from companion.serve.sockets import listen_at
from companion.serve.wyoming_connection import Offered
from companion.serve.wyoming_info import info_of
from companion.serve.wyoming_server import serving_wyoming
from tests.bench.fuzz_serve import fuzz, still_answers
from tests.fakes.served_her import ScriptedEars, ScriptedHer, ScriptedVoice, until

TOKEN = "a" * 64
COUNT = 120


async def test_she_goes_on_and_nobody_is_left_inside(caplog: pytest.LogCaptureFixture) -> None:
    her, ears, voice = ScriptedHer("Hello.", "How are you?"), ScriptedEars(), ScriptedVoice()
    here = ipaddress.ip_address("127.0.0.1")
    line, doors = Line(), (Door(AllowList()), Door(AllowList()))
    offered = Offered(her, line, ears, Line(), voice, Line(), info_of("Ada", ["en"], ears, voice), Conversations())
    with listen_at(here, 0) as at_http, listen_at(here, 0) as at_wyoming:
        places = at_http.getsockname()[:2], at_wyoming.getsockname()[:2]
        async with (
            serving_http(http_app(her, line, TOKEN, ()), at_http, doors[0]),
            serving_wyoming(offered, at_wyoming, doors[1]),
        ):
            ended = await fuzz(*places, TOKEN, COUNT, seed=3)
            assert sum(ended.values()) == 2 * COUNT
            assert [what for what in ended if what.startswith("HTTP: 5")] == []
            assert ended["HTTP: 200"] and ended["Wyoming: an answer"], "some were answered"
            assert await still_answers(*places, TOKEN) == []
            await until(lambda: not any(door.inside for door in doors))
    assert her.speaking == 0
    assert not line.busy
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert len(asyncio.all_tasks()) == 1
