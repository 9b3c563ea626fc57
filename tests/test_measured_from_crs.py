"""Rules that need the full CRS are measured once one is loaded, and rules of its extracts read it where it reaches."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dashboard.counting import Rule
from dashboard.falls import fall, moves
from dashboard.methods import shares
from dashboard.waterfalls import adds_up, by_cause
from data_access.ingest.catalogue import READERS
from data_access.library import open_cube
from data_access.load import Order, load
from data_access.measuring import measure
from data_access.measuring.beside import known
from data_access.measuring.overlapping import pairs
from data_access.registry import embedded as registry
from tests import crs_made

REFERENCE = Path(registry.__file__).parents[1] / "reference"
MILLION = Decimal(10) ** 6
PLEDGES = {pledge.id: pledge for pledge in registry.edits().pledges}
FLOWS = (  # year, purpose, sector, million dollars paid by the United Kingdom to Kenya
    (2008, "13020", "130", "10"), (2010, "13020", "130", "30"), (2010, "12220", "122", "50"),
    (2011, "13030", "130", "20"), (2012, "11220", "112", "40"),
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory):
    folder, home = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("home")
    rows = [
        crs_made.line(
            number, Year=str(year), PurposeCode=purpose, SectorCode=sector, USD_Disbursement=paid, USD_Commitment=paid,
            PurposeName="", SectorName="",
        )
        for number, (year, purpose, sector, paid) in enumerate(FLOWS, 1)
    ]  # fmt: skip
    path: Path = folder / "CRS made.txt"
    path.write_text(crs_made.text(rows), encoding="utf-8")
    load(Order(home, READERS["crs"], (path,)))
    cube = open_cube(home)
    yield cube
    cube.close()


def test_the_muskoka_promise_of_the_united_kingdom_is_measured_from_purposes(loaded) -> None:
    rule = PLEDGES["muskoka-2010-united-kingdom"].rule
    found = measure(loaded, rule)
    part = {s.purpose: s.share for s in shares(["12220", "13020", "13030"]) if s.method == "muskoka" and s.goal in "45"}
    both = {
        purpose: sum(s.share for s in shares([purpose]) if s.method == "muskoka" and s.goal in ("4", "5"))
        for purpose in part
    }
    base = 10 * both["13020"]
    counted = 30 * both["13020"] + 50 * both["12220"] - base + 20 * both["13030"] - base
    assert found.delivered.low == counted * MILLION
    assert found.base == base * MILLION
    assert found.coverage.seen == (2010, 2011)
    assert found.due_whole.low == 3400 * MILLION
    assert all(term.rows for term in found.terms)


def test_a_release_that_reaches_fewer_years_does_not_take_the_place_of_an_extract(loaded) -> None:
    rule = Rule("flows", donors=("GBR",), sectors=("110",), source="dac5", stage="committed", since=2005, until=2014)
    assert {term.source for term in measure(loaded, rule).terms} == {"dac5"}
    within = Rule("flows", donors=("GBR",), sectors=("110",), source="dac5", stage="committed", since=2012, until=2012)
    assert measure(loaded, within).delivered.low == 40 * MILLION
    assert {term.source for term in measure(loaded, within).terms} == {"crs"}


def test_what_two_rules_of_the_crs_share_is_told(loaded) -> None:
    rules = {
        "muskoka": PLEDGES["muskoka-2010-united-kingdom"].rule,
        "planning": Rule("flows", donors=("GBR",), purposes=("13030",), source="crs", since=2010, until=2015),
    }
    [pair] = pairs(loaded, rules)
    assert (pair.first, pair.second) == ("muskoka", "planning")
    share = sum(s.share for s in shares(["13030"]) if s.method == "muskoka" and s.goal in ("4", "5"))
    assert pair.usd == 20 * share * MILLION


def test_most_rules_that_need_the_crs_could_be_answered_by_it(loaded) -> None:
    needing = [pledge.rule for pledge in PLEDGES.values() if pledge.rule.source == "crs"]
    why = {measure(loaded, rule).why for rule in needing}
    assert not any("not loaded" in reason or "distinguish" in reason for reason in why)


def test_a_promise_in_pounds_falls_by_the_rates_of_the_years_in_which_it_was_due(loaded) -> None:
    """350 million pounds a year, worth 3.4 billion dollars in all when promised; rates from the published table."""
    pledge = PLEDGES["muskoka-2010-united-kingdom"]
    found = measure(loaded, pledge.rule)
    beside = known(loaded, pledge, found)
    rates = {
        row["year"]: Fraction(row["per_usd"])
        for row in pq.read_table(REFERENCE / "rate.parquet").to_pylist()
        if row["currency"] == "GBP" and row["year"] in found.coverage.seen
    }
    rows = fall(found, known=beside)
    worth = sum(350 * 10**6 / rate for rate in rates.values())
    steps = by_cause(rows)
    assert len(rates) == 2 and adds_up(rows)
    assert abs(Fraction(steps["prices"]) - (worth - Fraction(3400 * 10**6, 3))) < 1
    assert abs(Fraction(steps["shortfall"]) - (Fraction(found.delivered.low) - worth)) < 1
    how = next(one.how for one in moves(found, beside) if one.cause == "prices")
    assert "GBP\u00a02.1\u00a0bn at the DAC's rate of each year" in how and "GBP 0.618 to the dollar" in how
