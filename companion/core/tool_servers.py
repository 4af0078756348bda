"""The servers of tools that the user has set up, in the format that Claude's programs use, and what each may do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args
from urllib.parse import urlsplit

from companion.core.errors import SettingsError
from companion.core.tools import Permission, Tool

LONGEST_FILE = 1_000_000
EXAMPLE = '{"mcpServers": {"time": {"command": "uvx", "args": ["mcp-server-time"]}}}'


@dataclass(frozen=True, slots=True)
class ToolServer:
    """A program to start (`command`), or an address (`url`)."""

    name: str
    command: str = ""
    args: tuple[str, ...] = ()
    env: Mapping[str, str] | None = None
    url: str = ""
    headers: Mapping[str, str] | None = field(default=None, repr=False)
    """Sent to `url` with each request; a key may be among them."""


def read_servers(file: Path) -> tuple[ToolServer, ...]:
    """Those that `file` names; none if there is no such file. Raises SettingsError, which names the place."""
    try:
        if not file.exists():
            return ()
        if file.stat().st_size > LONGEST_FILE:
            raise _wrong(file, "the file", "larger than a megabyte")
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _wrong(file, f"byte {error.start}", "no UTF-8 text") from error
    except OSError as error:
        raise SettingsError(f"{file} cannot be read ({error.strerror}).", "Make it yours to read.") from error
    try:
        tree = json.loads(text)
    except ValueError as error:
        place = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "the file"
        raise _wrong(file, place, "no JSON") from error
    except RecursionError as error:
        raise _wrong(file, "the file", "nested too deeply") from error
    named = tree.get("mcpServers") if isinstance(tree, dict) else None
    if not isinstance(named, dict):
        raise _wrong(file, "mcpServers", "no object")
    servers = (_server(file, name, fields) for name, fields in named.items())
    return tuple(server for server in servers if server)


def _server(file: Path, name: str, fields: Any) -> ToolServer | None:
    place = f"mcpServers.{name}"
    if not isinstance(fields, dict):
        raise _wrong(file, place, "no object")
    if fields.get("disabled") is True:
        return None
    command, url = fields.get("command", ""), fields.get("url", "")
    args, env, headers = fields.get("args", []), fields.get("env", {}), fields.get("headers", {})
    if not isinstance(command, str) or not isinstance(url, str) or bool(command) == bool(url):
        raise _wrong(file, place, 'without exactly one of "command" and "url", as text')
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise _wrong(file, f"{place}.url", "no http or https address")
    if not isinstance(args, list) or not all(isinstance(arg, str) for arg in args):
        raise _wrong(file, f"{place}.args", "no list of texts")
    for what, texts in (("env", env), ("headers", headers)):
        if not isinstance(texts, dict) or not all(isinstance(value, str) for value in texts.values()):
            raise _wrong(file, f"{place}.{what}", "no object of texts")
    if not all(f"{name}{value}".isascii() and f"{name}{value}".isprintable() for name, value in headers.items()):
        raise _wrong(file, f"{place}.headers", "not of plain letters, digits and signs")
    if not name.strip() or len(name) > 60:
        raise _wrong(file, place, "without a name of 1 to 60 characters")
    return ToolServer(name, command, tuple(args), env, url, headers)


def _wrong(file: Path, place: str, what: str) -> SettingsError:
    return SettingsError(f"{file}: {place} is {what}.", f"It should look like {EXAMPLE}")


class PermissionFile:
    """`Permissions` in a JSON file: {"server": {"tool": {"permission": "always", "fingerprint": "..."}}}.

    What was allowed is so while the tool is what it was: another description or other arguments are asked about anew.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at = 0
        self._tree: dict[str, Any] = {}

    def of(self, tool: Tool) -> Permission:
        kept = self._kept().get(tool.server, {})
        entry = kept.get(tool.name, {}) if isinstance(kept, dict) else {}
        permission = entry.get("permission") if isinstance(entry, dict) else None
        if permission not in get_args(Permission):
            return "ask"
        if permission == "always" and entry.get("fingerprint") != fingerprint(tool):
            return "ask"
        return cast("Permission", permission)

    def set(self, tool: Tool, permission: Permission) -> None:
        self._kept()
        server = self._tree.setdefault(tool.server, {})
        server[tool.name] = {"permission": permission, "fingerprint": fingerprint(tool)}
        new = self._file.with_name(f"{self._file.name}.new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(self._tree, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            new.replace(self._file)
        except OSError as error:
            raise SettingsError(
                f"{self._file} cannot be written ({error.strerror}).", "Make it and its folder yours to write to."
            ) from error
        self._read_at = self._file.stat().st_mtime_ns

    def _kept(self) -> dict[str, Any]:
        """What stands in the file now: a command may have written it. One that cannot be read allows nothing."""
        try:
            changed_at = self._file.stat().st_mtime_ns
            if changed_at != self._read_at:
                tree = json.loads(self._file.read_text(encoding="utf-8"))
                self._tree = tree if isinstance(tree, dict) else {}
                self._read_at = changed_at
        except FileNotFoundError:
            self._tree, self._read_at = {}, 0
        except (OSError, ValueError, RecursionError):
            self._tree = {}
        return self._tree


def fingerprint(tool: Tool) -> str:
    """Changes with what a tool says that it does, and what it is told."""
    told = json.dumps([tool.name, tool.description, tool.parameters, tool.elsewhere], sort_keys=True, default=str)
    return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=12).hexdigest()
