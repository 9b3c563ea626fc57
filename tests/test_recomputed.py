"""Every measured commitment can be made again from its rule and terms, as an analyst would with a spreadsheet.

What follows shares no code with the engine: plain sums of plain cells, under the formula that the result prints.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, localcontext

import pytest

from dashboard.selection import read
from data_access.measuring import measure
from data_access.registry import embedded as registry

NEAR = Decimal("1e-12")


def cells(found, role: str) -> list[tuple[str, int, Decimal]]:
    return [(term.code, term.year, term.value) for term in found.terms if term.role == role and term.value is not None]


def money(found) -> Decimal:
    rule, until = found.rule, min(found.at, found.rule.until)
    years = {year for _, year, _ in cells(found, "amount") if rule.since <= year <= until}
    if rule.counts == "last":
        years = {until}
    base = sum((value for _, _, value in cells(found, "base")), Decimal(0))
    count = len({year for _, year, _ in cells(found, "base")}) or 1
    whole = sum(value for _, year, value in cells(found, "amount") if year in years)
    return whole - base / count * len(years)


def share(found) -> Decimal:
    until = min(found.at, found.rule.until)
    income = {code: value for code, year, value in cells(found, "denominator") if year == until}
    amounts = {code: value for code, year, value in cells(found, "amount") if year == until}
    ratios = {code: value for code, year, value in cells(found, "ratio") if year == until}
    named = {standing.code for standing in found.standings}
    if amounts:
        both = named & set(amounts) & set(income)
        return 100 * sum(amounts[code] for code in both) / sum(income[code] for code in both)
    if len(named) == 1:
        return ratios[named.pop()]
    both = named & set(ratios) & set(income)
    return sum(ratios[code] * income[code] for code in both) / sum(income[code] for code in both)


def indicator(found) -> Decimal:
    rule, until = found.rule, min(found.at, found.rule.until)
    values: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for code, year, value in cells(found, "value"):
        if rule.since <= year <= until:
            values[code][year] = value
    if found.formula.startswith("value of the country"):
        [held] = values.values()
        return held[max(held)]
    if found.formula.startswith("sum of"):
        weights = {(code, year): value for code, year, value in cells(found, "weight")}
        year = max(year for code, held in values.items() for year in held if (code, year) in weights)
        both = [code for code, held in values.items() if year in held and (code, year) in weights]
        return sum(values[c][year] * weights[c, year] for c in both) / sum(weights[c, year] for c in both)
    base = {code: value for code, _, value in cells(found, "base")}
    met = 0
    for code, held in values.items():
        last = held[max(held)]
        if rule.of == "change":
            if not base.get(code):
                continue
            target = base[code] * (100 + rule.low) / 100
        else:
            target = rule.low
        met += last >= target if rule.better == "up" else last <= target
    return Decimal(met)


MAKE = {"flows": money, "share": share, "indicator": indicator}
PLEDGES = {pledge.id: pledge for pledge in registry.edits().pledges}


@pytest.fixture(scope="module")
def results(embedded):
    found = {id_: measure(embedded, pledge.rule) for id_, pledge in PLEDGES.items()}
    return {id_: one for id_, one in found.items() if one.measured}


def test_every_delivered_figure_comes_out_of_its_terms_again(results) -> None:
    with localcontext(prec=60):
        for id_, found in results.items():
            made = MAKE[found.rule.kind](found)
            assert abs(made - found.delivered.low) <= NEAR * max(1, abs(made)), id_
            assert found.delivered.is_point


def test_gap_and_share_follow_from_due_and_delivered(results) -> None:
    with localcontext(prec=60):
        for id_, found in results.items():
            if not hasattr(found.gap, "low"):
                continue
            sign = -1 if found.rule.better == "down" and found.unit != "countries" else 1
            ends = sorted(sign * (due - found.delivered.low) for due in (found.due.low, found.due.high))
            assert [found.gap.low, found.gap.high] == ends, id_
            if found.rule.kind != "indicator" and found.due.low > 0:
                assert abs(found.share.high - found.delivered.low / found.due.low) <= NEAR, id_


def test_every_term_of_rows_is_the_sum_of_the_rows_its_address_selects(embedded, results) -> None:
    checked = 0
    for found in results.values():
        for term in found.terms:
            if term.rows:
                selection, refused = read(term.rows, embedded.codes)
                frame = embedded.totals(selection, (), stages=(found.rule.stage,))
                assert not refused and frame[found.rule.stage].item() * term.factor == term.value
                checked += 1
    assert checked > 100
