"""The interface for programs as a page to be read: plain HTML, made of the same operations as its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash import html
from markupsafe import Markup

from dashboard.api.document import ABOUT, FAULTS, parameters
from dashboard.api.operations import API, OPERATIONS, Operation
from dashboard.api.parameters import LIMITS
from dashboard.exports import heading
from layouts.markup import markup
from layouts.shell import NAME, masthead, nav

TITLE = "Interface for programs"
EXAMPLES = {  # what stands behind the question mark of an example
    "totals": "by=donor,year&donor=GBR,FRA&since=2005&until=2010&limit=5",
    "flows": "donor=GBR&recipient=KEN&limit=5",
    "pledges": "goal=5&limit=5",
    "gaps": "goal=5&limit=5",
    "needs": "goal=5&limit=5",
    "values": "country=KEN&since=2000&until=2015",
}
SURVEY = "{survey}"  # in the path of an operation that asks for the results of one
NO_SURVEY = "No results of a survey are published here yet, so there is no example."
FORM = {"integer": "whole number", "string": "text"}
PAGE = Markup("""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · {name}</title>
<link rel="icon" href="/_favicon.ico">
<link rel="stylesheet" href="/assets/app.css">
<link rel="service-desc" type="application/json" href="{api}/openapi.json">
<style>{style}</style>
</head><body><div class="shell">{top}<main id="content" class="wrap api">{content}</main></div></body></html>""")
STYLE = Markup("""
.api { max-width: 70rem; padding-top: 2rem; padding-bottom: 4rem }
.api h1 { font: 600 var(--fs-h1)/var(--lh-h1) var(--serif); margin-bottom: 1rem }
.api h2 { font: 600 var(--fs-title)/var(--lh-title) var(--serif); margin: 2.5rem 0 .5rem; padding-top: .75rem;
  border-top: 1px solid var(--ink) }
.api p { max-width: 46rem; margin-bottom: .75rem }
.api .wide { overflow-x: auto }
.api table { border-collapse: collapse; width: 100%; font-size: var(--fs-sub); line-height: var(--lh-sub) }
.api caption { text-align: left; color: var(--muted); padding: .25rem 0 }
.api th, .api td { text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0;
  border-bottom: 1px solid var(--rule) }
.api code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .875em; overflow-wrap: anywhere }
.api td:first-child code { white-space: nowrap }
.api summary { cursor: pointer; color: var(--link); padding: .5rem 0 }
""")


def page(edition: str, survey: str = "") -> str:
    """The whole page. survey: the id of one whose results are published, empty where none is."""
    content = [
        html.H1(TITLE),
        html.P(_coded(ABOUT)),
        html.P(
            [
                "The document for tools (OpenAPI 3.1): ",
                html.A(f"{API}/openapi.json", href=f"{API}/openapi.json"),
                ". Whole tables and millions of rows leave sooner as files: ",
                html.Em("Take away"),
                " on each panel.",
            ]
        ),
        html.Ul([html.Li(html.A(_line(one), href=f"#{one.name}")) for one in OPERATIONS]),
        *(section for one in OPERATIONS for section in _section(one, survey)),
        *_limits(),
        *_faults(),
    ]
    top = markup(masthead(nav(None, ""), edition))
    return PAGE.format(title=TITLE, name=NAME, api=API, style=STYLE, top=top, content=markup(content))


def _heading(words: str, name: str) -> Markup:
    """A heading that addresses lead to; `markup` leaves ids out."""
    return Markup('<h2 id="%s">%s</h2>') % (name, words)


def _line(one: Operation) -> list[Any]:
    return [html.Code(f"GET {API}{one.path}"), f" {one.title}"]


def _section(one: Operation, survey: str) -> list[Any]:
    link = example(one, survey)
    rows = [_parameter(told) for told in parameters(one)]
    columns = [(html.Code(column.key), heading(column)) for column in one.columns]
    held = html.Details([html.Summary("Columns of the rows"), _table(("Key", "What"), columns)]) if columns else None
    return [
        _heading(one.title, one.name),
        html.P(html.Code(f"GET {API}{one.path}")),
        html.P(one.about),
        _table(("Parameter", "What", "Form", "Where none is given"), rows, "Parameters"),
        held,
        html.P(["Example: ", html.A(html.Code(link), href=link)] if link else NO_SURVEY),
    ]


def example(one: Operation, survey: str = "") -> str:
    """An address of an operation that has an answer here; empty where no survey has one."""
    of_survey = SURVEY in one.path
    if of_survey and not survey:
        return ""
    path = one.path.partition("{")[0] + (survey if of_survey else one.example)
    query = EXAMPLES.get(one.name, "" if one.one else "limit=5")
    return f"{API}{path}?{query}" if query else f"{API}{path}"


def _parameter(told: Mapping[str, Any]) -> tuple[Any, ...]:
    schema = told["schema"]
    form = FORM.get(schema.get("type", ""), "text")
    if "enum" in schema:
        form = ", ".join(map(str, schema["enum"]))
    elif "maximum" in schema:
        form += f", {schema['minimum']} to {schema['maximum']}"
    usual = "(needed)" if told["in"] == "path" else str(schema.get("default", ""))
    shown = f"{told['description']} Such as {told['example']}." if told.get("example") else told["description"]
    return html.Code(told["name"]), shown, form, usual


def _limits() -> list[Any]:
    rows = [(f"{most:,}", of) for most, of in LIMITS.values()]
    return [_heading("Limits", "limits"), _table(("At most", "Of"), rows)]


def _faults() -> list[Any]:
    told = FAULTS | {"405": "This address is for reading: GET, HEAD and OPTIONS alone."}
    rows = [
        (Markup('<span id="problem-%s">%s</span>') % (status, status), _coded(words))
        for status, words in sorted(told.items())
    ]
    return [_heading("Faults", "faults"), _table(("Status", "What it says"), rows)]


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]], caption: str = "") -> html.Div:
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    body = html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows])
    named = html.Caption(caption) if caption else None
    return html.Div(html.Table([named, head, body]), className="wide", tabIndex=0)


def _coded(text: str) -> list[Any]:
    """A text whose parts between backticks are code."""
    return [html.Code(part) if at % 2 else part for at, part in enumerate(text.split("`"))]
