"""Tiny models and the wheels that carry them, so that pip can install from a folder, without a network."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

from companion.models.catalogue import Model


def gguf(version: int = 3, data: bytes = bytes(32)) -> bytes:
    """A GGUF file with two entries and one tensor, "t" of 8 floats, whose data are the last 32 bytes."""

    def text(value: bytes) -> bytes:
        return struct.pack("<Q", len(value)) + value

    words = text(b"words") + struct.pack("<IIQ", 9, 8, 2) + text(b"hello") + text(b"there")
    numbers = text(b"numbers") + struct.pack("<IIQ3f", 9, 6, 3, 1.0, 2.0, 3.0)
    tensor = text(b"t") + struct.pack("<IQIQ", 1, 8, 0, 0)
    header = b"GGUF" + struct.pack("<IQQ", version, 1, 2) + words + numbers + tensor
    return header.ljust(-(-len(header) // 32) * 32, b"\0") + data


GGUF = gguf()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def make_wheel(folder: Path, name: str, files: dict[str, bytes]) -> Path:
    """Write wheel `name` 1.0 with `files` (path inside to content) into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    module = name.replace("-", "_")
    info = f"{module}-1.0.dist-info"
    described = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": b"",
    }
    path = folder / f"{module}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for inside, content in {**files, **described}.items():
            wheel.writestr(inside, content)
    return path


def package_entry(wheel: Path, take: dict[str, str]) -> dict[str, object]:
    name = wheel.name.split("-")[0].replace("_", "-")
    content = wheel.read_bytes()
    return {"name": name, "version": "1.0", "size": len(content), "sha256": sha256(content), "take": take}


def model_entry(
    name: str, purpose: str, files: dict[str, bytes], packages: list[dict[str, object]]
) -> dict[str, object]:
    return {
        "name": name,
        "purpose": purpose,
        "description": "A model for tests.",
        "languages": ["en"],
        "memory_mb": 1,
        "licence": "MIT",
        "licence_note": "Made by the tests.",
        "quality": 3,
        "wait_ms": 100,
        "files": [{"name": file, "size": len(content), "sha256": sha256(content)} for file, content in files.items()],
        "sources": [{"kind": "package", "packages": packages}],
    }


@dataclass(frozen=True)
class Index:
    """A folder that pip takes for its only index, with one model in two parts."""

    folder: Path
    model: Model
    wheels: tuple[Path, Path]
    content: bytes = GGUF
    """Of the model's file."""

    def hide(self, which: int) -> Path:
        """Take wheel number `which` out of the index; returns where it lies now."""
        wheel = self.wheels[which]
        return wheel.rename(self.folder.parent / wheel.name)


def make_index(folder: Path, content: bytes = GGUF) -> Index:
    """An index with the model "tiny", whose file is `content`, two fifths of it in the first of two packages."""
    at = len(content) * 2 // 5
    first = make_wheel(folder, "tiny-part1", {"tiny_part1/data/1.bin": content[:at], "tiny_part1/LICENSE": b"Be kind."})
    second = make_wheel(folder, "tiny-part2", {"tiny_part2/data/2.bin": content[at:]})
    packages = [
        package_entry(first, {"tiny_part1/data/1.bin": "tiny.gguf", "tiny_part1/LICENSE": "LICENSE"}),
        package_entry(second, {"tiny_part2/data/2.bin": "tiny.gguf"}),
    ]
    model = Model.model_validate(model_entry("tiny", "language-model", {"tiny.gguf": content}, packages))
    return Index(folder, model, (first, second), content)
