"""The matrix of overlaps: one cell for each pair, with the way to the rows that both count and to a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.overlap_list import Key, Pair
from dashboard.overlap_matrix import MOST, Matrix
from dashboard.words import usd, usd_exact, years
from layouts.filled import el, planted
from layouts.pages import FINDINGS_PATH
from layouts.pieces import panel, to

CAPTION = "What two commitments both count, by row and column"
HOW = (
    "Each pair stands once: in the row of the one and the column of the other, which has its number. A figure leads to "
    "the rows that both count. On the diagonal stands what a commitment counts in all. “declared” means that the "
    "register ties the two as well; “not declared” that it does not."
)


def matrix(drawn: Matrix, behind: Mapping[Key, str], kept: str) -> html.Section | str:
    """behind: queries of the page of rows, by pair. kept: edition and state, where they are pinned."""
    if not drawn.order:
        return ""
    heads = [el.th("Commitment", scope="col", className="name")]
    heads += [_head(place, pledge.title) for place, pledge in enumerate(drawn.order, 1)]
    rows = [_row(drawn, place, behind, kept) for place in range(len(drawn.order))]
    caption = el.caption(CAPTION, className="heard-only")
    table = html.Table([caption, el.thead(el.tr(heads)), el.tbody(rows)], className="overlap-mx")
    box = html.Div(table, className="heat-box", tabIndex=0, role="region", **{"aria-label": CAPTION})
    hint = el.p("The table goes on to the right: move it sideways.", className="mx-hint")
    body = planted(html.Div([hint, box, html.P(f"{HOW} {_left(drawn)}".strip(), className="note")]))
    title = f"{len(drawn.order)} commitments that share money, as a matrix"
    subtitle = "What two commitments both count, current US dollars; those that share money stand together"
    return panel("matrix", title, subtitle, [body], "Computed from the rows that two rules share")


def _left(drawn: Matrix) -> str:
    """What the matrix has no place for."""
    if not drawn.left:
        return ""
    more = f"{drawn.left} more commitments share money" if drawn.left > 1 else "One more commitment shares money"
    return f"It shows {MOST} commitments at most: {more}; the list and the file hold all pairs."


def _head(number: int, title: str) -> Any:
    return el.th([str(number), el.span(f" {title}", className="heard-only")], scope="col", title=title)


def _row(drawn: Matrix, place: int, behind: Mapping[Key, str], kept: str) -> Any:
    pledge = drawn.order[place]
    link = el.a(pledge.title, **to(f"/commitment/{pledge.id}", kept))
    name = el.div([el.span(f"{place + 1} "), link], className="numbered")
    cells = [_cell(drawn.cells.get((place, column)), behind, kept) for column in range(place)]
    return el.tr([el.th(name, scope="row", className="name"), *cells, _own(drawn, place), *_after(drawn, place)])


def _own(drawn: Matrix, place: int) -> Any:
    value = drawn.counted[place]
    said = f"{drawn.order[place].title} counts {usd_exact(value)} in all" if value is not None else ""
    return el.td([el.span(usd(value)), el.small("in all")] if value is not None else "", className="own", title=said)


def _after(drawn: Matrix, place: int) -> list[Any]:
    """The rest of a row, whose pairs stand in the rows of the others."""
    rest = len(drawn.order) - place - 1
    return [el.td("", className="after", colSpan=rest)] if rest else []


def _cell(pair: Pair | None, behind: Mapping[Key, str], kept: str) -> Any:
    if pair is None or pair.usd is None:
        return el.td(el.span("no shared money", className="heard-only"), className="nothing")
    said = finding_link(pair, kept) if pair.disagrees else None
    word = said or el.small("not declared" if pair.disagrees else "declared")
    under = [el.small("not declared"), word] if said else [word]
    kind = "shared disagrees" if pair.disagrees else "shared"
    return el.td([rows_link(pair, behind.get(pair.key, ""), usd(pair.usd)), *under], className=kind, title=told(pair))


def told(pair: Pair) -> str:
    """A pair in one sentence, exact."""
    span = f", {years(*pair.years)}" if pair.years else ""
    declared = "; ".join(pair.ties) or "no tie is declared"
    return f"{pair.first.title} and {pair.second.title} both count {usd_exact(pair.usd or 0)}{span}; {declared}"


def rows_link(pair: Pair, query: str, words: str) -> Any:
    """The shared money, with the way to its rows where a selection takes just these."""
    if not query:
        return el.b(words)
    heard = f"{words}: rows that {pair.first.title} and {pair.second.title} both count"
    return el.a(words, href=f"/rows?{query}", **{"data-page": "/rows", "aria-label": heard})


def finding_link(pair: Pair, kept: str) -> Any:
    """The way to the finding that tells that computed and declared disagree; None where there is none."""
    if pair.finding is None:
        return None
    status = "" if pair.finding.status == "open" else f", {pair.finding.status}"
    heard = f"Finding{status} about {pair.first.title} and {pair.second.title}"
    return el.a(f"finding{status}", **to(f"{FINDINGS_PATH}?finding={pair.finding.id}", kept), **{"aria-label": heard})
