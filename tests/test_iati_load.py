"""Activity files through a whole load: what is wrong with one leaves what was published, and nothing half behind."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from data_access import editions, parts
from data_access.__main__ import main
from data_access.ingest.faults import Fault
from data_access.ingest.iati import READER
from data_access.load import NotLoaded, Order, load
from tests.iati import activity, document, transaction, write

GOOD = document(*(activity(transaction("2", "100"), transaction(), identifier=f"GB-1-{n}") for n in range(20)))
BOMB = '<!DOCTYPE x [<!ENTITY a "b">]>\n<iati-activities>&a;</iati-activities>'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of these tests' own: what is loaded into it is not what others read."""
    return tmp_path_factory.mktemp("iati")


def published(home: Path) -> tuple[str, list[str]]:
    """The edition that readers see, and every part that is kept."""
    return editions.current(home), sorted(path.name for path in parts.folder(home).iterdir())


@pytest.mark.parametrize("content", [BOMB, GOOD[:-100], '{"json": 1}', GOOD.replace("2.03", "9.99")])
def test_a_file_that_cannot_be_read_leaves_what_was_published(content: str, home: Path, tmp_path: Path) -> None:
    editions.ensure(home)
    before = published(home)
    with pytest.raises(Fault) as told:
        load(Order(home, READER, (write(tmp_path, content),)))
    assert told.value.file == "made.xml" and published(home) == before


def test_too_many_refused_records_leave_what_was_published(home: Path, tmp_path: Path) -> None:
    editions.ensure(home)
    before, path = published(home), write(tmp_path, GOOD.replace(">100<", ">1OO<", 1))
    with pytest.raises(NotLoaded, match="refused"):
        load(Order(home, READER, (path,)))
    assert published(home) == before
    assert (
        published(home)[0] != load(Order(home, READER, (path,), most_refused=0.05)).edition or published(home) != before
    )


def test_a_load_from_the_command_line_ends_with_its_code_and_the_same_files_change_nothing(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "files"
    write(folder, GOOD.replace("GB-1-7<", "GB-1-6<"), "deep/made.xml")
    assert main(["load", "iati", str(folder), "--json", "--max-refused", "10%", "--home", str(home)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["kept"], told["refused"], told["published"]) == (40, 38, 2, True)
    assert [(one["code"], one["where"]) for one in told["first"]] == [
        ("IATI-ID-03", "/iati-activities/iati-activity[8]/iati-identifier [GB-1-6]")
    ]
    rejects = [row for path in (home / "rejects").glob("iati-*.csv") for row in csv.DictReader(path.open(newline=""))]
    assert [row["value"] for row in rejects if row["code"] == "IATI-ID-03"] == ["GB-1-6"]
    before = published(home)
    main(["load", "iati", str(folder), "--max-refused", "10%", "--home", str(home)])
    assert published(home) == before and "loaded already" in capsys.readouterr().out
    assert main(["load", "iati", str(write(tmp_path, BOMB)), "--home", str(home)]) == 2
    said = capsys.readouterr().err
    assert "made.xml:1:" in said and "IATI-XML-02" in said and "Traceback" not in said
    assert published(home) == before
