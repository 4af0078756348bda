"""The real server of llama.cpp with the starter model, reached as one elsewhere would be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from companion.backends.llama_process import LlamaProcess, ServerConfig
from companion.backends.openai_http import Server
from companion.backends.openai_mind import OpenAiMind
from companion.core.paths import models_folder


def gguf() -> Path:
    files = sorted((models_folder() / "smollm2-135m-instruct").glob("*.gguf"))
    assert files, "`make install` brings the starter model smollm2-135m-instruct, which this test needs"
    return files[0]


@asynccontextmanager
async def llama_server(context_tokens: int = 4096) -> AsyncIterator[LlamaProcess]:
    process = await LlamaProcess.start(ServerConfig(gguf(), context_tokens, 2, 1))
    try:
        yield process
    finally:
        await process.stop()


def server_of(process: LlamaProcess, model: str = "", timeout_s: float = 30.0) -> Server:
    return Server(f"{process.address}/v1", model, process.api_key, timeout_s)


@asynccontextmanager
async def served() -> AsyncIterator[tuple[OpenAiMind, LlamaProcess]]:
    async with llama_server() as process:
        mind = OpenAiMind(server_of(process))
        await mind.open()
        try:
            yield mind, process
        finally:
            await mind.close()


async def works(process: LlamaProcess) -> bool:
    """Whether the server reads or writes for anybody."""
    async with httpx.AsyncClient(trust_env=False, headers={"Authorization": f"Bearer {process.api_key}"}) as client:
        slots = (await client.get(f"{process.address}/slots")).json()
    return any(slot["is_processing"] for slot in slots)
