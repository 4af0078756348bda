"""That she is there is told by zeroconf, here on the loopback interface."""

from __future__ import annotations

import ipaddress

from zeroconf import IPVersion
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from companion.serve.announcing import SERVICE, announced


async def test_she_is_found_while_she_is_announced() -> None:
    network = AsyncZeroconf(interfaces=["127.0.0.1"], ip_version=IPVersion.V4Only)
    try:
        async with announced("Samantha", ipaddress.ip_address("127.0.0.1"), 10750):
            found = AsyncServiceInfo(SERVICE, f"Samantha.{SERVICE}")
            assert await found.async_request(network.zeroconf, 5000)
            assert found.port == 10750
            assert found.parsed_addresses() == ["127.0.0.1"]
    finally:
        await network.async_close()
