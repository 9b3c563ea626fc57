"""The column beside a commitment's figures: what was said, ties, overlaps, additionality, sources, history, citing."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.amount_words import amount, dollars
from dashboard.cite import citation, pinned
from dashboard.codes import GOALS
from dashboard.commitment import Commitment
from dashboard.commitment_words import bench_title
from dashboard.links import LINKS, TEXT_LINKS
from dashboard.pledges import Pledge, Provenance
from dashboard.ranges import Range
from dashboard.words import usd, years
from layouts.filled import planted
from layouts.pieces import absent, commitment, facts, folded, outside, panel, to

ADDITIONAL = {"yes": "stated as additional", "no": "not additional", "unclear": "", "": ""}
KINDS = {
    "official": "official document",
    "academic": "academic work",
    "ngo": "civil society",
    "press": "press",
    "memory": "from memory: no document was seen",
}
MAKERS = {"collective": "several makers together", "civil_society": "civil society"}


def said(told: Commitment, kept: str) -> html.Section:
    """What was promised, in our words: by whom, where, when, how much, until when."""
    pledge = told.pledge
    body = [html.P(pledge.title.rstrip(".") + ".", className="quote"), facts(_facts(told, kept))]
    body += [html.P(pledge.remarks, className="note")] if pledge.remarks else []
    body += [html.P(f"Measured by, in words: {pledge.measures}.", className="note")] if pledge.measures else []
    return panel("said", "What was said", "", [planted(html.Div(body))])


def _facts(told: Commitment, kept: str) -> list[tuple[str, Any]]:
    pledge = told.pledge
    held = amount(pledge.amount) or absent("no_target", "no amount: words only")
    prices = f" ({pledge.amount.prices})" if pledge.amount.prices else ""
    usd_then = dollars(pledge.usd_at_time) if pledge.usd_at_time is not None else absent("not_reported", "not stated")
    return [
        ("Made by", _maker(told, kept)),
        ("Kind of maker", MAKERS.get(pledge.maker_kind, pledge.maker_kind)),
        ("At", html.A(pledge.forum, **to(f"/forum/{pledge.forum_id}", kept)) if pledge.forum_id else pledge.forum),
        ("Initiative", pledge.initiative),
        ("Place", pledge.place),
        ("On", pledge.made),
        ("Goals", ", ".join(f"{goal} {GOALS[goal]}" for goal in pledge.goals)),
        ("Targets", ", ".join(pledge.targets)),
        ("Amount", [held, prices] if not isinstance(held, str) else f"{held}{prices}"),
        ("In US dollars then", usd_then),
        ("Period", _period(pledge)),
        ("Deadline", pledge.deadline or absent("not_clear", "none set")),
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
    parts = f"{base.value.normalize():,f}", unit, f"({base.year})" if base.year else ""
    return " ".join(part for part in parts if part)


def ties(told: Commitment, kept: str) -> html.Section:
    """The parent, declared links with their amounts, and the money that other commitments count too."""
    rows: list[Any] = []
    if told.parent:
        held = told.parent.pledge
        rows.append(_tie(commitment(held.id, held.title, kept), "it is part of", amount(held.amount)))
    for link in told.pledge.links:
        stated = f"{link.currency} {link.amount.normalize():,f}" if link.amount is not None else link.note
        name: Any = link.target.replace("->", " to ")
        if link.kind not in TEXT_LINKS and link.target in told.known:
            name = commitment(link.target, told.known[link.target], kept)
        rows.append(_tie(name, LINKS[link.kind], stated))
    for one in told.shared:
        about = f"both count this money, {years(min(one.overlap.years), max(one.overlap.years))}, current US dollars"
        rows.append(_tie(commitment(one.other.id, one.other.title, kept), about, usd(one.overlap.usd)))
    none = [html.P("No tie to another commitment is recorded or found.", className="note")]
    body = [html.Ul(rows, className="ties")] if rows else none
    source = "Declared links of the register; overlaps computed from the rows that two rules share"
    return panel("ties", "Counted with", "", [planted(html.Div(body))], source)


def _tie(name: Any, about: str, figure: str) -> html.Li:
    return html.Li([html.Span([name, html.Small(about)]), html.B(figure)])


def additional(told: Commitment) -> html.Section:
    """How much is new under every definition in use."""
    if told.bench is None:
        words = ADDITIONAL[told.pledge.additional]
        said_so = f"The record says: {words}." if words else "The record does not say clearly whether it is new money."
        why = "It is told only of measured promises of money." if told.pledge.kind == "financial" else ""
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
    rows: list[Any] = [_source(one) for one in pledge.sources]
    marked = []
    if pledge.unverified:
        marked.append(html.P([html.B("Rests on memory. "), pledge.unverified], className="find"))
    if pledge.confidence == "low":
        marked.append(html.P([html.B("Low confidence. "), "Check before quoting."], className="find"))
    if pledge.checked:
        marked.append(html.P([html.B("Checked. "), pledge.checked], className="note"))
    listed = [html.Ul(rows, className="ties")] if rows else [html.P("No document is held.", className="note")]
    return panel("sources", "Sources", "", [planted(html.Div([*listed, *marked]))])


def _source(one: Provenance) -> html.Li:
    where = f", {one.page}" if one.page else ""
    about = f"{KINDS.get(one.kind, one.kind)}{where}" + ("; of the delivery" if one.of == "delivery" else "")
    return html.Li(
        html.Span([outside(one.address, one.title or one.address or "Without a document"), html.Small(about)])
    )


def history(told: Commitment) -> html.Section:
    """Who wrote the record, when and why; newest first."""
    rows = [
        html.Li(html.Span([one.why, html.Small(f"{one.action}, {one.at[:10]}, {one.who}; state {one.state}")]))
        for one in told.revisions
    ]
    count = "One revision" if len(rows) == 1 else f"{len(rows)} revisions"
    body = html.Ul(rows, className="ties") if rows else html.P("No revision is kept.", className="note")
    return panel("history", count if rows else "Revisions", "", [planted(html.Div(body))])


def cite(told: Commitment, public: str) -> html.Section:
    """What to write under a quotation; edition and state are in the address."""
    address = public + pinned(f"/commitment/{told.pledge.id}", told.edition, told.registry)
    body = html.P(citation(told.pledge, address, told.edition, told.registry), className="cite")
    return panel("cite", "Cite this", "", [body, folded("Why edition and state", html.P(WHY))])


WHY = (
    "Figures change when a source is loaded anew, and records when the register is corrected. The address above names "
    "both, and shows what you see here for as long as they are kept."
)
