"""The direction of imports: core <- talk, backends, models, diagnostics; siblings apart; app and cli know all."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import companion

PACKAGE = Path(companion.__file__).parent
MAY_IMPORT = {
    "core": {"core"},
    "talk": {"core", "talk"},
    "backends": {"core", "backends"},
    "models": {"core", "models"},
    "diagnostics": {"core", "diagnostics"},
    "memory": {"core", "memory"},
    "cards": {"core", "cards"},
    "ui": {"core", "ui"},
    "serve": {"core", "serve"},
}
VENDORS = {"faster_whisper", "ctranslate2", "onnxruntime", "onnx", "piper", "sounddevice", "soundfile", "soxr"}
VENDORS |= {"tokenizers", "livekit", "ollama", "httpx", "xllamacpp"}
VENDORS |= {"starlette", "uvicorn", "wyoming", "zeroconf"}


def modules(room: str) -> list[Path]:
    return sorted((PACKAGE / room).rglob("*.py"))


def imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the direction"
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_rooms_import_only_what_they_may(room: str) -> None:
    for path in modules(room):
        for name in imports(ast.parse(path.read_text())):
            if name.startswith("companion."):
                target = name.split(".")[1]
                assert target in MAY_IMPORT[room], f"{path.name} imports {name}"


def test_the_conversation_knows_no_vendor() -> None:
    for room in ("core", "talk"):
        for path in modules(room):
            for name in imports(ast.parse(path.read_text())):
                assert name.split(".")[0] not in VENDORS, f"{path.name} imports {name}"


def test_importing_the_program_loads_no_model_library() -> None:
    code = f"import sys, companion.app, companion.cli; print(sorted(set(sys.modules) & {VENDORS!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_onnxruntime_reports_nothing_to_its_maker() -> None:
    code = "import os, companion; print(os.environ['ORT_DISABLE_TELEMETRY'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


@pytest.mark.skipif(sys.platform != "linux", reason="the threads are counted in /proc")
def test_numpy_has_no_second_thread_that_waits_by_looking() -> None:
    code = (
        "import os, companion, numpy; numpy.ones((400, 400), numpy.float32) @ numpy.ones((400, 3000), numpy.float32);"
        "print(len(os.listdir('/proc/self/task')))"
    )
    plain = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=plain)
    assert done.stdout.strip() == "1"


def test_no_module_is_longer_than_one_can_hold_in_mind() -> None:
    lengths = {str(path.relative_to(PACKAGE)): len(path.read_text().splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 400} == {}
