"""Where a model is on this machine: a path that the user gave, the user's model folder, or an installed package."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path

from companion.core.errors import DamagedModelError, ModelError
from companion.core.paths import models_folder
from companion.core.voice_names import parted
from companion.models import gguf
from companion.models.catalogue import Catalogue, Model, Purpose, catalogue
from companion.models.receipts import receipt_in

_WEIGHTS_SUFFIX = {"language-model": ".gguf", "voice": ".onnx", "turn-detector": ".onnx", "embedder": ".onnx"}
_CALLED = {
    "transcriber": "a speech-to-text model (a CTranslate2 folder)",
    "language-model": "a language model (GGUF)",
    "voice": "a voice for Piper or Kokoro (ONNX)",
    "turn-detector": "a turn detector (ONNX)",
    "embedder": "a model of meanings (ONNX)",
}


def resolve(name_or_path: str, purpose: Purpose, known: Catalogue | None = None) -> Path:
    """Find a model, whole and of the right kind; nothing is loaded or fetched. Which of a file's voices is no matter.

    Returns the folder of a transcriber, and the weights' file of all others (.gguf or .onnx).
    Raises ModelError: not there, incomplete, damaged, or of another kind.
    """
    if purpose == "voice":
        name_or_path, _ = parted(name_or_path)
    model = (known or catalogue()).get(name_or_path)
    if model is None:
        return _given_path(name_or_path, purpose, known or catalogue())
    if model.purpose != purpose:
        raise ModelError(
            f"{model.name} is {_CALLED[model.purpose]}, not {_CALLED[purpose]}.",
            "`companion models` lists which model is for what.",
        )
    folder = locate(model)
    if folder is None:
        raise _missing(model)
    weights = _weights_in(folder, purpose)
    _CHECKS[purpose](weights)
    return weights


def installed(name: str, known: Catalogue | None = None) -> bool:
    """Whether the model called `name` is whole, in the user's folder or in a package. Looks at sizes only."""
    return locate((known or catalogue()).find(name)) is not None


def locate(model: Model) -> Path | None:
    """The folder that holds all files of `model` in full: the user's, else a package's; None if neither does."""
    own = models_folder() / model.name
    if not _faults(model, own):
        return own
    return _in_package(model)


def _faults(model: Model, folder: Path) -> list[str]:
    receipt = receipt_in(folder)
    if receipt is None and not model.files:
        return ["nothing tells what belongs to it"]
    came = {file.name: file for file in receipt.files} if receipt else {}
    sizes = {file.name: file.size or (came[file.name].size if file.name in came else None) for file in model.files}
    sizes = sizes or {file.name: file.size for file in came.values()}
    return [fault for name, size in sizes.items() if (fault := _fault(folder / name, size))]


def _fault(path: Path, size: int | None) -> str:
    """`size` is None where neither the catalogue nor a receipt tells it."""
    if not path.is_file():
        return f"{path.name} is missing"
    found = path.stat().st_size
    return "" if size is None or found == size else f"{path.name} has {found} bytes instead of {size}"


def _missing(model: Model) -> ModelError:
    remedy = f"`companion models install {model.name}` brings it; `make install` brings all that the start needs."
    folder = models_folder() / model.name
    if folder.is_dir():
        return DamagedModelError(
            f"The model {model.name} in {folder} is damaged: {'; '.join(_faults(model, folder))}.", remedy
        )
    return ModelError(f"The model {model.name} is not installed.", remedy)


def _in_package(model: Model) -> Path | None:
    """Folder inside an installed package that holds `model` whole under its own file names, if there is one."""
    source = model.package_source()
    if source is None or len(source.packages) > 1:
        return None
    needed = {file.name for file in model.files}
    inner = [Path(path) for path, file in source.packages[0].take.items() if file in needed]
    folders = {path.parent for path in inner}
    if len(folders) > 1 or {path.name for path in inner} != needed:
        return None
    top, *below = folders.pop().parts
    spec = importlib.util.find_spec(top)
    for root in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(root, *below)
        if not _faults(model, folder):
            return folder
    return None


def folder_name(name: str) -> str:
    """The folder in which a model is kept that is called by its name, or as owner/repository[:file] of a hub."""
    return re.sub(r"[/:\\]+", "--", name.removeprefix("hub:"))


def _given_path(given: str, purpose: Purpose, known: Catalogue) -> Path:
    path = Path(given).expanduser()
    if not path.exists() and (installed := models_folder() / folder_name(given)).exists():
        path = installed
    if not path.exists():
        if path.name == given and path.suffix.lower() not in (".gguf", ".onnx"):
            known.find(given)  # raises, with the nearest name
        raise ModelError(
            f"There is no model at {path}.", "Give the path of a model, or a name from `companion models`."
        )
    weights = _weights_in(path, purpose)
    _CHECKS[purpose](weights)
    return weights


def _weights_in(path: Path, purpose: Purpose) -> Path:
    """What an engine for `purpose` is given of `path`: the folder itself, or the one file of weights in it."""
    if purpose == "transcriber":
        if path.name == "model.bin" and path.is_file():
            return path.parent
        if not path.is_dir():
            raise _wrong_kind(path, purpose, "it is a file")
        return path
    if path.is_file():
        return path
    suffix = _WEIGHTS_SUFFIX[purpose]
    weights = sorted(path.glob(f"*{suffix}"))
    if len(weights) != 1:
        found = f"{len(weights)} {suffix} files" if weights else f"no {suffix} file"
        raise _wrong_kind(path, purpose, f"the folder holds {found}", "Name the file itself.")
    return weights[0]


def _wrong_kind(path: Path, purpose: Purpose, why: str, hint: str = "Give another path, or a name.") -> ModelError:
    return ModelError(f"{path} is not {_CALLED[purpose]}: {why}.", hint)


def _head(path: Path, purpose: Purpose) -> bytes:
    """The first 64 bytes; ModelError if the file is empty or cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read ({error.strerror}).", "See to its permissions, or give another."
        ) from error
    if not head:
        raise _wrong_kind(path, purpose, "it is empty", "Fetch it again.")
    return head


def _check_transcriber(folder: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        if not (folder / name).is_file():
            raise _wrong_kind(folder, "transcriber", f"{name} is missing")
    if b"WhisperSpec" not in _head(folder / "model.bin", "transcriber"):
        raise _wrong_kind(folder, "transcriber", "its model.bin is not a Whisper model for CTranslate2")


def _check_language_model(path: Path) -> None:
    _head(path, "language-model")
    if fault := gguf.fault(path):
        raise _wrong_kind(path, "language-model", fault)


def _check_onnx(path: Path, purpose: Purpose) -> None:
    # An ONNX file is a protobuf message whose first field is the version: tag 0x08, then a small number.
    head = _head(path, purpose)
    if head[0] != 0x08 or len(head) < 16:
        raise _wrong_kind(path, purpose, "it does not begin as an ONNX file does")


def _check_voice(path: Path) -> None:
    _check_onnx(path, "voice")
    described = path.with_name(path.name + ".json")
    if not described.exists() and (any(path.parent.glob("voices*.npz")) or any(path.parent.glob("[a-z][fm]_*.bin"))):
        return  # Kokoro, with its voices
    try:
        tree = json.loads(described.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise _wrong_kind(path, "voice", f"{described.name} is not beside it", "Put both in one folder.") from error
    except (OSError, ValueError) as error:
        raise _wrong_kind(path, "voice", f"{described.name} is damaged", "Fetch it again.") from error
    if not isinstance(tree, dict) or "phoneme_id_map" not in tree:
        raise _wrong_kind(path, "voice", f"{described.name} does not describe a Piper voice", "Fetch it again.")


def _check_turn_detector(path: Path) -> None:
    _check_onnx(path, "turn-detector")


def _check_embedder(path: Path) -> None:
    _check_onnx(path, "embedder")
    if not path.with_name("tokenizer.json").is_file():
        raise _wrong_kind(path, "embedder", "tokenizer.json is not beside it", "Put both in one folder.")


_CHECKS: dict[Purpose, Callable[[Path], None]] = {
    "transcriber": _check_transcriber,
    "language-model": _check_language_model,
    "voice": _check_voice,
    "turn-detector": _check_turn_detector,
    "embedder": _check_embedder,
}
