"""What the pages of the register share: panels of their own, absences, links to records, refusals, tables folded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.amount_words import MARKS
from dashboard.figures.style import GRAPH_CONFIG
from dashboard.panels import Figure, Table
from dashboard.selection import Refusal
from layouts import away, citing
from layouts.away import Taken
from layouts.parts import mark
from layouts.tables import table

BRIEFED = ("/commitment/", "/donor/", "/recipient/")  # pages of what a ready-made briefing is about
WORDS = {"reported": "as reported", "own": "by its maker", "met": "reached", "short": "short"}


def panel(
    name: str, title: str, subtitle: str, body: Sequence[Any], source: str = "", taken: Taken | None = None
) -> html.Section:
    """An ink rule, a title that finds, a subtitle that defines, the body, and where it is from. taken: where it is
    taken away as panels are; then its source is named there."""
    under = [html.P(subtitle, className="sub")] if subtitle else []
    foot = [html.P(source, className="source")] if source else []
    foot, named = ([away.foot(name, taken)], {"data-leaves": taken.one.name}) if taken else (foot, {})
    heading = html.H2(title, id=f"title-{name}")
    return html.Section(
        [heading, *under, html.Div(body, className="inside"), *foot],
        className=f"panel told-panel p-{name}",
        **named,
        **{"aria-labelledby": f"title-{name}"},
    )


def figure(name: str, drawn: Figure, height: int, sentence: str) -> html.Div:
    """A plotly figure, said in a sentence to those who listen."""
    graph = dcc.Graph(
        id=f"graph-{name}", figure=drawn, config=GRAPH_CONFIG, responsive=True, className="graph",
        style={"height": "100%"},
    )  # fmt: skip
    return html.Div(graph, role="img", className="slot", style={"height": f"{height}px"}, **{"aria-label": sentence})


def folded(words: str, inside: Any, kind: str = "") -> html.Details:
    """What stands one click away."""
    return html.Details([html.Summary(words), inside], className=f"folded {kind}".strip())


def twin(drawn: Table, words: str = "Table") -> html.Details:
    return folded(words, table(drawn))


def absent(kind: str, words: str) -> html.Span:
    """A kind of absence: its mark and what it means."""
    return html.Span([mark(MARKS[kind]), " ", words], className="none-of")


def to(path: str, kept: str = "") -> dict[str, str]:
    """A link to one of our pages, followed without loading everything anew. kept: edition and state, if pinned."""
    page, _, query = path.partition("?")
    asked = "&".join(part for part in (query, kept) if part)
    return {"href": f"{page}?{asked}" if asked else page, "data-page": page}


def commitment(id_: str, title: str, kept: str = "") -> html.A:
    return html.A(title, **to(f"/commitment/{id_}", kept))


def refused(every: Sequence[Refusal]) -> list[Any]:
    """What of an address could not be followed."""
    if not every:
        return []
    said = [html.Li([html.I("Ignored"), one.sentence], className="chip bad") for one in every]
    return [html.Ul(said, className="chips", role="list")]


def facts(pairs: Sequence[tuple[str, Any]]) -> html.Dl:
    """Names and what is said of them; what is not known is left out."""
    held = [(name, value) for name, value in pairs if value not in ("", None, [])]
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in held], className="told-as meta")


def outside(address: str, words: str) -> Any:
    """A link to a source; what is no address of the web is only named."""
    if address.startswith(("https://", "http://")):
        return html.A(words or address, href=address, rel="noreferrer")
    return words or address


def foot(said: str, pinned: str) -> html.Footer:
    link = html.P(["Permalink ", html.A(pinned, href=pinned)], className="permalink")
    brief = [html.P(brief_view())] if pinned.startswith(("/commitment/", "/donor/", "/recipient/")) else []
    about = pinned.partition("?")[0].split("/")[1:3]  # the page of a rule is about its commitment
    brief += [html.P(on_one_sheet(*about))] if pinned.startswith(BRIEFED) else []
    return html.Footer(
        html.Div([html.P(said), link, citing.of_page(), *brief], className="wrap"), className="site-foot"
    )


def on_one_sheet(kind: str, id_: str) -> html.A:
    """The way to the ready-made briefing about it."""
    return html.A(
        "Briefing on one sheet: print it, or take it as PDF or slides", href=f"/briefing?ready={kind}&{kind}={id_}"
    )


def brief_view() -> html.Button:
    """What turns the page into one window without controls (`assets/brief.js`)."""
    return html.Button("Briefing view, for a screenshot", type="button", className="to-brief", **{"data-brief": ""})
