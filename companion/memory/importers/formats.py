"""The kinds of export that can be read, and which of them a file is."""

from __future__ import annotations

from types import ModuleType

from companion.core.errors import UsageError
from companion.memory.importers import chatgpt, diary_text, neutral, sillytavern, telegram, whatsapp
from companion.memory.importers.turn import PastTurn

_BY_LOOKS: dict[str, ModuleType] = {
    "sillytavern": sillytavern,
    "neutral": neutral,
    "chatgpt": chatgpt,
    "telegram": telegram,
    "whatsapp": whatsapp,
    "diary": diary_text,
}
FORMATS = tuple(_BY_LOOKS)


def read(text: str, form: str | None = None) -> list[PastTurn]:
    """All turns of an export; `form` is one of FORMATS, or what it looks like. Raises UsageError: it is none."""
    form = form or next((name for name, module in _BY_LOOKS.items() if module.looks_like(text)), None)
    if form is None:
        raise UsageError("This is no conversation that can be read.", f"Kinds that can: {', '.join(FORMATS)}.")
    try:
        turns = list(_BY_LOOKS[form].read(text))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise UsageError(f"This is no whole export of the kind {form}.", "Export it again.") from error
    if not turns:
        raise UsageError(f"Nothing is said in this, read as {form}.", "Name its kind with --format.")
    return turns
