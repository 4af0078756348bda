"""Models made of other models by a script, in a process of its own: what that takes of memory goes with it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType

TIMEOUT_S = 120.0
"""For a large model on a slow disk; usually it takes a second."""


def made_by(script: ModuleType, model: Path, count: int) -> list[bytes]:
    """The `count` files that `script`, given `model` and their names, writes.

    Raises OSError and subprocess.SubprocessError where no process can be started, or the script fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.onnx") for number in range(count)]
        command = [sys.executable, str(script.__file__), str(model), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S)
        return [file.read_bytes() for file in files]
