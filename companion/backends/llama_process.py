"""Starts and ends the child process that serves the embedded language model."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import secrets
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from companion.core.errors import CompanionError, EngineError, ModelError

log = logging.getLogger(__name__)

START_TIMEOUT_S = 180.0
"""Loading takes under 10 s for the starter models; a large one from a slow disk may take minutes."""

STOP_TIMEOUT_S = 1.0

ENVIRONMENT = {
    # A crash must not wait for a debugger.
    "GGML_NO_BACKTRACE": "1",
    # Threads that wait for each other look 300 times instead of 300,000, then sleep. Beside a busy process on two cores
    # Qwen2.5-1.5B then reads 7 tokens in 240 ms and writes one in 48; at 1,000 times it was 275 and 62. Alone it takes
    # 120 and 29 at both, and at 150 times 130 and 34.
    "GOMP_SPINCOUNT": "300",
}

GGUF_MAGIC = b"GGUF"
REPORT_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """What the child is to serve, and how."""

    model: Path
    context_tokens: int
    threads: int
    """Reading a prompt."""
    writing_threads: int
    """Writing a reply."""
    states: Path | None = None
    """The folder for what was read once; None keeps nothing."""
    set_aside_mib: int = 0
    """Memory for a conversation that is set aside while the model does something else."""


class LlamaProcess:
    """A running llama.cpp server: made by `start`, ended by `stop`."""

    def __init__(self, process: Process, api_key: str) -> None:
        self._process = process
        self.api_key = api_key
        self.address = ""

    @classmethod
    async def start(cls, config: ServerConfig) -> LlamaProcess:
        """Start the child and wait until its model is loaded.

        Raises ModelError if the file is missing, damaged or of another kind, or does not fit into
        memory; EngineError if llama.cpp itself does not start. Nothing is left running then.
        """
        check_is_gguf(config.model)
        with tempfile.TemporaryFile() as report:
            server = await cls._spawn(config, report)
            try:
                await server._read_address(config, report)
            except BaseException:
                await server.stop()
                raise
        return server

    @classmethod
    async def _spawn(cls, config: ServerConfig, report: IO[bytes]) -> LlamaProcess:
        from companion.backends import llama_server

        api_key = secrets.token_urlsafe(24)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # or this folder would come first, where modules are called as vendors' packages are
            llama_server.__file__,
            stdin=PIPE,
            stdout=PIPE,
            stderr=report,
            env={**ENVIRONMENT, **os.environ},
        )
        assert process.stdin is not None
        wishes = {
            "model": str(config.model),
            "context_tokens": config.context_tokens,
            "threads": config.threads,
            "writing_threads": config.writing_threads,
            "states": str(config.states) if config.states else "",
            "set_aside_mib": config.set_aside_mib,
            "api_key": api_key,
            "parent": os.getpid(),
        }
        process.stdin.write(json.dumps(wishes).encode() + b"\n")
        return cls(process, api_key)

    async def _read_address(self, config: ServerConfig, report: IO[bytes]) -> None:
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                line = await self._process.stdout.readline()
                if not line:
                    await self._process.wait()
                    raise _load_failure(config, _written(report))
        except TimeoutError:
            raise EngineError(
                f"The language model {config.model.name} was not loaded within {START_TIMEOUT_S:.0f} s.",
                "Choose a smaller one: set mind.model.",
            ) from None
        self.address = json.loads(line)["address"]

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def stop(self) -> None:
        """End the child, by force if it does not go within a second. Stopping a stopped one is nothing."""
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(STOP_TIMEOUT_S):
                await process.wait()
        except TimeoutError:
            log.info("The llama.cpp server did not end by itself.")
        finally:
            with suppress(ProcessLookupError):
                process.kill()
        await process.wait()
        await process.stdout.read()
        with suppress(BrokenPipeError, ConnectionResetError):
            await process.stdin.wait_closed()


def check_is_gguf(path: Path) -> None:
    """Raises ModelError unless there is a file at `path` that begins as a GGUF file does."""
    try:
        with path.open("rb") as file:
            magic = file.read(len(GGUF_MAGIC))
    except FileNotFoundError:
        raise ModelError(
            f"There is no language model at {path}.", "Give the path of a GGUF file, or a name from `companion models`."
        ) from None
    except OSError as error:
        raise ModelError(
            f"The language model {path} cannot be read ({error.strerror}).", "See to its permissions, or give another."
        ) from error
    if magic != GGUF_MAGIC:
        raise ModelError(
            f"{path} is not a language model for llama.cpp: it does not begin as a GGUF file does.",
            "Give the path of a GGUF file, or a name from `companion models`.",
        )


def _written(report: IO[bytes]) -> str:
    report.seek(0)
    return report.read(REPORT_CHARACTERS).decode(errors="replace")


def _load_failure(config: ServerConfig, report: str) -> CompanionError:
    log.debug("llama.cpp said:\n%s", report)
    name = config.model.name
    if "unknown model architecture" in report:
        return ModelError(
            f"The language model {name} is of a kind that this version of llama.cpp does not know.",
            "Choose another with mind.model, or update Companion.",
        )
    if "Traceback" in report:
        last_line = report.strip().splitlines()[-1]
        return EngineError(f"llama.cpp does not start here ({last_line[:160]}).", "Run `make install` again.")
    if "failed to allocate" in report or "failed to create context" in report:
        return ModelError(
            f"The language model {name} with {config.context_tokens} tokens of context does not fit into memory.",
            "Set mind.context_tokens lower, or mind.model to a smaller one.",
        )
    if "error loading model" in report:
        return ModelError(
            f"The language model {name} is damaged or incomplete.", "Fetch it again, or choose another with mind.model."
        )
    return ModelError(
        f"llama.cpp cannot load the language model {name}.", "Choose another with mind.model, or fetch it again."
    )
