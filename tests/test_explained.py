"""Explain this number: from the exported file alone, anybody comes to the same figure; the rows sum to the terms."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import pytest

from callbacks.book import Opened
from dashboard.explained import rows_of, table, used
from dashboard.exports import to_csv
from dashboard.selection import read
from data_access.measuring import measure
from data_access.measuring.naming import names

NEAR = Decimal("1e-15")
Rows = list[dict[str, str]]


def exported(opened: Opened, id_: str) -> Rows:
    """The file of the terms of a commitment, as a spreadsheet reads it."""
    rule = opened.held.pledges[id_].rule
    assert rule is not None
    found = measure(opened.cube, rule)
    text = to_csv(table(found, names(opened.cube), opened.cube.edition, "https://example.org"))
    return list(csv.DictReader(io.StringIO(text)))


def measured(opened: Opened) -> list[str]:
    return [entry.pledge.id for entry in opened.entries() if entry.outcome.measured]


def by_year(rows: Iterable[dict[str, str]]) -> dict[int, Fraction]:
    sums: dict[int, Fraction] = defaultdict(Fraction)
    for row in rows:
        sums[int(row["Year"])] += Fraction(row["Value"])
    return dict(sums)


def recomputed(rows: Rows) -> Fraction:
    """Follows the printed formula, from the file alone."""
    formula = next(row["Note"] for row in rows if row["Term"] == "delivered")
    counted = [row for row in rows if row["Counted"] == "yes"]
    of = {term: [row for row in counted if row["Term"] == term] for term in {row["Term"] for row in counted}}
    amounts, base = by_year(of.get("counted", ())), by_year(of.get("counted in the years of the baseline", ()))
    if formula.startswith("delivered = sum of the amounts counted"):
        total = sum(amounts.values(), Fraction(0))
        if "mean of the yearly sums" in formula:
            return total - len(amounts) * sum(base.values(), Fraction(0)) / len(base)
        assert "baseline" not in formula and "line" not in formula
        return total
    whole = {row["Code"]: Fraction(row["Value"]) for row in of.get("what the share is of", ())}
    if "100 ×" in formula:
        return 100 * sum(amounts.values(), Fraction(0)) / sum(whole.values(), Fraction(0))
    if "share × denominator" in formula:
        parts = of["share as published, per cent"]
        return sum(Fraction(row["Value"]) * whole[row["Code"]] for row in parts) / sum(whole.values(), Fraction(0))
    if "number of countries" in formula:
        return Fraction(sum(row["Note"].startswith("reached") for row in of["country against its target"]))
    values = of.get("value of the indicator", of.get("share as published, per cent", []))
    if "value × weight" in formula:
        heavy = {row["Code"]: Fraction(row["Value"]) for row in of["weight in the average"]}
        return sum(Fraction(row["Value"]) * heavy[row["Code"]] for row in values) / sum(heavy.values(), Fraction(0))
    [only] = values
    return Fraction(only["Value"])


def test_every_measured_figure_is_recomputed_from_its_file_alone(opened: Opened) -> None:
    every = measured(opened)
    assert len(every) >= 100
    for id_ in every:
        rows = exported(opened, id_)
        said = Fraction(next(row["Value"] for row in rows if row["Term"] == "delivered"))
        assert abs(recomputed(rows) - said) <= abs(said) * Fraction(NEAR), id_


def test_a_changed_term_changes_the_figure(opened: Opened) -> None:
    rows = exported(opened, "gleneagles-2005-oda")
    first = next(row for row in rows if row["Counted"] == "yes")
    before = recomputed(rows)
    first["Value"] = str(Decimal(first["Value"]) + 1)
    assert recomputed(rows) == before + 1


@pytest.mark.parametrize("seed", range(3))
def test_the_rows_that_a_term_names_sum_to_it(opened: Opened, seed: int) -> None:
    chosen, checked = random.Random(seed), 0
    linked = [id_ for id_ in measured(opened) if (opened.held.pledges[id_].rule or None) and _reads_rows(opened, id_)]
    for id_ in chosen.sample(linked, min(6, len(linked))):
        rule = opened.held.pledges[id_].rule
        assert rule is not None
        found = measure(opened.cube, rule)
        terms = [one.term for one in used(found) if one.counted and one.term.rows]
        for term in chosen.sample(terms, min(3, len(terms))):
            selection, refused = read(rows_of(term, found, opened.cube.edition), opened.cube.codes)
            assert not refused and selection.stage == rule.stage
            frame = opened.cube.rows(selection, 5000)
            kept = frame[frame["stage"] == rule.stage] if "stage" in frame else frame
            summed = sum(kept["part"].tolist(), Decimal(0))
            assert term.value is not None and abs(summed * term.factor - term.value) < Decimal("0.00000001")
            checked += 1
    assert checked


def _reads_rows(opened: Opened, id_: str) -> bool:
    rule = opened.held.pledges[id_].rule
    return rule is not None and bool(rule.source) and rule.prices == "current"


LINKED = re.compile(r"of 2004, ([\d.]+), divided by that of .*: ([\d.]+) × deflator ([\d.]+) ÷ ([\d.]+)$")


def test_what_the_source_gives_times_the_factor_is_what_counts_and_the_factor_is_told(opened: Opened) -> None:
    rows = [row for row in exported(opened, "gleneagles-2005-oda") if row["Factor"]]
    assert len(rows) > 100
    for row in rows:
        assert (row["Source unit"], row["Unit"]) == ("US dollars of 2025", "US dollars of 2004")
        counted = Fraction(row["Source value"]) * Fraction(row["Factor"])
        assert abs(counted - Fraction(row["Value"])) < Fraction(1, 10**8)
        told = LINKED.search(row["How the factor or the dollars came about"])
        assert told, row
        base, constant, deflator, current = map(Fraction, told.groups())
        assert abs(base * current / (constant * deflator) - Fraction(row["Factor"])) < Fraction(NEAR)


def test_dollars_that_are_made_back_from_constant_ones_say_how(opened: Opened) -> None:
    for row in [row for row in exported(opened, "afsi-2009") if row["Term"] == "counted" and row["Value"]]:
        assert row["Source unit"] == "current US dollars, made from US dollars of 2014"
        how = row["How the factor or the dollars came about"]
        told = re.search(rf"divided by ([\d.]+) .* of 2014, ([\d.]+), divided by that of {row['Year']}, ([\d.]+)$", how)
        assert told, how
        rate, base, year = map(Fraction, told.groups())
        assert abs(base / year - rate) <= Fraction(1, 20_000)


def test_what_is_not_counted_is_shown_and_marked(opened: Opened) -> None:
    rows = exported(opened, "un-oda-07-gni")
    assert {row["Counted"] for row in rows} == {"yes", "no", "step", "result"}
    assert {row["Year"] for row in rows if row["Counted"] == "yes"} == {"2015"}
    assert not [row for row in rows if row["Counted"] == "yes" and row["Code"] == "DAC"]


def test_a_range_has_both_its_ends_in_the_file(opened: Opened) -> None:
    rows = exported(opened, "istanbul-2011-ldc")
    due = {row["Name"]: row["Value"] for row in rows if row["Term"] == "due"}
    assert {name: Decimal(value) for name, value in due.items()} == {"low": Decimal("0.15"), "high": Decimal("0.20")}
