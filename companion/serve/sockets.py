"""Where she listens. What the system says of it is said in a sentence."""

from __future__ import annotations

import errno
import socket

from companion.core.errors import UsageError
from companion.serve.access import Address

BACKLOG = 64


def listen_at(address: Address, port: int) -> socket.socket:
    """A socket that listens; port 0 is any that is free. Raises UsageError."""
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    try:
        return socket.create_server((str(address), port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise _explained(error, address, port) from error


def _explained(error: OSError, address: Address, port: int) -> UsageError:
    match error.errno:
        case errno.EADDRINUSE:
            return UsageError(
                f"Port {port} is in use on {address}, perhaps by another `companion serve`.",
                "End that, or choose another port with --port or --wyoming-port.",
            )
        case errno.EADDRNOTAVAIL:
            return UsageError(
                f"{address} is no address of this computer.", "Give one of its own; `hostname -I` lists them."
            )
        case errno.EACCES:
            return UsageError(f"Port {port} is not yours to use.", "Choose one above 1023.")
    return UsageError(
        f"Nobody can be listened to at {address}, port {port} ({error.strerror}).", "Try another address."
    )
