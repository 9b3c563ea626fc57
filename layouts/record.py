"""The page of one row: where it stands, how its amount came about, the record as read, and the rows beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dash import html

from dashboard.captions import METHODS, names
from dashboard.codes import GOALS, Codes
from dashboard.figures.cells import dollars, plain
from dashboard.figures.formulas import formula, whole_of
from dashboard.rows import Record
from dashboard.selection import Selection
from dashboard.traces import Row, Trace, fields
from dashboard.words import the, usd_exact
from layouts import citing
from layouts.filled import filled

LONGEST = 100_000  # characters of a raw record that are shown
UNTOLD = ("unstated", "unspecified")  # codes that stand for what the record does not tell
NUMBERS = ("Share", "Counted, US dollars", "Year", "US dollars")  # columns of digits
MILLIONS = ("crs",)  # sources whose files write millions of dollars


def page(trace: Trace, codes: Codes, selection: Selection, back: str, edition: str) -> list[Any]:
    """`selection`: of the list that led here, `back` its query string."""
    row, record = trace.row, trace.record
    title = (record.title if record else "") or str(row["item"] or "") or f"Row {row['row']:,}"
    lead = html.P(html.A("All rows of this list", **_to("/rows", back)), className="back")
    body = [
        lead,
        html.H1(title),
        html.P(summary(row, codes), className="lead"),
        html.H2("Where it stands"),
        _place(trace, codes, edition),
        html.H2("How the amount came about"),
        *_amount(trace, codes, selection),
        html.H2("The record as it was read"),
        *_record(trace),
        html.H2("Other rows of the same record" if record else "Other rows of the same line"),
        *_beside(trace, codes, back),
    ]
    address = f"/rows/{row['source']}/{row['row']}?edition={edition}"
    body += [html.P(["Permalink ", html.A(address, href=address)], className="permalink"), citing.of_page()]
    return [
        html.Main(html.Div(body), id="content", className="wrap plain record", **{"data-title": f"Row: {title[:80]}"})
    ]


def missing(words: str, back: str) -> list[Any]:
    """There is no such row, or it cannot be told now."""
    said = [html.H1("Row not found"), html.P(words), html.P(html.A("The list of rows", **_to("/rows", back)))]
    return [html.Main(said, id="content", className="wrap plain", **{"data-title": "Row not found"})]


def summary(row: Row, codes: Codes) -> str:
    """`$51,030,739.98 committed by the United Kingdom to Kenya, 2012, for reproductive health care (13020).`"""
    words = f"{usd_exact(row['usd'])} {row['stage']}"
    for dimension, joint in (("donor", "by"), ("recipient", "to")):
        if row[dimension] and row[dimension] not in UNTOLD:
            words += f" {joint} {the(codes.name(dimension, row[dimension]))}"
    words += f", {row['year']}"
    purpose = next((d for d in ("purpose", "sector") if row[d] and row[d] not in UNTOLD), "")
    if purpose:
        name = names(codes, purpose, (row[purpose],))[0]
        words += f", for {name}" + (f" ({row[purpose]})" if name != row[purpose] else "")
    return f"{words}. Row {row['row']:,} of {codes.sources[row['source']].title}."


def _to(path: str, query: str) -> dict[str, str]:
    return {"href": f"{path}?{query}" if query else path, "data-page": path}


def _told(pairs: list[tuple[str, Any]]) -> html.Dl:
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs if value], className="told-as")


def _place(trace: Trace, codes: Codes, edition: str) -> html.Dl:
    row, file = trace.row, trace.file or {}
    lines = f"line {row['line']:,}" + (f" of {file['lines']:,}" if file.get("lines") else "")
    size = f"{file['bytes']:,} bytes" if file.get("bytes") else ""
    return _told(
        [
            ("File", str(row["file"])),
            ("Line", lines),
            ("Item", str(row["item"] or "")),
            ("Stage, as the source says it", str(row["kind"] or row["stage"])),
            ("Published", _published(file)),
            ("Retrieved", file.get("retrieved")),
            ("SHA-256", html.Code(file["sha256"]) if file.get("sha256") else ""),
            ("Size", size),
            ("Licence", file.get("licence")),
            ("Source", codes.sources[row["source"]].title),
            ("Edition", edition),
        ]
    )


def _published(file: Row) -> Any:
    where = str(file.get("published") or "")
    return html.A(where, href=where, rel="noreferrer") if where.startswith(("https://", "http://")) else where


def _amount(trace: Trace, codes: Codes, selection: Selection) -> list[Any]:
    """The amount as reported, its part of the record, the rate, the dollars, the deflator, the share of the Goals."""
    row = trace.row
    made = [html.P(formula(row, whole_of(trace)), className="formula")]
    pairs = [(name, value) for name, value in _steps(trace, codes) if value]
    return [*made, _told(pairs), *_shares(trace, selection)]


def _steps(trace: Trace, codes: Codes) -> list[tuple[str, str]]:
    row, constant = trace.row, trace.row["usd_constant"]
    turned = str(row["currency"] or "USD") != "USD"
    deflated = usd_exact(constant) if isinstance(constant, Decimal) else "No deflator is known for it."
    part = "The record is spread over several rows, which sum to it." if whole_of(trace) else ""
    return [
        ("Unit", "The file writes millions of United States dollars." if row["source"] in MILLIONS else ""),
        ("Part", part),
        ("As reported to FTS", _converted(trace) if row["source"] == "fts" else ""),
        ("Rate", "The DAC’s annual rate of the year the amount is valued in." if turned else ""),
        (f"In dollars of {codes.base_year}", deflated),
    ]


def _converted(trace: Trace) -> str:
    """The amount in the currency of its donor, of which a flow keeps both; empty where it is in dollars."""
    held = dict(fields(trace.record.raw, trace.headings)) if trace.record else {}
    currency, amount = held.get("originalCurrency", ""), held.get("originalAmount", "")
    if not currency or currency == "USD" or not amount.strip():
        return ""
    written = plain(Decimal(amount)) if amount.replace(".", "", 1).isdecimal() else amount
    return f"{currency} {written}. FTS gives it in United States dollars."


def _shares(trace: Trace, selection: Selection) -> list[Any]:
    """What of the row counts for each Goal under each method; the method picked first."""
    if not trace.shares:
        return [html.P("The source does not tell its purpose, so it is counted for no Goal.", className="note")]
    order = sorted(trace.shares, key=lambda name: (name != selection.method, [*METHODS, name].index(name)))
    head = _headings("Mapping", "Goal", "Share", "Counted, US dollars", "Basis")
    rows = [
        _share(trace.row, name, share, selection.goal, name == selection.method)
        for name in order
        for share in trace.shares[name]
    ]
    return [
        html.Div(
            html.Table([html.Thead(head), html.Tbody(rows)]),
            className="scroll",
            tabIndex=0,
            role="region",
            **{"aria-label": "Shares"},
        )
    ]


def _headings(*words: str) -> html.Tr:
    """Headings of numbers stand over their digits."""
    return html.Tr([html.Th(word, scope="col", className="number" if word in NUMBERS else "") for word in words])


def _share(row: Row, method: str, share: Row, goals: tuple[str, ...], counts: bool) -> html.Tr:
    goal, counted = str(share["goal"]), row["usd"] * share["share"]
    name = f"{goal} {GOALS[goal]}" if goal.isdigit() else GOALS.get(goal, goal)
    basis = f"{share['basis']}. {share['citation']}".strip(". ")
    cells = [name, f"{plain(share['share'] * 100)}%", dollars(counted)["exact"].removeprefix("$"), basis]
    kinds = ["", "number", "number", ""]
    made = [html.Td(cell, className=kind) for cell, kind in zip(cells, kinds, strict=True)]
    return html.Tr(
        [html.Th(METHODS.get(method, method), scope="row"), *made], className="on" if goal in goals and counts else ""
    )


def _record(trace: Trace) -> list[Any]:
    if trace.record is None:
        return [html.P(_not_kept(trace))]
    told = [(n.capitalize(), getattr(trace.record, n)) for n in ("description", "agency", "channel")]
    return [
        _told(told),
        *_fields(trace.record, trace.headings),
        *_raw(trace.record.raw),
    ]


def _raw(raw: str) -> list[Any]:
    """The record to the letter; of one that is very long its beginning, which is said."""
    cut = [html.P(f"The first {LONGEST:,} of {len(raw):,} characters.", className="cut")] if len(raw) > LONGEST else []
    box = html.Pre(raw[:LONGEST], tabIndex=0, className="raw", role="region", **{"aria-label": "Raw record"})
    return [box, *cut]


def _not_kept(trace: Trace) -> str:
    """That the raw record is not in the edition, and where it can be read."""
    row, file = trace.row, trace.file or {}
    where = f", published at {file['published']}" if file.get("published") else ""
    return (
        "The raw record is not kept in this edition, which holds the figures of the embedded sources alone. "
        f"It is line {row['line']:,} of {row['file']}{where}."
    )


def _fields(record: Record, headings: str) -> list[Any]:
    found = [[name, value] for name, value in fields(record.raw, headings) if value.strip()]
    if not found:
        return []
    body = html.Tbody(**filled("exact", {"kinds": ["text", "text"], "rows": found, "behind": []}))
    head = html.Thead(html.Tr([html.Th("Heading", scope="col"), html.Th("As written", scope="col")]))
    return [
        html.Div(
            html.Table([head, body]), className="scroll fields", tabIndex=0, role="region", **{"aria-label": "Fields"}
        )
    ]


def _beside(trace: Trace, codes: Codes, back: str) -> list[Any]:
    if not trace.beside:
        return [html.P("None: the record makes this row alone." if trace.record else "None.")]
    head = _headings("Row", "Year", "Stage", "Donor", "Recipient", "Purpose", "US dollars")
    body = html.Tbody([_other(row, codes, back) for row in trace.beside])
    more = trace.others - len(trace.beside)
    said = [html.P(f"{more:,} more are not listed here.", className="cut")] if more > 0 else []
    table = html.Table([html.Thead(head), body])
    return [html.Div([table, *said], className="scroll", tabIndex=0, role="region", **{"aria-label": "Other rows"})]


def _other(row: Row, codes: Codes, back: str) -> html.Tr:
    link = html.A(f"{row['row']:,}", **_to(f"/rows/{row['source']}/{row['row']}", back))
    who = [codes.name(d, row[d]) if row[d] else ".." for d in ("donor", "recipient")]
    served = next((d for d in ("purpose", "sector") if row[d]), "")
    code = f" {row[served]}" if served and row[served] not in UNTOLD else ""
    purpose = f"{codes.name(served, row[served])}{code}" if served else ".."
    cells = [html.Td(str(row["year"]), className="number"), html.Td(f"{row['stage'].capitalize()}")]
    cells += [html.Td(words) for words in (*who, purpose)]
    return html.Tr([html.Th(link, scope="row"), *cells, html.Td(dollars(row["usd"])["main"], className="number")])
