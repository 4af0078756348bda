"""Memory that models take while they are loaded."""

from __future__ import annotations

import threading

import pytest

from companion.backends.heap import give_back_memory, loading, share_heaps


def test_one_model_is_loaded_at_a_time() -> None:
    inside, second_came = threading.Event(), threading.Event()

    def load() -> None:
        inside.set()
        with loading():
            second_came.set()

    other = threading.Thread(target=load)
    with loading():
        other.start()
        assert inside.wait(5)
        assert not second_came.is_set()
    assert second_came.wait(5)
    other.join()


def test_a_model_that_fails_to_load_keeps_no_other_from_it() -> None:
    with pytest.raises(ValueError, match="damaged"), loading():
        raise ValueError("damaged")
    with loading():
        pass


def test_where_the_c_library_is_another_nothing_is_asked_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.backends.heap.ctypes.CDLL", lambda _: object())
    give_back_memory()
    share_heaps()
