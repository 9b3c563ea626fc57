"""A panel or a commitment as a page for somebody else's page: written by the server, without forms, cookies, storage.

Words and table stand in the HTML; the figure stands beside them as JSON and is drawn by `framed/frame.js`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from dash import html
from markupsafe import escape

from dashboard.carried import Carried
from dashboard.cite import NAME
from dashboard.figures.places import BOUNDARIES
from dashboard.figures.steps import EDGE
from dashboard.figures.style import GRAPH_CONFIG
from dashboard.look import Look
from dashboard.panels import Drawing, Figure, Panel
from dashboard.register_rungs import of_source, sentence
from layouts.markup import markup
from layouts.parts import mark, part
from layouts.still import still
from layouts.tables import ROWS, plain

FORMS, PICKED = ("finder",), ("choices", "pager")  # kinds of parts left out: always, and where nothing can be picked
FONTS = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSerifPro-Semibold.ttf")
UNDRAWN = "The figure is drawn by a script, which did not run; the bars and the table show what it holds."


@dataclass(frozen=True)
class Head:
    """What a frame's page asks for. styles, scripts: addresses; plotly: of the script that draws, left out where there
    is no figure. public: how readers reach the app. own: path and query of this frame, without its look."""

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    plotly: str
    public: str
    own: str


def panel(one: Carried, of: Panel, look: Look, head: Head, pinned: bool) -> str:
    """The page of a panel. pinned: whether its address names the edition."""
    shown = one.drawing
    drawn = figures_of(one, of)
    made = inside(shown, of, look, drawn) if shown else []
    return document(one, made, list(drawn.values()), look, head, pinned, "map" in drawn)


def figures_of(one: Carried, of: Panel) -> dict[str, Figure]:
    """Its figures by slot, in the order of the slots; none where nothing can be drawn."""
    shown = one.drawing
    if not shown or shown.empty:
        return {}
    return {name: shown.figures[name] for name in of.slots if name in shown.figures}


def inside(shown: Drawing, of: Panel, look: Look, drawn: Mapping[str, Figure], first: int = 0) -> list[Any]:
    """The parts and the places of the figures, in the frame that orders them on our own pages too. first: how many
    figures stand before them on the page."""
    left = FORMS if look.click else (*FORMS, *PICKED)
    made = [part(one) for one in shown.parts if one["kind"] not in left]
    note = [html.P(shown.note, className="note")] if shown.note else []
    if shown.empty:
        made.append(html.Div([mark("not-reported"), html.P(shown.empty)], className="empty"))
    slots = [
        slot(at, seen(drawn[name], of.slots[name]), shown.sentence, f"slot-{name}")
        for at, name in enumerate(drawn, first)
    ]
    return [html.Div([html.Div([*made, *note], className="parts"), *slots], className="body")]


def seen(figure: Figure, height: int) -> int:
    """Pixels of a figure's height that hold something: one of few rows keeps to the top."""
    bottom = figure["layout"].get("yaxis", {}).get("domain", (0, 1))[0]
    return height - int(bottom * (height - 2 * EDGE)) if height else 0


def slot(number: int, height: int, sentence: str, name: str = "") -> html.Div:
    """The place of a figure; height 0: that of a map, by its width."""
    inner = html.Div(className="graph", **{"data-figure": str(number)})
    sized = {"style": {"height": f"{height}px", "minHeight": f"{height}px", "overflow": "hidden"}} if height else {}
    said = {"role": "img", "aria-label": sentence}
    return html.Div(inner, className=f"slot {name}" + ("" if height else " map"), **sized, **said)


def document(
    one: Carried, inside: list[Any], figures: list[Figure], look: Look, head: Head, pinned: bool, mapped: bool = False
) -> str:
    """The whole page: heading, subtitle, what is inside, the table, where it is from, the way to the full view."""
    address = one.address if pinned else one.newest
    without = html.Noscript(_without(one))
    words = markup(html.Main(section(one, [*inside, without], bool(figures), look, head.public, pinned, mapped)))
    written = f"{words}{data(figures)}"
    return page(one.title, look, written, asking(head, address, bool(figures)))


def _without(one: Carried) -> list[Any]:
    """What a script would draw, for readers who have none: what was pledged in words, and a picture of the table."""
    parts = one.drawing.parts if one.drawing else ()
    told = sentence(parts)
    said = [html.P(told, className="prose")] if told else []
    drawn = still(of_source(one.table)) if one.table and one.name != "rows" else None  # a list of rows is no figure
    return [*said, drawn]


def section(
    one: Carried,
    inside: list[Any],
    drawn: bool,
    look: Look,
    public: str,
    pinned: bool,
    mapped: bool,
    top: Any = html.H1,
) -> html.Section:
    """What is shown, from its heading to the way to the full view. drawn: whether it has figures; top: its heading."""
    body = [
        top(one.title),
        html.P(one.subtitle, className="sub"),
        *inside,
        *([html.Noscript(html.P(UNDRAWN, className="note"))] if drawn else []),
        *_table(one),
        _foot(one, one.address if pinned else one.newest, look, public, pinned, mapped),
    ]
    return html.Section(body, className="panel", **{"data-panel": one.name})


def data(figures: Sequence[Figure]) -> str:
    """The figures for the script that draws them."""
    said = [_data("config", GRAPH_CONFIG), *(_data("figure", figure) for figure in figures)]
    return "".join(said) if figures else ""


def page(title: str, look: Look, body: str, links: str) -> str:
    """The document around what a frame shows. Whatever is followed from it opens in a window of its own."""
    kind = f"framed {look.theme}" + (" picks" if look.click else "") + (" fitted" if look.height else "")
    fitted = f' style="--frame:{look.height}px"' if look.height else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en" class="{kind}"{fitted}>\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)} · {NAME}</title>'
        f'<link rel="icon" href="data:,"><base target="_blank">{links}</head>\n<body>{body}</body></html>'
    )


def told(heading: str, sentence: str, ways: Iterable[tuple[str, str, bool]], head: Head) -> str:
    """A page that says why there is nothing to show. ways: words and address; whether it stays in the frame."""
    links = [html.A(words, href=href, target="_self" if here else "_blank") for words, href, here in ways]
    said = [html.H1(heading), html.P(sentence, className="prose"), html.P(links, className="links")]
    return page(heading, Look(), markup(html.Main(html.Section(said, className="panel"))), asking(head, "", False))


def _table(one: Carried) -> list[Any]:
    """Open until a script folds it: whoever has none reads it."""
    if one.table is None:
        return []
    cut = len(one.table.rows) - ROWS
    more = [html.P(f"{cut:,} more rows are in the full view.", className="cut")] if cut > 0 else []
    box = html.Div([plain(one.table), *more], className="scroll", tabIndex="0")
    return [html.Details([html.Summary("Table"), html.P(one.sentence, className="sentence"), box], open=True)]


def _foot(one: Carried, address: str, look: Look, public: str, pinned: bool, mapped: bool) -> html.Footer:
    kept = "kept as it is" if pinned else "the newest"
    whole = [html.A(f"Full view: {NAME}", href=address, className="whole")]
    register = f" State of the register {one.state}." if one.state else ""
    edition = html.P(f"{one.filters}. Edition {one.edition}, {kept}.{register}")
    said = [html.P(one.source_line, className="source"), edition]
    said += [html.P(BOUNDARIES, className="boundaries")] if mapped else []
    said += [html.P(public + address, className="written")] if look.theme == "print" else []
    return html.Footer([*said, html.P(whole)], className="foot")


def _data(kind: str, value: Any) -> str:
    """A value for the script, written so that nothing in it ends the element."""
    text = orjson.dumps(value).decode().replace("<", "\\u003c")
    return f'<script type="application/json" data-is="{kind}">{text}</script>'


def asking(head: Head, address: str, drawn: bool) -> str:
    """What the page asks for. address: of the full view, empty for none."""
    made = [f'<link rel="preload" href="/fonts/{name}" as="font" crossorigin>' for name in FONTS]
    made += [f'<link rel="stylesheet" href="{escape(style)}">' for style in head.styles]
    made += [f'<script src="{escape(script)}" defer></script>' for script in head.scripts]
    made += [f'<script src="{escape(head.plotly)}" async data-is="plotly"></script>'] if drawn else []
    made += [f'<link rel="canonical" href="{escape(head.public + address)}">'] if address else []
    return "".join(made)
