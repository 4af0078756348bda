"""What is typed before the prompt is there is kept, and not shown."""

from __future__ import annotations

import os
import pty
import select

from companion.cli.unechoed import unechoed


def shown(master: int) -> bytes:
    ready, _, _ = select.select([master], [], [], 0)
    return os.read(master, 100) if ready else b""


def test_a_line_typed_ahead_is_kept_and_not_shown() -> None:
    master, slave = pty.openpty()
    with unechoed(slave):
        os.write(master, b"early\n")
        assert os.read(slave, 100) == b"early\n"
        assert shown(master) == b""
    os.write(master, b"late\n")
    assert os.read(slave, 100) == b"late\n"
    assert shown(master) == b"late\r\n"
    os.close(slave)
    os.close(master)
