"""What is noted of a failure in the window."""

from __future__ import annotations

import sys

import pytest

from companion.ui.failures import log_failures


def test_a_failure_is_noted_by_kind_and_place_and_without_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: shown.append(error))
    log_failures()
    try:
        raise ValueError("what somebody said")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
        assert shown == [error]
    assert "ValueError at test_failures.py:" in caplog.text
    assert "somebody" not in caplog.text
