"""What somebody who has the key can read in a file, also where SQLite itself would not look any more.

SQLCipher's format: https://www.zetetic.net/sqlcipher/design/ - each page is AES-256 in CBC mode, its IV and HMAC in the
last 80 bytes; the first 16 bytes of the file are the salt. Frames of the log hold such pages behind a head of 24 bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE = 4096
_RESERVED = 80
_SALT = 16
_LOG_HEAD, _FRAME_HEAD = 32, 24


def decrypted(file: Path) -> bytes:
    """Everything in the pages of `file`, its write-ahead log, and the copies beside it."""
    key = bytes.fromhex(file.with_suffix(".key").read_text())
    found = b"".join(_page(page, key) for path in file.parent.glob("*.db") for page in _pages(path))
    log = Path(f"{file}-wal")
    if log.exists():
        frames = log.read_bytes()[_LOG_HEAD:]
        size = _FRAME_HEAD + PAGE
        found += b"".join(_page(frames[at + _FRAME_HEAD : at + size], key) for at in range(0, len(frames), size))
    return found


def _pages(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    yield from (content[at : at + PAGE] for at in range(0, len(content), PAGE))


def _page(page: bytes, key: bytes) -> bytes:
    """Both readings, as the first page of a file has its salt before it."""
    iv = page[-_RESERVED : 16 - _RESERVED]

    def read(part: bytes) -> bytes:
        decryptor = Cipher(AES(key), CBC(iv)).decryptor()
        return decryptor.update(part) + decryptor.finalize()

    return read(page[:-_RESERVED]) + read(page[_SALT:-_RESERVED])
