"""The list of rows as HTML: counts and sums, the search, the choice of columns, the table and its pages.

Everything that leads on is a link with its address; only the cells are built in the browser."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.parts import Finder, Grid, GridCell, GridHead, Option, Pager, Tally
from layouts.filled import filled


def tally(described: Tally) -> html.Div:
    figures = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in described["figures"]]
    return html.Div(html.Dl(figures), className="tally")


def finder(described: Finder) -> html.Div:
    """A form that asks for the address it says, with or without scripts, and a list of columns behind a word."""
    box = html.Label(
        [
            html.Span(described["hint"], className="about"),
            _input(type="search", name="text", value=described["text"], maxlength="100", autocomplete="off"),
        ]
    )
    kept = [_input(type="hidden", name=name, value=value) for name, value in described["kept"]]
    form = html.Form([box, *kept, html.Button("Find", type="submit")], action="/rows", method="get", className="seek")
    options = [html.Li(_column(option)) for option in described["columns"]]
    columns = html.Details([html.Summary("Columns"), html.Ul(options, className="menu")], className="pop columns-of")
    return html.Div([form, columns], className="finder")


def _input(**given: str) -> html.Div:
    """Built in the browser: Dash's own input would send every letter to the server."""
    return html.Div(className="field", **filled("field", given))


def _column(option: Option) -> html.A:
    said = "shown" if option["on"] else "not shown"
    words = [html.I(className="tick on" if option["on"] else "tick", **{"aria-hidden": "true"}), option["words"]]
    return html.A([*words, html.Span(f", {said}", className="heard-only")], **_leads(option["query"]))


def grid(described: Grid) -> html.Div:
    kinds = [head["kind"] for head in described["heads"]]
    labels = [head["words"] for head in described["heads"]]
    rows = [[row["number"], [_cell(cell) for cell in row["cells"]]] for row in described["rows"]]
    leads = {"base": described["base"], "query": described["query"]}
    body = html.Tbody(**filled("grid", leads | {"kinds": kinds, "labels": labels, "rows": rows}))
    head = html.Thead(html.Tr([_head(head) for head in described["heads"]]))
    caption = html.Caption(described["caption"], className="heard-only")
    return html.Div(
        html.Table([caption, head, body]),
        className="rowlist",
        tabIndex=0,
        role="region",
        **{"aria-label": "The rows listed"},
    )


def _cell(cell: GridCell) -> list[str]:
    """Main words, small words, exact value: what is empty at the end is left out."""
    made = [cell["main"], cell["small"], cell["exact"]]
    while made and not made[-1]:
        made.pop()
    return made


def _head(head: GridHead) -> html.Th:
    """A heading; one that orders the rows says how they stand and leads to the next order."""
    if head["query"] is None:
        return html.Th(head["words"], scope="col", className=head["kind"])
    sign = {"ascending": "↑", "descending": "↓"}.get(head["order"], "")
    arrow = [html.Span(sign, className="sign", **{"aria-hidden": "true"})] if sign else []
    link = html.A([head["words"], *arrow], title="Put in order", **_leads(head["query"]))
    sort = {"aria-sort": head["order"]} if head["order"] else {}
    return html.Th(link, scope="col", className=f"{head['kind']} sorts", **sort)


def pager(described: Pager) -> html.Nav:
    pages = [html.Li(_page(option)) for option in described["pages"]]
    return html.Nav(
        [html.P(described["words"]), html.Ul(pages)], className="pager", **{"aria-label": "Pages of the list"}
    )


def _page(option: Option) -> Any:
    if option["on"]:
        return html.Span(option["words"], className="on", **{"aria-current": "page"})
    if option["words"] == "…":
        return html.Span("…", **{"aria-hidden": "true"})
    return html.A(option["words"], **_leads(option["query"]))


def _leads(query: str) -> dict[str, str]:
    return {"href": f"/rows?{query}" if query else "/rows", "data-search": query}
