"""Chooses the language model: Ollama where it serves, else the embedded llama.cpp."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from companion.core.engines import LanguageModel
from companion.core.errors import DamagedModelError, EngineError, ModelError
from companion.core.paths import cache_folder
from companion.core.settings import Mind

if TYPE_CHECKING:
    from companion.backends.ollama_server import OllamaModel

CAPABLE = "qwen2.5-1.5b-instruct"
SMALL = "smollm2-135m-instruct"
MEMORY_FOR_CAPABLE = 3_500_000_000
"""Bytes that must be free for the capable model: it takes 1.4 GB, hearing and voice 0.8, and others want some too."""

CONTEXT_OF_SMALL = 2048
"""Tokens: SmolLM2-135M makes nothing of what is further back, and is slower for it: behind 2,300 tokens it writes one
in 15 ms, behind 1,150 in 12. It also takes 23 kB of memory for each."""

Resolve = Callable[[str], Path]
Note = Callable[[str], None]


async def open_mind(settings: Mind, resolve: Resolve, on_note: Note) -> LanguageModel:
    """The language model that `settings` ask for, open. The caller closes it. Raises ModelError or EngineError."""
    mind = await choose_mind(settings, resolve, on_note)
    await mind.open()
    return mind


async def choose_mind(settings: Mind, resolve: Resolve, on_note: Note) -> LanguageModel:
    """The language model that `settings` ask for, not open yet.

    `resolve` finds the GGUF file of a model by name or path, or raises ModelError. `on_note` is told in
    a sentence what was chosen, and why. Raises ModelError or EngineError.
    """
    mind = await _ollama(settings, on_note) if settings.engine != "embedded" else None
    if mind is None:
        mind = embedded(settings, resolve, on_note)
    return mind


async def _ollama(settings: Mind, note: Note) -> LanguageModel | None:
    """Ollama with the model that is wanted; None if it was not insisted upon and does not serve."""
    from companion.backends import ollama, ollama_server

    insisted = settings.engine == "ollama"
    try:
        models = await ollama_server.probe(settings.ollama_address, *([ollama.OPEN_TIMEOUT_S] if insisted else []))
    except EngineError as error:
        if insisted:
            raise
        note(f"{error.message} The embedded language model takes over.")
        return None
    chosen = ollama_server.choose(models, settings.model)
    if chosen is None and insisted:
        raise _no_such_model(settings.model, ollama_server.SUGGESTED_TAG)
    if chosen is None:
        lacks = "has no chat model" if settings.model == "auto" else f"does not have {settings.model}"
        note(f"Ollama answers, but {lacks}. The embedded language model takes over.")
        return None
    note(f"Language model: {chosen.name} on Ollama ({_why(settings, chosen)}).")
    return ollama.Ollama(
        settings.ollama_address,
        chosen.name,
        settings.context_tokens,
        settings.temperature,
        settings.keep_alive_minutes,
    )


def _no_such_model(wanted: str, suggested: str) -> ModelError:
    if wanted == "auto":
        return ModelError("Ollama has no chat model.", f"Fetch one, for example with `ollama pull {suggested}`.")
    return ModelError(f"Ollama does not have the model {wanted}.", f"Fetch it with `ollama pull {wanted}`.")


def _why(settings: Mind, chosen: OllamaModel) -> str:
    if settings.model != "auto":
        return "as set"
    return f"it answers, and this is the best of its chat models that is not too slow, {chosen.size / 1e9:.1f} GB"


def embedded(settings: Mind, resolve: Resolve, note: Note) -> LanguageModel:
    """The embedded language model, not open yet. Raises ModelError."""
    from companion.backends.llama_cpp import LlamaCpp, Sampling
    from companion.backends.prefix_states import PrefixStates

    name, file, why = embedded_choice(settings, resolve)
    note(f"Language model: {name}, embedded ({why}).")
    sampling, states = Sampling(settings.temperature), PrefixStates(cache_folder() / "read")
    return LlamaCpp(file, name, context_tokens(settings, file), settings.threads, sampling, states)


def context_tokens(settings: Mind, file: Path) -> int:
    """How many tokens prompt and reply may have together if the embedded model is `file`."""
    from companion.backends.llama_cpp import is_small

    return min(settings.context_tokens, CONTEXT_OF_SMALL) if is_small(file) else settings.context_tokens


def embedded_choice(settings: Mind, resolve: Resolve) -> tuple[str, Path, str]:
    """Name, file and reason of the embedded model. Raises ModelError."""
    if settings.model != "auto":
        file = resolve(settings.model)
        return (file.stem if settings.model.endswith(".gguf") else settings.model), file, "as set"
    import psutil

    free = psutil.virtual_memory().available
    if free < MEMORY_FOR_CAPABLE:
        return SMALL, resolve(SMALL), f"only {free / 1e9:.1f} GB of memory are free, too little for {CAPABLE}"
    try:
        return CAPABLE, resolve(CAPABLE), "the default"
    except DamagedModelError:
        raise
    except ModelError as missing:
        try:
            return SMALL, resolve(SMALL), f"{CAPABLE} is not installed"
        except ModelError:
            raise missing from None
