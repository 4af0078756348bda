"""How much of a card is read. Ordinary cards stay far below."""

from __future__ import annotations

FILE_BYTES = 24_000_000
JSON_BYTES = 4_000_000
"""Of the card itself, unpacked."""
JSON_VALUES = 400_000
JSON_DEPTH = 100
PNG_CHUNKS = 50_000
IMAGE_BYTES = 8_000_000
IMAGE_SIDE = 4096
ARCHIVE_LIST_BYTES = 1_000_000
"""The table of contents of a CHARX; each file in it takes at least 46 bytes there, and ten times as much in memory."""

LORE_BYTES = 300_000
"""Of lore that is told to her; what is beyond stays in the card."""
TEXT_CHARACTERS = 100_000
"""Of a text that is looked through for what can be said aloud."""
