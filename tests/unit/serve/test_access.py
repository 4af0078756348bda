"""Who may come in: by address, by name, and by the token."""

from __future__ import annotations

import pytest

from companion.core.errors import UsageError
from companion.serve.access import AllowList, Door, names_us, own_address, token_fits


@pytest.mark.parametrize(
    ("named", "peer", "admitted"),
    [
        ((), "10.1.2.3", True),
        (("127.0.0.1",), "127.0.0.1", True),
        (("127.0.0.1",), "127.0.0.2", False),
        (("127.0.0.1",), "::ffff:127.0.0.1", True),
        (("127.0.0.1",), "::1", False),
        (("192.168.1.0/24",), "192.168.1.77", True),
        (("192.168.1.77/24",), "192.168.2.77", False),
        (("fe80::/10",), "fe80::1%eth0", True),
        (("10.0.0.1", "10.0.0.2"), "10.0.0.2", True),
        (("127.0.0.1",), "", False),
    ],
)
def test_an_address_is_admitted_or_not(named: tuple[str, ...], peer: str, admitted: bool) -> None:
    assert AllowList(named).admits(peer) is admitted


def test_what_is_no_address_is_told_with_a_remedy() -> None:
    with pytest.raises(UsageError, match="kitchen") as told:
        AllowList(["kitchen"])
    assert "192.168.1.20" in told.value.hint
    with pytest.raises(UsageError, match="no IP address"):
        own_address("localhost")


def test_an_allow_list_names_whom_it_admits() -> None:
    assert str(AllowList(["192.168.1.20", "10.0.0.0/8"])) == "192.168.1.20, 10.0.0.0/8"


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:8765", True),
        ("127.0.0.1", True),
        ("localhost:8765", True),
        ("LOCALHOST", True),
        ("[::1]:8765", True),
        ("192.168.1.10", True),
        ("study.local:8765", True),
        ("study.local.", True),
        ("rebound.example", False),
        ("rebound.example:8765", False),
        ("127.0.0.1.rebound.example", False),
        ("localhost.rebound.example", False),
        ("", False),
        ("127.0.0.1:8765:1", False),
        ("[::1", False),
        ("a@127.0.0.1", False),
    ],
)
def test_a_host_names_this_computer_or_not(host: str, ours: bool) -> None:
    assert names_us(host, {"study", "study.local"}) is ours


@pytest.mark.parametrize(
    ("header", "fits"),
    [
        ("Bearer secret", True),
        ("bearer  secret ", True),
        ("Bearer secre", False),
        ("Bearer secret2", False),
        ("Basic secret", False),
        ("secret", False),
        ("Bearer", False),
        ("Bearer sécret", False),
        ("", False),
        (None, False),
    ],
)
def test_the_token_fits_or_not(header: str | None, fits: bool) -> None:
    assert token_fits(header, "secret") is fits


def test_one_address_does_not_take_all_the_room() -> None:
    door = Door(AllowList(), most=4, most_from_one=3)
    assert [door.enter("10.0.0.1") for _ in range(4)] == [True, True, True, False]
    assert door.enter("10.0.0.2")
    assert not door.enter("10.0.0.3"), "there is no room"
    door.leave("10.0.0.1")
    assert door.enter("10.0.0.3")
    assert door.inside == 4


def test_who_is_not_named_takes_no_room() -> None:
    door = Door(AllowList(["127.0.0.1"]))
    assert not door.enter("127.0.0.2")
    assert door.inside == 0
