"""The process of the embedded model: whom it serves, when it ends, and what it says of files that it cannot take."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from companion.backends.llama_cpp import LlamaCpp
from companion.core.errors import EngineError, ModelError
from tests.contracts.minds import LONG_PROMPT, cpu_s, embedded, read, runs, until
from tests.served import gguf


async def test_closing_ends_the_process_within_two_seconds_even_while_it_reads() -> None:
    async with embedded() as mind:
        assert mind.pid is not None
        child = psutil.Process(mind.pid)
        task = asyncio.create_task(read(mind, LONG_PROMPT, max_tokens=5))
        at_rest_s = cpu_s(child)
        await until(lambda: cpu_s(child) > at_rest_s + 0.2)
        began_s = time.monotonic()
        await mind.close()
        assert time.monotonic() - began_s < 2.0
        assert not child.is_running()
        await asyncio.wait({task})
        assert isinstance(task.exception(), EngineError)


async def test_cancelling_the_start_leaves_no_process() -> None:
    mind = LlamaCpp(gguf(), "smollm2-135m-instruct")
    before = set(psutil.Process().children())
    task = asyncio.create_task(mind.open())
    await until(lambda: bool(set(psutil.Process().children()) - before))
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
    assert set(psutil.Process().children()) <= before


async def test_the_process_dies_with_its_parent() -> None:
    parent_code = (
        "import asyncio, os, sys\n"
        "from pathlib import Path\n"
        "from companion.backends.llama_cpp import LlamaCpp\n"
        "async def main():\n"
        "    mind = LlamaCpp(Path(sys.argv[1]), 'm')\n"
        "    await mind.open()\n"
        "    print(mind.pid, flush=True)\n"
        "    os._exit(9)\n"
        "asyncio.run(main())\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", parent_code, str(gguf())]
    ran = await asyncio.to_thread(
        subprocess.run, command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 9, ran.stderr
    await until(lambda: not runs(int(ran.stdout)))
    assert ran.stderr == ""


async def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no language model at") as caught:
        await LlamaCpp(tmp_path / "none.gguf", "none").open()
    assert "companion models" in caught.value.hint


async def test_a_file_of_another_kind(tmp_path: Path) -> None:
    for content in (b"hello, I am a text\n" * 50, b""):
        (tmp_path / "text.gguf").write_bytes(content)
        with pytest.raises(ModelError, match="not a language model"):
            await LlamaCpp(tmp_path / "text.gguf", "text").open()


async def test_a_truncated_file(tmp_path: Path) -> None:
    whole = gguf().read_bytes()
    before = set(psutil.Process().children())
    for size in (len(whole) // 2, 5000):
        (tmp_path / "half.gguf").write_bytes(whole[:size])
        with pytest.raises(ModelError, match="damaged or incomplete") as caught:
            await LlamaCpp(tmp_path / "half.gguf", "half").open()
        assert "Fetch it again" in caught.value.hint
    assert set(psutil.Process().children()) <= before


async def test_a_context_too_large_for_this_machine() -> None:
    with pytest.raises(ModelError) as caught:
        await LlamaCpp(gguf(), "smollm2-135m-instruct", context_tokens=2**24).open()
    assert "mind.context_tokens" in caught.value.hint
