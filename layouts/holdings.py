"""Editions and sources as the page of data lists them: tables that read aloud, print and reflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.codes import Source
from dashboard.holdings import OTHER, EditionHeld, FileHeld, SourceHeld
from dashboard.words import listed, years

SHORT = 12  # digits of a digest that are shown
MANY = 4  # files that are listed openly; more are folded


def editions(held: Sequence[EditionHeld], titles: Mapping[str, str]) -> html.Section:
    """Every edition, what is new in it, and the link that pins it."""
    rows = [_edition(edition, titles) for edition in held]
    head = [html.Th(words, scope="col") for words in ("Edition", "Made", "By", "What changed", "Links")]
    caption = html.Caption("Editions kept here, the one made last first", className="heard-only")
    table = html.Table([caption, html.Thead(html.Tr(head)), html.Tbody(rows)], className="listing")
    about = html.P(
        "An edition is one set of sources as they were loaded. A load makes a new one and leaves the others as they "
        "were. An address that names its edition shows the same figures for as long as the edition is kept."
    )
    return html.Section([html.H2("Editions"), about, html.Div(table, className="wide")])


def _edition(held: EditionHeld, titles: Mapping[str, str]) -> html.Tr:
    marks = [("current", held.current), ("shown on this page", held.shown)]
    badges = [html.Span(words, className="badge") for words, on in marks if on]
    pin = html.A("Overview of it", href=f"/?edition={held.name}", **{"data-page": "/"})
    own = html.A("its data", href=f"/data?edition={held.name}", **{"data-search": f"edition={held.name}"})
    return html.Tr(
        [
            html.Th([html.Span(held.name, className="name"), *badges], scope="row"),
            cell("Made", when(held.made)),
            cell("By", held.why),
            cell("What changed", changed(held, titles)),
            cell("Links", [pin, html.Br(), own]),
        ]
    )


def changed(held: EditionHeld, titles: Mapping[str, str]) -> str:
    """What differs from the edition made before it, as a sentence."""
    if held.first:
        return "The first edition kept here."
    if held.whole:
        return "Everything was made anew."
    said = [
        f"{words} {listed([_title(code, titles) for code in codes], 8)}."
        for words, codes in (("New:", held.new), ("Loaded anew:", held.renewed), ("No longer held:", held.gone))
        if codes
    ]
    return " ".join(said) or "The same sources as the edition before it."


def _title(code: str, titles: Mapping[str, str]) -> str:
    return titles.get(code) or OTHER.get(code, code).lower()


def sources(held: Sequence[SourceHeld], edition: str) -> html.Section:
    """Every source of the shown edition with its files."""
    about = html.P(f"What edition {edition} holds. Sources are never added together.")
    return html.Section([html.H2("Sources"), about, *(_source(one) for one in held)])


def _source(held: SourceHeld) -> html.Section:
    facts = [*(_facts(held, held.source) if held.source else []), ("Part", html.Code(held.part))]
    facts += [("Last load", when(held.loaded))] if held.loaded else []
    about = [html.P(held.source.coverage)] if held.source else []
    terms = html.Dl([html.Div([html.Dt(name), html.Dd(words)]) for name, words in facts], className="facts")
    return html.Section([html.H3(held.title), *about, terms, files(held)], className="source-of")


def _facts(held: SourceHeld, source: Source) -> list[tuple[str, Any]]:
    told = [(name, len(source.picks[name])) for name in ("donor", "recipient", "purpose") if source.picks.get(name)]
    counts = [(f"{name.capitalize()}s", f"{count:,}") for name, count in told]
    kept = [
        ("In addresses", html.Code(held.code)),
        ("Rows", f"{held.rows:,}"),
        ("Years", years(source.since, source.until)),
    ]
    return [*kept, ("Stages", listed(source.stages)), *counts, ("Licence", source.licence)]


def files(held: SourceHeld) -> Any:
    """The files that a source was read from, folded where they are many."""
    if not held.files:
        return html.P("No file of its own.", className="attribution")
    head = [html.Th(words, scope="col") for words in ("File", "SHA-256", "Bytes", "Lines", "Published", "Licence")]
    caption = html.Caption(f"Files of {held.title}", className="heard-only")
    rows = [_file(file) for file in held.files]
    table = html.Table([caption, html.Thead(html.Tr(head)), html.Tbody(rows)], className="listing files")
    box = html.Div(table, className="wide")
    if len(held.files) <= MANY:
        return box
    return html.Details([html.Summary(f"{len(held.files)} files"), box], className="folded")


def _file(file: FileHeld) -> html.Tr:
    lines = f"{file.lines:,}" if file.lines else "no lines"
    return html.Tr(
        [
            html.Th(file.name, scope="row"),
            cell("SHA-256", digest(file.sha256)),
            cell("Bytes", f"{file.bytes:,}", "number"),
            cell("Lines", lines, "number"),
            cell("Published", [file.published, html.Small(f"Retrieved: {file.retrieved}") if file.retrieved else ""]),
            cell("Licence", file.licence),
        ]
    )


def cell(name: str, content: Any, kind: str = "") -> html.Td:
    """A cell that carries the name of its column, for phones, where rows become cards."""
    return html.Td(content, className=kind, **{"data-l": name})


def digest(text: str) -> Any:
    """The first digits; all of them where the reader asks."""
    return html.Code(text[:SHORT] + ("…" if len(text) > SHORT else ""), title=text) if text else "not kept"


def when(text: str) -> str:
    """`2026-11-23T01:54:50Z` as `2026-11-23 01:54 UTC`; a day as a day."""
    day, _, time = text.partition("T")
    return f"{day} {time[:5]} UTC" if time else day
