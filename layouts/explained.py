"""Explain this number: opened in place, the rule, the formula, the terms with their rows, and the file of them."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.amount_words import figure
from dashboard.commitment import Commitment
from dashboard.explained import Used, formula, rows_of, used
from dashboard.exports import figure as exact
from dashboard.measured import ROLES
from dashboard.panels import Column
from dashboard.rules import sentence
from dashboard.words import MINUS
from layouts.filled import planted

SHOWN = 60  # terms that are listed; all of them are in the file
PLAIN = Column("value", "Value", "number")


def explain(told: Commitment, file: str) -> html.Details:
    """Of what was delivered. file: address of the terms as CSV."""
    found = told.measured
    terms = [one for one in used(found) if one.counted]
    head = f"Explain this number: {figure(found.delivered, found.unit)}"
    body = [
        html.P(_formula(told), className="formula"),
        html.H3("Rule"),
        html.P(sentence(found.rule, told.names)),
        html.P([html.B("Code of the rule "), html.Code(found.rule.write())], className="written"),
        html.H3(f"Terms that count: {len(terms):,} of {len(found.terms):,}"),
        _table(terms[:SHOWN], told),
        *_more(len(terms)),
        html.P(f"Edition {told.edition}, state of the register {told.registry}.", className="attribution"),
    ]
    link = html.P(html.A("Download all terms and the formula (CSV)", href=file, download=""), className="ways")
    inner = html.Div([planted(html.Div(body)), link], className="explained")
    return html.Details([html.Summary(head), inner], className="explain")


def _formula(told: Commitment) -> list[Any]:
    name, _, rest = formula(told.measured).partition(" = ")
    value = figure(told.measured.delivered, told.measured.unit)
    return [html.B(value), f" {name} = {rest}"]


def _more(count: int) -> list[html.P]:
    if count <= SHOWN:
        return []
    return [html.P(f"The first {SHOWN} are listed; the file holds all {count:,}.", className="cut")]


def _table(terms: list[Used], told: Commitment) -> html.Div:
    head = ("Term", "Year", "Who", "Value", "Unit", "From", "Rows")
    kinds = ("", "year", "", "number", "", "", "")
    names = [html.Th(word, scope="col", className=kind) for word, kind in zip(head, kinds, strict=True)]
    rows = [_row(one, told) for one in terms]
    made = html.Table([html.Caption("Terms that count"), html.Thead(html.Tr(names)), html.Tbody(rows)])
    about = {"aria-label": "Terms that count"}
    return html.Div(made, className="scroll", tabIndex=0, role="region", **about)


def _row(one: Used, told: Commitment) -> html.Tr:
    term, found = one.term, told.measured
    countries = found.rule.kind == "indicator" or (bool(found.rule.recipients) and not term.rows)
    who = told.names("recipient" if countries else "donor", term.code) if term.code else "all together"
    rows = rows_of(term, found, told.edition)
    value = "" if term.value is None else f"{exact_words(term.value)}"
    factor = [html.Small(f"× {exact(term.factor, PLAIN)}")] if term.factor != 1 else []
    link = html.A("rows", href=f"/rows?{rows}", **{"data-page": "/rows"}) if rows else "value of a series"
    return html.Tr(
        [
            html.Th(ROLES[term.role], scope="row"),
            html.Td(str(term.year), className="year"),
            html.Td(who),
            html.Td([value, *factor], className="number"),
            html.Td(term.unit),
            html.Td(told.names("release", term.source)),
            html.Td(link),
        ]
    )


def exact_words(value: Any) -> str:
    """All the digits there are, with commas and a true minus."""
    written = exact(value, PLAIN)
    whole, _, part = written.partition(".")
    said = f"{int(whole):,}" if whole not in ("-0", "") else "−0"
    return (f"{said}.{part}" if part else said).replace("-", MINUS)
