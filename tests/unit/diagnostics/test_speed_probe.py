"""The probe is made once for a machine, and again for another."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from companion.diagnostics import graphics as module
from companion.diagnostics.graphics import Graphics, graphics
from companion.diagnostics.speed_probe import REFERENCE_GFLOPS, speed


def test_it_is_measured_once_for_a_machine(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "speed.json"
    computing, memory = speed("A", file)
    assert computing > 0 and memory > 0
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({**kept, "gflops": 42 * REFERENCE_GFLOPS}))
    assert speed("A", file) == (42.0, memory)
    assert speed("B", file)[0] != 42.0


def test_a_damaged_or_old_cache_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "speed.json"
    of_old_reference = json.dumps({"machine": f"A x{os.cpu_count()}", "computing": 42.0, "memory": 42.0})
    for content in ("", "[]", '{"machine": 3}', of_old_reference):
        file.write_text(content)
        assert 0 < speed("A", file)[0] < 42


def test_a_card_of_llama_cpp_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    cpu = {"name": "CPU", "type": "GGML_BACKEND_DEVICE_TYPE_CPU", "memory_total": 9}
    card = {"name": "Vulkan0", "description": "Radeon", "type": "GGML_BACKEND_DEVICE_TYPE_GPU", "memory_total": 8e9}
    monkeypatch.setattr(module, "_cuda_devices", lambda: 0)
    monkeypatch.setattr(module, "_llama_devices", lambda: [cpu])
    assert graphics() == Graphics()
    assert "No graphics card is used" in graphics().sentence()
    monkeypatch.setattr(module, "_llama_devices", lambda: [cpu, card])
    assert graphics() == Graphics("Radeon", 8000, False, True)
    assert "her mind uses it" in graphics().sentence()
    monkeypatch.setattr(module, "_llama_devices", lambda: [cpu])
    monkeypatch.setattr(module, "_cuda_devices", lambda: 1)
    assert "her mind stays on the processor" in graphics().sentence()
