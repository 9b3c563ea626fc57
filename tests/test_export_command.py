"""Files of the pages on the command line: the same bytes, or a sentence and no file."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from dash import Dash

from data_access.__main__ import main


@pytest.mark.parametrize(
    ("name", "query"), [("gap", "donor=FRA"), ("flows", "source=crs-purposes&recipient=KEN&sort=-usd"),
    ("indicators", "series=under5&since=2014")],
)  # fmt: skip
def test_a_file_is_that_of_the_page(real: Dash, home: Path, tmp_path: Path, name: str, query: str) -> None:
    for form in ("csv", "json"):
        path = tmp_path / f"file.{form}"
        assert main(["export", name, query, "-o", str(path), "--home", str(home)]) == 0
        assert path.read_bytes() == real.server.test_client().get(f"/export/{name}.{form}?{query}").data
    assert json.loads(path.read_bytes())["rows"] and len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "query", "path"),
    [
        ("commitments", "goal=5&sort=-made", "commitments"), ("gaps", "donor=GBR", "gaps"),
        ("needs", "goal=4&need=2", "needs"),
        ("causes", "commitment=gleneagles-2005-oda", "causes/gleneagles-2005-oda"),
    ],
)  # fmt: skip
def test_a_table_of_the_register_is_that_of_its_page(
    real: Dash, home: Path, tmp_path: Path, name: str, query: str, path: str
) -> None:
    file, client = tmp_path / "file.csv", real.server.test_client()
    assert main(["export", name, query, "-o", str(file), "--home", str(home)]) == 0
    of = "" if name == "causes" else f"?{query}"
    for _ in range(120):
        if (answer := client.get(f"/export/{path}.csv{of}")).status_code != 503:
            break
        time.sleep(0.5)
    assert answer.status_code == 200 and file.read_bytes() == answer.data and len(answer.data.splitlines()) > 2


@pytest.mark.parametrize(
    ("name", "query", "file", "words"),
    [
        ("gap", "donor=NOBODY", "x.csv", "donor=NOBODY"),
        ("gap", "", "x.ods", "csv, xlsx, parquet, json"),
        ("indicators", "series=none", "x.csv", "series=none is not a series"),
        ("gap", "edition=2001-01-01", "x.csv", "edition=2001-01-01"),
        ("commitments", "goal=9", "x.csv", "goal=9"),
        ("needs", "goal=8", "x.csv", "goal=8 is not known"),
        ("gaps", "registry=none", "x.csv", "registry=none"),
        ("causes", "commitment=none", "x.csv", "commitment=gleneagles-2005-oda"),
    ],
)
def test_what_cannot_be_followed_is_a_sentence_and_no_file(
    embedded: object, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, query: str, file: str,
    words: str,
) -> None:  # fmt: skip
    assert main(["export", name, query, "-o", str(tmp_path / file), "--home", str(home)]) == 2
    assert words in capsys.readouterr().err and not list(tmp_path.iterdir())
