"""Commitments as a table that reads aloud and reflows: sortable heads, what was measured, and the reason where nothing
was; below it the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.amount_words import MARKS, amount, figure, part
from dashboard.amounts import Amount
from dashboard.commitment import Entry
from dashboard.listing import Page
from dashboard.matrix import level
from dashboard.outcomes import MEASURED
from dashboard.ranges import Range
from dashboard.register_terms import Asked
from layouts.filled import el, planted
from layouts.parts import mark
from layouts.pieces import to

HEADS = (
    ("title", "Commitment"),
    ("maker", "Maker"),
    ("forum", "Forum"),
    ("", "Goals"),
    ("made", "Made"),
    ("pledged", "Pledged"),
    ("delivered", "Measured"),
    ("share", "Delivery"),
    ("due", "Due"),
    ("confidence", "Confidence"),
)


def listed(entries: Sequence[Entry], kept: str, asked: Asked | None = None) -> html.Div:
    """asked: where the heads put the list in order; without it they are words alone."""
    head = el.thead(el.tr([_head(sort, words, asked) for sort, words in HEADS]))
    rows = [_row(entry, kept) for entry in entries]
    table = html.Table([el.caption("Commitments", className="heard-only"), head, el.tbody(rows)], className="promises")
    return planted(html.Div(table, className="wide"))


def _head(sort: str, words: str, asked: Asked | None) -> Any:
    if asked is None or not sort:
        return el.th(words, scope="col")
    on = asked.sort.removeprefix("-") == sort
    back = on and not asked.sort.startswith("-")
    query = asked.change(sort=f"-{sort}" if back else sort).write()
    way = {"aria-sort": "descending" if asked.sort.startswith("-") else "ascending"} if on else {}
    sign = [el.span(("↓" if asked.sort.startswith("-") else "↑"), **{"aria-hidden": "true", "className": "sign"})]
    link = el.a([words, *(sign if on else [])], href=f"/commitments?{query}", **{"data-search": query})
    return el.th(link, scope="col", **way)


def _row(entry: Entry, kept: str) -> Any:
    pledge, outcome = entry.pledge, entry.outcome
    promised = amount(pledge.amount) or [mark("no-target", ""), " words only"]
    have = figure(outcome.delivered, outcome.unit) if outcome.measured else mark("not-reported", "not measured")
    low = [el.small("from memory", className="warned")] if pledge.unverified else []
    link = el.a(pledge.title, **to(f"/commitment/{pledge.id}", kept))
    cells = (
        ("Maker", pledge.maker),
        ("Forum", el.a(pledge.forum, **to(f"/forum/{pledge.forum_id}", kept)) if pledge.forum_id else pledge.forum),
        ("Goals", ", ".join(pledge.goals)),
        ("Made", pledge.made[:7]),
        ("Pledged", promised),
        ("Measured", have),
        ("Delivery", delivery(entry)),
        ("Due", (pledge.deadline or pledge.until)[:4] or "none set"),
        ("Confidence", [pledge.confidence, *low]),
    )
    return el.tr([el.th(link, scope="row"), *(el.td(value, **{"data-l": name}) for name, value in cells)])


def delivery(entry: Entry) -> list[Any]:
    """A bar and the share of what was due; or the mark of what is missing, and its words."""
    share, state = entry.outcome.share, entry.state
    if state in MEASURED and isinstance(share, Range):
        width = f"{max(0.0, min(100.0, float(100 * share.low))):.0f}%"
        bar = el.span(className=f"l{level(share.low)}", style={"width": width})
        return [el.span(bar, className="mini", **{"aria-hidden": "true"}), part(share), el.small(entry.words)]
    reported = state == "reported" and isinstance(entry.pledge.delivered.amount, Amount)
    name = "number" if reported else MARKS.get(state, "not-reported")
    return [mark(name, ""), " ", el.small(entry.words)]


def pager(page: Page, asked: Asked) -> html.Nav:
    """`Page 2 of 19`, and the pages beside it."""
    near = sorted({1, page.pages, *range(max(1, page.number - 2), min(page.pages, page.number + 2) + 1)})
    links: list[Any] = []
    for before, number in zip([0, *near], near, strict=False):
        if number > before + 1:
            links.append(html.Li(html.Span("…")))
        query = asked.change(page=number).write()
        here = {"aria-current": "page", "className": "on"} if number == page.number else {}
        about = {"data-search": query, "aria-label": f"Page {number}"}
        links.append(html.Li(html.A(f"{number}", href=f"/commitments?{query}", **about, **here)))
    words = html.P(f"Page {page.number} of {page.pages}")
    return planted(html.Nav([words, html.Ul(links)], className="pager", **{"aria-label": "Pages of the list"}))
