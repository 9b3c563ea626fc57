"""From the published files to the compact ones: groups, places, rates, indicators, and the whole of it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from data_access.build import LISTING
from data_access.compile import STEPS, compile_reference
from data_access.ingest import fx, groups, indicators, places
from data_access.ingest.faults import Fault
from data_access.ingest.fx import Deflators
from data_access.ingest.indicators import Value
from data_access.ingest.published import published
from data_access.ingest.series import SERIES, TARGETS
from tests.built import REFERENCE, SHARED, needs_shared

PLACE = {"region": "", "subregion": "", "lldc": "False", "sids": "False", "income_level": ""}


def made(folder: Path, text: str) -> groups.Published:
    (folder / "made.csv").write_text(text, encoding="utf-8")
    return published(folder, "made.csv")


@pytest.mark.parametrize(
    ("start", "end", "since", "until"),
    [
        ("1999-12 or earlier", "", 1990, 9999), ("2004-05", "", 2004, 9999), ("2013-07", "", 2013, 9999),
        ("2013-08", "", 2014, 9999), ("2003-12", "", 2004, 9999), ("2001-04", "2007-12", 2001, 2007),
        ("2001-04", "2014-03", 2001, 2013), ("2001-04", "2017-06", 2001, 2016), ("2001-04", "2017-07", 2001, 2017),
    ],
)  # fmt: skip
def test_a_year_belongs_with_six_months_of_membership(
    tmp_path: Path, start: str, end: str, since: int, until: int
) -> None:
    file = made(tmp_path, f"group,member,from,to,source,confidence\nLDC,CPV,{start},{end},a list,high\n")
    [spell] = [s for s in groups.read(file, places.Places({}, {}, {}, {}, {}), []) if s.grp == "LDC"]
    assert (spell.since, spell.until, spell.dated) == (since, until, 1)


def test_a_month_that_is_none_is_refused(tmp_path: Path) -> None:
    file = made(tmp_path, "group,member,from,to,source,confidence\nLDC,CPV,2007-13,,a list,high\n")
    with pytest.raises(
        Fault, match=r'made.csv:2: column "from": GROUP-DATE-01: value "2007-13" is not a month; write it as 2004-05'
    ):
        groups.read(file, places.Places({}, {}, {}, {}, {}), [])


def test_todays_lists_hold_for_all_years_and_say_so(tmp_path: Path) -> None:
    rows = {
        "NPL": PLACE | {"lldc": "True", "income_level": "Low income", "region": "Asia", "subregion": "Southern Asia"}
    }
    file = made(tmp_path, "group,member,from,to,source,confidence\n")
    found = [s for s in groups.read(file, places.Places({}, {}, {}, {}, rows), []) if s.dimension == "recipient"]
    assert [spell.grp for spell in found] == ["ASI", "LIC", "LLDC", "SAS"]
    assert all(not spell.dated and spell.basis.startswith("Today's list") for spell in found)


def test_constant_prices_use_the_donor_s_deflators_and_the_dac_total_where_there_is_none() -> None:
    series = {"12": {2010: Decimal(80), 2014: Decimal(100)}, fx.DAC_TOTAL: {2010: Decimal(50), 2014: Decimal(100)}}
    deflators = Deflators(series)
    assert deflators.constant(Decimal(8), "12", 2010) == Decimal(10)
    assert deflators.constant(Decimal(8), "905", 2010) == deflators.constant(Decimal(8), "", 2010) == Decimal(16)
    assert deflators.constant(Decimal(8), "12", 2031) is None


def test_income_is_computed_where_the_dac_gives_none() -> None:
    heads = [Value("gni_head", code, 2010, "total", Decimal(100), "f", 7) for code in ("KEN", "GBR", "XKX")]
    people = [Value("population", code, 2010, "total", Decimal(50), "p", 9) for code in ("KEN", "GBR")]
    found = list(indicators.incomes(heads, people, {"GBR"}))
    assert [(value.series, value.country, value.value, value.line) for value in found] == [
        ("gni", "KEN", Decimal(5000), 7)
    ]


def test_every_target_belongs_to_a_series() -> None:
    assert set(TARGETS) <= {series.series for series in SERIES}


@needs_shared
@pytest.mark.shared
def test_namibia_has_its_code_back_and_dac_codes_are_the_dac_s() -> None:
    where = places.read(published(SHARED, places.CONCORDANCE), published(SHARED, places.LABELS))
    assert where.iso3["NA"] == where.by_name["Namibia"] == "NAM"
    given = {"57": "XKX", "373": "ABW", "725": "BRN", "880": "WSM", "265": "ZWE", "9998": "998", "289": "289"}
    assert {code: where.by_dac[code] for code in given} == given


@needs_shared
@pytest.mark.shared
def test_the_table_called_aid_over_income_is_something_else() -> None:
    """Net ODA to Kenya in 2005 was some 4% of its income; the published table says 22.9."""
    name = "aid_received_percent_of_gni"
    found = [cells[name] for _, cells in published(SHARED, f"indicators/{name}.csv").rows(("geo", "time", name))
             if (cells["geo"], cells["time"]) == ("ken", "2005")]  # fmt: skip
    assert [Decimal(value) for value in found] > [Decimal(22)]


@needs_shared
@pytest.mark.shared
def test_the_reference_in_the_project_is_what_the_published_files_make(tmp_path: Path) -> None:
    told: list[str] = []
    compile_reference(SHARED, tmp_path, told.append)
    kept, made_now = (json.loads((folder / LISTING).read_text(encoding="utf-8")) for folder in (REFERENCE, tmp_path))
    assert {key: value for key, value in made_now.items() if key != "compiled"} == {
        key: value for key, value in kept.items() if key != "compiled"
    }
    assert len(told) == STEPS
    assert "crs-donors: 23,258 rows, 228 printed sums agree with their parts" in told


@needs_shared
@pytest.mark.shared
def test_a_failed_compilation_leaves_the_reference_as_it_was(tmp_path: Path) -> None:
    (tmp_path / LISTING).write_text("{}", encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        compile_reference(tmp_path, tmp_path, lambda words: None)
    assert [path.name for path in tmp_path.iterdir()] == [LISTING]
