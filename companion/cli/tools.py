"""`companion tools`: what the servers in mcp.json offer, and what she may use of it."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence

from companion.core.errors import UsageError
from companion.core.paths import tool_permissions_file, tool_servers_file
from companion.core.tool_servers import EXAMPLE, PermissionFile, read_servers
from companion.core.tools import Permission, Tool


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `tools` and what stands below it."""
    parser = subparsers.add_parser(
        "tools",
        help="tools of MCP servers: list them; allow, deny, ask",
        description=f"Tools of the servers that {tool_servers_file()} names, and what she may use of them.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON, an object a line")
    parser.set_defaults(run=_list)
    actions = parser.add_subparsers(title="what to do (none: list)", metavar="ACTION")
    _action(actions, "list", _list, "start all servers, and list what they offer")
    told = {
        "allow": "let her use a tool without asking, for as long as it stays what it is",
        "deny": "never offer a tool to the language model",
        "ask": "have her ask each time, as at first",
    }
    kept: dict[str, Permission] = {"allow": "always", "deny": "never", "ask": "ask"}
    for name, permission in kept.items():
        action = _action(actions, name, _set, told[name])
        action.add_argument("tool", metavar="SERVER.TOOL", help="as the list names it")
        action.set_defaults(permission=permission)


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: object, told: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON, an object a line")
    parser.set_defaults(run=run)
    return parser


def _list(args: argparse.Namespace) -> int:
    tools, faults = _found()
    permissions = PermissionFile(tool_permissions_file())
    for tool in tools:
        permission = permissions.of(tool)
        if args.json:
            told = {"server": tool.server, "tool": tool.name, "permission": permission, "where": tool.elsewhere}
            print(json.dumps({**told, "description": tool.description}, ensure_ascii=False))
        else:
            where = f"  (at {tool.elsewhere})" if tool.elsewhere else ""
            print(f"{permission:6}  {tool.server}.{tool.name}{where}  {tool.description}")
    for name, fault in faults.items():
        print(f"{name}: {fault}", file=sys.stderr)
    if not tools and not faults and not args.json:
        print(f"There are no servers. Name them in {tool_servers_file()}, such as {EXAMPLE}")
    return 1 if faults else 0


def _set(args: argparse.Namespace) -> int:
    tools, _ = _found()
    tool = next((tool for tool in tools if f"{tool.server}.{tool.name}" == args.tool), None)
    if tool is None:
        raise UsageError(f"No server that answers has {args.tool}.", "`companion tools` lists what there is.")
    PermissionFile(tool_permissions_file()).set(tool, args.permission)
    print(
        json.dumps({"tool": args.tool, "permission": args.permission})
        if args.json
        else f"{args.tool}: {args.permission}"
    )
    return 0


def _found() -> tuple[Sequence[Tool], dict[str, str]]:
    return asyncio.run(_ask_servers())


async def _ask_servers() -> tuple[Sequence[Tool], dict[str, str]]:
    from companion.backends.mcp_servers import McpServers

    servers = McpServers(read_servers(tool_servers_file()))
    servers.start()
    try:
        await servers.settled()
        return servers.tools(), servers.faults
    finally:
        await servers.close()
