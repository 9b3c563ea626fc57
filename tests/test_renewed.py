"""Indicators and codes as files to be renewed: what is given is read, the rest stays as embedded."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from data_access.ingest.catalogue import READERS
from data_access.ingest.code_files import KNOWN, NAMES
from data_access.ingest.faults import Fault
from tests.built import REFERENCE, SHARED, needs_shared
from tests.filled import Filled, filled

UNDER5 = "under_five_mortality_from_cme_per_1000_born"
POPULATION = "population_total"
GROUPS = "group,member,from,to,source,confidence\n"


def series(folder: Path, stem: str, *rows: str) -> Path:
    (folder / f"{stem}.csv").write_text("\n".join([f"geo,time,{stem}", *rows, ""]), encoding="utf-8")
    return folder / f"{stem}.csv"


def unlike_embedded(found: Filled, table: str, columns: str, where: str = "true") -> list[tuple[object, ...]]:
    """Rows that are in one of both and not in the other."""
    kept = f"SELECT {columns} FROM read_parquet('{REFERENCE / table}.parquet') WHERE {where}"
    held = f"SELECT {columns} FROM {table} WHERE {where}"
    return found.rows(f"({held} EXCEPT ALL {kept}) UNION ALL ({kept} EXCEPT ALL {held})")


def test_a_series_is_read_anew_and_the_others_stay_as_embedded(tmp_path: Path) -> None:
    found = filled(
        "indicators", series(tmp_path, UNDER5, "eth,1990,206.5", "eth,2024,40.25", "chi,2000,1", "eth,1800,400")
    )
    values = found.rows("SELECT country, year, sex, value, file, line FROM indicator WHERE series = 'under5'")
    assert values == [
        ("ETH", 1990, "total", Decimal("206.5"), f"{UNDER5}.csv", 2),
        ("ETH", 2024, "total", Decimal("40.25"), f"{UNDER5}.csv", 3),
    ]
    columns = "series, country, year, sex, value, file, line"
    assert unlike_embedded(found, "indicator", columns, "series <> 'under5'") == []
    [(file, since, until)] = found.rows("SELECT file, since, until FROM series WHERE series = 'under5'")
    assert (file, since, until) == (f"{UNDER5}.csv", 1990, 2024)
    assert found.rows("SELECT count(*) FROM series") == found.rows(
        f"SELECT count(*) FROM '{REFERENCE / 'series'}.parquet'"
    )
    assert (found.report.read, found.report.kept) == (4, 4)


def test_embedded_values_keep_their_files_and_where_these_come_from(tmp_path: Path) -> None:
    found = filled("indicators", series(tmp_path, UNDER5, "eth,1990,206.5"))
    lacking = found.rows("SELECT DISTINCT file FROM indicator WHERE file NOT IN (SELECT file FROM file)")
    assert lacking == [(f"{UNDER5}.csv",)]  # listed when the load is finished, with all that were loaded
    assert found.rows("SELECT count(*) FROM file WHERE length(sha256) <> 64 OR licence = ''") == [(0,)]


def test_what_is_computed_from_a_renewed_series_is_computed_again(tmp_path: Path) -> None:
    found = filled("indicators", series(tmp_path, POPULATION, "ken,2010,1000"))
    question = "SELECT value FROM indicator WHERE series = ? AND country = 'KEN' AND year = 2010"
    [(head,)], [(income,)] = found.rows(question, "gni_head"), found.rows(question, "gni")
    assert income == head * 1000
    assert found.rows("SELECT count(*) FROM indicator WHERE series = 'gni' AND country = 'GBR'") == [
        (13,)
    ]  # the DAC's own


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("eth,2001,1 200", "CSV-NUM-01", UNDER5), ("eth,next,5", "CSV-NUM-01", "time"),
        ("eth,2001,0.123456789", "INDIC-NUM-01", UNDER5), ("eth,2001", "CSV-WIDTH-01", "geo"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_by_name_and_the_others_count(tmp_path: Path, row: str, code: str, column: str) -> None:
    found = filled("indicators", series(tmp_path, UNDER5, "eth,2000,5", row, "eth,2002,7"))
    assert found.rows("SELECT year FROM indicator WHERE series = 'under5' ORDER BY 1") == [(2000,), (2002,)]
    assert [(line["code"], line["column"], line["line"], line["raw"]) for line in found.rejects] == [
        (code, column, "3", row)
    ]


def test_a_line_of_a_file_of_two_series_is_refused_once(tmp_path: Path) -> None:
    path = tmp_path / "one_oda_gni_by_donor_2000_2025.csv"
    rows = "Austria,2000,x,0.2\nAtlantis,2000,1,0.2\nAustria,2001,5,y\nAustria,2002,5,0.3\n"
    path.write_text(f"name,year,ODA (left-axis),ODA/GNI (right-axis)\n{rows}", encoding="utf-8")
    found = filled("indicators", path)
    assert sorted(line["line"] for line in found.rejects) == ["2", "3", "4"]
    assert (found.report.refused, found.report.kept) == (3, 1)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("something.csv", "geo,time,something\n", "INDIC-FILE-01"),
        (f"{UNDER5}.csv", "geo,time,other\neth,2000,1\n", "CSV-HEAD-01"),
        (f"{UNDER5}.csv", f"geo,time,{UNDER5}\natl,2000,1\n", "INDIC-FILE-02"), (f"{UNDER5}.csv", "", "FILE-EMPTY-01"),
    ],
)  # fmt: skip
def test_a_file_without_a_known_series_is_refused_whole(tmp_path: Path, name: str, text: str, code: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Fault) as caught:
        filled("indicators", tmp_path / name)
    assert (caught.value.code, caught.value.severity) == (code, "file")


def test_groups_by_year_are_renewed_and_all_else_stays(tmp_path: Path) -> None:
    (tmp_path / "membership_by_year.csv").write_text(f"{GROUPS}LDC,KEN,2004-05,,a list,high\n", encoding="utf-8")
    found = filled("codes", tmp_path / "membership_by_year.csv")
    assert found.rows("SELECT member, since FROM membership WHERE grp = 'LDC'") == [("KEN", 2004)]
    assert unlike_embedded(found, "membership", "dimension, grp, member, since, until", "dated = 0") == []
    for table, columns in (("member", "dimension, code, name"), ("place", "*"), ("rate", "*"), ("deflator", "*")):
        assert unlike_embedded(found, table, columns) == []


def test_exchange_rates_are_renewed_alone(tmp_path: Path) -> None:
    (tmp_path / "dac_exchange_rates.csv").write_text(
        "Country,2024\nUnited Kingdom,0.7824\nSweden,..\n", encoding="utf-8"
    )
    found = filled("codes", tmp_path / "dac_exchange_rates.csv")
    assert found.rows("SELECT currency, year, per_usd FROM rate") == [("GBP", 2024, Decimal("0.7824"))]
    assert unlike_embedded(found, "membership", "dimension, grp, member, since, until") == []


@pytest.mark.parametrize(
    ("name", "text", "code", "line"),
    [
        ("something.csv", "code,name\n", "CODES-FILE-01", 0),
        ("recipients.csv", "code,name_en\n1,A\n", "CODES-FILE-02", 0),
        ("membership_by_year.csv", f"{GROUPS}LDC,KEN,2004-13,,a,high\n", "GROUP-DATE-01", 2),
        ("membership_by_year.csv", f"{GROUPS}ABC,KEN,2004-01,,a,high\n", "GROUP-CODE-01", 2),
        ("membership_by_year.csv", GROUPS, "FILE-EMPTY-02", 1),
        ("dac_exchange_rates.csv", "Country,2024\nUnited Kingdom,n/a\n", "CSV-NUM-01", 2),
        ("oecd_dac_deflators_exchange_1960_2023.parquet", "no parquet", "CODES-FILE-03", 0),
    ],
)  # fmt: skip
def test_codes_are_renewed_whole_or_not_at_all(tmp_path: Path, name: str, text: str, code: str, line: int) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Fault) as caught:
        filled("codes", tmp_path / name)
    assert (caught.value.code, caught.value.severity, caught.value.line) == (code, "file", line)


@needs_shared
@pytest.mark.shared
def test_the_published_codes_make_the_embedded_ones(tmp_path: Path) -> None:
    files = sorted(READERS["codes"].files(SHARED))
    assert {path.name for path in files} == set(KNOWN)
    found = filled("codes", *files)
    for table in ("member", "membership", "place", "rate", "deflator"):
        columns = ", ".join(f'"{row[0]}"' for row in found.rows(f"DESCRIBE {table}"))
        assert unlike_embedded(found, table, columns) == []


@needs_shared
@pytest.mark.shared
def test_a_list_of_names_is_not_renewed_without_its_sisters(tmp_path: Path) -> None:
    for name in NAMES[:-1]:
        shutil.copy(SHARED / name, tmp_path)
    with pytest.raises(Fault, match=r"CODES-FILE-02.*dportal_crs_countries\.csv"):
        filled("codes", *sorted(tmp_path.iterdir()))


@needs_shared
@pytest.mark.shared
def test_the_published_series_make_the_embedded_indicators() -> None:
    found = filled("indicators", *READERS["indicators"].files(SHARED))
    assert unlike_embedded(found, "indicator", "series, country, year, sex, value, line") == []
    assert unlike_embedded(found, "series", "series, name, unit, goal, target, since, until") == []
