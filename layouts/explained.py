"""Explain this number: opened in place, the rule, the formula, the terms with their rows, and the file of them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from dash import html

from dashboard.amount_words import figure
from dashboard.commitment import Commitment
from dashboard.explained import Used, behind, formula, unit_of, used
from dashboard.exports import figure as exact
from dashboard.measured import ROLES
from dashboard.panels import Column
from dashboard.rules import sentence
from dashboard.words import MINUS, rounded
from layouts.filled import planted
from layouts.pieces import folded

SHOWN = 60  # terms that are listed; all of them are in the file
FACTOR = Context(prec=10)  # digits of a factor: with them a product of billions comes out to the dollar
PLAIN = Column("value", "Value", "number")
PLAINLY = (("Term", "Year", "Who", "Value", "Unit", "From", "Rows"), ("", "year", "", "number", "", "", ""))
RESTATED = (
    ("Term", "Year", "Who", "As the source gives it", "Factor", "Counted", "From", "Rows"),
    ("", "year", "", "number", "number", "number", "", ""),
)
NOT_COUNTED = ("does not count", "do not count")
INFERRED = (
    "The extract does not state the base year of the series; the year in its unit is inferred from the figures and is "
    "not used here."
)
FIGURE = re.compile(r"\d+\.\d+|\d{5,}")
KEPT, LEAST = 4, Decimal("0.0001")  # digits behind the point that a page shows; the last of them


def explain(told: Commitment, file: str) -> html.Details:
    """Of what was delivered. file: address of the terms as CSV."""
    found = told.measured
    terms = [one for one in used(found) if one.counted]
    head = f"Explain this number: {figure(found.delivered, found.unit)}"
    body = [
        html.P(_formula(told), className="formula"),
        html.H3("Rule"),
        html.P(sentence(found.rule, told.names)),
        folded("The rule as a computer reads it", html.P(html.Code(found.rule.write()), className="written")),
        html.H3(_count(len(terms), len(found.terms))),
        _table(terms[:SHOWN], told),
        *_more(len(terms)),
        *_made(terms, told),
        html.P(f"Edition {told.edition}, state of the register {told.registry}.", className="attribution"),
    ]
    link = html.P(html.A("Download all terms and the formula (CSV)", href=file, download=""), className="ways")
    inner = html.Div([planted(html.Div(body)), link], className="explained")
    return html.Details([html.Summary(head), inner], className="explain")


def _formula(told: Commitment) -> list[Any]:
    name, _, rest = formula(told.measured).partition(" = ")
    value = figure(told.measured.delivered, told.measured.unit)
    return [html.B(value), f" {name} = {rest}"]


def _count(counted: int, read: int) -> str:
    """`46 figures make it; 110 more were read and do not count`."""
    make = "One figure makes it" if counted == 1 else f"{counted:,} figures make it"
    rest = read - counted
    return (
        make if not rest else f"{make}; {rest:,} more {'was' if rest == 1 else 'were'} read and {NOT_COUNTED[rest > 1]}"
    )


def _made(terms: list[Used], told: Commitment) -> list[Any]:
    """How a factor, or dollars that the source does not give, came about: of one term, as the file has it of each."""
    held = [one.term for one in terms if one.term.how]
    if not held:
        return []
    first = held[0]
    who = f"{told.names('donor', first.code)}, {first.year}" if first.code else str(first.year)
    what = "How the factors came about" if first.factor != 1 else "How current dollars came about"
    rest = " The file says it of each." if len(held) > 1 else ""
    linked = f" {INFERRED}" if "linked" in first.how else ""
    return [html.P([html.B(f"{what}. "), f"{who}: {_readable(first.how)}.{linked}{rest}"], className="note")]


def _readable(how: str) -> str:
    """Its figures as the page writes them; the file has every digit. A year stays as it is."""
    return FIGURE.sub(lambda found: in_short(Decimal(found.group())), how)


def _more(count: int) -> list[html.P]:
    if count <= SHOWN:
        return []
    return [html.P(f"The first {SHOWN} are listed; the file holds all {count:,}.", className="cut")]


def _table(terms: list[Used], told: Commitment) -> html.Div:
    head, kinds = PLAINLY if all(one.term.factor == 1 for one in terms) else RESTATED
    names = [html.Th(word, scope="col", className=kind) for word, kind in zip(head, kinds, strict=True)]
    rows = [_row(one, told, head is RESTATED[0]) for one in terms]
    made = html.Table([html.Caption("Terms that count"), html.Thead(html.Tr(names)), html.Tbody(rows)])
    about = {"aria-label": "Terms that count"}
    return html.Div(made, className="scroll", tabIndex=0, role="region", **about)


def _row(one: Used, told: Commitment, restated: bool) -> html.Tr:
    """restated: whether the values of the sources stand before those that count, with the factor between."""
    term, found = one.term, told.measured
    countries = found.rule.kind == "indicator" or (bool(found.rule.recipients) and not term.rows)
    who = told.names("recipient" if countries else "donor", term.code) if term.code else "all together"
    address = behind(term, found, told.edition)
    value, unit = "" if term.value is None else in_short(term.value), unit_of(term, found)
    figures = [html.Td(value, className="number"), html.Td(term.given or unit)]
    if restated:
        raw = [in_short(term.raw) if term.raw is not None else value, html.Small(term.given or unit)]
        factor = f"× {exact(FACTOR.plus(term.factor), PLAIN)}" if term.factor != 1 else ""
        counted = html.Td([f"= {value}", html.Small(unit)], className="number")
        figures = [html.Td(raw, className="number"), html.Td(factor, className="number"), counted]
    link = html.A("rows", href=address, **{"data-page": "/rows"})
    if not term.rows:
        link = html.A("values", href=address, download="")
    return html.Tr(
        [
            html.Th(ROLES[term.role], scope="row"),
            html.Td(str(term.year), className="year"),
            html.Td(who),
            *figures,
            html.Td(told.names("release", term.source)),
            html.Td(link),
        ]
    )


def in_short(value: Decimal) -> str:
    """With commas and a true minus, of many digits those behind the point cut to `KEPT`; the file has every digit."""
    written = exact(value, PLAIN)
    if len(written.partition(".")[2]) > KEPT:
        written = exact(value.quantize(LEAST, ROUND_HALF_EVEN) if abs(value) >= 1 else rounded(value, KEPT), PLAIN)
    whole, _, part = written.partition(".")
    said = f"{int(whole):,}" if whole not in ("-0", "") else "−0"
    return (f"{said}.{part}" if part else said).replace("-", MINUS)
