"""Which files of a repository make a model that one of our engines can run, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from companion.core.errors import ModelError
from companion.models.catalogue import Model, ModelFile, Purpose
from companion.models.hub import Attend, Hub, Listed
from companion.models.resolver import folder_name

USUAL_QUANTISATION = "q4_k_m"
"""Of several GGUF files that one is taken which most people take: near to the best at a third of the size."""

_WHISPER = re.compile(r"model\.bin|config\.json|tokenizer\.json|vocabulary\.(json|txt)|preprocessor_config\.json")
_TELLS_PURPOSE: dict[str, Purpose] = {".gguf": "language-model", ".onnx": "voice"}


@dataclass(frozen=True, slots=True)
class Choice:
    """`take` from path in the repository to file name."""

    purpose: Purpose
    take: Mapping[str, str]


def choose(files: Sequence[Listed], repo: str, purpose: Purpose | None = None, wanted: str = "") -> Choice:
    """What is to be taken of `repo`, which holds `files`. `wanted` is the path of one of them, or empty.

    Raises ModelError: nothing of use is there, or the choice is the user's.
    """
    paths = [file.path for file in files]
    if wanted and wanted not in paths:
        raise ModelError(f"{repo} has no file {wanted}.", _there_are(paths))
    if "model.bin" in paths and not wanted:
        return Choice("transcriber", {path: path for path in paths if _WHISPER.fullmatch(path)})
    weights = [wanted] if wanted else _weights(paths, purpose)
    if not weights:
        raise ModelError(
            f"{repo} holds nothing that can be run here.",
            "Look for a GGUF file (a mind), a Piper voice, or Whisper converted to CTranslate2.",
        )
    if len(weights) > 1:
        raise ModelError(f"{repo} holds {len(weights)} models.", _there_are(weights, repo))
    return _around(weights[0], paths, repo, purpose)


def hub_model(hub: Hub, repo: str, wanted: str, attend: Attend = lambda: None) -> Model:
    """The model that is called `repo`, or `repo`:`wanted`, as if it stood in the catalogue. Raises ModelError."""
    repository = hub.look_into(repo, attend)
    choice = choose(repository.files, repo, wanted=wanted)
    listed = {file.path: file for file in repository.files}
    files = [
        ModelFile(name=name, size=listed[path].size or None, sha256=listed[path].sha256 or None)
        for path, name in choice.take.items()
    ]
    megabytes = sum(file.size or 0 for file in files) // 1_000_000 + 1
    return Model.model_validate(
        {
            "name": folder_name(f"{repo}:{wanted}" if wanted else repo),
            "purpose": choice.purpose,
            "description": f"From the hub: {repo}.",
            "languages": ["unknown"],
            "memory_mb": megabytes * 5 // 4 + 200,
            "licence": repository.licence,
            "licence_note": "As its card on the hub says; nobody here has looked into it.",
            "about_mb": megabytes,
            "quality": 3,
            "wait_ms": 0,
            "files": files,
            "sources": [{"kind": "hub", "repo": repo, "take": dict(choice.take)}],
        }
    )


def _weights(paths: Sequence[str], purpose: Purpose | None) -> list[str]:
    """Each file that could be the model; one, where there is a usual choice."""
    gguf = [path for path in paths if path.endswith(".gguf") and "mmproj" not in path]
    if gguf and purpose in (None, "language-model"):
        usual = [path for path in gguf if USUAL_QUANTISATION in path.lower()]
        return usual if len(usual) == 1 else gguf
    return [path for path in paths if path.endswith(".onnx") and f"{path}.json" in paths]


def _around(weights: str, paths: Sequence[str], repo: str, purpose: Purpose | None) -> Choice:
    """The file of weights with what must lie beside it."""
    name = weights.rpartition("/")[2]
    if re.search(r"-\d{5}-of-\d{5}\.gguf$", name):
        raise ModelError(f"{weights} is only a part of a model.", f"Look for one of {repo} that is a single file.")
    kind = next((kind for suffix, kind in _TELLS_PURPOSE.items() if weights.endswith(suffix)), None)
    if kind is None or (kind == "voice" and f"{weights}.json" not in paths):
        raise ModelError(
            f"{weights} is nothing that can be run here.",
            "Name a GGUF file, or a Piper voice (.onnx with its .onnx.json).",
        )
    beside = [f"{weights}.json"] if kind == "voice" else []
    return Choice(purpose or kind, {weights: name, **{path: path.rpartition("/")[2] for path in beside}})


def _there_are(paths: Sequence[str], repo: str = "") -> str:
    shown = ", ".join(paths[:8]) + (", …" if len(paths) > 8 else "")
    return f"Name one of them, as {repo}:{paths[0]}. There are {shown}." if repo else f"There are {shown}."
