"""Loads and their reports: what was read, kept and refused, each fault with its place, value, reason and way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from dash import html

from dashboard.codes import STAGES
from dashboard.holdings import OTHER, Load
from dashboard.words import MINUS, listed
from layouts.filled import filled
from layouts.holdings import digest, when

FAULTS = ("File", "Line", "Column", "Code", "Value", "Reason", "What to do")
FIRST = 100  # faults that are listed here; the report's file has more


def loads(held: Sequence[Load], titles: Mapping[str, str]) -> html.Section:
    """`titles`: of sources by their term."""
    about = html.P(
        "A load reads every record of its files once, refuses what it cannot read, and compares what it kept with an "
        "independent plain reading of the same files before anything is published."
    )
    return html.Section([html.H2("Loads and their reports"), about, *(_load(one, titles) for one in held)])


def _load(load: Load, titles: Mapping[str, str]) -> html.Section:
    named = [titles.get(code) or OTHER.get(code, code) for code in load.sources]
    name = html.H3(["Load of ", listed(named, 3)] if load.counted else "Embedded reference")
    facts = html.Dl([html.Div([html.Dt(key), html.Dd(words)]) for key, words in _facts(load)], className="facts")
    parts = [_faults(load), _sums(load, titles), _files(load), _notes(load)]
    get = html.P(html.A("Report as JSON", href=f"/data/{load.part}.json", download=f"{load.part}.json"))
    return html.Section(
        [name, html.P(said(load)), facts, *(part for part in parts if part), get], className="source-of"
    )


def said(load: Load) -> str:
    """The load in one sentence."""
    if not load.counted:
        return (
            "The figures that travel with the software: compiled from the files named under each source, with every "
            "printed sum compared with its parts. Nothing is refused when a server builds it."
        )
    read, kept, refused = (load.number(name) for name in ("read", "kept", "refused"))
    was = "1 was refused" if refused == 1 else f"{refused:,} were refused" if refused else "none was refused"
    return f"Of {read:,} records read, {kept:,} were kept and {was}."


def _facts(load: Load) -> list[tuple[str, Any]]:
    """Counts only where the report holds them: what was not counted is not nil."""
    counted = (("read", "Records read"), ("kept", "Kept"), ("refused", "Refused"), ("lines", "Lines of the files"))
    facts: list[tuple[str, Any]] = [
        (words, f"{load.number(name):,}") for name, words in counted if isinstance(load.told.get(name), int)
    ]
    most, seconds = load.told.get("max_refused"), load.told.get("seconds")
    facts += [("At most refused", f"{100 * most:g}%")] if isinstance(most, int | float) else []
    facts += [("Seconds", f"{seconds:,.1f}")] if isinstance(seconds, int | float) else []
    facts += [("Reader", html.Code(load.text("reader")))] if load.text("reader") else []
    facts += [("Made", when(load.text("made")))] if load.text("made") else []
    facts += [("Part", html.Code(load.part))]
    facts += [("Bytes of the part", f"{load.number('bytes'):,}")] if load.number("bytes") else []
    return [*facts, *([("SHA-256", digest(load.text("sha256")))] if load.text("sha256") else [])]


def _faults(load: Load) -> Any:
    if not load.faults:
        return html.P("No fault was found.") if load.counted else None
    counts = [f"{code}: {count:,}" for code, count in load.faults.items()]
    first, all_of_them = load.listed("first")[:FIRST], sum(load.faults.values())
    rows = [
        [
            _text(fault, "file"),
            _line(fault),
            _column(fault),
            *(_text(fault, name) for name in ("code", "value", "reason", "remedy")),
        ]
        for fault in first
    ]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in FAULTS]))
    body = html.Tbody(**filled("exact", {"kinds": [""] * len(FAULTS), "rows": rows, "behind": []}))
    words = f"The first {len(first):,} of {all_of_them:,} faults" if all_of_them > len(first) else "All faults"
    table = html.Table([html.Caption(words), head, body])
    box = html.Div(table, className="scroll", tabIndex=0, role="region", **{"aria-label": f"Faults of {load.part}"})
    summary = html.Summary(["Faults by code: ", ", ".join(counts)])
    return html.Details([summary, box], className="folded")


def _text(fault: Mapping[str, Any], name: str) -> str:
    return str(fault.get(name, ""))


def _line(fault: Mapping[str, Any]) -> str:
    """The line, or where else in a file that has none."""
    return str(fault.get("line") or fault.get("where") or "")


def _column(fault: Mapping[str, Any]) -> str:
    name, position = fault.get("column"), fault.get("position")
    return f"{name} ({position})" if name and position else str(name or "")


def _sums(load: Load, titles: Mapping[str, str]) -> Any:
    told = load.listed("sums")
    if not told:
        return None
    columns = sorted({(str(one.get("source", "")), _rung(one)) for one in told}, key=lambda c: (c[0], c[1]))
    sums = {(one.get("year"), str(one.get("source", "")), _rung(one)): one.get("usd") for one in told}
    rows = [
        [str(year), *(dollars(sums.get((year, *column))) for column in columns)]
        for year in sorted({one.get("year", 0) for one in told})
    ]
    names = [
        f"{titles.get(source, source)}: {STAGES[rung]}" if source else STAGES[rung].capitalize()
        for source, rung in columns
    ]
    head = html.Thead(
        html.Tr([html.Th(words, scope="col", className="usd" if i else "") for i, words in enumerate(["Year", *names])])
    )
    body = html.Tbody(**filled("exact", {"kinds": ["", *["usd"] * len(columns)], "rows": rows, "behind": []}))
    table = html.Table([html.Caption("Sums of what was kept, current US dollars, exact"), head, body])
    box = html.Div(table, className="scroll", tabIndex=0, role="region", **{"aria-label": f"Sums of {load.part}"})
    return html.Details([html.Summary("Sums by stage and year"), box], className="folded")


def _rung(one: Mapping[str, Any]) -> int:
    """The place of a stage on the ladder."""
    return STAGES.index(one["stage"]) if one.get("stage") in STAGES else 0


def dollars(written: Any) -> str | None:
    """A sum of a report with commas, all its digits but the zeros at its end; None is an absence."""
    try:
        value = Decimal(str(written)) if written is not None else None
    except InvalidOperation:
        return None
    if value is None:
        return None
    whole, _, part = f"{abs(value):,f}".partition(".")
    return f"{MINUS if value < 0 else ''}{whole}.{part.rstrip('0').ljust(2, '0')}"


def _files(load: Load) -> Any:
    told = load.listed("files")
    if not told:
        return None
    rows = [
        [
            _text(file, "file"),
            _text(file, "sha256"),
            f"{file.get('bytes', 0):,}",
            f"{file['lines']:,}" if file.get("lines") else "",
        ]
        for file in told
    ]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in ("File", "SHA-256", "Bytes", "Lines")]))
    body = html.Tbody(
        [
            html.Tr(
                [
                    html.Th(row[0], scope="row"),
                    html.Td(digest(row[1])),
                    *(html.Td(text, className="number") for text in row[2:]),
                ]
            )
            for row in rows
        ]
    )
    words = "1 file" if len(told) == 1 else f"{len(told):,} files"
    table = html.Table([html.Caption("Files that were read"), head, body])
    box = html.Div(table, className="scroll", tabIndex=0, role="region", **{"aria-label": f"Files of {load.part}"})
    return html.Details([html.Summary(words), box], className="folded")


def _notes(load: Load) -> Any:
    return html.Ul([html.Li(note) for note in load.notes], className="said-of") if load.notes else None
