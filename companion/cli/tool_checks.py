"""The check of `companion doctor` for the tools of others: whether their servers are set up as they should be."""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlsplit

from companion.core.errors import SettingsError
from companion.core.paths import tool_servers_file
from companion.core.tool_servers import ToolServer, read_servers
from companion.diagnostics.checks import Check, Finding


def tool_checks() -> list[Check]:
    """None where no servers are set up."""
    return [Check("tools", tools)] if tool_servers_file().exists() else []


def tools() -> Finding:
    """Whether the file is in order, and its programs are there. No server is started: some take long to answer."""
    try:
        servers = read_servers(tool_servers_file())
    except SettingsError as error:
        return Finding("warning", f"{error.message.rstrip('.')}: until then she has no tools", error.hint)
    lacking = [server for server in servers if server.command and not _is_there(server)]
    if lacking:
        text = "; ".join(
            f"{server.name} is to be started with {server.command}, which is not here" for server in lacking
        )
        return Finding("warning", text, f"Install it, or give its whole path in {tool_servers_file()}.")
    named = ", ".join(f"{server.name} ({_where(server)})" for server in servers)
    return Finding("ok", f"{named}; `companion tools` asks them what they offer" if named else "none is switched on")


def _is_there(server: ToolServer) -> bool:
    return shutil.which(server.command, path=(server.env or {}).get("PATH", os.environ.get("PATH"))) is not None


def _where(server: ToolServer) -> str:
    """The program, or the address that words are sent to, without what may be a secret in it."""
    if server.command:
        return server.command
    parts = urlsplit(server.url)
    return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"
