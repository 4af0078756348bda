"""What the targets of the Makefile say, by a dry run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


@pytest.mark.parametrize(("target", "says_what_next"), [("install", True), ("run", False), ("test", False)])
def test_only_an_installation_asked_for_says_what_to_do_next(target: str, says_what_next: bool) -> None:
    folder = Path(__file__).parents[2]
    dry = subprocess.run(["make", "--dry-run", target], cwd=folder, capture_output=True, text=True, check=True)
    assert "./install.sh" in dry.stdout
    assert ("make run" in dry.stdout) == says_what_next
