"""The persona's part of the prompt, kept on the disk by the embedded model from one start to the next."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from companion.backends.llama_cpp import LlamaCpp, Sampling
from companion.backends.prefix_states import PrefixStates
from tests.contracts.minds import CHARACTER, QUESTION, read
from tests.served import gguf


@asynccontextmanager
async def remembering(folder: Path) -> AsyncIterator[LlamaCpp]:
    mind = LlamaCpp(gguf(), "smollm2-135m-instruct", sampling=Sampling(seed=7), states=PrefixStates(folder))
    await mind.open()
    try:
        yield mind
    finally:
        await mind.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


async def test_a_persona_is_read_at_its_first_start_only(tmp_path: Path) -> None:
    folder = tmp_path / "read"
    async with remembering(folder) as mind:
        await mind.warm_up([CHARACTER])
        assert (mind.last_timings.read_tokens or 0) > 200
        first = await read(mind, [CHARACTER, QUESTION], max_tokens=12)
    (state,) = folder.iterdir()
    assert state.stat().st_mode & 0o077 == folder.stat().st_mode & 0o077 == 0
    async with remembering(folder) as mind:
        await mind.warm_up([CHARACTER])
        assert (mind.last_timings.read_tokens or 0) < 10
        assert await read(mind, [CHARACTER, QUESTION], max_tokens=12) == first
    state.write_bytes(state.read_bytes()[:1000])
    async with remembering(folder) as mind:
        await mind.warm_up([CHARACTER])
        assert (mind.last_timings.read_tokens or 0) > 200
        assert await read(mind, [CHARACTER, QUESTION], max_tokens=12) == first
    assert state.stat().st_size > 1000


async def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with remembering(tmp_path / "file" / "read") as mind:
        await mind.warm_up([CHARACTER])
        assert await read(mind, [CHARACTER, QUESTION], max_tokens=3)


async def test_nothing_that_was_said_is_in_what_is_kept(tmp_path: Path) -> None:
    async with remembering(tmp_path) as mind:
        await mind.warm_up([CHARACTER])
        kept = contents(tmp_path)
        await read(mind, [CHARACTER, QUESTION], max_tokens=3)
        await mind.anticipate([CHARACTER, QUESTION])
    assert len(kept) == 1
    assert contents(tmp_path) == kept
