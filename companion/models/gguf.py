"""How long a GGUF file must at least be, by its own table of tensors.

The format: docs/gguf.md of the project ggml-org/ggml (versions 2 and 3, little-endian).
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_STRING, _ARRAY = 8, 9
_SCALAR_BYTES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_ALIGNMENT_KEY = b"general.alignment"


def fault(path: Path) -> str:
    """What is wrong with the GGUF file at `path`, in words; empty if nothing is seen to be.

    A file that is cut within its very last tensor is not noticed: its length depends on each kind of quantisation.
    """
    with path.open("rb") as file:
        if file.read(4) != _MAGIC:
            return "it does not begin as a GGUF file does"
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            try:
                needed = _Header(content).least_length()
            except (struct.error, IndexError):
                return "it is cut short within its header"
            except ValueError as error:
                return str(error)
            return "" if len(content) >= needed else f"it is cut short: {len(content)} bytes of at least {needed}"


class _Header:
    """Reads the header from front to back; struct.error or IndexError where the file ends first."""

    def __init__(self, content: mmap.mmap) -> None:
        self._content = content
        self._at = len(_MAGIC)
        self._alignment = 32

    def least_length(self) -> int:
        """Bytes up to and with the first byte of the tensor that lies last."""
        version = self._number("<I")
        if version not in _VERSIONS:
            raise ValueError(f"its GGUF version is {version}, and only 2 and 3 can be read")
        tensors, entries = self._number("<Q"), self._number("<Q")
        for _ in range(entries):
            key = self._string()
            kind = self._number("<I")
            if key == _ALIGNMENT_KEY and kind == 4:
                self._alignment = max(1, self._number("<I"))
            else:
                self._skip(kind)
        furthest = max((self._tensor_offset() for _ in range(tensors)), default=-1)
        data = -(-self._at // self._alignment) * self._alignment
        return data + furthest + 1

    def _number(self, form: str) -> int:
        (value,) = struct.unpack_from(form, self._content, self._at)
        self._at += struct.calcsize(form)
        return int(value)

    def _string(self) -> bytes:
        length = self._number("<Q")
        start = self._at
        self._pass(length)
        return self._content[start : self._at]

    def _pass(self, length: int) -> None:
        self._at += length
        if self._at > len(self._content):
            raise IndexError

    def _skip(self, kind: int) -> None:
        """Pass over a value of `kind`."""
        if kind == _STRING:
            self._pass(self._number("<Q"))
        elif kind == _ARRAY:
            kind, length = self._number("<I"), self._number("<Q")
            if kind in _SCALAR_BYTES:
                self._pass(_SCALAR_BYTES[kind] * length)
            elif kind == _STRING:
                for _ in range(length):
                    self._pass(self._number("<Q"))
            else:
                raise ValueError("its header is damaged")
        elif kind in _SCALAR_BYTES:
            self._pass(_SCALAR_BYTES[kind])
        else:
            raise ValueError("its header is damaged")

    def _tensor_offset(self) -> int:
        """Pass over one entry of the table of tensors and return where its data begin, from the first tensor's."""
        self._string()
        dimensions = self._number("<I")
        self._pass(8 * dimensions + 4)
        return self._number("<Q")
