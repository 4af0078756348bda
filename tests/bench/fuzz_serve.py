"""`python -m tests.bench.fuzz_serve [--count 1000] [--seed 1] [--minutes 12]`: damaged requests to `companion serve`.

As many over HTTP and over Wyoming, at once from several connections, some with the token; each is answered in HTTP or
Wyoming, refused, or hung up on. Then she must still answer both, without a fault on the way, and take no more memory
than before but for `MOST_GROWTH_MB`. What is otherwise is printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
from wyoming.client import AsyncTcpClient
from wyoming.info import Describe, Info

from companion.cards.card import Json
from tests.bench.fuzz_cards import damaged, mutated
from tests.endtoend.live import SMALL
from tests.endtoend.serving import Serving, serving

MOST_GROWTH_MB = 60.0
AT_ONCE = 8
PATIENCE_S = 3.0
"""So long an answer is waited for; then we hang up, which is one more thing to be borne."""


def http_request(chance: random.Random, token: str) -> bytes:
    """Bytes that look like a request, more or less."""
    kind = chance.randrange(10)
    if kind == 0:
        return chance.randbytes(chance.choice((1, 100, 5000)))
    body = json.dumps(mutated(_body(chance), chance), ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")
    if kind == 1:
        body = damaged(body, chance)
    elif kind == 2:
        body = chance.choice((b"[", b'{"messages":[')) * chance.choice((10, 1000, 100_000))
    length = len(body) if kind != 3 else chance.choice((0, 1, len(body) * 2, 10**9, -1))
    head = {
        "Host": chance.choice(("localhost",) * 12 + ("127.0.0.1", "rebound.example", "")),
        "Authorization": f"Bearer {token if chance.random() < 0.9 else token[::-1]}",
        "Content-Type": chance.choice(("application/json",) * 9 + ("text/plain",)),
        "Content-Length": f"{length}",
    }
    if kind == 4:
        head["Transfer-Encoding"] = "chunked"
        del head["Content-Length"]
    if kind == 5:
        head["X"] = "x" * chance.choice((100, 20_000, 200_000))
    lines = [f"{name}: {value}" for name, value in head.items()]
    path = chance.choice(("/v1/chat/completions",) * 20 + ("/v1/models", "/v1/models/%00", "/", "//v1?%ff"))
    method = chance.choice(("POST",) * 20 + ("GET", "OPTIONS", "HEAD", "BREW"))
    raw = "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode("utf-8", "replace") + body
    if kind == 6:
        raw = damaged(raw, chance)
    if kind == 7:
        raw = raw * 3
    return raw[: chance.randrange(len(raw))] if kind == 8 else raw


def _body(chance: random.Random) -> Json:
    messages: Json = [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Hello."},
        {"role": "assistant", "content": [{"type": "text", "text": "Hi."}]},
        {"role": "user", "content": "How are you?"},
    ]
    return {"model": "samantha", "messages": messages, "max_tokens": 2, "stream": chance.random() < 0.5, "store": False}


def wyoming_events(chance: random.Random) -> bytes:
    """Bytes that look like events, more or less."""
    kind = chance.randrange(8)
    if kind == 0:
        return chance.randbytes(chance.choice((1, 100, 5000)))
    events = b"".join(_event(chance) for _ in range(chance.choice((1, 1, 3, 30))))
    if kind == 1:
        events = damaged(events, chance)
    if kind == 2:
        events = b'{"type": "audio-chunk", "payload_length": 900000}\n' + b"x" * 900_000
    return events[: chance.randrange(len(events))] if kind == 3 else events


def _event(chance: random.Random) -> bytes:
    kinds = ("describe", "ping", "transcribe", "audio-start", "audio-chunk", "audio-stop", "synthesize", "transcript")
    kind = chance.choice((*kinds, "synthesize-start", "synthesize-chunk", "synthesize-stop", "select-program", "x"))
    form = {"rate": 16_000, "width": 2, "channels": 1}
    context: Json = {"conversation_id": "fuzz"}
    said: Json = {"text": chance.choice(("One.", "", "?")), "context": context, **form}
    data = json.dumps(mutated(said, chance)).encode()
    payload = chance.randbytes(chance.choice((0, 1, 2048))) if kind == "audio-chunk" else b""
    head: dict[str, object] = {"type": kind, "data_length": len(data), "payload_length": len(payload)}
    if chance.random() < 0.1:
        head[chance.choice(("data_length", "payload_length"))] = chance.choice((-1, "9", None, 2**70, 7, [1]))
    return json.dumps(head).encode() + b"\n" + data + payload


async def send(address: tuple[str, int], raw: bytes, chance: random.Random) -> str:
    """How it ended: the status of an answer, "an answer", "hung up", or "no answer" while we waited."""
    reader, writer = await asyncio.open_connection(*address)
    said = b""
    try:
        with suppress(ConnectionError):
            writer.write(raw)
            if chance.random() < 0.15:
                return "we hung up"
            async with asyncio.timeout(PATIENCE_S if chance.random() < 0.8 else 0.05):
                await writer.drain()
                said = await reader.read(200)
    except TimeoutError:
        return "we hung up"
    finally:
        writer.transport.abort()
    if said.startswith(b"HTTP/1.1 "):
        return said[9:12].decode("ascii", "replace")
    return "an answer" if said else "hung up"


async def fuzz(http: tuple[str, int], wyoming: tuple[str, int], token: str, count: int, seed: int) -> Counter[str]:
    """Send `count` of each; returns how they ended."""
    ended = Counter[str]()

    async def worker(first: int) -> None:
        for number in range(first, count, AT_ONCE):
            chance = random.Random(f"{seed} {number}")
            ended[f"HTTP: {await send(http, http_request(chance, token), chance)}"] += 1
            ended[f"Wyoming: {await send(wyoming, wyoming_events(chance), chance)}"] += 1

    await asyncio.gather(*(worker(first) for first in range(AT_ONCE)))
    return ended


async def still_answers(http: tuple[str, int], wyoming: tuple[str, int], token: str) -> list[str]:
    """What is wrong with her now."""
    faults = []
    url, bearer = f"http://{http[0]}:{http[1]}/v1/chat/completions", {"Authorization": f"Bearer {token}"}
    asked = {"messages": [{"role": "user", "content": "Hello."}], "store": False}
    async with httpx.AsyncClient(trust_env=False, timeout=120) as client:
        answer = await client.post(url, json=asked, headers=bearer)
        if answer.status_code != 200:
            faults.append(f"a good request was answered with {answer.status_code}")
    async with AsyncTcpClient(*wyoming, read_timeout=30) as asking:
        await asking.write_event(Describe().event())
        event = await asking.read_event()
        if event is None or not Info.is_type(event.type):
            faults.append("Wyoming does not answer")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=12.0, help="more is a fault")
    args = parser.parse_args()
    from companion.core.paths import models_folder

    os.environ["COMPANION_MODELS"] = str(models_folder())
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        os.environ["COMPANION_DIARY"] = str(Path(folder) / "conversations.db")
        with serving(Path(folder), SMALL) as served:
            return asyncio.run(_run(served, args.count, args.seed, args.minutes))


async def _run(served: Serving, count: int, seed: int, minutes: float) -> int:
    host, _, port = served.address.rpartition("/")[2].rpartition(":")
    http, wyoming = (host, int(port)), served.wyoming
    await fuzz(http, wyoming, served.token, 40, seed + 1)  # what is loaded when it is first used is no growth
    await still_answers(http, wyoming, served.token)
    process, before_mb, began_s = psutil.Process(served.process.pid), served.memory_mb(), time.monotonic()
    files, most_mb = process.num_fds(), before_mb
    fuzzing = asyncio.create_task(fuzz(http, wyoming, served.token, count, seed))
    while not fuzzing.done():
        await asyncio.wait({fuzzing}, timeout=0.2)
        most_mb = max(most_mb, served.memory_mb())
        if time.monotonic() - began_s > minutes * 60:
            print(f"not done within {minutes:g} minutes")
            return 1
    ended, took_s = fuzzing.result(), time.monotonic() - began_s
    faults = await still_answers(http, wyoming, served.token)
    after_mb = served.memory_mb()
    for what, times in sorted(ended.items()):
        print(f"{times:6} {what}")
    print(f"{took_s:.0f} s; memory before {before_mb:.0f}, at most {most_mb:.0f}, after {after_mb:.0f} MB")
    print(f"open files before {files}, after {process.num_fds()}")
    faults += [f"{times} times {what}" for what, times in ended.items() if what.startswith("HTTP: 5")]
    if after_mb - before_mb > MOST_GROWTH_MB:
        faults.append("it has grown")
    if process.num_fds() > files + 10:
        faults.append("connections are left open")
    if "Traceback" in served.notes or "ERROR" in served.notes:
        faults.append(served.notes[-3000:])
    for fault in faults:
        print(f"FAULT: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
