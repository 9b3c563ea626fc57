"""Money that two promises both count, by the rows they share."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.counting import Rule
from dashboard.methods import shares as shares_of
from dashboard.overlap import Scope, net_of, scope
from dashboard.pairwise import Cells, overlaps
from dashboard.selection import Selection
from data_access.measuring import measure
from data_access.measuring.overlapping import overlapping, pairs

CODES = ("A", "B", "C")
SETS = st.frozensets(st.sampled_from(CODES), min_size=1)
GOALS = st.sampled_from(((), ("4",), ("4", "5"), ("5",)))


def half(method: str, purpose: str, goal: str) -> Decimal:
    return {"4": Decimal("0.4"), "5": Decimal("0.5")}[goal]


@st.composite
def scopes(draw: st.DrawFn) -> list[Scope]:
    found = []
    for name in range(draw(st.integers(1, 5))):
        since = draw(st.integers(2000, 2003))
        years = range(since, since + draw(st.integers(1, 3)))
        codes = {
            dimension: dict.fromkeys(years, draw(SETS)) for dimension in ("donor", "recipient") if draw(st.booleans())
        }
        found.append(Scope(f"p{name}", "crs", "disbursed", years[0], years[-1], codes, draw(GOALS), "muskoka"))
    return found


CELLS = st.lists(
    st.tuples(
        st.fixed_dictionaries({name: st.sampled_from(CODES) for name in ("donor", "recipient", "purpose")}),
        st.integers(2000, 2006),
        st.decimals(min_value=0, max_value=1000, places=2),
    ),
    max_size=12,
)


def by_year(cells: list[tuple[dict[str, str], int, Decimal]]) -> list[Cells]:
    """As sums come from an edition: those of a year together."""
    years: dict[int, list[tuple[dict[str, str], Decimal]]] = {}
    for codes, year, usd in cells:
        years.setdefault(year, []).append((codes, usd))
    names = ("donor", "recipient", "purpose")
    return [
        Cells(year, {name: [codes[name] for codes, _ in held] for name in names}, [usd for _, usd in held])
        for year, held in years.items()
    ]


def takes(one: Scope, codes: dict[str, str], year: int) -> Decimal:
    """The share of a row that a promise counts, written out."""
    if not one.since <= year <= one.until:
        return Decimal(0)
    if any(codes[dimension] not in years[year] for dimension, years in one.codes.items()):
        return Decimal(0)
    return sum((half("", "", goal) for goal in one.goals), Decimal(0)) if one.goals else Decimal(1)


@given(scopes(), CELLS)
def test_overlap_is_what_both_take_of_each_row(held, cells) -> None:
    found = overlaps(held, by_year(cells), half)
    expected = {
        (a.id, b.id): sum((usd * min(takes(a, c, y), takes(b, c, y)) for c, y, usd in cells), Decimal(0))
        for a, b in combinations(held, 2)
    }
    assert {(o.first, o.second): o.usd for o in found.pairs} == {pair: usd for pair, usd in expected.items() if usd}
    assert all(sum(o.years.values()) == o.usd for o in found.pairs)


@given(scopes(), CELLS)
def test_gross_adds_each_promise_and_net_counts_money_once(held, cells) -> None:
    found = overlaps(held, by_year(cells), half)
    assert found.gross == sum((usd * takes(a, c, y) for a in held for c, y, usd in cells), Decimal(0))
    assert found.net == sum((usd * max(takes(a, c, y) for a in held) for c, y, usd in cells), Decimal(0))
    assert found.net <= found.gross


def test_promises_to_other_years_share_nothing() -> None:
    one, other = (Scope(name, "crs", "disbursed", year, year, {}) for name, year in (("a", 2001), ("b", 2002)))
    assert overlaps([one, other], [Cells(year, {}, [Decimal(1)]) for year in (2001, 2002)], half).pairs == ()


def test_what_is_tied_with_an_amount_is_taken_off_once() -> None:
    """Canada, million dollars of its own: 41.4 of what it promised the Global Fund is Muskoka money."""
    amounts = {"muskoka-2010-canada": Decimal(1100), "globalfund-2010-canada": Decimal(540)}
    tie = ("globalfund-2010-canada", "muskoka-2010-canada", Decimal("41.4"))
    assert net_of(amounts, [tie, (tie[1], tie[0], tie[2])]) == (Decimal(1640), Decimal("1598.6"))


RULES = {
    "ldc": Rule("flows", donors=("GBR", "SWE"), recipients=("LDC",), source="crs-donors", since=2012, until=2014),
    "africa": Rule("flows", donors=("DAC",), recipients=("AFR",), source="crs-donors", since=2013, until=2015),
    "kenya": Rule("flows", recipients=("KEN",), source="crs-donors", since=2012, until=2012),
    "education": Rule("flows", recipients=("AFR",), sectors=("110",), source="crs-sectors", since=2013, until=2015),
    "goals": Rule("flows", goals=("4", "5"), method="muskoka", source="crs-purposes", since=2013, until=2014),
    "basic": Rule("flows", purposes=("12220", "13020"), source="crs-purposes", since=2014, until=2015),
    "none": Rule(needs="A ledger"),
}


def test_overlaps_of_an_edition_are_those_of_its_rows(embedded) -> None:
    """Written out with the question for the rows that both select; and never across two sources."""
    found = {(o.first, o.second): o.usd for o in pairs(embedded, RULES)}
    assert set(found) == {("africa", "ldc"), ("basic", "goals")}
    both = Selection(source="crs-donors", donor=("GBR", "SWE"), since=2013, until=2014)
    africa, least = embedded.codes.groups["recipient"]["AFR"].members(), embedded.codes.groups["recipient"]["LDC"]
    expected = Decimal(0)
    for year in (2013, 2014):
        asked = both.change(recipient=africa & least.members(year), since=year, until=year)
        expected += embedded.totals(asked, (), stages=("disbursed",))["disbursed"].item()
    assert found["africa", "ldc"] == expected
    taken = Decimal(0)
    for purpose in ("12220", "13020"):
        share = sum(s.share for s in shares_of([purpose]) if s.method == "muskoka" and s.goal in ("4", "5"))
        asked = Selection(source="crs-purposes", purpose=(purpose,), since=2014, until=2014)
        taken += share * embedded.totals(asked, (), stages=("disbursed",))["disbursed"].item()
    assert found["basic", "goals"] == taken


@pytest.mark.parametrize("name", ["ldc", "africa", "kenya", "education", "goals"])
def test_what_a_promise_counts_among_others_is_what_it_counts_alone(embedded, name) -> None:
    counted = {key: value for totals in overlapping(embedded, RULES).values() for key, value in totals.counted.items()}
    assert counted[name] == measure(embedded, RULES[name]).delivered.low


def test_a_group_is_taken_with_the_members_of_each_year(embedded) -> None:
    """The Maldives left the least developed countries in 2011, Samoa in 2014."""
    rule = Rule("flows", recipients=("LDC",), source="crs-donors", since=2010, until=2014)
    years = scope("x", rule, embedded.codes, "crs-donors").codes["recipient"]
    assert "MDV" in years[2010] and "MDV" not in years[2012]
    assert "WSM" in years[2012] and "WSM" not in years[2014]
