"""The tools of MCP servers, and what she may do with each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from companion.core.paths import tool_servers_file
from companion.ui.commands import Commands
from companion.ui.settings.asking import Records, follow
from companion.ui.settings.controls import WheelGuard
from companion.ui.settings.page import Panel


class ToolsPanel(Panel):
    """Servers are started to see what they offer: when it is first shown with any set up, and when asked to."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(
            self.tr("Tools"),
            self.tr("Servers stand in {file}. She asks before she uses a tool, unless you choose otherwise.").format(
                file=tool_servers_file()
            ),
            words=QCoreApplication.translate("SearchedWords", "tools mcp server permission allow"),
        )
        self._commands = commands
        self._asked = False
        self._rows: list[QWidget] = []
        self._found: Records = []
        self._state = QLabel()
        self._state.setWordWrap(True)
        self._look = QPushButton(self.tr("Look again"))
        self._look.clicked.connect(self.look)
        line = QHBoxLayout()
        line.addWidget(self._look)
        line.addStretch()
        self.column.addWidget(self._state)
        self.column.addLayout(line)

    def look(self) -> None:
        """Ask the servers what they offer."""
        self._look.setEnabled(False)
        self._found = []
        self._state.setText(self.tr("Asking the servers…"))
        follow(self._commands, self, ("tools", "list", "--json"), self._found.append, self._show)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            if tool_servers_file().exists():
                self.look()
            else:
                self._state.setText(self.tr("There are no servers."))

    def _show(self, code: int, trouble: str) -> None:
        self._look.setEnabled(True)
        for row in self._rows:
            row.deleteLater()
        self._rows = [self._row(record) for record in self._found]
        for place, row in enumerate(self._rows):
            self.column.insertWidget(self.column.indexOf(self._state) + 1 + place, row)
        none = "" if self._found else self.tr("There are no tools.")
        self._state.setText(trouble or none)
        self._state.setVisible(bool(trouble or none))

    def _row(self, record: dict[str, object]) -> QWidget:
        row, choice = QWidget(), QComboBox()
        name = f"{record.get('server')}.{record.get('tool')}"
        label = QLabel(f"{name} ({where})" if (where := record.get("where")) else name)
        label.setToolTip(str(record.get("description", "")))
        for words, permission, action in (
            (self.tr("Ask"), "ask", "ask"),
            (self.tr("Always"), "always", "allow"),
            (self.tr("Never"), "never", "deny"),
        ):
            choice.addItem(words, action)
            if record.get("permission") == permission:
                choice.setCurrentIndex(choice.count() - 1)
        choice.setAccessibleName(self.tr("What she may do with {tool}").format(tool=name))
        choice.installEventFilter(WheelGuard(choice))
        choice.activated.connect(partial(self._choose, name, choice))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label, 1)
        line.addWidget(choice)
        return row

    def _choose(self, name: str, choice: QComboBox, place: int) -> None:
        action = str(choice.itemData(place))
        follow(self._commands, self, ("tools", action, name), lambda record: None, self._tell)

    def _tell(self, code: int, trouble: str) -> None:
        self._state.setText(trouble)
        self._state.setVisible(bool(trouble))
