"""Who may come in: by address, by the name they call us by, and by the token. Pure."""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections import Counter
from collections.abc import Iterable

from companion.core.errors import UsageError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

MOST_CONNECTIONS = 64
MOST_FROM_ONE_ADDRESS = 16
"""So that one machine that opens connections and says nothing shuts nobody else out."""
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:\[\]]+)(?::\d{1,5})?")


def own_address(text: str) -> Address:
    """The address to listen on. Raises UsageError."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        raise UsageError(
            f"--address {text} is no IP address.",
            "Give one of this computer, such as 192.168.1.10; 0.0.0.0 means all of them.",
        ) from None


class AllowList:
    """The addresses that may connect; without any, all that can."""

    def __init__(self, named: Iterable[str] = ()) -> None:
        """`named`: addresses, or networks such as 192.168.1.0/24. Raises UsageError."""
        self._networks = [_network(name) for name in named]

    def __bool__(self) -> bool:
        return bool(self._networks)

    def __str__(self) -> str:
        bare = [str(one.network_address) if one.num_addresses == 1 else str(one) for one in self._networks]
        return ", ".join(bare)

    def admits(self, peer: str) -> bool:
        """Whether who connects from `peer` may."""
        if not self._networks:
            return True
        address = _plain(peer)
        return address is not None and any(address in network for network in self._networks)


class Door:
    """Counts who is inside, and lets in who may come and finds room."""

    def __init__(
        self, allowed: AllowList, most: int = MOST_CONNECTIONS, most_from_one: int = MOST_FROM_ONE_ADDRESS
    ) -> None:
        self._allowed = allowed
        self._most = most
        self._most_from_one = most_from_one
        self._inside = Counter[str]()

    @property
    def inside(self) -> int:
        return self._inside.total()

    def enter(self, peer: str) -> bool:
        """Whether `peer` may come in; who has come in is to `leave`."""
        if not self._allowed.admits(peer) or self.inside >= self._most or self._inside[peer] >= self._most_from_one:
            return False
        self._inside[peer] += 1
        return True

    def leave(self, peer: str) -> None:
        self._inside[peer] -= 1
        if self._inside[peer] <= 0:
            del self._inside[peer]


def names_us(host: str, names: Iterable[str]) -> bool:
    """Whether the Host header `host` is an address, localhost, or one of `names`.

    A page of somebody else's that has its own name point at this computer (DNS rebinding) comes with that name.
    """
    parts = _HOST.fullmatch(host.strip())
    if not parts:
        return False
    name = parts["name"].strip("[]").rstrip(".").lower()
    return name == "localhost" or _plain(name) is not None or name in {known.lower() for known in names}


def token_fits(authorization: str | None, token: str) -> bool:
    """Whether the Authorization header brings `token`; the time it takes tells nothing of where it differs."""
    scheme, _, given = (authorization or "").partition(" ")
    fits = hmac.compare_digest(given.strip().encode("utf-8", "replace"), token.encode())
    return fits and scheme.lower() == "bearer"


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise UsageError(
            f"--allow {text} is neither an address nor a network.", "Give 192.168.1.20, or 192.168.1.0/24."
        ) from None


def _plain(text: str) -> Address | None:
    """The address, an IPv4 one as such even where it comes as IPv6; None if it is none."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
