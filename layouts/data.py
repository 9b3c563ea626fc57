"""The page of data: a frame that its own callback fills, and what it is filled with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.codes import Codes
from dashboard.coverage import periods
from dashboard.data_terms import SORTS, WHOLE, Asked
from dashboard.figures.coverage import Heat
from dashboard.holdings import Holdings
from dashboard.selection import Refusal
from layouts import citing, holdings, ids
from layouts.coverage import Choice, heat
from layouts.loads import loads

TITLE = "Data"
SORT_WORDS = {"amount": "largest first", "name": "by name"}
SAID = (
    "Two dots (..) mean not reported; 0 means reported as nil; an empty frame means that the source holds nothing of "
    "that year. Amounts are exact in hover, tables and downloads. Sources are never added together."
)


def frame(search: str, edition: str, filled: list[Any]) -> list[Any]:
    """The page around its content; `search` is the query string as it stands."""
    state = dcc.Location(id=ids.DATA_ADDRESS, refresh=False, search=search), dcc.Store(id=ids.SHOWN, data=edition)
    return [*state, html.Div(filled, id=ids.DATA)]


def content(
    asked: Asked, refused: Sequence[Refusal], codes: Codes, held: Holdings, drawn: Heat | str, edition: str
) -> list[Any]:
    """`drawn`: the coverage, or a sentence saying why there is none."""
    titles = {code: source.title for code, source in codes.sources.items()}
    covered = heat(drawn, _choices(asked, codes)) if isinstance(drawn, Heat) else _missing(drawn, asked, codes)
    body = [
        html.H1(TITLE),
        html.P(_opening(held, edition), className="lead"),
        html.P(["Programs read all of it, exact, through the ", html.A("interface for programs", href="/api"), "."]),
        *_refused(refused),
        _contents(),
        html.Div(covered, id="coverage"),
        html.Div(holdings.sources(held.sources, edition), id="sources"),
        html.Div(holdings.editions(held.editions, titles), id="editions"),
        html.Div(loads(held.loads, titles), id="loads"),
    ]
    return [html.Main(body, id="content", className="wrap data", **_title()), _foot(asked, codes, edition)]


def _title() -> dict[str, str]:
    return {"data-title": TITLE}


def _opening(held: Holdings, edition: str) -> str:
    """What is held, in one sentence."""
    flows = [source for source in held.sources if source.source]
    rows, files = sum(one.rows for one in flows), sum(len(one.files) for one in held.sources)
    named = "1 source" if len(flows) == 1 else f"{len(flows)} sources"
    read = f"{files:,} files were read for them, names and indicators."
    return f"Edition {edition} holds {rows:,} rows of {named} of flows. {read}"


def _refused(refused: Sequence[Refusal]) -> list[Any]:
    if not refused:
        return []
    said = [html.Li([html.I("Ignored"), one.sentence], className="chip bad") for one in refused]
    return [html.Ul(said, className="chips", role="list")]


def _contents() -> html.Nav:
    places = {"coverage": "Coverage", "sources": "Sources", "editions": "Editions", "loads": "Loads and their reports"}
    links = [html.A(words, href=f"#{place}") for place, words in places.items()]
    return html.Nav(links, className="contents", **{"aria-label": "On this page"})


def _choices(asked: Asked, codes: Codes) -> list[tuple[str, list[Choice]]]:
    """Every other showing of the coverage, each an address of its own."""
    source = codes.sources[asked.source]
    rows = [name for name in ("donor", "recipient") if name in source.dimensions]
    offered = (
        ("Source", "source", {code: one.title for code, one in codes.sources.items()}),
        ("Stage", "stage", {stage: stage for stage in source.stages}),
        ("Rows", "by", {name: f"{name}s" for name in rows}),
        ("Years", "years", {span: span.replace("-", "–") for span in (WHOLE, *periods(source))}),
        ("Order", "sort", {sort: SORT_WORDS[sort] for sort in SORTS} if asked.by else {}),
    )
    return [(name, [_choice(asked, codes, key, *pair) for pair in words.items()]) for name, key, words in offered]


def _choice(asked: Asked, codes: Codes, key: str, value: str, words: str) -> Choice:
    return Choice(words, asked.change(codes, **{key: value}).write(codes), getattr(asked, key) == value)


def _missing(sentence: str, asked: Asked, codes: Codes) -> html.Section:
    way = html.A("Show the first source", href="/data", **{"data-search": ""})
    inner = html.Div([html.P(sentence), html.P(way, className="ways")], className="empty")
    return html.Section([html.H2("Coverage"), inner], className="panel")


def _foot(asked: Asked, codes: Codes, edition: str) -> html.Footer:
    """With the link that pins the edition."""
    href = f"/data?{asked.change(codes, edition=edition).write(codes)}"
    link = html.P(["Permalink ", html.A(href, href=href)], className="permalink")
    return html.Footer(html.Div([html.P(SAID), link, citing.of_page()], className="wrap"), className="site-foot")
