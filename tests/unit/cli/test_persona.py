"""`companion persona` and `companion prompt`, as a person types them."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from companion import cli
from companion.cards.reading import read_card
from companion.core import paths
from tests.unit.cards import samples


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder of its own, and no network."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it went to the network"))
    return paths.personas_folder()


def test_list_stars_the_one_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["persona"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if line.startswith("*")).split()[1] == "samantha"
    assert len(lines) >= 5
    assert cli.main(["persona", "list", "--json"]) == 0
    assert {"anselm", "juno"} <= {one["key"] for one in json.loads(capsys.readouterr().out)}


def test_show_says_dials_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["persona", "show", "anselm"]) == 0
    out = capsys.readouterr().out
    assert "hardly ever more than ten" in out and "length 1" in out and "Coffee first" in out
    assert cli.main(["persona", "show", "nobody"]) == 3


def test_a_card_comes_in_is_used_goes_out_and_is_removed(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = samples.written(tmp_path, "mina.png", samples.as_png(samples.V3, "ccv3"))
    assert cli.main(["persona", "import", str(file)]) == 0
    out = capsys.readouterr().out
    assert "Taken: the name" in out and "not used: " in out and 'persona = "min"' in out
    assert sorted(path.name for path in home.iterdir()) == ["min.card.json", "min.png", "min.toml"]
    assert cli.main(["persona", "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["key"] == "min-2"
    for name, form, version in (("a.png", [], 3), ("b.png", ["--format", "v2"], 2), ("c.json", [], 3)):
        assert cli.main(["persona", "export", "min", str(tmp_path / name), *form]) == 0
        card = read_card(tmp_path / name)
        assert card.version == version
        assert card.data["field_of_the_future"] == [True]
    assert card.root == samples.V3
    assert cli.main(["persona", "export", "min", str(tmp_path / "d.toml")]) == 0
    assert cli.main(["persona", "import", str(tmp_path / "d.toml")]) == 0
    assert cli.main(["persona", "remove", "min"]) == 0
    assert sorted({path.name.split(".")[0] for path in home.glob("[!.]*")}) == ["d", "min-2"]


def test_what_was_removed_last_comes_back_whole(home: Path, tmp_path: Path) -> None:
    file = samples.written(tmp_path, "mina.png", samples.as_png(samples.V3, "ccv3"))
    assert cli.main(["persona", "import", str(file)]) == 0
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    assert cli.main(["persona", "remove", "min"]) == 0
    assert not list(home.glob("min*"))
    assert cli.main(["persona", "restore"]) == 0
    assert {path.name: path.read_bytes() for path in home.glob("min*")} == before
    assert cli.main(["persona", "restore"]) == 2, "there is nothing more"


def test_nobody_gets_the_memory_of_one_who_was_removed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.delenv("COMPANION_DIARY", raising=False)
    assert cli.main(["persona", "copy", "samantha"]) == 0
    paths.diary_file("samantha-2").parent.mkdir(parents=True)
    assert cli.main(["persona", "remove", "samantha-2"]) == 0
    assert cli.main(["persona", "copy", "samantha"]) == 0
    assert [path.name for path in home.glob("*.toml")] == ["samantha-2-2.toml"]


def test_only_the_last_one_that_was_removed_is_kept(home: Path) -> None:
    for _ in range(2):
        assert cli.main(["persona", "copy", "samantha"]) == 0
    for key in ("samantha-2", "samantha-3"):
        assert cli.main(["persona", "remove", key]) == 0
    assert cli.main(["persona", "restore"]) == 0
    assert [path.name for path in home.glob("*.toml")] == ["samantha-3.toml"]


def test_nothing_that_came_since_is_overwritten_by_what_comes_back(home: Path) -> None:
    assert cli.main(["persona", "copy", "samantha"]) == 0
    assert cli.main(["persona", "remove", "samantha-2"]) == 0
    assert cli.main(["persona", "copy", "samantha"]) == 0
    assert cli.main(["persona", "restore"]) == 2


def test_a_copy_has_a_name_of_its_own_everywhere_and_the_card(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = samples.written(tmp_path, "mina.png", samples.as_png(samples.V3, "ccv3"))
    assert cli.main(["persona", "import", str(file)]) == 0
    capsys.readouterr()
    assert cli.main(["persona", "copy", "min", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["key"], made["name"]) == ("min-2", "Min 2")
    assert sorted(path.name for path in home.glob("min-2*")) == ["min-2.card.json", "min-2.png", "min-2.toml"]
    assert cli.main(["persona", "copy", "min-2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "Min 3"


def test_ones_own_version_of_a_shipped_one_gives_way_to_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir(parents=True)
    (home / "samantha.toml").write_text('version = 2\nname = "Sam"\ncharacter = "You are Sam."\n')
    assert cli.main(["persona", "remove", "samantha"]) == 0, "also while it is in use: there is one to go on with"
    capsys.readouterr()
    assert cli.main(["persona", "show", "samantha"]) == 0
    assert "You are Samantha" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["remove", "samantha"], 2),
        (["remove", "../secret"], 2),
        (["export", "samantha", "x.gif"], 2),
        (["export", "samantha", "no/such/folder/x.png"], 2),
        (["export", "nobody", "x.png"], 3),
        (["import", "nothing.png"], 3),
    ],
)
def test_what_cannot_be_is_told_with_a_remedy(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["persona", *arguments]) == code
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_names_make_safe_files(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("../../evil", "CON", "名前", "Samantha", "a/b\\c:d*"):
        file = samples.written(tmp_path, "card.json", json.dumps({"name": name, "description": "x"}).encode())
        assert cli.main(["persona", "import", str(file)]) == 0
    found = {path.name for path in home.glob("*.toml")}
    assert found == {"evil.toml", "con-persona.toml", "persona.toml", "samantha-2.toml", "a-b-c-d.toml"}
    assert {path.name for path in tmp_path.iterdir()} == {"card.json", "config"}


def test_prompt_shows_each_part_with_its_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["prompt", "--show", "--persona", "anselm", "I met Ben."]) == 0
    out = capsys.readouterr().out
    assert "who she is: " in out and "    You: I met Ben." in out and "by estimate" in out
    assert cli.main(["prompt", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert sum(part["tokens"] for part in found["parts"]) < found["budget"] < found["context"]
