"""What can be pressed when she asks whether she may use a tool: each is said to her as a typed line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication


def tool_choices(say: Callable[[str], object]) -> list[tuple[str, Callable[[], object]]]:
    """The words of the buttons, in the language of the person; what they say is English, as what she asks is."""
    return [
        (QCoreApplication.translate("Tools", "Yes"), lambda: say("Yes.")),
        (QCoreApplication.translate("Tools", "Always"), lambda: say("Yes, always.")),
        (QCoreApplication.translate("Tools", "No"), lambda: say("No.")),
        (QCoreApplication.translate("Tools", "Never"), lambda: say("Never.")),
    ]
