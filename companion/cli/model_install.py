"""`companion models install`: what is wanted is found out, told with its licence, and brought with progress."""

from __future__ import annotations

import json
import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from companion.cli.pace import Pace
from companion.core.errors import UsageError
from companion.core.settings import Settings
from companion.models import ollama_source
from companion.models.catalogue import Catalogue, Model
from companion.models.hub import Hub
from companion.models.hub_choice import hub_model
from companion.models.installation import install
from companion.models.resolver import locate
from companion.models.wanted import InOllama, OnDisk, wanted
from companion.models.work import Progress, SourceError

PROGRESS_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Errand:
    """One model to bring. `asked` is what it was called."""

    asked: str
    model: Model | None
    """None: one that only Ollama knows."""
    tag: str = ""
    """What Ollama is to pull, at once or if nothing else gives the model."""
    ollama_first: bool = False

    @property
    def is_here(self) -> bool:
        return self.model is not None and not self.ollama_first and locate(self.model) is not None

    @property
    def words(self) -> str:
        """Size and licence, to be known before anything is fetched."""
        if self.model is None:
            return f"{self.asked}: size and licence as Ollama's page says"
        return f"{self.asked}: {megabytes(self.model.size)}, licence {self.model.licence}. {self.model.licence_note}"

    def bring(self, settings: Settings, progress: Progress, stop: threading.Event) -> str:
        """Do it, and say what was done. Raises ModelError."""
        if self.model is not None and not self.ollama_first:
            try:
                folder = install(self.model, progress=progress, stop=stop, hub=hub_of(settings), asked=self.asked)
                return f"{self.asked} is installed in {folder} ({megabytes(self.model.size)})."
            except SourceError as error:
                if not self.tag:
                    raise
                print(f"{error.message} Ollama is asked instead.", file=sys.stderr)
        address = settings.mind.ollama_address
        ollama_source.pull(self.tag, address, progress=progress, stop=stop)
        return f"Ollama at {address} has {self.tag}."


def hub_of(settings: Settings) -> Hub:
    return Hub(settings.models.mirror)


def errand(name: str, source: str, known: Catalogue, settings: Settings) -> Errand:
    """What is to be done for `name`; `source` is auto, package, hub or ollama. Asks the hub about what is only there.

    Raises ModelError and UsageError.
    """
    meant = wanted(name, known)
    if isinstance(meant, OnDisk):
        raise UsageError(
            f"{meant.path} need not be installed: it is a file of yours.",
            "Give its path where a model is named, as mind.model or voice.voice.",
        )
    if isinstance(meant, InOllama):
        return Errand(name, None, meant.tag, True)
    if not isinstance(meant, Model):
        return Errand(name, hub_model(hub_of(settings), meant.repo, meant.file))
    tag = meant.ollama_tag()
    if source == "ollama" and not tag:
        raise UsageError(f"{name} is not among Ollama's models.", "Leave the option --from out.")
    if source in ("package", "hub"):
        meant = meant.model_copy(update={"sources": tuple(each for each in meant.sources if each.kind == source)})
        if not meant.sources:
            raise UsageError(f"{name} does not come from there.", "Leave the option --from out.")
        return Errand(name, meant)
    only_ollama = all(each.kind == "ollama" for each in meant.sources)
    return Errand(name, meant, tag, source == "ollama" or only_ollama)


def bring_all(errands: list[Errand], settings: Settings, shown: AbstractContextManager[Progress]) -> None:
    """One after another; what is here is left alone. Raises ModelError."""
    lacking = [errand for errand in errands if not errand.is_here]
    if not lacking:
        print("The models are here.", file=sys.stderr)
        return
    for each in lacking:
        print(each.words, file=sys.stderr)
    before, in_all = 0, sum(each.model.size for each in lacking if each.model)
    with shown as progress, stop_on_request() as stop:
        for each in lacking:
            base = before
            size = each.model.size if each.model else 0

            def tell(done: int, total: int, text: str, base: int = base, size: int = size) -> None:
                progress(base + done, in_all - size + total, text)

            print(each.bring(settings, tell, stop), file=sys.stderr)
            before += size


@contextmanager
def stop_on_request() -> Iterator[threading.Event]:
    """Set when this process is asked to end: the client is ended too, and what has come is kept."""
    stop = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def progress_as_lines(clock: Callable[[], float] = time.monotonic) -> Iterator[Progress]:
    """Lines of JSON on the standard output, ten a second at most, the last one always."""
    told_s, last, told = -math.inf, "", ""
    pace = Pace(clock)

    def show(done: int, total: int, text: str) -> None:
        nonlocal told_s, last, told
        speed, left_s = pace.tell(done, total)
        record = {"done": done, "total": total, "text": text, "bytes_per_s": speed, "left_s": left_s}
        last = json.dumps(record, ensure_ascii=False)
        if clock() - told_s >= PROGRESS_EVERY_S and last != told:
            told_s, told = clock(), last
            print(last, flush=True)

    yield show
    if last != told:
        print(last, flush=True)


@contextmanager
def progress_on_terminal() -> Iterator[Progress]:
    """A progress bar on the standard error; where that is no terminal, nothing is drawn."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, text: str) -> None:
            bar.update(task, completed=done, total=total, description=text)

        yield show


def megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.0f} MB"
