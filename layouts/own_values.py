"""What a donor or a country did by itself of what was asked of many: its figure beside the target of each promise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.about import About
from dashboard.about_words import in_part, own_values
from dashboard.amount_words import figure, single
from dashboard.amounts import Absence
from dashboard.commitment import Entry
from dashboard.measured import Standing
from layouts.filled import el, planted
from layouts.parts import mark
from layouts.pieces import to

HEADS = ("Commitment", "Its own figure", "Asked of each", "Year", "By itself")
MET = {True: "reached", False: "not reached"}


def table(about: About, entries: Sequence[Entry], kept: str) -> list[Any]:
    """Nothing where it has no figure of its own in any of them."""
    rows = own_values(about, entries)
    if not any(one.value is not None for _, one in rows):
        return []
    head = el.thead(el.tr([el.th(words, scope="col") for words in HEADS]))
    body = el.tbody([_row(entry, one, about, kept) for entry, one in rows])
    caption = el.caption(f"Figures of {about.title} alone against what was asked", className="heard-only")
    box = html.Div(el.table([caption, head, body], className="listing own-values"), className="wide")
    return [html.H3(f"{about.title} by itself"), planted(box), html.H3("All of them together")]


def _row(entry: Entry, one: Standing, about: About, kept: str) -> Any:
    rule = entry.pledge.rule
    unit = "%" if rule is None or rule.kind == "share" else about.units.get(rule.series, "")
    least = in_part(entry) and one.met is False
    value = mark("not-reported", "not reported") if one.value is None else single(one.value, unit)
    asked = one.target.words if isinstance(one.target, Absence) else figure(one.target, unit)
    met = "no verdict: only a part is seen" if least else MET.get(one.met, "not known") if one.met is not None else ""
    link = el.a(entry.pledge.title, **to(f"/commitment/{entry.pledge.id}", kept))
    cells = (value, asked, f"{one.year}" if one.value is not None else "", met)
    made = [el.td(cell, **{"data-l": head}) for cell, head in zip(cells, HEADS[1:], strict=True)]
    return el.tr([el.th(link, scope="row"), *made])
