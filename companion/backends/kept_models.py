"""Models made of another one, in one part or two: made once and kept in a cache."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def made_once(
    file: Path, cache: Path, make: Callable[[Path], tuple[bytes, bytes | None]]
) -> tuple[str | bytes, str | bytes | None]:
    """What `make` makes of `file`, kept in the folder `cache`; the second is None where there is but one part."""
    status = file.stat()
    name = f"{file.stem}-{status.st_size}-{int(status.st_mtime)}"
    front, back = cache / f"{name}.front.onnx", cache / f"{name}.back.onnx"
    if front.is_file():  # it is written last
        return str(front), str(back) if back.is_file() else None
    first, second = make(file)
    kept = (second is None or _keep(second, back)) and _keep(first, front)
    if not kept:  # a full or read-only disk costs time at the next start, and nothing else
        return first, second
    return str(front), str(back) if second else None


def _keep(model: bytes, file: Path) -> bool:
    """Whether `model` is in `file` now; there is never half of it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".partial")
        unfinished.write_bytes(model)
        unfinished.replace(file)
    except OSError:
        return False
    return True
