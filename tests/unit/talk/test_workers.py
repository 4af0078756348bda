"""The threads that models run on."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from companion.talk.workers import Worker


@pytest.mark.skipif(sys.platform != "linux", reason="threads have a priority of their own on Linux only")
async def test_one_that_yields_runs_behind_the_others() -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    with Worker("detect", yields=True) as patient, Worker("hear") as eager:
        assert await patient.run(niceness) > await eager.run(niceness) == niceness()
