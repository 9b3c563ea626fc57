"""The registry out into a file and in again: nothing is lost, nothing changes by itself, and a dry run only tells."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.records import Forum
from data_access.__main__ import main
from data_access.registry import cells as texts
from data_access.registry import opening
from data_access.registry.columns import COLUMNS, NAMES
from data_access.registry.exchange import csv_rows, exporting, importing
from data_access.registry.exchange.guide import guide, lists
from data_access.registry.exchange.sheets import SHEETS
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import Edits, Refused
from tests.registries import ALL, NOTED, PART, PLEDGES, POLICY, SHARE
from tests.workbooks import Made, at, text

SIGNED = ("--who", "A. Moderator", "--why", "A report")
SUFFIXES = (".xlsx", ".csv", ".zip")


@pytest.fixture
def small_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    opened = open_registry(tmp_path / "home")
    opened.write(ALL, NOTED)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """The embedded registry."""
    opened = open_registry(tmp_path_factory.mktemp("whole"))
    yield opened
    opened.close()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_export_then_import_changes_nothing(whole: Registry, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"registry{suffix}"
    exporting.write(path, whole.held())
    outcome = importing.bring_in(whole, path, NOTED)
    assert (outcome.faults, outcome.differences, outcome.notes, outcome.saved) == ([], [], [], False)
    assert len(whole.changes()) == 1


@pytest.mark.parametrize("suffix", (".xlsx", ".zip"))
def test_an_empty_registry_becomes_the_same_by_import(
    whole: Registry, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"registry{suffix}"
    exporting.write(path, whole.held())
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    other = open_registry(tmp_path / "other")
    assert importing.bring_in(other, path, NOTED).faults == []
    assert other.state() == whole.state() and other.pledges() == whole.pledges()
    other.close()


def test_an_import_gives_the_same_state_in_either_database(
    whole: Registry, tmp_path: Path, postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporting.write(tmp_path / "registry.xlsx", whole.held())
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    other = open_registry(tmp_path, postgres_database)
    assert importing.bring_in(other, tmp_path / "registry.xlsx", NOTED).saved
    assert other.state() == whole.state() and other.pledges() == whole.pledges()
    exporting.write(tmp_path / "again.xlsx", other.held())
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "registry.xlsx").read_bytes()
    other.close()


def test_a_file_as_spreadsheets_save_it_in_utf_8_is_read(small_registry: Registry, tmp_path: Path) -> None:
    exporting.write(tmp_path / "r.csv", small_registry.held())
    (tmp_path / "r.csv").write_bytes(b"\xef\xbb\xbf" + (tmp_path / "r.csv").read_bytes())
    outcome = importing.bring_in(small_registry, tmp_path / "r.csv", NOTED)
    assert (outcome.faults, outcome.differences) == ([], [])


def test_another_program_reads_the_same_and_what_it_saves_changes_nothing(whole: Registry, tmp_path: Path) -> None:
    exporting.write(tmp_path / "registry.xlsx", whole.held())
    book = openpyxl.load_workbook(tmp_path / "registry.xlsx")
    rows = exporting.rows_of(whole.held())
    for sheet in SHEETS:
        read = [[cell.value for cell in row] for row in book[sheet.name].iter_rows()]
        assert [["" if value is None else str(value) for value in row] for row in read] == rows[sheet.name]
    book.save(tmp_path / "again.xlsx")
    outcome = importing.bring_in(whole, tmp_path / "again.xlsx", NOTED)
    assert (outcome.faults, outcome.differences) == ([], [])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_state_gives_the_same_bytes(small_registry: Registry, tmp_path: Path, suffix: str) -> None:
    for name in ("one", "two"):
        exporting.write(tmp_path / f"{name}{suffix}", small_registry.held())
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_a_dry_run_tells_what_would_change_and_saves_nothing(small_registry: Registry, tmp_path: Path) -> None:
    path = (
        Made().cell(PART.id, "remarks", "Paid in part").cell(PART.id, "amount_high", "1200").save(tmp_path / "r.xlsx")
    )
    outcome = importing.bring_in(small_registry, path, NOTED, dry=True)
    (difference,) = outcome.differences
    assert difference.cells == {"remarks": ("", "Paid in part"), "amount_high": ("1100", "1200")}
    assert not outcome.saved and len(small_registry.changes()) == 1


def test_a_second_import_of_the_same_file_changes_nothing(small_registry: Registry, tmp_path: Path) -> None:
    path = Made().cell(PART.id, "remarks", "Paid in part").save(tmp_path / "r.xlsx")
    assert importing.bring_in(small_registry, path, NOTED).saved
    assert not importing.bring_in(small_registry, path, NOTED).saved
    assert len(small_registry.changes()) == 2 and small_registry.pledges()[PART.id].remarks == "Paid in part"


def test_new_records_come_with_their_makers_and_fora(small_registry: Registry, tmp_path: Path) -> None:
    made = Made()
    made.rows["Makers"].append(["NOR", "Norway", "government", "NOR"])
    made.rows["Fora"].append(["oslo-2010", "Oslo meeting", "special initiative", "Oslo", "2010"])
    new = dict.fromkeys(NAMES, "") | {"id": "oslo-2010-norway", "title": "Norway: USD 1 billion", "maker": "norway"}
    new |= {"forum": "Oslo meeting", "kind": "financial", "amount_low": "1000", "amount_high": "1000"}
    new |= {"unit": "USD million", "gap": "not_reported", "source_title": "A text", "source_kind": "press"}
    made.rows["Commitments"].append(list((new | {"confidence": "low", "sexes": "no"}).values()))
    outcome = importing.bring_in(small_registry, made.save(tmp_path / "r.xlsx"), NOTED)
    assert outcome.faults == [] and {one.record for one in outcome.differences} == {
        "NOR",
        "oslo-2010",
        "oslo-2010-norway",
    }
    assert small_registry.pledges()["oslo-2010-norway"].maker_code == "NOR"


def test_a_forum_has_a_new_name_everywhere_at_once(small_registry: Registry, tmp_path: Path) -> None:
    made = Made()
    made.rows["Fora"][2 if made.rows["Fora"][1][0] == "abuja-2001" else 1][1] = "Muskoka summit of the G8"
    for row in made.rows["Commitments"][1:]:
        row[NAMES.index("forum")] = row[NAMES.index("forum")].replace("G8 summit, Muskoka", "Muskoka summit of the G8")
    outcome = importing.bring_in(small_registry, made.save(tmp_path / "r.xlsx"), NOTED)
    assert outcome.faults == [] and small_registry.pledges()[PART.id].forum == "Muskoka summit of the G8"


def test_a_column_that_is_left_out_stays_as_it_is(small_registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(f"id,remarks\n{PART.id},Seen\n", "utf-8")
    outcome = importing.bring_in(small_registry, tmp_path / "r.csv", NOTED)
    assert outcome.faults == [] and small_registry.pledges()[PART.id] == replace(PART, remarks="Seen")


def test_a_row_that_is_missing_takes_nothing_away(small_registry: Registry, tmp_path: Path) -> None:
    made = Made()
    made.rows["Commitments"] = made.rows["Commitments"][:2]
    outcome = importing.bring_in(small_registry, made.save(tmp_path / "r.xlsx"), NOTED)
    assert (outcome.faults, outcome.differences) == ([], []) and len(small_registry.pledges()) == 4


def test_headings_may_stand_in_any_order_and_case(small_registry: Registry, tmp_path: Path) -> None:
    exporting.write(tmp_path / "r.csv", small_registry.held())
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        head, *body = [row[::-1] for row in csv.reader(file)]
    with (tmp_path / "r.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[name.upper().replace("_", " ") for name in head], *body])
    outcome = importing.bring_in(small_registry, tmp_path / "r.csv", NOTED)
    assert (outcome.faults, outcome.differences) == ([], [])


def test_a_sheet_of_ones_own_is_passed_over_and_said(small_registry: Registry, tmp_path: Path) -> None:
    made = Made().packed(tmp_path)
    made.change("xl/workbook.xml", 'name="Lists"', 'name="My notes"')
    outcome = importing.bring_in(small_registry, made.save(tmp_path / "r.xlsx"), NOTED)
    assert outcome.notes == ["My notes is none of the sheets that are read: it was passed over."]
    assert (outcome.faults, outcome.differences) == ([], [])


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("0.56000000000000005", "0.56"),
        ("1.1000000000000001E3", "1100"),
        ("1E-3", "0.001"),
        ("812345678901.25", "812345678901.25"),
    ],
)
def test_a_number_is_what_was_typed_and_not_its_binary_neighbour(
    small_registry: Registry, tmp_path: Path, stored: str, kept: str
) -> None:
    made, cell = Made().packed(tmp_path), at(PART.id, "baseline_value")
    made.raw(cell, f'<c r="{cell}"><v>{stored}</v></c>')
    importing.bring_in(small_registry, made.save(tmp_path / "r.xlsx"), NOTED)
    assert texts.write(small_registry.pledges()[PART.id])["baseline_value"] == kept


def test_a_year_may_be_a_number_and_spaces_mean_nothing(small_registry: Registry, tmp_path: Path) -> None:
    made, cell = Made().cell(SHARE.id, "place", " \u00a0Abuja ").packed(tmp_path), at(PART.id, "deadline")
    made.raw(cell, f'<c r="{cell}"><v>2015</v></c>')
    outcome = importing.bring_in(small_registry, made.save(tmp_path / "r.xlsx"), NOTED)
    assert outcome.faults == [] and small_registry.pledges()[PART.id].deadline == "2015"
    assert small_registry.pledges()[SHARE.id].place == "Abuja"


def test_shared_and_rich_texts_are_read_whole_without_their_reading_aids(
    small_registry: Registry, tmp_path: Path
) -> None:
    made, cell = Made().packed(tmp_path), at(SHARE.id, "remarks")
    made.raw(cell, f'<c r="{cell}" t="s"><v>0</v></c>')
    rich = "<si><r><t>Two</t></r><r><t xml:space='preserve'> parts</t></r><rPh sb='0' eb='1'><t>aid</t></rPh></si>"
    made.part(
        "xl/sharedStrings.xml", f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{rich}</sst>'
    )
    importing.bring_in(small_registry, made.save(tmp_path / "r.xlsx"), NOTED)
    assert small_registry.pledges()[SHARE.id].remarks == "Two parts"


TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=40
)


HARD = st.sampled_from(["'=1", "''", "-", "+x", "@x", "_x0041_", "1,5", "'", "\uff0d1", "'\uff201", "\uff1d1"])


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(TEXTS | TEXTS.map(lambda one: f"={one}") | HARD, min_size=len(PLEDGES), max_size=len(PLEDGES)))
def test_any_text_comes_back_as_it_was(small_registry: Registry, tmp_path: Path, told: list[str]) -> None:
    """As titles of all that the registry holds: a file that is read takes as long with one of them."""
    titled = tuple(replace(one, title=title) for one, title in zip(PLEDGES, told, strict=True))
    small_registry.write(Edits(titled), NOTED)
    for suffix in SUFFIXES:
        exporting.write(tmp_path / f"any{suffix}", small_registry.held())
        outcome = importing.bring_in(small_registry, tmp_path / f"any{suffix}", NOTED)
        assert (outcome.faults, outcome.differences) == ([], [])


def test_no_text_of_a_csv_file_is_taken_for_a_formula(small_registry: Registry, tmp_path: Path) -> None:
    hostile = ("=cmd|' /C calc'!A0", "+1+1", "-x", "@SUM(A1)", "\uff1d1", "\uff0b1+1", "\uff0d2", "\uff20SUM(A1)")
    for told in hostile:
        small_registry.write(Edits((replace(POLICY, title=told),)), NOTED)
        exporting.write(tmp_path / "r.csv", small_registry.held())
        rows = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8"))))
        assert [row["title"] for row in rows if row["id"] == POLICY.id] == [f"'{told}"]
        assert csv_rows.unguarded(f"'{told}") == told


def test_the_template_says_what_each_column_takes_and_offers_lists(small_registry: Registry, tmp_path: Path) -> None:
    exporting.write(tmp_path / "template.xlsx", small_registry.held(), template=True)
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    assert book["Commitments"].max_row == 1
    told = {row[1] for row in guide() if len(row) == 4}
    assert {column.name for sheet in SHEETS for column in sheet.columns} <= told
    offered = {str(one.sqref).partition("2")[0] for one in book["Commitments"].data_validations.dataValidation}
    chosen = {one.name for one in COLUMNS if one.names or (one.options and not one.several)}
    assert {NAMES[openpyxl.utils.column_index_from_string(letter) - 1] for letter in offered} == chosen
    held, ranges = lists()
    assert set(ranges) == {one.options for sheet in SHEETS for one in sheet.columns if one.options} and len(
        held[0]
    ) == len(ranges)


def test_a_registry_that_is_read_alone_takes_no_file(small_registry: Registry, tmp_path: Path) -> None:
    path = Made().cell(PART.id, "remarks", "New").save(tmp_path / "r.xlsx")
    small_registry.writable = False
    with pytest.raises(Refused, match="reading alone"):
        importing.bring_in(small_registry, path, NOTED)


def test_the_command_exports_tries_and_imports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, file = str(tmp_path / "home"), str(tmp_path / "registry.zip")
    assert main(["registry", "export", file, "--home", home]) == 0
    with zipfile.ZipFile(file) as archive:
        assert set(archive.namelist()) == {sheet.file for sheet in SHEETS}
    (tmp_path / "edit.csv").write_text("id,remarks\nmuskoka-2010-canada,Edited\n", "utf-8")
    edit = ["registry", "import", str(tmp_path / "edit.csv"), "--home", home]
    capsys.readouterr()
    assert main([*edit, "--dry-run"]) == 0 and "dry run" in capsys.readouterr().out
    assert main([*edit, "--who", "A. Moderator", "--why", "A report", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["saved"] is True
    assert main([*edit, *SIGNED]) == 0 and "Nothing in the file is new" in capsys.readouterr().out
    assert main([*edit, "--who", "A. Moderator"]) == 2
    said = capsys.readouterr().err
    assert said == "An import is saved by somebody for a reason; please give --who and --why. Nothing was saved.\n"
    assert main(["registry", "verify", "--home", home]) == 0 and "as they were written" in capsys.readouterr().out
    assert main(["registry", "states", "--home", home]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("  A. Moderator: A report")


def test_the_command_keeps_to_the_database_that_the_environment_names(
    tmp_path: Path, postgres_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IIF_REGISTRY", postgres_database)
    (tmp_path / "edit.csv").write_text("id,remarks\nmuskoka-2010-canada,Edited\n", "utf-8")
    home = ["--home", str(tmp_path / "home")]
    assert main(["registry", "import", str(tmp_path / "edit.csv"), *SIGNED, *home]) == 0
    assert main(["registry", "states", *home]) == 0
    assert "A report" in capsys.readouterr().out.splitlines()[-2] and not (tmp_path / "home").exists()


def test_the_command_names_what_is_wrong_and_saves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(tmp_path / "home")
    path = text(lambda content: content.replace(",1100,1100,", ',"1,100",1100,'))(tmp_path)
    (tmp_path / "edit.csv").write_text('id,amount_low\nmuskoka-2010-canada,"1,100"\n', "utf-8")
    assert main(["registry", "import", str(tmp_path / "edit.csv"), *SIGNED, "--home", home]) == 2
    said = capsys.readouterr().err
    assert (
        'edit.csv:2: column "amount_low" (2): REG-NUM-02: value "1,100" is not a number (thousands separator)' in said
    )
    assert "Nothing was saved." in said and path.is_file()
    assert main(["registry", "import", str(tmp_path / "none.csv"), "--home", home]) == 2
    assert main(["registry", "export", str(tmp_path / "r.pdf"), "--home", home]) == 2
    assert main(["registry", "export", str(tmp_path / "r.csv"), "--state", "abc", "--home", home]) == 2


def test_an_earlier_state_is_exported_as_it_was(small_registry: Registry, tmp_path: Path) -> None:
    before = small_registry.state()
    exporting.write(tmp_path / "before.csv", small_registry.held())
    small_registry.write(Edits((replace(PART, remarks="Later"),), (Forum("x-2010", "X", "UN conference"),)), NOTED)
    exporting.write(tmp_path / "again.csv", small_registry.held(before))
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "before.csv").read_bytes()
