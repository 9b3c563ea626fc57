"""Commitments as a table that reads aloud and reflows: sortable heads, what was measured, and the reason where nothing
was; below it the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.amount_words import amount, dollars, figure, part
from dashboard.amounts import Amount
from dashboard.commitment import Entry
from dashboard.links import TEXT_LINKS
from dashboard.listing import Page
from dashboard.matrix import level
from dashboard.outcomes import JUDGED
from dashboard.ranges import Range
from dashboard.register_terms import COLUMNS, USUAL, Asked
from dashboard.report_periods import told
from layouts.filled import el, planted
from layouts.matrix import mark_of
from layouts.parts import mark
from layouts.pieces import to

HEADS: Mapping[str, tuple[str, str]] = {  # column -> its head, and the order that a click on it asks for
    "title": ("Commitment", "title"),
    "maker": ("Maker", "maker"),
    "forum": ("Forum", "forum"),
    "goals": ("Goals", ""),
    "made": ("Made", "made"),
    "pledged": ("Pledged", "pledged"),
    "measured": ("Measured", "delivered"),
    "delivery": ("Delivery", "share"),
    "due": ("Due", "due"),
    "confidence": ("Confidence", "confidence"),
    "usd": ("In US dollars then", ""),
    "reported": ("As reported", ""),
    "period": ("Period", ""),
    "kind": ("Kind", ""),
    "place": ("Place", ""),
    "targets": ("Targets", ""),
    "additional": ("Additional", ""),
    "initiative": ("Initiative", ""),
    "id": ("Record", ""),
    "prices": ("Prices", ""),
    "baseline": ("Baseline", ""),
    "parent": ("Part of", ""),
    "ties": ("Tied to", ""),
    "step": ("Step of a policy", ""),
    "sexes": ("Women and girls", ""),
    "source": ("Source", ""),
    "remarks": ("Remarks", ""),
}


def listed(entries: Sequence[Entry], kept: str, asked: Asked | None = None) -> html.Div:
    """asked: where the heads put the list in order; without it they are words alone."""
    columns = asked.shown() if asked else USUAL
    head = el.thead(el.tr([_head(name, asked) for name in ("title", *columns)]))
    rows = [_row(entry, kept, columns) for entry in entries]
    table = html.Table([el.caption("Commitments", className="heard-only"), head, el.tbody(rows)], className="promises")
    return planted(html.Div(table, className="wide"))


def _head(name: str, asked: Asked | None) -> Any:
    words, sort = HEADS[name]
    if asked is None or not sort:
        return el.th(words, scope="col")
    on = asked.sort.removeprefix("-") == sort
    back = on and not asked.sort.startswith("-")
    query = asked.change(sort=f"-{sort}" if back else sort).write()
    way = {"aria-sort": "descending" if asked.sort.startswith("-") else "ascending"} if on else {}
    sign = [el.span(("↓" if asked.sort.startswith("-") else "↑"), **{"aria-hidden": "true", "className": "sign"})]
    link = el.a([words, *(sign if on else [])], href=f"/commitments?{query}", **{"data-search": query})
    return el.th(link, scope="col", **way)


def _row(entry: Entry, kept: str, columns: Sequence[str]) -> Any:
    pledge = entry.pledge
    link = el.a(pledge.title, **to(f"/commitment/{pledge.id}", kept))
    cells = [el.td(CELLS[name](entry, kept), className=f"c-{name}", **{"data-l": HEADS[name][0]}) for name in columns]
    return el.tr([el.th(link, scope="row"), *cells])


def _forum(entry: Entry, kept: str) -> Any:
    pledge = entry.pledge
    return el.a(pledge.forum, **to(f"/forum/{pledge.forum_id}", kept)) if pledge.forum_id else pledge.forum


def _measured(entry: Entry, _: str) -> Any:
    outcome = entry.outcome
    if not outcome.measured:
        return mark("not-reported", "not measured")
    value = figure(outcome.delivered, outcome.unit)
    if outcome.unit in ("USD", "%") or not isinstance(outcome.due, Range):
        return value  # in the unit of what was pledged, beside which it stands
    return [value, el.small(f"due: {figure(outcome.due, outcome.unit)}")]


def _reported(entry: Entry, _: str) -> Any:
    held = entry.pledge.delivered
    if not isinstance(held.amount, Amount) or not amount(held.amount):
        return mark("not-reported", "not reported")
    by = ", ".join(part for part in (held.by, held.counts if told(held.counts) else held.as_of) if part)
    return [amount(held.amount), el.small(by)]


def _confidence(entry: Entry, _: str) -> Any:
    low = [el.small("from memory", className="warned")] if entry.pledge.unverified else []
    return [entry.pledge.confidence, *low]


def _usd(entry: Entry, _: str) -> Any:
    value = entry.pledge.usd_at_time
    return mark("not-reported", "not stated") if value is None else dollars(value)


def _baseline(entry: Entry, _: str) -> Any:
    held = entry.pledge.baseline
    said = "" if held.value is None else amount(Amount(held.value, held.value, held.unit or entry.pledge.amount.unit))
    return " of ".join(part for part in (said, held.year) if part)


def _record(id_: str, kept: str) -> Any:
    return el.a(id_, **to(f"/commitment/{id_}", kept)) if id_ else ""


def _ties(entry: Entry, kept: str) -> list[Any]:
    """What ties it, and to which record."""
    held = [one for one in entry.pledge.links if one.kind not in TEXT_LINKS]
    return [el.small([f"{one.kind.replace('_', ' ')} ", _record(one.target, kept)]) for one in held]


def _source(entry: Entry, _: str) -> Any:
    held = entry.pledge.sources[0] if entry.pledge.sources else None
    if held is None:
        return mark("not-reported", "none")
    name = held.title or held.address or held.kind
    there = held.address.startswith(("https://", "http://"))
    return el.a(name, href=held.address, rel="noreferrer") if there else name


CELLS: Mapping[str, Callable[[Entry, str], Any]] = {
    "maker": lambda entry, _: entry.pledge.maker,
    "forum": _forum,
    "goals": lambda entry, _: ", ".join(entry.pledge.goals),
    "made": lambda entry, _: entry.pledge.made[:7],
    "pledged": lambda entry, _: amount(entry.pledge.amount) or [mark("no-target", ""), " words only"],
    "measured": _measured,
    "delivery": lambda entry, _: delivery(entry),
    "due": lambda entry, _: (entry.pledge.deadline or entry.pledge.until)[:4] or "none set",
    "confidence": _confidence,
    "usd": _usd,
    "reported": _reported,
    "period": lambda entry, _: " to ".join(part for part in (entry.pledge.since, entry.pledge.until) if part),
    "kind": lambda entry, _: entry.pledge.kind,
    "place": lambda entry, _: entry.pledge.place,
    "targets": lambda entry, _: ", ".join(entry.pledge.targets),
    "additional": lambda entry, _: entry.pledge.additional or "not said",
    "initiative": lambda entry, _: entry.pledge.initiative,
    "id": lambda entry, _: entry.pledge.id,
    "prices": lambda entry, _: entry.pledge.amount.prices,
    "baseline": _baseline,
    "parent": lambda entry, kept: _record(entry.pledge.parent, kept),
    "ties": _ties,
    "step": lambda entry, _: entry.pledge.status.replace("_", " "),
    "sexes": lambda entry, _: "yes" if entry.pledge.sexes else "not told apart",
    "source": _source,
    "remarks": lambda entry, _: entry.pledge.remarks,
}


def delivery(entry: Entry) -> list[Any]:
    """A bar and the share of what was due, in the colour of its rung; or the mark of what is missing, and its words."""
    share, state = entry.outcome.share, entry.state
    if state in JUDGED and isinstance(share, Range):
        width = f"{max(0.0, min(100.0, float(100 * share.low))):.0f}%"
        colour = "key-committed" if entry.outcome.stage == "committed" else f"l{level(share.low)}"
        bar = el.span(className=colour, style={"width": width})
        return [el.span(bar, className="mini", **{"aria-hidden": "true"}), part(share), el.small(_words(entry))]
    least = f"at least {part(share)}, " if state == "part" and entry.outcome.bound and isinstance(share, Range) else ""
    return [mark(mark_of(state), ""), " ", el.small(f"{least}{entry.words}")]


def _words(entry: Entry) -> str:
    """Its state, and of a count of countries what this alone does not tell."""
    return f"{entry.words}; {entry.outcome.beside}" if entry.outcome.beside else entry.words


def pager(page: Page, asked: Asked) -> html.Nav:
    """`Page 2 of 19`, and the pages beside it."""
    near = sorted({1, page.pages, *range(max(1, page.number - 2), min(page.pages, page.number + 2) + 1)})
    links: list[Any] = []
    for before, number in zip([0, *near], near, strict=False):
        if number > before + 1:
            links.append(html.Li(html.Span("…")))
        query = asked.change(page=number).write()
        here = {"aria-current": "page", "className": "on"} if number == page.number else {}
        about = {"data-search": query, "aria-label": f"Page {number}"}
        links.append(html.Li(html.A(f"{number}", href=f"/commitments?{query}", **about, **here)))
    words = html.P(f"Page {page.number} of {page.pages}")
    return planted(html.Nav([words, html.Ul(links)], className="pager", **{"aria-label": "Pages of the list"}))


def chooser(asked: Asked) -> html.Details:
    """Which columns the list has; each choice is an address."""
    rows = []
    for name, usual in COLUMNS.items():
        on = name in asked.shown()
        query = asked.with_column(name).write()
        tick = el.span(className="tick on" if on else "tick", **{"aria-hidden": "true"})
        said = f"{HEADS[name][0]}: {'shown' if on else 'not shown'}"
        about = {"data-search": query, "aria-label": said, "className": "usual" if usual else "more-of"}
        rows.append(html.Li(html.A([tick, HEADS[name][0]], href=f"/commitments?{query}", **about)))
    return html.Details([html.Summary("Columns"), planted(html.Ul(rows, className="menu"))], className="pop columns-of")
