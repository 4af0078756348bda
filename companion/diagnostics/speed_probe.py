"""How fast this machine computes and reads memory, in a second; compared with the machine of BENCHMARKS.md."""

from __future__ import annotations

import json
import logging
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from companion.core.paths import cache_folder

log = logging.getLogger(__name__)

REFERENCE_GFLOPS = 230.0
REFERENCE_GB_PER_S = 20.0
"""What this probe found on two virtual cores of an AMD EPYC (BENCHMARKS.md); beside other work it finds a third."""

_SIZE = 1024
_ROUNDS = 12
_READ_BYTES = 256_000_000
"""More than any processor's cache holds."""


def speed(processor: str, file: Path | None = None) -> tuple[float, float]:
    """Computing and reading memory, as multiples of the reference machine's; from the cache for the same `processor`.

    Measured the first time: under a second, on all cores.
    """
    file = file or cache_folder() / "speed.json"
    mark = f"{processor} x{os.cpu_count()}"
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["machine"] == mark:
            return float(kept["gflops"]) / REFERENCE_GFLOPS, float(kept["gb_per_s"]) / REFERENCE_GB_PER_S
    except (OSError, ValueError, KeyError, TypeError):
        pass
    gflops, gb_per_s = _gflops(), _gb_per_s()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"machine": mark, "gflops": gflops, "gb_per_s": gb_per_s}), encoding="utf-8")
    except OSError as error:
        log.debug("the speed was not kept: %s", error)
    return gflops / REFERENCE_GFLOPS, gb_per_s / REFERENCE_GB_PER_S


def _gflops() -> float:
    """Of products of two float32 matrices, one on each core: numpy itself uses one (see `companion`)."""
    import numpy as np

    cores = os.cpu_count() or 1
    left = np.ones((_SIZE, _SIZE), np.float32)
    right = np.ones((_SIZE, _SIZE), np.float32)
    with ThreadPoolExecutor(cores) as pool:
        taken_s = _median_s(lambda: list(pool.map(left.__matmul__, [right] * cores)))
    return cores * 2 * _SIZE**3 / taken_s / 1e9


def _gb_per_s() -> float:
    import numpy as np

    block = np.ones(_READ_BYTES // 8, np.float64)
    return _READ_BYTES / _median_s(block.sum) / 1e9


def _median_s(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
