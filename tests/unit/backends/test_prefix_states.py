"""What was read once is kept under a name that changes with all that it depends on, and not for ever."""

from __future__ import annotations

import os
from pathlib import Path

from companion.backends.prefix_states import KEPT_STATES, PrefixStates
from companion.core.engines import Message


def test_the_name_changes_with_model_context_and_words(tmp_path: Path) -> None:
    model, other = tmp_path / "a.gguf", tmp_path / "b.gguf"
    model.write_bytes(b"GGUF")
    other.write_bytes(b"GGUF")
    states = PrefixStates(tmp_path)
    ada, bea = [Message("system", "You are Ada.")], [Message("system", "You are Bea.")]
    names = {
        states.name(model, 4096, ada),
        states.name(model, 2048, ada),
        states.name(model, 4096, bea),
        states.name(other, 4096, ada),
    }
    assert len(names) == 4
    assert states.name(model, 4096, ada) in names
    model.write_bytes(b"GGUF, another")
    assert states.name(model, 4096, ada) not in names


def test_those_used_last_stay(tmp_path: Path) -> None:
    states = PrefixStates(tmp_path)
    names = [f"{number}.state" for number in range(KEPT_STATES + 2)]
    for age, name in enumerate(names):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (age, age))
    (tmp_path / "other.txt").write_bytes(b"")
    states.note_use(names[0])
    assert {file.name for file in tmp_path.iterdir()} == {names[0], *names[3:], "other.txt"}
    states.drop(names[0])
    states.drop(names[0])
    assert not states.has(names[0])
