"""Telling the local network that she is there (zeroconf), so that Home Assistant finds her by itself."""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from companion.core.errors import UsageError
from companion.serve.access import Address

SERVICE = "_wyoming._tcp.local."


@asynccontextmanager
async def announced(name: str, address: Address, port: int) -> AsyncIterator[None]:
    """While the block runs: `name` is found as a Wyoming server at `address`, on its network. Raises UsageError."""
    from zeroconf import Error as ZeroconfError
    from zeroconf import IPVersion
    from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

    label = re.sub(r"[^\w -]", "", name).strip()[:40] or "Companion"
    service = AsyncServiceInfo(
        SERVICE,
        f"{label}.{SERVICE}",
        addresses=[address.packed],
        port=port,
        server=f"{socket.gethostname().partition('.')[0]}-companion.local.",
    )
    version = IPVersion.V6Only if address.version == 6 else IPVersion.V4Only
    interfaces: Sequence[str] = [str(address)]
    try:
        network = AsyncZeroconf(interfaces=interfaces, ip_version=version)
    except (OSError, RuntimeError) as error:
        raise _impossible() from error
    try:
        try:
            await network.async_register_service(service, allow_name_change=True)
        except (ZeroconfError, OSError) as error:
            raise _impossible() from error
        yield
    finally:
        await network.async_close()


def _impossible() -> UsageError:
    return UsageError("She cannot be announced on that network.", "Leave --announce out.")
