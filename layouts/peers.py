"""The same promise kept by others, as a ranked list with bars; and where a recipient stands by need for each Goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dash import html

from dashboard.amount_words import part, plain, single
from dashboard.matrix import level
from dashboard.outcomes import STATES
from dashboard.peers import Need, Peer, Peers
from dashboard.ranges import Range, point
from dashboard.words import ordinal, the
from layouts.filled import el, planted
from layouts.matrix import mark_of
from layouts.needs import money_a_head, why
from layouts.pages import short
from layouts.parts import mark
from layouts.pieces import folded, panel, to

MOST = Decimal(2)  # times the target that the longest bar stands for
SHOWN = 10  # rows before the rest is folded; the own row always stands among them
PANELS = 6  # comparisons before the rest is folded
COMMITTED = "Counted is what was committed, not what was paid"
REGISTER = "Register of commitments and the figures of this edition"


def compared(kind: str, every: Sequence[Peers], places: Mapping[str, str], kept: str) -> list[Any]:
    """places: by promise, what is said of the place among those of the same income group."""
    if not every:
        return []
    made = [_one(one, places.get(one.of.pledge.id, ""), kept) for one in every]
    head = html.Div(
        [html.H2("The same promises kept by others", id="peers"), html.P(_said(kind), className="sub")],
        className="peers-head",
    )
    rest = [folded(f"{len(made) - PANELS} more comparisons", html.Div(made[PANELS:], className="peers"))]
    return [head, html.Div(made[:PANELS], className="peers"), *(rest if len(made) > PANELS else [])]


def _said(kind: str) -> str:
    who = "donors" if kind == "donor" else "countries of the same region"
    return f"Promises it shares with other {who}: the furthest first. Who has no figure stands last, with the reason."


def _one(one: Peers, place: str, kept: str) -> html.Section:
    pledge, rows = one.of.pledge, list(one.rows)
    first = rows[:SHOWN]
    more = [row for row in rows[SHOWN:] if not row.own]
    first += [row for row in rows[SHOWN:] if row.own]
    body: list[Any] = [_list(first, one, kept)]
    body += [folded(f"{len(more)} more", _list(more, one, kept))] if more else []
    where = f"{place} " if place else ""
    way = html.A(pledge.title, **to(f"/commitment/{pledge.id}", kept))
    body.append(planted(html.P([where, way], className="links")))
    return panel(f"peers-{pledge.id}", title(one), f"{pledge.title}. {_under(one)}", body, REGISTER)


def title(one: Peers) -> str:
    """`The United Kingdom is 5th of 28; 6 reached the target`."""
    aim = "what they promised" if one.parts else "the target"
    own, reached = one.own, f"{one.met} of {one.known} {came(one.stage, one.part)} {aim}"
    name = the(own.name)
    if own.place is None:
        return f"{reached}; {name} has no figure"
    return f"{name[:1].upper()}{name[1:]} is {ordinal(own.place)} of {one.known}; {reached}"


def came(stage: str, part: bool) -> str:
    """`reached`, where the counted rung is that of delivery or there is none; what was committed is told as such. part:
    whether only a part of what counts is seen."""
    done = "committed" if stage == "committed" else "reached"
    return f"are shown to have {done}" if part else done


def _under(one: Peers) -> str:
    """Against what they stand, in which unit and year, and among whom; what is counted where that is no delivery."""
    unit = one.unit if one.unit not in ("%", "USD") else ""
    counted = f". {COMMITTED}" if one.stage == "committed" else ""
    if len(_years(one)) > 1:
        return f"Each against what it promised, in the year for which it did{counted}"
    if one.parts:
        first = "Each against what it promised"
    elif one.each or one.own.target is None:
        first = f"Each against its own target{f', {unit}' if unit else ''}"
    else:
        first = f"Against {'at most ' if one.better == 'down' else ''}{_target(one.own.target, one.unit)}"
        first += f" {unit.removeprefix('% ')}" if unit else ""
    rule = one.of.pledge.rule
    among = "members of the DAC at its end" if rule and rule.donors == ("DAC",) and not one.parts else one.among
    return f"{first}, {one.year}{f'; {among}' if among else ''}{counted}"


def _years(one: Peers) -> set[int]:
    """The years of the figures, where each stands against a promise of its own."""
    return {row.entry.outcome.at for row in one.rows if one.parts and row.entry and row.place is not None}


def _target(target: Range, unit: str) -> str:
    low, high = _short(target.low, unit), _short(target.high, unit)
    return low if low == high else f"{low} to {high}"


def _short(value: Decimal, unit: str) -> str:
    """A value without the words of its unit, which the line above has."""
    return single(value, unit) if unit in ("%", "USD") else f"{plain(value)}{'%' if unit.startswith('%') else ''}"


def _list(rows: Sequence[Peer], one: Peers, kept: str) -> html.Div:
    longest = min(MOST, max([Decimal(1), *(row.reached for row in one.rows if row.reached is not None)]))
    return planted(html.Div(el.ol([_row(row, one, longest, kept) for row in rows]), className="peer-rows"))


def _row(row: Peer, one: Peers, longest: Decimal, kept: str) -> Any:
    name = el.b(row.name) if row.own else el.a(row.name, **to(row.page, kept)) if row.page else row.name
    about = {"className": "own", "aria-current": "true"} if row.own else {}
    place = el.span(f"{row.place}" if row.place else "", className="n")
    if row.reached is None:
        sign = mark_of(row.state)
        return el.li(
            [place, el.span(name), el.span([mark(sign, ""), " ", _why_none(row)], className="none-of why")], **about
        )
    width = f"{float(100 * min(longest, max(Decimal(0), row.reached)) / longest):.1f}%"
    colour = f"key-{one.stage}" if one.stage == "committed" else f"l{level(row.reached)}"
    bar = el.span(el.span(className=colour, style={"width": width}), className="bar", **{"aria-hidden": "true"})
    return el.li([place, el.span(name), bar, el.span(_value(row, one), className="v")], **about)


def _why_none(row: Peer) -> str:
    if row.entry:
        return STATES[row.state]
    return "not reported" if row.value is None else "reported, with no target to compare it with"


def _value(row: Peer, one: Peers) -> list[Any]:
    """The value where all stand against one target, else the part of what was promised or the target beside it."""
    if row.reached is None or row.value is None:
        return []
    word = "of" if one.parts else "target" if one.better == "up" else "at most"
    beside = f"{word} {_target(row.target, one.unit)}" if row.target and (one.parts or one.each) else ""
    if beside and row.entry and len(_years(one)) > 1:
        beside += f", {row.entry.outcome.at}"
    first = part(point(row.reached)) if one.parts else _short(row.value, one.unit)
    done = "committed" if one.stage == "committed" else "reached"
    not_met = "not shown" if one.part else f"not {done}"
    met = el.span(done if row.met else not_met, className="heard-only")
    return [el.b(first), *([el.small(beside)] if beside else []), met]


def needs(every: Sequence[Need], region: str, kept: str) -> list[Any]:
    """Where a recipient stands by need against funding, Goal by Goal, with the way to the ranking."""
    if not every:
        return []
    heads = ("Goal", "Place", region or "In its region", "Indicator", "A head and year")
    head = el.thead(el.tr([el.th(words, scope="col") for words in heads]))
    body = el.tbody([_need(one, heads, kept) for one in every])
    caption = el.caption("Need against funding by Goal", className="heard-only")
    box = planted(html.Div(el.table([caption, head, body], className="listing placed"), className="wide"))
    under = (
        "Place among the recipients that can be ranked, the first being worst off and least funded; need and lack of "
        "funding count alike. Money in current US dollars. The page of needs has the formula and other weights"
    )
    return [panel("needs", _worst(every), under, [box], "MDG indicators and the sources of flows of this edition")]


def _worst(every: Sequence[Need]) -> str:
    """For which Goal it is placed worst, of how many."""
    known = [
        (row.place / one.ranked, one.goal, row.place, one.ranked) for one in every if (row := one.row) and row.place
    ]
    if not known:
        return "It can be ranked by need for none of the Goals"
    _, goal, place, ranked = min(known)
    return f"By need against funding it stands worst for Goal {goal}: {ordinal(place)} of {ranked}"


def _need(one: Need, heads: Sequence[str], kept: str) -> Any:
    own = f"&recipient={one.row.code}" if one.row else ""
    way = el.a(short(one.goal), **to(f"/needs?goal={one.goal}{own}", kept))
    near = [el.b(ordinal(one.near[0])), f" of {one.near[1]}"] if one.near else mark("not-reported", "not ranked")
    cells = [
        el.td(cell, **{"data-l": head})
        for cell, head in zip((_place(one), near, *_figures(one)), heads[1:], strict=True)
    ]
    return el.tr([el.th(way, scope="row"), *cells])


def _place(one: Need) -> list[Any]:
    if one.row is not None and one.row.place is not None:
        return [el.b(ordinal(one.row.place)), f" of {one.ranked}"]
    lacks = one.why or (why(one.row) if one.row else "not among the recipients ranked")
    return [mark("not-reported", ""), " ", el.small(lacks)]


def _figures(one: Need) -> tuple[Any, Any]:
    """The indicator, and the money a head and year; each may be missing."""
    missing = mark("not-reported", "not reported")
    if one.row is None:
        return missing, missing
    under = el.small(f"{one.series}, {one.row.year}")
    value = missing if one.row.value is None else [_indicator(one.row.value, one.unit), under]
    return value, missing if one.row.per_head is None else money_a_head(one.row.per_head)


def _indicator(value: Decimal, unit: str) -> str:
    return f"{plain(value)}%" if unit.startswith("%") else plain(value)
