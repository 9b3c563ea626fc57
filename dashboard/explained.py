"""Explain this number: which terms make the figure, under which formula, and the same as a table anybody can sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from dashboard.amount_words import prices
from dashboard.amounts import Absence
from dashboard.derived import ROUNDED, of_due, of_gap, of_share
from dashboard.measured import ROLES, Measured, Term, by_code
from dashboard.panels import Column, Table
from dashboard.ranges import Figure, Range
from dashboard.selection import Selection
from dashboard.series_file import address as of_series
from dashboard.words import years
from dashboard.year_ways import in_year, made

Names = Callable[[str, str], str]
COLUMNS = (
    Column("term", "Term"),
    Column("counted", "Counted"),
    Column("in_year", "Counts in its year"),
    Column("year", "Year", "year"),
    Column("code", "Code", "code"),
    Column("name", "Name"),
    Column("value", "Value", "number"),
    Column("unit", "Unit"),
    Column("source", "Source"),
    Column("raw", "Source value", "number"),
    Column("given", "Source unit"),
    Column("factor", "Factor", "number"),
    Column("how", "How the factor or the dollars came about"),
    Column("rows", "Rows behind it"),
    Column("note", "Note"),
)
MADE = "current US dollars, made from"  # how the unit of a term begins whose source gives constant prices alone
YES, NO = "yes", "no"
NOTHING = ("", None, "", None, "", "")  # source, its value and unit, factor and how, rows: of what is no term
FACTOR = "source value × factor = value, to eight decimals"
UNKNOWN = "cannot be restated: no deflator is known"
DIVIDES = ("÷", "mean", "line")  # words of a formula with a quotient in it


@dataclass(frozen=True)
class Used:
    """A term, and whether it makes the figure delivered (terms of other years and of nobody named are shown only)."""

    term: Term
    counted: bool


def used(found: Measured) -> tuple[Used, ...]:
    """Every term of a measured rule, those that count told apart, by year and code."""
    if not found.terms:
        return ()
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
    """Of each country its last value in the period, and where its target is part of its baseline the first value of
    that; of an average those of its last year with both."""
    if not found.rule.weights:
        last = {standing.code: standing.year for standing in found.standings if standing.value is not None}
        first = {code: min(by) for code, by in by_code(found.terms, "base").items()} if _is_part(found) else {}
        return lambda term: {"value": last, "base": first}.get(term.role, {}).get(term.code) == term.year
    year = found.years[-1].year if found.years else 0
    values = {code for code, by in by_code(found.terms, "value").items() if year in by}
    weights = {code for code, by in by_code(found.terms, "weight").items() if year in by}
    members = set(found.coverage.members)
    return lambda term: term.year == year and term.code in values & weights & members


def formula(found: Measured) -> str:
    """How the figure comes from the terms that count, in words a spreadsheet can follow; empty where none is."""
    if not found.measured:
        return ""
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
        than = "at most" if rule.better == "down" else "at least"
        return f"delivered = number of countries whose last value is {than} their target, of those with a figure"
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


def behind(term: Term, found: Measured, edition: str) -> str:
    """The address of what a term is made of: the page of its rows, or the file of the values of its series."""
    rows = rows_of(term, found, edition)
    return f"/rows?{rows}" if rows else of_series(term.source, term.code, term.year, edition)


def _stage(found: Measured) -> list[str]:
    return [f"stage={found.rule.stage}"]


def table(found: Measured, names: Names, edition: str, address: str = "") -> Table:
    """Every term, then what follows from them. address: of the app, put before the address of rows."""
    rows = [_row(one, found, names, edition, address) for one in used(found)]
    rows += [_standing(found, names, at) for at in range(len(found.standings)) if found.unit == "countries"]
    unit = prices(found.rule, found.unit) if found.unit == "USD" else found.unit
    rows += [
        (
            "delivered in the year",
            "step",
            "",
            one.year,
            "",
            "",
            one.delivered,
            unit,
            *NOTHING,
            _due(one.due) + made(one),
        )
        for one in found.years
    ]
    results = (
        ("due", found.due, unit, of_due(found)),
        ("delivered", found.delivered, unit, formula(found)),
        ("gap", found.gap, unit, of_gap(found)),
        ("share of due", found.share, "part of 1", of_share(found)),
    )
    for name, value, of, said in results:
        note = f"{said}. {ROUNDED}" if any(word in said for word in DIVIDES) else said
        rows += [(name, "result", "", found.at, "", end, held, of, *NOTHING, note) for end, held in _ends(value)]
    return Table("Terms of the figure", COLUMNS, tuple(rows))


def _row(one: Used, found: Measured, names: Names, edition: str, address: str) -> tuple[object, ...]:
    term = one.term
    dimension = "recipient" if found.rule.kind == "indicator" or (found.rule.recipients and not term.rows) else "donor"
    name = names(dimension, term.code) if term.code else "all together"
    factor, note = (None, "") if term.factor == 1 else (term.factor, FACTOR if term.value is not None else UNKNOWN)
    link = f"{address}{behind(term, found, edition)}"
    counted = YES if one.counted else NO
    given = term.raw, term.given, factor, term.how
    start = ROLES[term.role], counted, in_year(found.years, term), term.year, term.code, name
    return *start, term.value, unit_of(term, found), term.source, *given, link, note


def made_current(found: Measured) -> str:
    """That the dollars of a source at constant prices were made current ones; empty where they were not."""
    back = next((term.given for term in found.terms if term.given.startswith(MADE)), "")
    return f"; {back}, by the DAC's deflators" if back else ""


def unit_of(term: Term, found: Measured) -> str:
    """Of an amount with its prices."""
    role = term.role in ("amount", "base") and term.unit == "USD"
    return prices(found.rule, "USD") if role else "current US dollars" if term.unit == "USD" else term.unit


def _standing(found: Measured, names: Names, at: int) -> tuple[object, ...]:
    one = found.standings[at]
    said = {True: "reached its target", False: "did not reach its target", None: "cannot be told"}[one.met]
    wanted = _due(one.target)
    if _is_part(found) and one.base is not None and isinstance(one.target, Range) and one.target.is_point:
        wanted = f"{wanted}, {100 + (found.rule.low or 0):f} per cent of {one.base:f}"
    name = names("recipient", one.code)
    start = "country against its target", YES, "", one.year, one.code, name
    return *start, one.value, "", *NOTHING, f"{said}; {wanted}"


def _is_part(found: Measured) -> bool:
    """Whether each country's target is a part of its own baseline."""
    return found.rule.kind == "indicator" and found.rule.of == "change" and found.rule.baseline != "stated"


def _due(value: Figure) -> str:
    if isinstance(value, Absence):
        return f"due: {value.words}"
    return f"due: {value.low:f}" if value.is_point else f"due: {value.low:f} to {value.high:f}"


def _ends(value: Figure) -> list[tuple[str, Decimal | None]]:
    if isinstance(value, Absence):
        return [(value.words, None)]
    return [("", value.low)] if value.is_point else [("low", value.low), ("high", value.high)]
