"""The column beside a commitment's figures: what was said, ties, overlaps, additionality, sources, history, citing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dash import html

from dashboard import carried
from dashboard.amount_words import amount, dollars
from dashboard.codes import GOALS
from dashboard.commitment import Commitment, Shared
from dashboard.commitment_words import bench_title
from dashboard.links import LINKS, Link
from dashboard.pledges import BY_MAKER, Pledge, Provenance
from dashboard.ranges import Range
from dashboard.record_words import KINDS
from dashboard.report_periods import title
from dashboard.words import dated, usd, years
from layouts.filled import planted
from layouts.pieces import absent, commitment, facts, folded, outside, panel, to

ADDITIONAL = {"yes": "stated as additional", "no": "not additional", "unclear": "", "": ""}
CONTRADICTED = "its sources disagree with this one"
MAKERS = {"collective": "several makers together", "civil_society": "civil society"}


def said(told: Commitment, kept: str) -> html.Section:
    """What was promised, in our words: by whom, where, when, how much, until when."""
    pledge = told.pledge
    body = [html.P(pledge.title.rstrip(".") + ".", className="quote"), facts(_facts(told, kept))]
    body += [html.P(pledge.remarks, className="note")] if pledge.remarks else []
    if pledge.measures and not told.measured.measured:  # else the rule says it
        body.append(folded("What would measure it", html.P(f"{pledge.measures}.", className="note")))
    return panel("said", "What was said", "", [planted(html.Div(body))])


def _facts(told: Commitment, kept: str) -> list[tuple[str, Any]]:
    pledge = told.pledge
    held = amount(pledge.amount) or absent("no_target", "no amount: words only")
    prices = f" ({pledge.amount.prices})" if pledge.amount.prices else ""
    usd_then: Any = dollars(pledge.usd_at_time) if pledge.usd_at_time is not None else ""
    if not usd_then and pledge.amount.currency not in ("", "USD"):
        usd_then = absent("not_reported", "not stated")
    return [
        ("Made by", _maker(told, kept)),
        ("Kind of maker", MAKERS.get(pledge.maker_kind, pledge.maker_kind)),
        ("At", html.A(pledge.forum, **to(f"/forum/{pledge.forum_id}", kept)) if pledge.forum_id else pledge.forum),
        ("Initiative", pledge.initiative),
        ("Place", pledge.place),
        ("On", dated(pledge.made)),
        ("Goals", ", ".join(f"{goal} {GOALS[goal]}" for goal in pledge.goals)),
        ("Targets", ", ".join(pledge.targets)),
        ("Amount", [held, prices] if not isinstance(held, str) else f"{held}{prices}"),
        ("In US dollars then", usd_then),
        ("Period", _period(pledge)),
        ("Deadline", dated(pledge.deadline) or absent("not_clear", "none set")),
        ("Baseline", _baseline(pledge)),
        ("Additional", ADDITIONAL[pledge.additional] or _unclear(pledge)),
        ("Confidence", html.Span(pledge.confidence, className=f"badge trust-{pledge.confidence}")),
    ]


def _maker(told: Commitment, kept: str) -> Any:
    """A country or institution has a page of its own."""
    pledge = told.pledge
    if not pledge.maker_code:
        return pledge.maker
    for dimension in ("donor", "recipient"):
        if told.names(dimension, pledge.maker_code) != pledge.maker_code:
            return html.A(pledge.maker, **to(f"/{dimension}/{pledge.maker_code}", kept))
    return pledge.maker


def _unclear(pledge: Pledge) -> html.Span:
    return absent("not_clear", "not clear") if pledge.additional else absent("not_reported", "not said")


def _period(pledge: Pledge) -> str:
    if pledge.since[:4].isdigit() and pledge.until[:4].isdigit():
        return years(int(pledge.since[:4]), int(pledge.until[:4]))
    return " to ".join(part for part in (pledge.since, pledge.until) if part)


def _baseline(pledge: Pledge) -> str:
    base = pledge.baseline
    if base.value is None:
        return base.year
    unit = base.unit or pledge.amount.unit
    as_amount = replace(pledge.amount, low=base.value, high=base.value, unit=unit)
    value = amount(as_amount) if as_amount.whole() else f"{base.value.normalize():,f} {unit}"
    parts = value.strip(), f"({base.year})" if base.year else ""
    return " ".join(part for part in parts if part)


def ties(told: Commitment, kept: str) -> html.Section:
    """The parent, declared links with their amounts, and the money that other commitments count too."""
    rows: list[Any] = []
    if told.parent:
        held = told.parent.pledge
        rows.append(_tie(commitment(held.id, held.title, kept), "it is part of", amount(held.amount)))
    whole = ("counts_under", told.pledge.parent)  # said already, as what it is part of
    rows += [
        _declared(one, told, kept) for one in told.pledge.links if not told.parent or (one.kind, one.target) != whole
    ]
    for one in told.shared:
        about = f"both count this money, {years(min(one.overlap.years), max(one.overlap.years))}, current US dollars"
        other = commitment(one.other.id, one.other.title, kept)
        rows.append(_tie(other, [about, *_rows(one, told)], usd(one.overlap.usd)))
    none = [html.P("No tie to another commitment is recorded or found.", className="note")]
    body = [html.Ul(rows, className="ties")] if rows else none
    if told.shared:
        body.append(html.P(html.A("The overlaps of all commitments, gross and net", **to("/overlaps", kept))))
    source = "Declared links of the register; overlaps computed from the rows that two rules share"
    return panel("ties", "Counted with", "", [planted(html.Div(body))], source)


def _declared(link: Link, told: Commitment, kept: str) -> html.Li:
    """A link of the register; what is only words in it is told as a sentence."""
    stated = f"{link.currency} {link.amount.normalize():,f}" if link.amount is not None else link.note
    if link.target in told.known:
        about = CONTRADICTED if link.kind == "contradiction" else LINKS[link.kind]
        return _tie(commitment(link.target, told.known[link.target], kept), about, stated)
    if link.kind == "contradiction":
        said = f"The sources of this commitment disagree on one thing: {link.target.replace(' vs ', ' against ')}."
        return _tie(said, "Where both give figures, the findings on this page quote them.", stated)
    if link.kind == "deadline_moved":
        return _tie(f"Its deadline moved: {_moved(link.target)}.", "", stated)
    return _tie(link.target, LINKS[link.kind], stated)


def _moved(text: str) -> str:
    """`from 2010 to 2015`; of `none->2012` `it had none, then 2012`."""
    first, *others = text.split("->")
    return f"it had none, then {', then '.join(others)}" if first == "none" else f"from {' to '.join([first, *others])}"


def _rows(one: Shared, told: Commitment) -> list[Any]:
    """The way to the rows that both count."""
    if one.rows is None:
        return []
    query = one.rows.change(edition=told.edition).write()
    words = {"aria-label": f"Rows counted in {one.other.title} too", "data-page": "/rows"}
    return [". ", html.A("Rows", href=f"/rows?{query}", **words)]


def _tie(name: Any, about: Any, figure: str) -> html.Li:
    return html.Li([html.Span([name, *([html.Small(about)] if about else [])]), *([html.B(figure)] if figure else [])])


def additional(told: Commitment) -> html.Section:
    """How much is new under every definition in use."""
    if told.bench is None:
        words = ADDITIONAL[told.pledge.additional]
        said_so = f"The record says: {words}." if words else "The record does not say clearly whether it is new money."
        why = "How much is new is computed of measured promises of money." if told.pledge.kind == "financial" else ""
        return panel("new", "How much of it is new", "", [html.P(f"{said_so} {why}".strip(), className="note")])
    rows = [
        html.Tr(
            [
                html.Th(reading.words[:1].upper() + reading.words[1:], scope="row"),
                html.Td(
                    usd(reading.additional.low)
                    if isinstance(reading.additional, Range)
                    else absent(reading.additional.value, reading.additional.words),
                    title="; ".join(f"{name}: {usd(value)}" for name, value in reading.inputs),
                ),
            ]
        )
        for reading in told.bench.readings
    ]
    table = html.Table([html.Caption("Readings", className="heard-only"), html.Tbody(rows)], className="readings")
    said_of = "No agreed definition exists; each method by name. " + _prices(told)
    return panel("new", bench_title(told), said_of, [planted(html.Div(table))], "Computed from the rule of this page")


def _prices(told: Commitment) -> str:
    rule = told.measured.rule
    return "Current US dollars" if rule.prices == "current" else f"US dollars of {rule.prices}"


def sources(told: Commitment) -> html.Section:
    """Documents with their page, who wrote them, what rests on memory and what a check found."""
    pledge = told.pledge
    reports = {title(one.fields, one.by): f"#contribution-{one.id}" for one in told.contributed if one.figure}
    rows: list[Any] = [_source(one, reports.get(one.title, "")) for one in pledge.sources]
    marked = []
    if pledge.unverified:
        marked.append(html.P([html.B("Rests on memory. "), pledge.unverified], className="find"))
    if pledge.confidence == "low":
        marked.append(html.P([html.B("Low confidence. "), "Check before quoting."], className="find"))
    if pledge.checked:
        marked.append(html.P([html.B("Checked. "), pledge.checked], className="note"))
    listed = [html.Ul(rows, className="ties")] if rows else [html.P("No document is held.", className="note")]
    return panel("sources", "Sources", "", [planted(html.Div([*listed, *marked]))])


def _source(one: Provenance, report: str) -> html.Li:
    """report: where the report of a maker stands on the page, of which a line is."""
    name = one.title or one.address or "Without a document"
    if one.kind == BY_MAKER:
        about = "given by its maker" if one.address else "reported by its maker; not a document of the register"
    else:
        about = f"{KINDS.get(one.kind, one.kind)}{f', {one.page}' if one.page else ''}"
    about += "; of the delivery" if one.of == "delivery" else ""
    named = html.A(name, href=report) if report and not one.address else outside(one.address, name)
    return html.Li(html.Span([named, html.Small(about)]))


def cite(told: Commitment, public: str) -> html.Section:
    """What to write under a quotation; edition and state are in the address."""
    one = carried.pledge(told.pledge, told.edition, told.registry)
    body = html.P(carried.cited(one, public, datetime.now(UTC).date()), className="cite")
    share = html.Button("Link and code for another page", type="button", **{"data-share": f"/embed{one.address}"})
    return panel("cite", "Cite this", "", [body, html.P(share), folded("Why edition and state", html.P(WHY))])


WHY = (
    "Figures change when a source is loaded anew, and records when the register is corrected. The address above names "
    "both, and shows what you see here for as long as they are kept."
)
