"""Where things live."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.core.errors import SettingsError
from companion.core.paths import models_folder


def test_another_folder_for_models_need_not_exist_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_MODELS", str(tmp_path / "new"))
    assert models_folder() == tmp_path / "new"


def test_a_file_is_no_folder_for_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "model.gguf"
    file.touch()
    monkeypatch.setenv("COMPANION_MODELS", str(file))
    with pytest.raises(SettingsError, match=r"COMPANION_MODELS names .* a file") as caught:
        models_folder()
    assert "unset COMPANION_MODELS" in caught.value.hint
