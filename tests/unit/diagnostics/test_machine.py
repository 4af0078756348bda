"""Facts of the machine, versions of libraries, and the watch over memory and processor time."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tomllib
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement

from companion.diagnostics.machine import LIBRARIES, NOT_INSTALLED, MemoryWatch, library_versions, machine_facts

PYPROJECT = Path(__file__).parents[3] / "pyproject.toml"
CHILD_HOLDS = "import sys; held = b'x' * 80_000_000; print('ready', flush=True); sys.stdin.read()"
CHILD_BURNS = "import time\nwhile time.process_time() < 0.4: pass"


def test_the_facts_are_sound() -> None:
    facts = machine_facts()
    assert facts.processor.strip()
    assert 1 <= facts.physical_cores <= facts.logical_cores
    assert 0 < facts.memory_available_bytes <= facts.memory_total_bytes
    assert facts.python.endswith(".".join(map(str, sys.version_info[:3])))
    assert facts.system


def test_the_facts_name_neither_the_computer_nor_its_user() -> None:
    words = set(re.split(r"[\s()]+", " ".join(map(str, asdict(machine_facts()).values()))))
    # A machine called "debian" says so of its system too: that is no leak.
    assert socket.gethostname() not in words - {"Debian", "Linux", "Darwin", "Windows"}
    assert Path.home().name not in words


def test_the_libraries_are_those_that_the_project_declares() -> None:
    declared = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    requirements = map(Requirement, declared)
    assert set(LIBRARIES) == {one.name for one in requirements if one.marker is None or one.marker.evaluate()}


def test_versions_tell_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIBRARIES, "no-such-package-of-ours", "nothing")
    versions = library_versions()
    assert versions["no-such-package-of-ours"] == NOT_INSTALLED
    assert versions["numpy"] == np.__version__


HOLDS_AND_GIVES_BACK = """
import numpy as np
from companion.diagnostics.machine import MemoryWatch
with MemoryWatch() as watch:
    held = np.ones(12_500_000)
    with MemoryWatch() as inner:
        assert held[-1] == 1
    assert watch.cpu_s >= 0.0  # looking at it takes note of the memory, too
    del held
print(inner.start_bytes - watch.start_bytes, watch.peak_bytes - watch.start_bytes)
"""
"""A process of its own: what other tests left behind is given back while it is being watched."""


def test_the_peak_holds_what_was_taken_and_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", HOLDS_AND_GIVES_BACK], check=True, capture_output=True, text=True)
    held, peak = map(int, done.stdout.split())
    assert held >= 80_000_000
    assert peak >= 80_000_000


def test_the_peak_counts_children() -> None:
    with MemoryWatch() as watch:
        child = subprocess.Popen([sys.executable, "-c", CHILD_HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        with child:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == b"ready"
            assert watch.cpu_s > 0.0
            assert watch.peak_bytes < watch.start_bytes + 80_000_000, "it may have been forked just now"
            assert watch.cpu_s > 0.0
    assert watch.peak_bytes >= watch.start_bytes + 80_000_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not add up children that have ended")
def test_processor_time_counts_children_that_have_ended() -> None:
    with MemoryWatch() as watch:
        subprocess.run([sys.executable, "-c", CHILD_BURNS], check=True)
    assert 0.35 <= watch.cpu_s < 10.0  # the system counts in ticks


def test_processor_time_counts_from_the_start_of_the_watch() -> None:
    with MemoryWatch() as outer:
        sum(i * i for i in range(2_000_000))
        with MemoryWatch() as inner:
            pass
    assert inner.cpu_s < outer.cpu_s
