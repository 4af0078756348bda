"""The tools of the servers that the user has set up, in a conversation. Where there are none, it costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from companion.core.engines import LanguageModel
from companion.core.errors import SettingsError
from companion.core.events import Event, ToolState, ToolUsed
from companion.core.paths import tool_permissions_file, tool_servers_file
from companion.core.tool_servers import PermissionFile, ToolServer, read_servers
from companion.core.tools import Tool
from companion.talk.parts import AskedOfMemory, NoMemoryAsked
from companion.talk.tools.tool_user import ToolUser


class Tooling:
    """Make and use it on the event loop."""

    def __init__(self, mind: LanguageModel, names: Sequence[str], note: Callable[[str], None]) -> None:
        """`names` are hers. `note` is told what is wrong with the file of servers."""
        from companion.backends.mcp_servers import McpServers

        servers = _servers(note)
        self._box = McpServers(servers)
        self._user = ToolUser(mind, self._box, PermissionFile(tool_permissions_file()), names, self._tell)
        self.mind: LanguageModel = self._user if servers else mind
        self.asked: AskedOfMemory = self._user if servers else NoMemoryAsked()
        """What hears whether a tool may be used."""
        self.emit: Callable[[Event], None] = lambda event: None
        self.now_s: Callable[[], float] = lambda: 0.0
        self._box.start()

    def become(self, names: Sequence[str]) -> None:
        """She has other names now."""
        self._user.become(names)

    async def close(self) -> None:
        """End the servers."""
        await self._box.close()

    def _tell(self, tool: Tool, state: ToolState, text: str) -> None:
        self.emit(ToolUsed(self.now_s(), tool.server, tool.name, state, text))


def _servers(note: Callable[[str], None]) -> tuple[ToolServer, ...]:
    try:
        return read_servers(tool_servers_file())
    except SettingsError as error:
        note(f"{error.message} {error.hint} Until then there are no tools.")
        return ()
