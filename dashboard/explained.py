"""Explain this number: which terms make the figure, under which formula, and the same as a table anybody can sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from dashboard.amounts import Absence
from dashboard.measured import ROLES, Measured, Term, by_code
from dashboard.panels import Column, Table
from dashboard.ranges import Figure
from dashboard.selection import Selection
from dashboard.words import years

Names = Callable[[str, str], str]
COLUMNS = (
    Column("term", "Term"),
    Column("counted", "Counted"),
    Column("year", "Year", "year"),
    Column("code", "Code", "code"),
    Column("name", "Name"),
    Column("value", "Value", "number"),
    Column("unit", "Unit"),
    Column("source", "Source"),
    Column("factor", "Factor", "number"),
    Column("rows", "Rows behind it"),
    Column("note", "Note"),
)
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Used:
    """A term, and whether it makes the figure delivered (terms of other years and of nobody named are shown only)."""

    term: Term
    counted: bool


def used(found: Measured) -> tuple[Used, ...]:
    """Every term of a measured rule, those that count told apart, by year and code."""
    counts = {"flows": _flows, "share": _share, "indicator": _indicator}[found.rule.kind](found)
    order = {role: at for at, role in enumerate(ROLES)}
    terms = sorted(found.terms, key=lambda term: (order[term.role], term.year, term.code))
    return tuple(Used(term, counts(term)) for term in terms)


def _flows(found: Measured) -> Callable[[Term], bool]:
    rule, until = found.rule, min(found.at, found.rule.until)
    since = rule.since if rule.counts == "sum" else until
    base = range(rule.baseline_since, rule.baseline_until + 1) if rule.baseline in ("level", "trend") else range(0)

    def counts(term: Term) -> bool:
        held = term.value is not None and found.measured
        return held and (since <= term.year <= until if term.role == "amount" else term.year in base)

    return counts


def _share(found: Measured) -> Callable[[Term], bool]:
    """Donors of the year with both share and denominator; one alone, or a group as published, without."""
    members, year = set(found.coverage.members), min(found.at, found.rule.until)
    held = {
        code
        for role in ("ratio", "amount")
        for code, by in by_code(found.terms, role).items()
        if year in by and code in members
    }
    weighed = {code for code, by in by_code(found.terms, "denominator").items() if by.get(year)} & held
    published = next((code for code in found.rule.donors if code not in members), "") if found.base is None else ""

    def counts(term: Term) -> bool:
        if term.year != year or term.value is None or not found.measured:
            return False
        if found.base is not None:
            return term.code in weighed
        return term.role != "denominator" and term.code == (published or next(iter(held), ""))

    return counts


def _indicator(found: Measured) -> Callable[[Term], bool]:
    """Of each country its last value in the period; of an average those of its last year with both."""
    if not found.rule.weights:
        last = {standing.code: standing.year for standing in found.standings if standing.value is not None}
        return lambda term: term.role == "value" and last.get(term.code) == term.year
    year = found.years[-1].year if found.years else 0
    values = {code for code, by in by_code(found.terms, "value").items() if year in by}
    weights = {code for code, by in by_code(found.terms, "weight").items() if year in by}
    members = set(found.coverage.members)
    return lambda term: term.year == year and term.code in values & weights & members


def formula(found: Measured) -> str:
    """How the figure comes from the terms that count, in words a spreadsheet can follow."""
    rule, until = found.rule, min(found.at, found.rule.until)
    if rule.kind == "flows":
        period = years(rule.since, until) if rule.counts == "sum" else str(until)
        base = years(rule.baseline_since, rule.baseline_until) if rule.baseline_since else ""
        less = {
            "none": "",
            "level": f" − {_times(found)}the mean of the yearly sums of the baseline, {base}",
            "trend": f" − the least-squares line through the yearly sums of {base}, carried to each year counted",
            "stated": f" − {_times(found)}{rule.baseline_value}",
        }[rule.baseline]
        return f"delivered = sum of the amounts counted, {period}{less}"
    if rule.kind == "share":
        if found.base is None:
            return "delivered = the share as published, per cent"
        amounts = any(term.role == "amount" for term in found.terms)
        return (
            "delivered = 100 × sum of the amounts ÷ sum of the denominators"
            if amounts
            else "delivered = sum of (share × denominator of each donor) ÷ sum of the denominators"
        )
    if found.unit == "countries":
        return "delivered = number of countries that reached their target, of those with a figure"
    if rule.weights:
        return "delivered = sum of (value × weight of each country) ÷ sum of the weights"
    return "delivered = the last value in the period"


def _times(found: Measured) -> str:
    """A baseline counts once for each year that counts."""
    held = {one.term.year for one in used(found) if one.counted and one.term.role == "amount"}
    return f"{len(held)} × " if len(held) > 1 else ""


def rows_of(term: Term, found: Measured, edition: str) -> str:
    """The query string of the page of rows that lists what a term is the sum of; empty for a series."""
    if not term.rows:
        return ""
    terms = dict(part.split("=", 1) for part in term.rows.split("&"))
    kept = [f"{key}={value}" for key, value in terms.items() if key not in ("edition", "stage")]
    return "&".join([*kept, f"edition={Selection(edition=edition).write().partition('=')[2]}", *_stage(found)])


def _stage(found: Measured) -> list[str]:
    return [f"stage={found.rule.stage}"]


def table(found: Measured, names: Names, edition: str, address: str = "") -> Table:
    """Every term, then what follows from them. address: of the app, put before the address of rows."""
    rows = [_row(one, found, names, edition, address) for one in used(found)]
    rows += [_standing(found, names, at) for at in range(len(found.standings)) if found.unit == "countries"]
    rows += [
        ("delivered in the year", "step", one.year, "", "", one.delivered, found.unit, "", None, "", _due(one.due))
        for one in found.years
    ]
    results = (("due", found.due), ("delivered", found.delivered), ("gap", found.gap), ("share of due", found.share))
    for name, value in results:
        unit = "part of 1" if name == "share of due" else found.unit
        note = formula(found) if name == "delivered" else ""
        rows += [(name, "result", found.at, "", end, held, unit, "", None, "", note) for end, held in _ends(value)]
    return Table("Terms of the figure", COLUMNS, tuple(rows))


def _row(one: Used, found: Measured, names: Names, edition: str, address: str) -> tuple[object, ...]:
    term = one.term
    dimension = "recipient" if found.rule.kind == "indicator" or (found.rule.recipients and not term.rows) else "donor"
    name = names(dimension, term.code) if term.code else "all together"
    rows = rows_of(term, found, edition)
    factor = None if term.factor == 1 else term.factor
    link = f"{address}/rows?{rows}" if rows else ""
    counted = YES if one.counted else NO
    return ROLES[term.role], counted, term.year, term.code, name, term.value, term.unit, term.source, factor, link, ""


def _standing(found: Measured, names: Names, at: int) -> tuple[object, ...]:
    one = found.standings[at]
    said = {True: "reached its target", False: "did not reach its target", None: "cannot be told"}[one.met]
    wanted = _due(one.target)
    name = names("recipient", one.code)
    return "country against its target", YES, one.year, one.code, name, one.value, "", "", None, "", f"{said}; {wanted}"


def _due(value: Figure) -> str:
    if isinstance(value, Absence):
        return f"due: {value.words}"
    return f"due: {value.low:f}" if value.is_point else f"due: {value.low:f} to {value.high:f}"


def _ends(value: Figure) -> list[tuple[str, Decimal | None]]:
    if isinstance(value, Absence):
        return [(value.words, None)]
    return [("", value.low)] if value.is_point else [("low", value.low), ("high", value.high)]
