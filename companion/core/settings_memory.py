"""The settings of what is kept, declared as in `settings_tree`."""

from __future__ import annotations

from companion.core.setting import Section, setting


class Memory(Section):
    """What is kept of what was said."""

    keep: bool = setting(
        True,
        "Keep conversations",
        "What is said is kept on this computer; off is private mode, which keeps nothing.",
        live=True,
    )
    shared: bool = setting(
        False,
        "One memory for all personas",
        "Whoever she is remembers what you told the others; else each has her own memory.",
    )
    keep_days: int = setting(
        0,
        "Forget after",
        "Days after which what was said is deleted for good, but for what is pinned; 0 is never.",
        unit="days",
        ge=0,
        le=36500,
    )
    embedder: str = setting(
        "auto",
        "Model of meanings",
        "Finds what was said by what it means; a server elsewhere is sent all that was said.",
        advanced=True,
        pattern=r"^(auto|minilm|ollama:\S+|https?://[^\s#]+(#\S+)?|[^\s:]+)$",
        allowed='auto, minilm, ollama:MODEL, an address such as "http://127.0.0.1:8080/v1#model", or an .onnx file',
    )
