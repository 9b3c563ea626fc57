"""Measurements of single promises made again from the rows of their sources, without the engine.

Series are read from their files as laid out for the edition, flows and weights from the compiled parquet files."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from dashboard.amounts import Absence
from data_access.measuring import measure
from data_access.registry import embedded as registry

D = Decimal
ROOT = Path(__file__).parents[1]
FILES = ROOT / "data_access" / "ingest" / "transcribed"
REFERENCE = ROOT / "data_access" / "reference"
NETS = "children_under_five_sleeping_under_treated_nets_percent"
PMTCT = "pregnant_women_with_hiv_receiving_medicines_percent"
HIPC = "hipc_completion_point_reached"


def read(stem: str) -> dict[tuple[str, int], Decimal]:
    with (FILES / f"{stem}.csv").open(encoding="utf-8", newline="") as text:
        return {(row["geo"], int(row["time"])): D(row[stem]) for row in csv.DictReader(text)}


def ask(question: str) -> list[tuple]:
    with duckdb.connect() as connection:
        return connection.execute(question.replace("REF", str(REFERENCE))).fetchall()


def last(stem: str, since: int, until: int) -> dict[str, Decimal]:
    """By country the value of its last year in a span."""
    held = read(stem)
    years: dict[str, int] = {}
    for geo, year in sorted(held):
        if since <= year <= until:
            years[geo] = year
    return {geo: held[geo, year] for geo, year in years.items()}


def members(group: str, year: int) -> set[str]:
    found = ask(f"SELECT member FROM 'REF/membership.parquet' WHERE grp = '{group}' AND {year} BETWEEN since AND until")
    return {row[0].lower() for row in found}


@pytest.fixture(scope="module")
def measured(embedded):
    rules = {pledge.id: pledge.rule for pledge in registry.edits().pledges}
    held = {}

    def one(name: str):
        if name not in held:
            held[name] = measure(embedded, rules[name])
        return held[name]

    return one


VALUES = [  # commitment, file, place, year of the value
    ("ungass-2001-pmtct", PMTCT, "world", 2005),
    ("ewec-2011-myanmar", PMTCT, "mmr", 2015),
    ("ewec-2011-vietnam", PMTCT, "vnm", 2015),
    ("hiv-2011-emtct", "children_newly_infected_with_hiv", "world", 2015),
    ("dakar-2000-ecce", "pre_primary_gross_enrolment_percent", "world", 2015),
    ("dakar-2000-literacy", "adults_who_cannot_read_and_write_percent", "world", 2015),
    ("wsis-2003-half-world", "individuals_using_the_internet_percent", "world", 2015),
    ("hiv-2011-15by15", "people_receiving_antiretroviral_medicines", "world", 2015),
    ("n4g-2013-zambia", "stunting_of_children_under_five_percent", "zmb", 2018),
]


@pytest.mark.parametrize("name, stem, geo, year", VALUES, ids=[row[0] for row in VALUES])
def test_the_value_is_that_of_the_series(measured, name, stem, geo, year) -> None:
    assert measured(name).delivered.low == measured(name).delivered.high == read(stem)[geo, year]


def test_of_those_who_cannot_read_half_were_to_be_left(measured) -> None:
    found, held = measured("dakar-2000-literacy"), read("adults_who_cannot_read_and_write_percent")
    start, now = held["world", 2000], held["world", 2015]
    assert found.due.low == start / 2
    assert found.share.low.quantize(D("0.0001")) == ((start - now) / (start / 2)).quantize(D("0.0001"))


COUNTS = [  # commitment, file, span, target, whether more is better
    ("abuja-2000-nets", NETS, 2000, 2005, 60, True),
    ("abuja-2000-treatment", "children_with_fever_receiving_antimalarial_medicine_percent", 2000, 2005, 60, True),
    ("gleneagles-2005-malaria", NETS, 2011, 2015, 85, True),
    ("ungass-2001-youth-knowledge", "young_women_who_know_how_hiv_spreads_percent", 2000, 2005, 90, True),
    ("ntd-2012-guinea-worm", "guinea_worm_cases", 2012, 2015, 0, False),
    ("hipc-1999", HIPC, 2000, 2015, 1, True),
    ("iif-debt-topic", HIPC, 2000, 2015, 1, True),
    ("mdri-2005", HIPC, 2000, 2015, 1, True),
]


@pytest.mark.parametrize("name, stem, since, until, target, up", COUNTS, ids=[row[0] for row in COUNTS])
def test_countries_are_counted_by_their_last_value_of_the_period(measured, name, stem, since, until, target, up):
    known = ask("SELECT code FROM 'REF/member.parquet' WHERE dimension = 'recipient' AND kind = 'country'")
    held = {geo: value for geo, value in last(stem, since, until).items() if geo.upper() in {row[0] for row in known}}
    reached = [geo for geo, value in held.items() if (value >= target if up else value <= target)]
    found = measured(name)
    assert (found.delivered.low, found.due.low) == (len(reached), len(held))


@pytest.mark.parametrize("name, year", [("brussels-2001-ldc", 2010), ("istanbul-2011-ldc", 2015)])
def test_aid_to_the_least_developed_is_weighted_by_income(measured, name, year) -> None:
    shares = read("net_oda_to_least_developed_countries_percent_of_gni")
    weights = dict(
        ask(f"SELECT lower(country), value FROM 'REF/indicator.parquet' WHERE series = 'gni' AND year = {year}")
    )
    held = {geo: shares[geo, year] for geo in members("DAC", year) if (geo, year) in shares and geo in weights}
    together = sum(held[geo] * weights[geo] for geo in held) / sum(weights[geo] for geo in held)
    found = measured(name)
    assert len(held) >= 23
    assert found.delivered.low.quantize(D("0.000001")) == together.quantize(D("0.000001"))
    assert found.coverage.limits  # the part that multilateral organizations passed on is said to be missing


@pytest.mark.parametrize("name, year", [("ungass-2001", 2005), ("hiv-2011", 2015)])
def test_money_for_hiv_is_brought_back_to_its_year(measured, name, year) -> None:
    held = read("money_for_hiv_in_low_and_middle_income_countries_2016_us")["world", year]
    assert measured(name).delivered.low == (held * deflated(year)).quantize(D("0.00000001"))


@pytest.mark.parametrize("name, since, until", [("pepfar-2003", 2004, 2008), ("pepfar-2008", 2009, 2013)])
def test_money_of_the_united_states_is_summed_over_the_years(measured, name, since, until) -> None:
    held = read("money_for_hiv_from_the_united_states_2016_us")
    total = sum((held["usa", year] * deflated(year)).quantize(D("0.00000001")) for year in range(since, until + 1))
    assert abs(measured(name).delivered.low - total) < D("0.001")


def deflated(year: int) -> Decimal:
    """Dollars of a year over those of 2016, with the deflators of the United States."""
    held = dict(ask("SELECT year, deflator FROM 'REF/deflator.parquet' WHERE donor = '302'"))
    return held[year] / held[2016]


def test_what_the_bank_committed_to_nutrition_is_the_sum_of_its_rows(measured) -> None:
    question = """SELECT sum(usd) FROM 'REF/flow-iati-goals.parquet' WHERE donor = '44000' AND purpose = '12240'
        AND stage = 'committed' AND year BETWEEN 2013 AND 2020"""
    found = measured("n4g-2013-world-bank")
    assert found.delivered.low == ask(question)[0][0]
    assert found.due.low == 600_000_000 * D(3) / 8  # the source ends in 2015


def test_health_of_the_eight_is_the_sum_of_their_sectors_over_five_years(measured) -> None:
    question = """SELECT sum(usd) FROM 'REF/flow-dac5.parquet' JOIN 'REF/membership.parquet' ON member = donor
        AND grp = 'G8' AND year BETWEEN since AND until
        WHERE sector IN (SELECT member FROM 'REF/membership.parquet' WHERE grp = '120' AND dimension = 'sector'
        UNION ALL SELECT '130') AND stage = 'committed' AND year BETWEEN 2008 AND 2012"""
    assert measured("heiligendamm-2007-health").delivered.low == ask(question)[0][0]


def test_what_was_not_due_or_cannot_be_judged_has_no_verdict(measured) -> None:
    for name in ("n4g-2013-zambia", "fp2020-2012-malawi", "fp2020-2015-burundi", "mdg8-oda-iif"):
        assert measured(name).measured and measured(name).met is None, name
        assert measured(name).gap is Absence.NO_TARGET, name


def test_the_readme_counts_as_the_engine_does(embedded) -> None:
    rules = [pledge.rule for pledge in registry.edits().pledges]
    counted = sum(measure(embedded, rule).measured for rule in rules)
    later = sum(rule.source == "crs" for rule in rules)
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    said = re.search(r"Of the (\d+) commitments of the embedded registry (\d+) are measured .*? and (\d+) more", text)
    assert said and tuple(map(int, said.groups())) == (len(rules), counted, later)


def test_a_file_taken_over_by_hand_holds_each_year_of_a_place_once() -> None:
    for path in FILES.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").split()[1:]
        places = [tuple(line.split(",")[:2]) for line in lines]
        assert len(set(places)) == len(places), path.name
        assert all(D(line.split(",")[2]).is_finite() for line in lines), path.name
