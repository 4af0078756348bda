"""Cuts installations at random points and resumes them, and shows what is said of each fault of a hub.

    python -m tests.bench.install_matrix

Everything is on this computer: a folder as package index, and tests/fakes/hub_server.py as the hub.
"""

from __future__ import annotations

import os
import random
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from companion.core.errors import ModelError
from companion.models.catalogue import Model
from companion.models.hub import Hub
from companion.models.installation import install
from companion.models.work import InstallationStoppedError, Progress
from tests.fakes.hub_server import FakeHub
from tests.unit.models.packages import GGUF, Index, make_index
from tests.unit.models.test_hub_source import CONFIG, FATAL, HASTE, WEIGHTS, far_model

CUTS = 10
TOLD_IN_PACKAGES = 30
"""About as often as an installation of the two small packages tells of itself."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMPANION_MODELS"] = str(Path(folder) / "models")
        os.environ.update(PIP_CONFIG_FILE=os.devnull, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(Path(folder) / "index"))
        _packages(make_index(Path(folder) / "index"), Path(folder) / "models")
        with FakeHub({"deep/far.gguf": WEIGHTS, "config.json": CONFIG}) as server:
            _hub(server, Path(folder) / "models")
            _faults(server, Path(folder) / "models")


def _packages(index: Index, models: Path) -> None:
    whole = [
        _cut_and_resumed(models, "tiny", {"tiny.gguf": GGUF}, lambda **options: install(index.model, **options), number)
        for number in _points(TOLD_IN_PACKAGES)
    ]
    print(f"packages: cut at {CUTS} random moments, resumed and identical {sum(whole)}")


def _points(most: int) -> list[int]:
    return [random.Random(seed).randrange(1, most) for seed in range(CUTS)]


def _cut_and_resumed(models: Path, name: str, files: dict[str, bytes], bring: Callable[..., Path], moment: int) -> bool:
    """Stop at the `moment`-th thing that is told, see that nothing is there, and go on."""
    stop, told = threading.Event(), 0

    def count(done: int, total: int, text: str) -> None:
        nonlocal told
        told += 1
        if told == moment:
            stop.set()

    try:
        bring(progress=count, stop=stop)
    except InstallationStoppedError:
        assert not (models / name).exists(), "half a model"
    folder = bring()
    same = all((folder / file).read_bytes() == content for file, content in files.items())
    _clear(models, name)
    return same


def _clear(models: Path, name: str) -> None:
    import shutil

    shutil.rmtree(models / name, ignore_errors=True)
    shutil.rmtree(models / ".partial", ignore_errors=True)


def _hub(server: FakeHub, models: Path) -> None:
    """Cut at a byte: the connection breaks there, and the next try begins there."""
    model, whole, asked = far_model(), 0, 0
    for at in _points(len(WEIGHTS)):
        stop = threading.Event()

        def halt(done: int, total: int, text: str, stop: threading.Event = stop) -> None:
            if "waiting" in text:
                stop.set()

        server.fault, server.times, server.at = "cut", 1, at
        try:
            _bring(server, model, progress=halt, stop=stop)
        except InstallationStoppedError:
            assert not (models / "far").exists(), "half a model"
        server.requests.clear()
        folder = _bring(server, model)
        whole += (folder / "far.gguf").read_bytes() == WEIGHTS
        asked += f"bytes={at}-" in server.fetched()
        _clear(models, "far")
    print(f"hub: cut at {CUTS} random bytes, resumed and identical {whole}, asked only for the rest {asked}")


def _bring(
    server: FakeHub,
    model: Model,
    progress: Progress = lambda done, total, text: None,
    stop: threading.Event | None = None,
) -> Path:
    return install(model, hub=Hub(server.address, HASTE, 1.0), progress=progress, stop=stop)


def _faults(server: FakeHub, models: Path) -> None:
    print("\n| the hub | what is said |\n|---|---|")
    for fault, after, _, _ in FATAL:
        if after:
            continue
        server.fault, server.times, server.at = fault, None, 0
        try:
            _bring(server, far_model())
        except ModelError as error:
            print(f"| {fault} | {error} |")
        assert not (models / "far").exists(), "half a model"


if __name__ == "__main__":
    main()
