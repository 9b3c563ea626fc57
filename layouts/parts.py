"""Descriptions of parts drawn as HTML: one function for each kind of `dashboard/parts.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html

from dashboard.parts import Bar, Choices, Legend, Links, Part, Prose, Ranking, RankRow, Rung, Rungs, Strip, Tile, Tiles
from layouts import grid
from layouts.filled import Node, el, filled, planted

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
    return html.Img(**_marked(name, words))


def _marked(name: str, words: str = "") -> dict[str, str]:
    return {"src": f"{MARKS}{name}.svg", "alt": words, "className": "glyph" if name.startswith("goal-") else "mark"}


def legend(described: Legend) -> html.Div:
    classes = [
        el.Li([el.I(style={"background": cell["colour"]}), el.Span(cell["label"])]) for cell in described["classes"]
    ]
    marks = [el.Li([_swatch(entry["mark"]), el.Span(entry["label"])]) for entry in described["marks"]]
    lists = [el.Ul(classes, className="classes")] if classes else []
    return planted(html.Div([*lists, *([el.Ul(marks, className="marks")] if marks else [])], className="legend"))


def _swatch(name: str) -> Node:
    inside = None if name in PLAIN else el.Img(**_marked(name))
    return el.I(inside, className=f"sw sw-{name}", **{"aria-hidden": "true"})


def strip(described: Strip) -> html.Div:
    cells = [
        [cell["code"], cell["text"], cell["label"], cell["colour"], cell["ink"], cell["picked"]]
        for cell in described["cells"]
    ]
    made = el.Div(className="cells", **filled("cells", {"key": described["key"], "cells": cells}))
    return planted(html.Div([el.P(described["caption"]), made], className="strip"))


def tiles(described: Tiles) -> html.Div:
    key = el.Div([el.B("How to read"), el.P(described["how_to_read"])], className="tile how")
    return planted(html.Div([*(_tile(described["key"], tile) for tile in described["tiles"]), key], className="tiles"))


def _tile(key: str, tile: Tile) -> Node:
    head = el.Button(
        [el.Img(**_marked(tile["glyph"])), el.Span([el.Small(tile["over"]), el.Span(tile["name"])])],
        type="button",
        className="tile-head",
        **_speaks(key, tile["code"], tile["picked"]),
    )
    figures = el.Dl([el.Div([el.Dt(name), el.Dd(value)]) for name, value in tile["numbers"]])
    absent = el.P([el.Img(**_marked("not-reported", "not reported")), " ", tile["absent"]], className="absent")
    chart = el.Div(className="columns", **filled("bars", [_bar(bar) for bar in tile["bars"]]))
    whose = el.Span(f" of {tile['over']}", className="heard-only")
    page = [el.A(["Open page", whose], **_link(tile["href"]))] if tile["href"] else []
    body = [absent] if tile["absent"] else [figures, chart]
    state = " on" if tile["picked"] else " off" if tile["dimmed"] else ""
    return el.Div([head, *body, *page], className=f"tile{state}")


def _link(href: str) -> dict[str, str]:
    return {"href": href, "className": "open"} | _page(href)


def _page(href: str) -> dict[str, str]:
    """Links to our own pages are followed without loading everything anew."""
    return {"data-page": href.split("?")[0]} if href.startswith("/") and not href.startswith("/export/") else {}


def _bar(bar: Bar | None) -> list[str] | None:
    return [bar["label"], _part(bar["behind"]), _part(bar["front"])] if bar else None


def _part(value: float) -> str:
    return f"{100 * min(max(value, 0.0), 1.0):.2f}%"


def ranking(described: Ranking) -> html.Div:
    barred = described["bar_at"] >= 0
    names = list(described["headings"])
    bar_name = names.pop() if barred else ""
    head = [el.Th(_lines(name), scope="col", className="name" if i == 0 else "") for i, name in enumerate(names)]
    if barred:
        head.insert(1 + described["bar_at"], el.Th(bar_name, scope="col", className="bar"))
    rows = [_rank_row(row) for row in described["rows"]]
    first, rest = rows[: described["shown"]], rows[described["shown"] :]
    table = [planted(html.Thead(el.Tr(head))), html.Tbody(**_rows(described, first))]
    words: list[Any] = [described["count"]]
    if rest:
        table.append(html.Tbody(className="rest", **_rows(described, rest)))
        words.append(el.Button("show all", type="button", className="more"))
    count = planted(html.P(words, className="count"))
    return html.Div([html.Table(table), count], className=f"ranking by-{described['key']}")


def _rows(described: Ranking, rows: list[dict[str, Any]]) -> dict[str, str]:
    about = {"key": described["key"], "bar_at": described["bar_at"], "stages": described.get("stages", [])}
    return filled("rows", about | {"rows": rows})


def _lines(heading: str) -> Any:
    """What a column holds over its unit."""
    words, _, unit = heading.rpartition(", ")
    return [words, el.Br(), unit.replace(" ", GLUE)] if words else heading


def _rank_row(row: RankRow) -> dict[str, Any]:
    state = "on" if row["picked"] else "off" if row["dimmed"] else ""
    kept = {"code": row["code"], "name": row["name"], "cells": row["cells"], "state": state}
    return kept | {"bar": _bar(row["bar"])} | ({"behind": row["behind"]} if row.get("behind") else {})


def choices(described: Choices) -> html.Div:
    buttons = [
        el.Button(
            choice["label"],
            type="button",
            className="on" if choice["on"] else "",
            **_speaks(described["key"], choice["code"], choice["on"]),
        )
        for choice in described["choices"]
    ]
    label = el.Span(described["label"], className="about")
    return planted(html.Div([label, *buttons], role="group", className="choices", **{"aria-label": described["label"]}))


def links(described: Links) -> html.P:
    links = [el.A(words, href=href, **_page(href)) for words, href in described["links"]]
    return planted(html.P(links, className="links"))


def prose(described: Prose) -> html.P:
    return html.P(described["text"], className="prose")


def rungs(described: Rungs) -> html.Div:
    """The first rung of a ladder, apart from what stands below: each with its figure, and its bar on a hairline."""
    absent = [el.B("Pledged"), " ", el.Img(**_marked("not-clear", "not clear")), " ", described["absent"]]
    body = [el.P(absent)] if described["absent"] else []
    body += [el.P(el.B(described["head"]))] if described.get("head") else []
    body += [el.Ol([_rung(rung) for rung in described["rungs"]], role="list")] if described["rungs"] else []
    links = [el.A(words, href=href, **_page(href)) for words, href in described["links"]]
    left = [el.Li(el.A(words, href=href, **_page(href)) if href else words) for words, href in described["out"]]
    folded = [el.Details([el.Summary("What is not in it"), el.Ul(left)], className="folded")] if left else []
    apart = [el.P([described["apart"], " ", *links])] if described["apart"] else []
    return planted(html.Div([*body, *apart, *folded], className="rungs", role="group", **{"aria-label": "Pledged"}))


def _rung(rung: Rung) -> Node:
    bar = el.Span(className=f"key-{rung['stage']}", style={"width": f"{100 * rung['length']:.2f}%"})
    name = el.Span([el.I(className=f"key-{rung['stage']}", **{"aria-hidden": "true"}), rung["name"]], className="r")
    value, under = el.B(rung["figure"]), el.Small(rung["under"])
    return el.Li([name, el.Span(bar, className="bar", **{"aria-hidden": "true"}), el.Span([value, " ", under])])


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
    "grid": grid.grid,
    "tally": grid.tally,
    "finder": grid.finder,
    "pager": grid.pager,
    "rungs": rungs,
}
