"""The agents that `companion bench --live` can measure: ours, and a pipecat agent on the same models."""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from companion import __version__
from companion.core.errors import EngineError, UsageError
from companion.core.paths import models_folder, shipped
from companion.core.persona import load_persona
from companion.core.persona_words import manner_words
from companion.core.settings import Settings
from companion.diagnostics.live.agent import Agent, Program, Role
from companion.diagnostics.live.scripts import STORY
from companion.diagnostics.live.story_mind import telling
from companion.her_voices import resolve_model

MIND_NAMES = {"auto": "qwen2.5-1.5b-instruct"}
TRANSCRIBER_NAMES = {"auto": "whisper-base"}
VOICE_NAMES = {"auto": "piper-en_US-joe-medium"}
"""What `auto` stands for where the benchmark must know the model."""


def for_bench(settings: Settings, reply_tokens: int) -> Settings:
    """The settings under measurement: embedded model, default devices of the private sound server, short replies."""
    hearing = settings.hearing.model_copy(
        update={"microphone": "", "transcriber": _named(settings.hearing.transcriber, TRANSCRIBER_NAMES)}
    )
    mind = settings.mind.model_copy(
        update={
            "engine": "embedded",
            "model": _named(settings.mind.model, MIND_NAMES),
            "max_reply_tokens": reply_tokens,
        }
    )
    voice = settings.voice.model_copy(update={"speaker": "", "voice": _named(settings.voice.voice, VOICE_NAMES)})
    return settings.model_copy(update={"hearing": hearing, "mind": mind, "voice": voice})


def _named(name: str, names: dict[str, str]) -> str:
    return names.get(name, name)


class CompanionAgent:
    """`companion talk`, with the settings under measurement and nothing learnt before."""

    begins = True
    name = f"companion {__version__}"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @contextlib.contextmanager
    def program(self, role: Role, folder: Path) -> Iterator[Program]:
        settings = self._settings if role == "companion" else _storyteller(self._settings, folder)
        file, events = folder / "settings.toml", folder / "events.jsonl"
        file.write_text(_toml(settings), encoding="utf-8")
        events.unlink(missing_ok=True)
        yield Program(
            [sys.executable, "-m", "companion", "--settings", str(file), "talk", "--events", str(events)],
            {
                "COMPANION_MODELS": str(models_folder()),
                "XDG_DATA_HOME": str(folder / "data"),
                "XDG_STATE_HOME": str(folder / "state"),
            },
            events=events,
        )


def _storyteller(settings: Settings, folder: Path) -> Settings:
    """She begins with the story, in a voice that says it the same way each time, so that a duck can be measured."""
    persona = folder / "storyteller.toml"
    persona.write_text(f'name = "Ada"\ncharacter = "You are Ada."\ngreeting = {json.dumps(STORY)}\n', encoding="utf-8")
    voice = settings.voice.model_copy(update={"expressiveness": 0.0})
    return settings.model_copy(update={"persona": str(persona), "voice": voice})


def _toml(settings: Settings) -> str:
    """The settings as a file. JSON's strings, numbers, truths and lists are TOML's, too."""
    tree = settings.model_dump(mode="json")
    lines = [f"{key} = {json.dumps(value)}" for key, value in tree.items() if not isinstance(value, dict)]
    for section, fields in tree.items():
        if isinstance(fields, dict):
            lines += [f"[{section}]", *(f"{key} = {json.dumps(value)}" for key, value in fields.items())]
    return "\n".join(lines) + "\n"


class PipecatAgent:
    """tests/bench/peer/pipecat_agent.py with the models, the prompt and the length of replies that ours has."""

    begins = False

    def __init__(self, settings: Settings, python: Path) -> None:
        self._settings = settings
        self._python = python
        version = "import importlib.metadata as m; print(m.version('pipecat-ai'))"
        done = subprocess.run([python, "-c", version], capture_output=True, text=True, check=False)
        self.name = f"pipecat {done.stdout.strip()}"

    @contextlib.contextmanager
    def program(self, role: Role, folder: Path) -> Iterator[Program]:
        from companion.backends import llama_server
        from companion.backends.llama_process import ENVIRONMENT

        settings = self._settings
        persona = load_persona(settings.persona)
        wishes: dict[str, object] = {
            "transcriber": str(resolve_model(settings.hearing.transcriber, "transcriber")),
            "voice": str(resolve_model(settings.voice.voice, "voice")),
            "system": f"{persona.character}\n\n{manner_words(persona)}".strip(),
            "max_tokens": settings.mind.max_reply_tokens,
            "temperature": settings.mind.temperature,
            "mind_command": [sys.executable, "-P", llama_server.__file__],
            "mind_environment": ENVIRONMENT,
            "mind_config": {
                "model": str(resolve_model(settings.mind.model, "language-model")),
                "context_tokens": settings.mind.context_tokens,
                "threads": settings.mind.threads,
                "api_key": "benchmark",
            },
        }
        with contextlib.ExitStack() as stack:
            if role == "storyteller":
                wishes["mind_address"] = stack.enter_context(telling(STORY))
            yield Program(
                [str(self._python), str(_peer_folder() / "pipecat_agent.py")],
                {"LOGURU_LEVEL": "INFO"},
                first_line=json.dumps(wishes),
            )


def pipecat_agent(settings: Settings, environment: Path) -> Agent:
    """The peer, installed into `environment` if it is not there yet. Raises UsageError or EngineError."""
    lock = _peer_folder() / "requirements.lock"
    python = environment / "bin" / "python"
    stamp = environment / "installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not (stamp.is_file() and stamp.read_text() == wanted):
        print(f"·  Installing the pipecat agent into {environment} (70 packages, 750 MB).", file=sys.stderr)
        _run([sys.executable, "-m", "venv", "--clear", str(environment)])
        _run([str(python), "-m", "pip", "--quiet", "install", "--require-hashes", "-r", str(lock)])
        stamp.write_text(wanted)
    return PipecatAgent(settings, python)


def _peer_folder() -> Path:
    folder = shipped("assets").parent / "tests" / "bench" / "peer"
    if not (folder / "requirements.lock").is_file():
        raise UsageError(
            "The pipecat agent is in the source tree only, not in an installed package.", "Run from a checkout."
        )
    return folder


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = [line for line in done.stderr.strip().splitlines() if line][-1:]
        raise EngineError(
            f"The pipecat agent cannot be installed: {' '.join(last)}",
            "PyAudio is built from source there: apt install portaudio19-dev gcc python3-dev",
        )
