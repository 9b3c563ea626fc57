"""Every file that cannot be read, loaded as an operator would: exit code 2, its fault in one line and as JSON, and the
published edition where it was, byte for byte."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from data_access.__main__ import main
from tests.test_crs_faults import FILES
from tests.test_iati_structure import CASES

CODES = {name: told["code"] for name, _, told in FILES} | {name: case[1] for name, case in CASES.items()}
TEXTS = {name: content() for name, content, _ in FILES}
XMLS = {name: case[0] if isinstance(case[0], bytes) else case[0].encode() for name, case in CASES.items()}


@pytest.fixture(scope="module")
def home(edition_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(edition_home, tmp_path_factory.mktemp("unmoved") / "home"))


def seen(home: Path) -> dict[str, str]:
    kept = [path for folder in ("editions", "parts") for path in (home / folder).glob("[!.]*")]
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in [*kept, home / "current"]}


@pytest.mark.parametrize("case", [*TEXTS, *XMLS])
def test_a_file_that_cannot_be_read_leaves_what_is_published(
    home: Path, tmp_path: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = seen(home)
    source, name = ("crs", "crs.txt") if case in TEXTS else ("iati", "made.xml")
    (tmp_path / name).write_bytes((TEXTS | XMLS)[case])
    assert main(["load", source, str(tmp_path / name), "--home", str(home), "--json"]) == 2
    said = capsys.readouterr()
    [told] = json.loads(said.out)["faults"]
    assert told["code"] == CODES[case] and told["file"] == name and told["severity"] == "file"
    assert told["reason"] and told["remedy"]
    lines = [line for line in said.err.splitlines() if f": {CODES[case]}: value " in line]
    assert len(lines) == 1 and lines[0].startswith(name) and lines[0].endswith(told["remedy"])
    assert "Traceback" not in said.err
    assert seen(home) == before and not list((home / "parts").glob(".making-*"))
