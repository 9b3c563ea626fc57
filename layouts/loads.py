"""Loads and their reports: what was read, kept and refused, each fault with its place, value, reason and way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from dash import html

from dashboard.codes import STAGES
from dashboard.holdings import OTHER, Load
from dashboard.words import listed, usd_whole
from layouts.filled import filled
from layouts.holdings import digest, when

FAULTS = {
    "file": "File", "line": "Line", "column": "Column", "severity": "Kind", "code": "Code", "value": "Value",
    "reason": "Reason", "remedy": "What to do",
}  # fmt: skip
KINDS = {"row": "refused", "warning": "warning", "file": "file"}
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
    name = html.H3("Embedded reference" if load.embedded else f"Load of {listed(named, 3)}")
    facts = html.Dl([html.Div([html.Dt(key), html.Dd(words)]) for key, words in _facts(load)], className="facts")
    parts = [_faults(load), _sums(load, titles), _files(load), _notes(load)]
    way = html.A("Report as JSON", href=f"/data/{load.part}.json", download=f"{load.part}.json")
    parts += [html.P(way)] if load.told else []
    return html.Section([name, html.P(said(load)), facts, *(part for part in parts if part)], className="source-of")


def said(load: Load) -> str:
    """The load in one sentence."""
    if load.embedded:
        return (
            "The figures that travel with the software: compiled from the files named under each source, with every "
            "printed sum compared with its parts. Nothing is refused when a server builds it."
        )
    if not load.counted:
        return "Its report counts no records." if load.told else "No report is kept of it; load its source again."
    read, kept, refused = (load.number(name) for name in ("read", "kept", "refused"))
    was = "1 was refused" if refused == 1 else f"{refused:,} were refused" if refused else "none was refused"
    return f"Of {read:,} records read, {kept:,} were kept and {was}."


def _facts(load: Load) -> list[tuple[str, Any]]:
    """Counts only where the report holds them: what was not counted is not nil."""
    counted = (
        ("read", "Records read"),
        ("kept", "Kept"),
        ("refused", "Refused"),
        ("repeated", "Repeated"),
        ("lines", "Lines of the files"),
    )
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
    first, in_all = load.listed("first")[:FIRST], sum(load.faults.values())
    words = f"The first {len(first):,} of {in_all:,}" if in_all > len(first) else "All of them"
    rows = [[_told(fault, name) for name in FAULTS] for fault in first]
    counts = ", ".join(f"{code} {count:,}" for code, count in load.faults.items())
    box = _box(words, f"Faults of {load.part}", list(FAULTS.values()), [""] * len(FAULTS), rows)
    return html.Details([html.Summary(f"Faults and warnings by code: {counts}"), box], className="folded")


def _told(fault: Mapping[str, Any], name: str) -> str:
    """What a fault says; its place in words where the file has no lines, its column with its number."""
    value = str(fault.get(name) or "")
    if name == "line":
        return value or str(fault.get("where") or "")
    if name == "column" and value and fault.get("position"):
        return f"{value} ({fault['position']})"
    return KINDS.get(value, value) if name == "severity" else value


def _sums(load: Load, titles: Mapping[str, str]) -> Any:
    told = load.listed("sums")
    if not told:
        return None
    columns = sorted({(str(one.get("source", "")), _rung(one)) for one in told})
    sums = {(one.get("year"), str(one.get("source", "")), _rung(one)): one.get("usd") for one in told}
    years = sorted({year for one in told if isinstance(year := one.get("year"), int)})
    rows = [[str(year), *(dollars(sums.get((year, *column))) for column in columns)] for year in years]
    heads = ["Year", *(_heading(titles.get(source, source), STAGES[rung]) for source, rung in columns)]
    caption = "Sums of what was kept, current US dollars, exact"
    box = _box(caption, f"Sums of {load.part}", heads, ["", *["usd"] * len(columns)], rows)
    return html.Details([html.Summary("Sums by stage and year"), box], className="folded")


def _heading(title: str, stage: str) -> str:
    return f"{title}: {stage}" if title else stage.capitalize()


def _rung(one: Mapping[str, Any]) -> int:
    """The place of a stage on the ladder."""
    return STAGES.index(one["stage"]) if one.get("stage") in STAGES else 0


def dollars(written: Any) -> str | None:
    """A sum of a report with commas and all its digits, without its sign of dollars; None is an absence."""
    try:
        return usd_whole(Decimal(str(written))).replace("$", "") if written is not None else None
    except InvalidOperation:
        return None


def _files(load: Load) -> Any:
    told = load.listed("files")
    if not told:
        return None
    rows = [[str(file.get("file") or ""), str(file.get("sha256") or ""), *_sizes(file)] for file in told]
    words = "1 file" if len(told) == 1 else f"{len(told):,} files"
    heads, kinds = ["File", "SHA-256", "Bytes", "Lines"], ["", "", "number", "number"]
    box = _box("Files that were read", f"Files of {load.part}", heads, kinds, rows)
    return html.Details([html.Summary(f"{words} read"), box], className="folded")


def _sizes(file: Mapping[str, Any]) -> list[str]:
    """Bytes and lines; a file without lines says so."""
    size, lines = file.get("bytes"), file.get("lines")
    return [
        f"{size:,}" if isinstance(size, int) else "",
        f"{lines:,}" if isinstance(lines, int) and lines else "not counted",
    ]


def _box(
    caption: str, about: str, heads: Sequence[str], kinds: Sequence[str], rows: Sequence[Sequence[Any]]
) -> html.Div:
    """A table in a box that scrolls, reachable by keyboard; texts of files stay texts."""
    cells = [html.Th(words, scope="col", className=kind) for words, kind in zip(heads, kinds, strict=True)]
    body = html.Tbody(**filled("exact", {"kinds": kinds, "rows": rows, "behind": []}))
    table = html.Table([html.Caption(caption), html.Thead(html.Tr(cells)), body])
    return html.Div(table, className="scroll", tabIndex=0, role="region", **{"aria-label": about})


def _notes(load: Load) -> Any:
    return html.Ul([html.Li(note) for note in load.notes], className="said-of") if load.notes else None
