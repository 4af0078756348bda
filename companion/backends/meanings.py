"""Chooses what tells the meanings of texts: a server that the settings name, else the small model of one's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from companion.core.engines import Embedder
from companion.core.paths import cache_folder
from companion.core.settings import Settings

OWN = "minilm-l6-v2"
OLLAMA = "ollama:"
KNOWN = (
    *("embeddinggemma", "nomic-embed-text", "mxbai-embed-large", "bge-m3", "snowflake-arctic-embed2"),
    *("snowflake-arctic-embed", "qwen3-embedding", "granite-embedding", "all-minilm"),
)
"""Models of Ollama's that tell meanings, the quick and good ones first."""
KEY = "COMPANION_EMBEDDER_KEY"
"""In the environment: the key of a server that wants one; it comes before the one that is kept."""


async def choose_embedder(
    settings: Settings, resolve: Callable[[str], Path], threads: int = 2, key: str = ""
) -> Embedder:
    """The embedder of the settings, not loaded yet. `resolve` finds the file of an installed one. `key`: of its server.

    Raises ModelError if it is not there, EngineError if Ollama does not answer. "auto" is Ollama's where the settings
    want Ollama for the language model, and it has a known one: whether it happens to run decides nothing, as every
    change of the embedder takes all that was said in anew.
    """
    from companion.backends.minilm import MiniLm
    from companion.backends.served_meanings import OllamaMeanings, OpenAiMeanings

    wanted, mind = settings.memory.embedder, settings.mind
    if wanted == "auto" and mind.engine == "ollama":
        model = await _known_model(mind.ollama_address)
        wanted = f"{OLLAMA}{model}" if model else wanted
    if wanted.startswith(OLLAMA):
        return OllamaMeanings(mind.ollama_address, wanted.removeprefix(OLLAMA), mind.keep_alive_minutes)
    if wanted.startswith(("http://", "https://")):
        address, _, model = wanted.partition("#")
        return OpenAiMeanings(address, model, os.environ.get(KEY) or key)
    return MiniLm(resolve(OWN if wanted in ("auto", "minilm") else wanted), threads, cache_folder() / "meanings")


async def _known_model(address: str) -> str:
    """The best of the models of meanings that the server itself runs; empty if it has none."""
    from companion.backends.ollama_server import probe

    here = {model.name.partition(":")[0]: model.name for model in await probe(address) if not model.is_remote}
    return next((here[name] for name in KNOWN if name in here), "")
