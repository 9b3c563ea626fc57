"""Terms of a rule from sums of rows: few questions, and addresses that select exactly the rows of each term."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.counting import Rule
from dashboard.questions import Unanswerable
from dashboard.selection import Selection
from data_access.measuring import measure
from data_access.measuring.series import deflators, values
from data_access.measuring.summing import addresses, together

CODES = st.lists(st.sampled_from(("1", "2", "GBR", "905", "X-1", "a b")), max_size=2)
SELECTIONS = st.builds(
    lambda source, prices, method, **codes: Selection(source=source, prices=prices, method=method).change(**codes),
    source=st.sampled_from(("crs", "iati-goals")),
    prices=st.sampled_from(("current", "constant")),
    method=st.sampled_from(("strict", "muskoka")),
    goal=CODES,
    donor=CODES,
    recipient=CODES,
    purpose=CODES,
    flow=CODES,
)


@given(SELECTIONS, st.sampled_from(("GBR", "905", "", "a&b")), st.integers(1960, 2025))
def test_an_address_of_a_term_is_what_its_selection_writes(selection, code, year) -> None:
    one = selection.change(since=year, until=year, **({"donor": (code,)} if code else {}))
    starts, ends = addresses(selection, (code,), (year,))
    assert starts[code] + ends[year] == one.write()


def test_years_that_follow_one_another_are_asked_at_once() -> None:
    assert together([range(2005, 2011), range(2002, 2005)]) == [range(2002, 2011)]
    assert together([range(2005, 2011), range(2006, 2008)]) == [range(2005, 2011)]


def test_years_between_a_baseline_and_a_period_are_not_asked() -> None:
    assert together([range(2005, 2011), range(2002, 2004)]) == [range(2002, 2004), range(2005, 2011)]


def test_a_baseline_next_to_its_period_gives_the_terms_of_two_rules(embedded) -> None:
    rule = Rule("flows", donors=("DAC",), goals=("6",), method="strict", source="iati-goals", since=2008, until=2011)
    whole = replace(rule, baseline="level", baseline_since=2005, baseline_until=2007)
    found = measure(embedded, whole).terms
    apart = list(measure(embedded, replace(rule, since=2005, until=2007)).terms)
    assert apart and [term._replace(role="base") for term in apart] == [t for t in found if t.role == "base"]
    assert [term for term in found if term.role == "amount"] == list(measure(embedded, rule).terms)


def test_years_in_both_a_baseline_and_a_period_are_terms_of_both(embedded) -> None:
    rule = Rule(
        "flows", source="iati-goals", since=2008, until=2009,
        baseline="level", baseline_since=2008, baseline_until=2008,
    )  # fmt: skip
    terms = measure(embedded, rule).terms
    assert {(t.role, t.year) for t in terms} == {("amount", 2008), ("amount", 2009), ("base", 2008)}


def test_plain_sums_are_the_columns_of_the_totals(embedded) -> None:
    for source, by in (("iati-goals", ("donor", "year")), ("crs-sectors", ("year",)), ("crs-donors", ("donor",))):
        asked = Selection(source=source, since=2008, until=2014)
        frame = embedded.totals(asked, by, stages=("disbursed",))
        plain = embedded.sums(asked, by, ("disbursed",))
        assert {name: list(values) for name, values in plain.items()} == frame.to_dict("list")
        assert len(frame)


def test_what_totals_refuse_plain_sums_refuse(embedded) -> None:
    asked = Selection(source="crs-sectors", since=2008, until=2014)
    for ask in (embedded.totals, embedded.sums):
        with pytest.raises(Unanswerable, match="does not distinguish donors"):
            ask(asked, ("donor",), stages=("disbursed",))


def test_plain_figures_are_those_of_the_series(embedded) -> None:
    frame = embedded.series(("gni",), 2010, 2014)
    rows = sorted(zip(*(frame[name].tolist() for name in ("country", "year", "sex", "value")), strict=True))
    assert sorted(zip(*embedded.figures("gni", 2010, 2014), strict=True)) == rows
    some = [row for row in rows if row[0] in ("GBR", "KEN")]
    assert some and sorted(zip(*embedded.figures("gni", 2010, 2014, ("GBR", "KEN")), strict=True)) == some


@pytest.mark.parametrize("name", ["gni", "maternal", "parity", "gni_head*population"])
def test_figures_of_some_countries_are_those_among_all(embedded, name) -> None:
    every, some = values(embedded, name, 2000, 2012), values(embedded, name, 2000, 2012, ("KEN", "IND", "none"))
    assert some and some == {code: every[code] for code in ("IND", "KEN") if code in every}


def test_deflators_are_read_once_of_an_edition(embedded) -> None:
    assert deflators(embedded) is deflators(embedded) and deflators(embedded)["GBR"]
