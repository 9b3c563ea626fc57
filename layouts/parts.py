"""Descriptions of parts drawn as HTML: one function for each kind of `dashboard/parts.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html

from dashboard.parts import Bar, Choices, Legend, Links, Part, Prose, Ranking, RankRow, Strip, Tile, Tiles

MARKS = "/assets/marks/"
MARK_WORDS = {
    "zero": "zero, reported",
    "not-reported": "not reported",
    "not-due": "not due yet",
    "no-target": "no numeric target",
    "not-clear": "not clear",
    "confidential": "confidential",
    "range": "a range",
}
GLUE = "\N{NO-BREAK SPACE}"
PLAIN = ("outside", "small", "disputed", "zero")  # legend entries that are a swatch, not a sign


def part(described: Part) -> Any:
    """The component of a described part."""
    return DRAWERS[described["kind"]](described)


def mark(name: str, words: str = "") -> html.Img:
    """An absence mark or a Goal glyph, said in words to those who listen."""
    return html.Img(src=f"{MARKS}{name}.svg", alt=words, className="glyph" if name.startswith("goal-") else "mark")


def legend(described: Legend) -> html.Div:
    classes = [
        html.Li([html.I(style={"background": cell["colour"]}), html.Span(cell["label"])])
        for cell in described["classes"]
    ]
    marks = [html.Li([_swatch(entry["mark"]), html.Span(entry["label"])]) for entry in described["marks"]]
    lists = [html.Ul(classes, className="classes")] if classes else []
    return html.Div([*lists, *([html.Ul(marks, className="marks")] if marks else [])], className="legend")


def _swatch(name: str) -> html.I:
    inside = None if name in PLAIN else mark(name)
    return html.I(inside, className=f"sw sw-{name}", **{"aria-hidden": "true"})


def strip(described: Strip) -> html.Div:
    cells = [
        html.Button(
            cell["text"],
            type="button",
            title=cell["label"],
            className="absent" if cell["absent"] else "",
            style={"background": cell["colour"], "color": cell["ink"]},
            **_speaks(described["key"], cell["code"], cell["picked"], cell["label"]),
        )
        for cell in described["cells"]
    ]
    return html.Div([html.P(described["caption"]), html.Div(cells, className="cells")], className="strip")


def tiles(described: Tiles) -> html.Div:
    key = html.Div([html.B("How to read"), html.P(described["how_to_read"])], className="tile how")
    return html.Div([*(_tile(described["key"], tile) for tile in described["tiles"]), key], className="tiles")


def _tile(key: str, tile: Tile) -> html.Div:
    head = html.Button(
        [mark(tile["glyph"]), html.Span([html.Small(tile["over"]), html.Span(tile["name"])])],
        type="button",
        className="tile-head",
        **_speaks(key, tile["code"], tile["picked"]),
    )
    figures = html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in tile["numbers"]])
    absent = html.P([mark("not-reported", "not reported"), " ", tile["absent"]], className="absent")
    chart = html.Div([_column(bar) for bar in tile["bars"]], className="columns")
    whose = html.Span(f" of {tile['over']}", className="heard-only")
    page = [html.A(["Open page", whose], **_link(tile["href"]))] if tile["href"] else []
    body = [absent] if tile["absent"] else [figures, chart]
    state = " on" if tile["picked"] else " off" if tile["dimmed"] else ""
    return html.Div([head, *body, *page], className=f"tile{state}")


def _link(href: str) -> dict[str, str]:
    return {"href": href, "className": "open"} | _page(href)


def _page(href: str) -> dict[str, str]:
    """Links to our own pages are followed without loading everything anew."""
    return {"data-page": href.split("?")[0]} if href.startswith("/") and not href.startswith("/export/") else {}


def _column(bar: Bar) -> html.I:
    return html.I(title=bar["label"], style={"--b": _part(bar["behind"]), "--f": _part(bar["front"])})


def _part(value: float) -> str:
    return f"{100 * min(max(value, 0.0), 1.0):.2f}%"


def ranking(described: Ranking) -> html.Div:
    barred = described["bar_at"] >= 0
    names = list(described["headings"])
    bar_name = names.pop() if barred else ""
    head = [html.Th(_lines(name), scope="col", className="name" if i == 0 else "") for i, name in enumerate(names)]
    if barred:
        head.insert(1 + described["bar_at"], html.Th(bar_name, scope="col", className="bar"))
    rows = [_rank_row(described["key"], row, described["bar_at"]) for row in described["rows"]]
    first, rest = rows[: described["shown"]], rows[described["shown"] :]
    table = [html.Thead(html.Tr(head)), html.Tbody(first), *([html.Tbody(rest, className="rest")] if rest else [])]
    words = [described["count"]] + ([html.Button("show all", type="button", className="more")] if rest else [])
    return html.Div([html.Table(table), html.P(words, className="count")], className=f"ranking by-{described['key']}")


def _lines(heading: str) -> Any:
    """What a column holds over its unit."""
    words, _, unit = heading.rpartition(", ")
    return [words, html.Br(), unit.replace(" ", GLUE)] if words else heading


def _rank_row(key: str, row: RankRow, bar_at: int) -> html.Tr:
    cells: list[Any] = [html.Td(_cell(cell)) for cell in row["cells"]]
    if bar_at >= 0:
        cells.insert(bar_at, html.Td(_nested(row["bar"]), className="bar"))
    name: Any = row["name"]
    if row["code"]:
        name = html.Button(name, type="button", **_speaks(key, row["code"], row["picked"]))
    state = "on" if row["picked"] else "off" if row["dimmed"] else ""
    return html.Tr([html.Th(name, scope="row", className="name"), *cells], className=state)


def _cell(text: str) -> Any:
    """A sum that is a gap is written with its sign, so it is coloured as one."""
    if text in ("", ".."):
        return mark("not-reported", "not reported")
    return html.Span(text, className="minus") if text.startswith("\N{MINUS SIGN}") else text


def _nested(bar: Bar | None) -> html.I | None:
    if bar is None:
        return None
    return html.I(title=bar["label"], style={"--b": _part(bar["behind"]), "--f": _part(bar["front"])})


def choices(described: Choices) -> html.Div:
    buttons = [
        html.Button(
            choice["label"],
            type="button",
            className="on" if choice["on"] else "",
            **_speaks(described["key"], choice["code"], choice["on"]),
        )
        for choice in described["choices"]
    ]
    label = html.Span(described["label"], className="about")
    return html.Div([label, *buttons], role="group", className="choices", **{"aria-label": described["label"]})


def links(described: Links) -> html.P:
    return html.P([html.A(words, href=href, **_page(href)) for words, href in described["links"]], className="links")


def prose(described: Prose) -> html.P:
    return html.P(described["text"], className="prose")


def _speaks(key: str, code: str, on: bool, label: str = "") -> dict[str, str]:
    """What makes a button speak: the browser reads key and code from it."""
    spoken = {"data-key": key, "data-code": code, "aria-pressed": "true" if on else "false"}
    return spoken | ({"aria-label": label} if label else {})


DRAWERS: dict[str, Callable[[Any], Any]] = {
    "legend": legend,
    "strip": strip,
    "tiles": tiles,
    "ranking": ranking,
    "choices": choices,
    "links": links,
    "prose": prose,
}
