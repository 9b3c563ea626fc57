"""Faulty registry files: each is named by sheet, cell (or line), value and reason, and nothing of it is saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.ingest.faults import Fault
from data_access.ingest.limited import MEGABYTE, Limits
from data_access.registry import opening
from data_access.registry.exchange import importing, reader
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import digests
from tests.faulty_cells import CELLS, CSV, MADE, STORED
from tests.faulty_workbooks import HEADINGS, LOW, STRUCTURE, lying_bomb
from tests.registries import ALL, NOTED, PART, POLICY, SHARE
from tests.workbooks import Made, Make

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FORMATS = f"<cellXfs>{'<xf/>' * 3}<xf numFmtId='14'/><xf numFmtId='10'/></cellXfs>"
STYLED = {"date": f'<c r="{LOW}" s="3"><v>40355</v></c>', "percent": f'<c r="{LOW}" s="4"><v>0.007</v></c>'}
CASES = STRUCTURE + HEADINGS + CELLS + STORED + CSV


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(opening.embedded, "fill", lambda connection: None)
        opened = open_registry(tmp_path_factory.mktemp("home"))
    opened.write(ALL, NOTED)
    yield opened
    opened.close()


def place(fault: Fault) -> str:
    """Sheet!cell of a workbook, :line(column) of a text."""
    if fault.sheet:
        return f"{fault.sheet}!{fault.cell}"
    return f":{fault.line}{f'({fault.position})' if fault.position else ''}" if fault.line else ""


def kept(registry: Registry) -> object:
    with registry.engine.connect() as connection:
        return digests(connection), registry.state(), registry.changes()


@pytest.mark.parametrize(
    ("make", "where", "value", "reason", "code"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_faulty_file_is_named_and_nothing_is_saved(
    registry: Registry, tmp_path: Path, make: Make, where: str, value: str, reason: str, code: str
) -> None:
    before = kept(registry)
    outcome = importing.bring_in(registry, make(tmp_path), NOTED)
    found = [fault for fault in outcome.faults if fault.code == code]
    assert found, [str(fault) for fault in outcome.faults]
    fault, told = found[0], found[0].as_json()
    assert place(fault) == where or (where.endswith("!A") and place(fault).startswith(where))
    assert value.rstrip("x") in told["value"] and reason in f"{fault.reason}; {fault.remedy}"
    assert "Traceback" not in str(fault) and "\n" not in str(fault) and len(str(fault)) < 800
    assert not outcome.saved and kept(registry) == before


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("date", "is a date of the spreadsheet"),
        ("percent", "is formatted as per cent; format the cell as text and write 0.7"),
    ],
)
def test_a_figure_that_is_shown_as_something_else_is_refused(
    registry: Registry, tmp_path: Path, style: str, said: str
) -> None:
    made = Made().packed(tmp_path)
    made.part("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{FORMATS}</styleSheet>').raw(LOW, STYLED[style])
    (fault,) = importing.bring_in(registry, made.save(tmp_path / "r.xlsx"), NOTED).faults
    assert place(fault) == f"Commitments!{LOW}" and said in f"{fault.reason}; {fault.remedy}"


def test_there_are_forty_kinds_at_least() -> None:
    assert len({case[0] for case in CASES}) == len(CASES) >= 40


def test_all_faults_of_a_file_are_told_at_once(registry: Registry, tmp_path: Path) -> None:
    made = Made().cell(PART.id, "amount_low", "much").cell(SHARE.id, "made", "yesterday").cell(POLICY.id, "gap", "?")
    outcome = importing.bring_in(registry, made.save(tmp_path / "r.xlsx"), NOTED)
    assert {fault.code for fault in outcome.faults} >= {"REG-NUM-01", "REG-DATE-01", "REG-LIST-01"}


def test_a_part_that_is_larger_than_it_says_ends_the_reading_alone(registry: Registry, tmp_path: Path) -> None:
    before = kept(registry)
    outcome = importing.bring_in(registry, lying_bomb(tmp_path), NOTED)
    assert outcome.faults and kept(registry) == before


def test_a_file_that_asks_for_more_than_it_may_have_ends_its_reader_alone(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, made = kept(registry), Made().packed(tmp_path)
    texts = "".join(f"<si><t>{sha256(str(at).encode()).hexdigest()}</t></si>" for at in range(90_000))
    made.part("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{texts}</sst>')
    monkeypatch.setattr(reader, "LIMITS", Limits(memory=8 * MEGABYTE, cpu=20, quiet=30))
    (fault,) = importing.bring_in(registry, made.save(tmp_path / "r.xlsx"), NOTED).faults
    assert fault.code == "LIMIT-01" and kept(registry) == before


def test_the_command_says_sheet_cell_value_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Made().cell(PART.id, "made", "26 June").save(tmp_path / "registry.xlsx")
    asked = ["registry", "import", str(path), "--home", str(tmp_path / "home"), "--dry-run"]
    assert main(asked) == 2
    line = f'registry.xlsx: sheet "Commitments", cell {MADE} (made): REG-DATE-01: value "26 June" is not a date; write'
    assert line in capsys.readouterr().err
    assert main([*asked, "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    (fault,) = [one for one in told["faults"] if one["code"] == "REG-DATE-01"]
    assert (fault["sheet"], fault["cell"], fault["value"], told["saved"]) == ("Commitments", MADE, "26 June", False)
