"""What a graphics card is used for here: by CTranslate2 for the ears, by this build of llama.cpp for the mind."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Graphics:
    """`name` is empty where none is used. `memory_mb` is 0 where it is not told."""

    name: str = ""
    memory_mb: int = 0
    ears: bool = False
    mind: bool = False

    def sentence(self) -> str:
        """What is used of it, in words."""
        if self.ears and self.mind:
            return f"{self.name}: her ears and her mind use it."
        if self.ears:
            return (
                f"{self.name}: her ears use it; her mind stays on the processor, as this build of llama.cpp has no GPU."
            )
        if self.mind:
            return f"{self.name}: her mind uses it; her ears stay on the processor, as CTranslate2 uses CUDA only."
        return "No graphics card is used: everything runs on the processor."


def graphics() -> Graphics:
    """Look at what is installed: CUDA for CTranslate2; CUDA, Metal, Vulkan or another for llama.cpp."""
    ears = _cuda_devices() > 0
    cards = [card for card in _llama_devices() if _is_gpu(card)]
    if cards:
        card = cards[0]
        name = str(card.get("description") or card.get("name") or "graphics card")
        return Graphics(name, int(card.get("memory_total") or 0) // 1_000_000, ears, True)
    return Graphics("CUDA", 0, True, False) if ears else Graphics()


def _is_gpu(card: dict[str, Any]) -> bool:
    return "GPU" in str(card.get("type", "")).upper().rpartition("_TYPE_")[2]


def _cuda_devices() -> int:
    try:
        import ctranslate2

        return int(ctranslate2.get_cuda_device_count())
    except Exception:  # a broken driver raises of its own kinds; it means no GPU
        return 0


def _llama_devices() -> list[dict[str, Any]]:
    try:
        import xllamacpp

        return [card for card in xllamacpp.get_device_info() if isinstance(card, dict)]
    except Exception as error:  # as above
        log.debug("llama.cpp does not tell its devices: %r", error)
        return []
