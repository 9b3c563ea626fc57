"""DAC1 in every layout: the headline is summed, everything else is kept by its codes, and faults are named."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from data_access.ingest.catalogue import READERS
from data_access.ingest.faults import Fault
from tests.built import SHARED, needs_shared
from tests.filled import filled

RAW = ("DONOR", "Donor", "PART", "Part", "AIDTYPE", "Aid type", "FLOWS", "Fund flows", "AMOUNTTYPE", "Amount type",
       "TIME", "Year", "Value")  # fmt: skip
CLEANED = ("donor_code", "donor_name", "part_code", "part_name", "aidtype_code", "aid_type", "flows_code",
           "fund_flows", "amounttype_code", "amount_type", "time", "year", "value")  # fmt: skip
USUAL = ("12", "United Kingdom", "1", "1 : Part I", "1010", "I. Official Development Assistance", "1140",
         "Net Disbursements", "A", "Current Prices (USD millions)", "2010", "2010", "13052.97")  # fmt: skip


def export(folder: Path, *rows: dict[str, str], tab: bool = False, cleaned: bool = False) -> Path:
    """Rows differ from the usual one in the raw headings that are given."""
    path, between = folder / f"dac1_made.{'tsv' if tab else 'csv'}", "\t" if tab else ","
    lines = [between.join(CLEANED if cleaned else RAW)]
    for row in rows:
        cells = [row.get(heading, usual) for heading, usual in zip(RAW, USUAL, strict=True)]
        lines.append(between.join(f'"{cell}"' if between in cell else cell for cell in cells))
    path.write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")  # as exported: no line break at the end
    return path


@pytest.mark.parametrize("tab", [False, True])
@pytest.mark.parametrize("cleaned", [False, True])
def test_net_aid_is_the_headline_in_every_layout(tmp_path: Path, tab: bool, cleaned: bool) -> None:
    found = filled("dac1", export(tmp_path, {}, tab=tab, cleaned=cleaned))
    assert found.rows("SELECT item, stage, kind, year, donor, flow, usd, line, record FROM flow") == [
        ("1010:1140", "disbursed", "net ODA", 2010, "GBR", "10", Decimal(13052970000), 2, 1)
    ]
    assert found.rows("SELECT raw FROM record")[0][0].startswith("12")


def test_from_2018_the_grant_equivalent_is_the_headline_and_net_flows_are_not_added(tmp_path: Path) -> None:
    years = [{"Year": year, "TIME": year} for year in ("2017", "2018")]
    equivalent = {"AIDTYPE": "11010", "FLOWS": "1160"}
    found = filled("dac1", export(tmp_path, *years, *(year | equivalent for year in years)))
    assert found.rows("SELECT year, kind, line FROM flow ORDER BY 1") == [
        (2017, "net ODA", 2), (2018, "ODA grant equivalent", 5),
    ]  # fmt: skip
    assert found.rows("SELECT year, item FROM total ORDER BY 1") == [(2017, "11010:1160:A"), (2018, "1010:1140:A")]


def test_other_aid_types_and_fund_flows_are_kept_by_code_and_never_summed(tmp_path: Path) -> None:
    rows = [
        {
            "AIDTYPE": "2102",
            "Aid type": "I.B.1.2. EU institutions",
            "FLOWS": "1120",
            "Fund flows": "Gross Disbursements",
        },
        {"FLOWS": "1150", "Fund flows": "Commitments", "Value": "-2.5"},
        {"DONOR": "20001", "Donor": "DAC Countries, Total"},
        {"PART": "2"},
    ]
    found = filled("dac1", export(tmp_path, *rows))
    assert found.rows("SELECT count(*) FROM flow") == [(0,)]
    totals = found.rows("SELECT item, stage, kind, donor, usd, label FROM total ORDER BY line")
    assert totals[0] == (
        "2102:1120:A", "disbursed", "Gross Disbursements", "GBR", Decimal(13052970000),
        "I.B.1.2. EU institutions; Gross Disbursements; Current Prices (USD millions)",
    )  # fmt: skip
    assert [total[1:5] for total in totals[1:]] == [
        ("committed", "Commitments", "GBR", Decimal(-2500000)),
        ("disbursed", "Net Disbursements", "20001", Decimal(13052970000)),
        ("disbursed", "Net Disbursements", "GBR", Decimal(13052970000)),
    ]


def test_constant_prices_and_national_currency_are_records_only(tmp_path: Path) -> None:
    found = filled("dac1", export(tmp_path, {"AMOUNTTYPE": "D"}, {"AMOUNTTYPE": "N"}))
    assert found.rows("SELECT (SELECT count(*) FROM flow) + (SELECT count(*) FROM total), count(*) FROM record") == [
        (0, 2)
    ]
    [note] = found.report.notes
    assert note.startswith("2 rows at constant prices or in national currency")


def test_income_is_no_flow_and_its_share_is_an_indicator(tmp_path: Path) -> None:
    rows = [{"AIDTYPE": "1"}, {"AIDTYPE": "2", "Value": "0.57"}, {"AIDTYPE": "11002", "Value": "0.5"}, {"AIDTYPE": "4"}]
    found = filled("dac1", export(tmp_path, *rows))
    assert found.rows("SELECT item, stage FROM total") == [("1:1140:A", "")]
    assert found.rows("SELECT series, country, year, value, line FROM indicator") == [
        ("oda_gni", "GBR", 2010, Decimal("0.57"), 3)
    ]


@pytest.mark.parametrize(
    ("cells", "code", "column", "value"),
    [
        ({"Value": "1,250.5"}, "CSV-NUM-01", "Value", "1,250.5"),
        ({"Value": ".."}, "CSV-NUM-01", "Value", ".."),
        ({"Value": "0.000000000000001"}, "USD-01", "Value", "0.000000000000001"),
        ({"Value": "13052970000"}, "USD-02", "Value", "13052970000"),
        ({"Year": "10"}, "CSV-YEAR-01", "Year", "10"),
        ({"DONOR": "4711"}, "DAC1-CODE-01", "DONOR", "4711"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, cells: dict[str, str], code: str, column: str, value: str
) -> None:
    tab = "," in value
    found = filled("dac1", export(tmp_path, {"DONOR": "4"}, cells, {"DONOR": "5"}, tab=tab))
    assert found.rows("SELECT donor FROM flow ORDER BY 1") == [("DEU",), ("FRA",)]
    [line] = found.rejects
    assert (line["line"], line["code"], line["column"], line["value"], line["severity"]) == (
        "3",
        code,
        column,
        value,
        "row",
    )


def test_a_headline_given_twice_is_refused_with_the_line_of_the_first(tmp_path: Path) -> None:
    found = filled("dac1", export(tmp_path, {}, {"Value": "7"}))
    assert found.rows("SELECT usd FROM flow") == [(Decimal(13052970000),)]
    [line] = found.rejects
    assert (line["code"], line["line"], line["value"]) == ("DAC1-DUP-01", "3", "7")
    assert "line 2 says 13052.97" in line["reason"]


def headings_gone(path: Path) -> None:
    path.write_text("\n".join(path.read_text(encoding="utf-8-sig").splitlines()[1:]))


def renamed(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8-sig").replace("FLOWS", "FLOW_TYPE"))


def emptied(path: Path) -> None:
    path.write_text("")


@pytest.mark.parametrize(
    ("spoil", "code"), [(headings_gone, "DAC1-HEAD-01"), (renamed, "CSV-HEAD-01"), (emptied, "DAC1-HEAD-01")]
)
def test_another_layout_is_refused_whole(tmp_path: Path, spoil: Callable[[Path], None], code: str) -> None:
    path = export(tmp_path, {}, {"DONOR": "4"})
    spoil(path)
    with pytest.raises(Fault) as caught:
        filled("dac1", path)
    assert (caught.value.code, caught.value.severity) == (code, "file")


def test_the_extract_by_name_is_read_as_before(tmp_path: Path) -> None:
    path = tmp_path / "one_total_oda_made.csv"
    path.write_text(
        "year,donor_name,value\n2013,Slovak Republic,1.5\n2018,Atlantis,2\n2018,Korea,3\n", encoding="utf-8"
    )
    found = filled("dac1", path)
    assert found.rows("SELECT donor, year, kind, usd FROM flow ORDER BY line") == [
        ("SVK", 2013, "net ODA", Decimal(1500000)), ("KOR", 2018, "ODA grant equivalent", Decimal(3000000)),
    ]  # fmt: skip
    assert [(line["code"], line["line"], line["value"]) for line in found.rejects] == [
        ("DAC1-NAME-01", "3", "Atlantis")
    ]


def test_another_release_is_described_by_its_own_years(tmp_path: Path) -> None:
    found = filled("dac1", export(tmp_path, {}, {"DONOR": "4", "Year": "1999"}))
    told = READERS["dac1"].describe(found.part, [tmp_path / "dac1_made.csv"])
    assert (told.since, told.until, told.released) == (1999, 2010, "as loaded from dac1_made.csv")
    assert "1999–2010" in told.coverage
    assert "2018" in told.note


@needs_shared
@pytest.mark.shared
def test_the_published_comma_and_tab_exports_are_twins() -> None:
    names = ("dac1_comma_sample.csv", "dac1_tab_sample.tsv")
    comma, tab = (filled("dac1", SHARED / "dac" / name) for name in names)
    question = "SELECT line, item, stage, kind, year, donor, usd, label FROM total ORDER BY line"
    assert comma.rows(question) == tab.rows(question)
    first = comma.rows(question)[0]
    assert first[:7] == (2, "1010:1120:A", "disbursed", "Gross Disbursements", 1974, "20006", Decimal(4316020000))
    assert comma.rows("SELECT count(*) FROM record") == [(25,)]
    assert comma.rejects == tab.rejects == []
