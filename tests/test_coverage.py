"""What a source reports and what it does not, against sums added by hand over the rows of the small edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.coverage import ALL, Coverage, periods
from dashboard.data_terms import Asked, completed, read
from dashboard.figures.coverage import Heat, Row, draw
from dashboard.questions import Unanswerable
from dashboard.selection import read as read_selection
from data_access.coverage import coverage
from data_access.cube import Cube
from data_access.library import open_file
from tests import small as made

SHOWN = [
    ("iati-goals", "committed", "donor"),
    ("iati-goals", "disbursed", "recipient"),
    ("crs-donors", "disbursed", "donor"),
    ("crs-sectors", "committed", "recipient"),
    ("crs-sectors", "disbursed", "recipient"),
    ("dac1", "disbursed", "donor"),
]
NIL, GONE = ("dac1", "FRA", 2009), ("dac1", "JPN", 2010)  # reported as zero; not reported


@pytest.fixture(scope="module")
def rows() -> made.Rows:
    """The small edition with one donor's year reported as zero, and another's not reported."""
    rows = made.tables()
    kept = [row for row in rows["flow"] if (row["source"], row["donor"], row["year"]) != GONE]
    nil = {"usd": Decimal(0), "usd_constant": Decimal(0), "amount": Decimal(0)}
    rows["flow"] = [row | nil if (row["source"], row["donor"], row["year"]) == NIL else row for row in kept]
    return rows


@pytest.fixture(scope="module")
def cube(rows: made.Rows, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cube]:
    cube = open_file(made.write(tmp_path_factory.mktemp("covered") / "2013-01-31.duckdb", rows))
    yield cube
    cube.close()


def by_hand(rows: made.Rows, source: str, stage: str, by: str) -> dict[tuple[str, int], tuple[int, Decimal]]:
    """(code, year) -> number of rows and their sum."""
    found: dict[tuple[str, int], tuple[int, Decimal]] = {}
    for row in rows["flow"]:
        if (row["source"], row["stage"]) == (source, stage):
            count, usd = found.get((row[by], row["year"]), (0, Decimal(0)))
            found[row[by], row["year"]] = (count + 1, usd + row["usd"])
    return found


def drawn(cube: Cube, covered: Coverage, sort: str = "amount") -> Heat:
    asked = Asked(covered.source.code, covered.stage, covered.by, sort=sort)
    return draw(covered, asked, cube.codes)


def row_of(heat: Heat, code: str) -> Row:
    return next(row for row in heat.rows if row.code == code)


@pytest.mark.parametrize(("source", "stage", "by"), SHOWN)
def test_every_cell_is_the_sum_of_its_rows(cube: Cube, rows: made.Rows, source: str, stage: str, by: str) -> None:
    covered, expected = coverage(cube, source, stage, by), by_hand(rows, source, stage, by)
    found = {(c, y): (one.rows, one.usd) for c, years in covered.held.items() for y, one in years.items()}
    assert found == expected
    assert expected


def test_a_reported_zero_is_not_an_absence(cube: Cube) -> None:
    covered = coverage(cube, "dac1", "disbursed")
    assert covered.state("FRA", 2009) == "zero"
    assert covered.state("JPN", 2010) == "not-reported"
    assert covered.state("FRA", 2010) == "amount"
    heat = drawn(cube, covered)
    at = heat.columns.index("2009"), heat.columns.index("2010")
    assert row_of(heat, "FRA").cells[at[0]][:3] == ("zero", "0", "zero, reported, 1 row")
    assert row_of(heat, "JPN").cells[at[1]][:3] == ("not-reported", "", "not reported")


def test_amounts_that_cancel_out_are_amounts(rows: made.Rows, tmp_path: Path) -> None:
    flows = [dict(row) for row in rows["flow"]]
    [kept] = [row for row in flows if (row["source"], row["donor"], row["year"]) == ("dac1", "GBR", 2011)]
    back = kept | {name: -kept[name] for name in ("usd", "usd_constant", "amount")}
    flows.append(back | {"row": 1 + max(row["row"] for row in flows)})
    cube = open_file(made.write(tmp_path / "cancelled.duckdb", rows | {"flow": flows}))
    told = coverage(cube, "dac1", "disbursed").held["GBR"][2011]
    assert (told.rows, told.other_than_zero, told.usd) == (2, 2, 0)
    cube.close()


def test_years_outside_the_source_are_told_from_years_not_reported(cube: Cube, rows: made.Rows) -> None:
    covered = coverage(cube, "crs-sectors", "disbursed")
    years = {year for _, year in by_hand(rows, "crs-sectors", "disbursed", "recipient")}
    assert (covered.span.start, covered.span.stop - 1) == (min(years), max(years)) == (2008, 2012)
    assert covered.state("KEN", 2007) == "before"
    assert covered.state("KEN", 2013) == "after"
    heat = drawn(cube, covered)
    assert heat.columns == ("2000–2007", "2008", "2009", "2010", "2011", "2012", "2013–2015")
    assert row_of(heat, "KEN").cells[0][::2] == ("outside", "the source begins in 2008", "")
    assert "reported from 2008 on" in heat.note


@pytest.mark.parametrize(("source", "stage", "by"), SHOWN)
def test_all_together_are_the_sum_and_say_how_many_report(
    cube: Cube, rows: made.Rows, source: str, stage: str, by: str
) -> None:
    covered, expected = coverage(cube, source, stage, by), by_hand(rows, source, stage, by)
    for year in covered.span:
        told = covered.of_year(year)
        here = [value for (_, y), value in expected.items() if y == year]
        assert told and (told.rows, told.usd) == (sum(n for n, _ in here), sum(usd for _, usd in here))
        assert covered.reporting(year) == len(here)


def test_every_member_of_the_source_has_a_row_and_every_row_every_column(cube: Cube, rows: made.Rows) -> None:
    for source, stage, by in SHOWN:
        heat = drawn(cube, coverage(cube, source, stage, by))
        assert {row.code for row in heat.rows} == {row[by] for row in rows["flow"] if row["source"] == source}
        assert {len(row.cells) for row in (*heat.rows, heat.together)} == {len(heat.columns)}


def test_rows_stand_by_amount_or_by_name(cube: Cube) -> None:
    covered = coverage(cube, "dac1", "disbursed")
    largest = [row.code for row in drawn(cube, covered).rows]
    named = [row.name for row in drawn(cube, covered, "name").rows]
    sums = [covered.total(code) for code in largest]
    assert sums == sorted(sums, key=lambda usd: -(usd or Decimal(0)))
    assert named == sorted(named, key=str.casefold)
    assert largest != [row.code for row in drawn(cube, covered, "name").rows]


def test_a_cell_leads_to_its_rows(cube: Cube) -> None:
    heat = drawn(cube, coverage(cube, "crs-donors", "disbursed"))
    target = urlsplit(row_of(heat, "GBR").href.replace("{year}", "2011"))
    assert target.path == "/rows"
    assert parse_qs(target.query) == {
        "donor": ["GBR"], "since": ["2011"], "until": ["2011"], "source": ["crs-donors"], "stage": ["disbursed"],
    }  # fmt: skip
    assert read_selection(target.query, cube.codes)[1] == ()
    assert "donor" not in parse_qs(urlsplit(heat.together.href).query)


def test_a_pinned_edition_stays_in_the_links(cube: Cube) -> None:
    covered = coverage(cube, "dac1", "disbursed")
    heat = draw(covered, Asked("dac1", "disbursed", "donor", edition="2013-01-31"), cube.codes)
    assert "edition=2013-01-31" in heat.together.href


def test_a_source_that_tells_neither_apart_has_one_row(rows: made.Rows, tmp_path: Path) -> None:
    flows = [row | {"donor": "", "recipient": ""} if row["source"] == "dac1" else row for row in rows["flow"]]
    sources = [row | {"dimensions": "year"} if row["source"] == "dac1" else row for row in rows["source"]]
    cube = open_file(made.write(tmp_path / "plain.duckdb", rows | {"flow": flows, "source": sources}))
    covered = coverage(cube, "dac1", "disbursed")
    heat = drawn(cube, covered)
    assert (covered.by, heat.rows, heat.together.name) == ("", (), "All together")
    expected = sum(row["usd"] for row in flows if row["source"] == "dac1")
    assert covered.total(ALL) == expected
    cube.close()


def test_what_a_source_does_not_report_is_refused_in_a_sentence(cube: Cube) -> None:
    with pytest.raises(Unanswerable, match="does not report what was committed"):
        coverage(cube, "dac1", "committed")
    with pytest.raises(Unanswerable, match="source=crs is not a source"):
        coverage(cube, "crs", "disbursed")


def test_the_first_source_with_donors_is_shown_where_nothing_is_asked(cube: Cube) -> None:
    asked, refused = read("", cube.codes)
    first = next(name for name, source in cube.codes.sources.items() if "donor" in source.dimensions)
    assert (asked.source, asked.stage, asked.by, refused) == (first, "disbursed", "donor", ())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("source=nothing", "source=nothing is not known; it can be"),
        ("source=dac1&stage=committed", "stage=committed is not known of OECD DAC1; it can be disbursed."),
        ("source=crs-sectors&by=donor", "by=donor is not known of OECD CRS by sector; it can be recipient."),
        ("sort=colour", "sort=colour is not known; it can be amount, name."),
        ("edition=1999-01-01-00000000", "edition=1999-01-01-00000000 is not known"),
        ("donor=GBR", "donor=GBR is not a term of this page and was ignored."),
        ("sort=name&sort=amount", "sort is given twice; the first is used."),
        ("&" * 200, "The link is too long"),
    ],
)
def test_an_unknown_term_is_refused_with_a_sentence(cube: Cube, query: str, said: str) -> None:
    asked, refused = read(query, cube.codes)
    assert asked == completed(asked, cube.codes)
    assert said in refused[0].sentence


@pytest.mark.parametrize("source", list(made.SOURCES))
def test_what_is_asked_is_written_in_one_way_and_read_back(cube: Cube, source: str) -> None:
    for stage in cube.codes.sources[source].stages:
        for by in ("donor", "recipient"):
            asked = completed(Asked(source, stage, by, sort="name"), cube.codes)
            written = asked.write(cube.codes)
            assert read(written, cube.codes) == (asked, ())
            assert read(written, cube.codes)[0].write(cube.codes) == written
    assert completed(Asked(), cube.codes).write(cube.codes) == ""


def test_another_source_lets_go_of_a_stage_it_lacks(cube: Cube) -> None:
    asked = completed(Asked("crs-sectors", "committed"), cube.codes).change(cube.codes, source="dac1")
    assert (asked.source, asked.stage, asked.by) == ("dac1", "disbursed", "donor")


def test_a_long_source_can_be_shown_by_stretches_of_years(rows: made.Rows, tmp_path: Path) -> None:
    sources = [row | {"since": 1973} if row["source"] == "dac1" else row for row in rows["source"]]
    old = next(row for row in rows["flow"] if row["source"] == "dac1")
    flows = [*rows["flow"], old | {"row": 1 + max(row["row"] for row in rows["flow"]), "year": 1973}]
    cube = open_file(made.write(tmp_path / "long.duckdb", rows | {"flow": flows, "source": sources}))
    covered, stretches = coverage(cube, "dac1", "disbursed"), periods(cube.codes.sources["dac1"])
    assert list(stretches) == ["1973-1992", "1993-2012"]
    assert drawn(cube, covered).dense
    late = replace(covered, shown=stretches["1993-2012"])
    heat = drawn(cube, late)
    assert (heat.dense, heat.columns[0], heat.columns[-1]) == (False, "1993", "2012")
    early = covered.held[old["donor"]][1973].usd
    assert (covered.total(old["donor"]) or 0) - (late.total(old["donor"]) or 0) == early == old["usd"]
    asked, refused = read("source=dac1&years=1993-2012", cube.codes)
    assert (asked.years, refused, "years=1993-2012" in asked.write(cube.codes)) == ("1993-2012", (), True)
    cube.close()


def test_what_the_embedded_donor_matrices_do_not_hold_is_shown(embedded: Cube) -> None:
    """That of 2012 lacks the IBRD, those of 2013 and 2014 the Russian Federation; nothing is held before 2012."""
    covered = coverage(embedded, "crs-donors", "disbursed")
    assert [covered.reporting(year) for year in range(2012, 2016)] == [75, 62, 70, 88]
    ibrd = next(code for code in covered.members if embedded.codes.name("donor", code).startswith("International Bank"))
    assert [covered.state(ibrd, year) for year in (2011, 2012, 2013)] == ["before", "not-reported", "amount"]
    assert [covered.state("RUS", y) for y in (2012, 2013, 2014, 2015)] == [
        "amount", "not-reported", "not-reported", "amount",
    ]  # fmt: skip
    assert "From 62 to 88 donors report in a year" in drawn(embedded, covered).note
