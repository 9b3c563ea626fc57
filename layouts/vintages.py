"""The same promise otherwise: at two price bases, as accounts of two dates tell its gap, and as releases had it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dash import html

from dashboard.amount_words import amount, part
from dashboard.amounts import Absence
from dashboard.causes import LEVELS, NAMES, REACHED
from dashboard.cite import pinned
from dashboard.commitment import Commitment
from dashboard.falls import fall
from dashboard.measured import Measured
from dashboard.ranges import Figure
from dashboard.readings import Reading
from dashboard.releases import MONEY, Again
from dashboard.statements import Statement
from dashboard.vintages import Moved, Vintage, side_by_side
from dashboard.words import MINUS, Scale, dated, number, scale_of, usd
from layouts.filled import planted
from layouts.pieces import absent, folded, outside, panel

GROUP, BILLION = "DAC", Decimal(10) ** 9
LEFT_OVER = "unexplained"
OVER = "What the figures of an account leave over is unexplained; what it does not name is not zero."
OF_THE_TIME = (
    "Releases sum the members that the DAC had when they appeared; what this edition holds of the DAC as one is of its "
    "30 members of 2022. Part of a difference can be that: what the members of the year gave stands beside it."
)
NAMED = ("not named", "not named", "not named", "not computed")  # of what has no figure: two accounts, their move, ours
BASES = (
    "The promise stands in {first}: that reading measures it. The other sets dollars of the day against the same "
    "figure; inflation and exchange rates alone make the difference between the two.{same}"
)
SAME = " Both are of the same {count} donors in every year: those that the promise names in {until}."


def readings(told: Commitment) -> list[html.Section]:
    """Both published readings side by side, ours beside what sources said on the same basis."""
    if not told.readings:
        return []
    own, current = told.readings
    heads = ["Measure", *(_upper(one.basis) for one in told.readings)]
    told_rows = [*_reading_rows(own.found, told.readings), ("Terms", [_terms(one, told) for one in told.readings])]
    rows = [html.Tr([_name(words), *map(html.Td, values)]) for words, values in told_rows]
    basis = own.basis.removeprefix("US ")
    title = f"{part(own.share)} of what was due came in {basis}, {part(current.share)} in current ones"
    note = html.P(BASES.format(first=own.basis, same=_same(own.found)), className="note")
    body = planted(html.Div([_table("Two readings", heads, rows), note]))
    return [panel("readings", title, "Two readings of the same aid, side by side", [body])]


def _same(found: Measured) -> str:
    """Whom a level and what stands above it are of, where several give."""
    count = len(found.coverage.members)
    if count < 2 or found.rule.baseline == "none" or found.rule.counts != "last":
        return ""
    return SAME.format(count=count, until=found.rule.until)


def _terms(one: Reading, told: Commitment) -> html.A:
    """The file that the figures of a reading can be made again from."""
    address = pinned(f"/export/commitment/{told.pledge.id}.csv", told.edition, told.registry)
    words = {"aria-label": f"CSV of the terms, {one.basis}"}
    return html.A("CSV", href=f"{address}&prices={one.found.rule.prices}", download="", **words)


def _table(caption: str, heads: Sequence[str], rows: Sequence[Any], kind: str = "readings sided") -> html.Div:
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    made = html.Table([html.Caption(caption, className="heard-only"), head, html.Tbody(list(rows))], className=kind)
    return html.Div(made, className="wide")


def _name(words: str) -> html.Th:
    return html.Th(words, scope="row")


def _reading_rows(found: Measured, both: Sequence[Reading]) -> list[tuple[str, list[Any]]]:
    """Amounts on one scale, with a decimal at least: the difference of two readings is small beside their levels."""
    rule, until = found.rule, min(found.at, found.rule.until)
    held = scale_of(abs(value) for one in both for value in (one.before, one.reached) if value is not None)
    scale = Scale(held.unit, max(1, held.decimals))
    level = rule.counts != "sum" and rule.baseline != "none"
    rows: list[tuple[str, list[Any]]] = []
    if level:
        rows.append((f"Level of {rule.baseline_since}", [_usd(one.before, scale) for one in both]))
        rows.append((f"Level of {until}", [_usd(one.reached, scale) for one in both]))
    rows.append(("The rise" if level else "Delivered", [_end(one.found.delivered, scale) for one in both]))
    rows.append(("Due", [_end(one.found.due, scale) for one in both]))
    rows.append(("Gap", [_end(one.found.gap, scale) for one in both]))
    rows.append(("Share of what was due", [part(one.share) for one in both]))
    rows.append(("As published", [_published(one.said) for one in both]))
    return rows


def _usd(value: Decimal | None, scale: Scale) -> Any:
    return absent("not_reported", "not reported") if value is None else scale.text(value)


def _end(value: Figure, scale: Scale) -> Any:
    return absent(value.value, value.words) if isinstance(value, Absence) else scale.text(value.low)


def _published(said: Sequence[Statement]) -> Any:
    if not said:
        return absent("not_reported", "no source is held")
    return [html.Div([amount(one.amount), html.Small(outside(one.address, one.title))]) for one in said]


def vintages(told: Commitment) -> list[html.Section]:
    """What two accounts said the gap was made of, and the same from this edition."""
    if len(told.vintages) < 2:
        return []
    first, last = told.vintages[0], told.vintages[-1]
    moved = {row.cause: row for row in side_by_side(first, last)}
    now = Vintage("", "", fall(told.measured))
    ours = {row.cause: row.later for row in side_by_side(first, now)} if now.rows else {}
    scale = scale_of(abs(row.later) for row in moved.values() if row.later is not None)
    between = ["Cause", *(f"{one.by}, {dated(one.as_of)}" for one in (first, last)), "Moved between", "This edition"]
    rows = []
    for cause in dict.fromkeys([*moved, *ours]):
        one = moved.get(cause, Moved(cause, None, None))
        values = one.earlier, one.later, one.moved if cause in moved else None, ours.get(cause)
        if cause == LEFT_OVER:  # reckoned of each account, not named by it
            values = tuple(value or Decimal(0) for value in values)
        name = _name(REACHED if cause == "delivered" and "baseline" in moved else LEVELS.get(cause) or NAMES[cause])
        told_so = [_plain(value, scale, words) for value, words in zip(values, NAMED, strict=True)]
        rows.append(html.Tr([name, *(html.Td(value, className="number") for value in told_so)]))
    basis = first.prices.replace("constant ", "US dollars of ")
    under = f"What the gap was made of, as told at two dates and as measured now. {_upper(scale.unit[1])}s of {basis}."
    note = html.P(OVER, className="note")
    body = planted(html.Div([_table("Causes in two accounts", between, rows), note, _sources(first, last)]))
    return [panel("vintages", "The same commitment, looked at in two years", under, [body])]


def _plain(value: Decimal | None, scale: Scale, words: str) -> Any:
    return absent("not_reported", words) if value is None else scale.plain(value)


def _sources(first: Vintage, last: Vintage) -> html.Ul:
    listed = dict.fromkeys([*first.sources, *last.sources])
    return html.Ul([html.Li(html.Span(outside(address, title))) for title, address in listed], className="ties")


def releases(told: Commitment) -> list[html.Section]:
    """The figures that are counted, as releases of their time had them, and as the edition holds them."""
    if not told.releases:
        return []
    known = [one for one in told.releases if one.now is not None]
    moved, same = ([one for one in known if one.differs is differs] for differs in (True, False))
    blank = [one for one in told.releases if one.now is None]
    inside: list[Any] = [_released(moved, told)] if moved else [html.P("Each figure is as it was published.")]
    for words, rest in (("as they were published", same), ("of years that this edition does not hold", blank)):
        inside += [folded(f"{len(rest)} {words}", _released(rest, told))] if rest else []
    title = f"{len(moved)} of {len(known)} figures have moved since they were published"
    title = title if moved else "What is counted, as known then and now"
    if any(one.release.code == GROUP for one in told.releases):
        inside.append(html.P(OF_THE_TIME, className="note"))
    under = "Net aid as releases of their time had it, beside this edition. A figure carries its release."
    return [panel("releases", title, under, [planted(html.Div(inside))])]


def _released(every: Sequence[Again], told: Commitment) -> html.Div:
    heads = ("Year", "Then", "This edition", "Moved", "Release")
    several = len({one.release.code for one in told.releases}) > 1
    rows = []
    for one in every:
        given = one.release
        who = f"{told.names('donor', given.code)}, {given.year}" if several else str(given.year)
        source = html.Span([outside(given.address, given.title), html.Small(f"published {dated(given.published)}")])
        cells = zip(heads[1:], (_value(one, given.value), _now(one), _moved(one), source), strict=True)
        rows.append(html.Tr([_name(who), *(html.Td(cell, **{"data-l": head}) for head, cell in cells)]))
    return _table("Releases", heads, rows, "listing released")


def _value(one: Again, value: Decimal | None) -> Any:
    """With the digits that the release writes, two decimals at most."""
    if value is None:
        return absent("not_reported", "not in this edition")
    if one.release.series == MONEY:
        return f"${_billions(one, value)}"
    return f"{number(value, 2)}% of GNI"


def _now(one: Again) -> Any:
    """What the edition holds; of a group whose members these are."""
    if one.now is None or one.release.code != GROUP:
        return _value(one, one.now)
    those = f"; the {one.members[0]} of {one.release.year}: {usd(one.members[1])}" if one.members else ""
    return html.Span([_value(one, one.now), html.Small(f"30 members of 2022{those}")])


def _billions(one: Again, value: Decimal) -> str:
    decimals = min(2, max(0, -(one.release.last / BILLION).adjusted()))
    return f"{number(value / BILLION, decimals)}\N{NO-BREAK SPACE}bn"


def _moved(one: Again) -> str:
    if one.moved is None or not one.differs:
        return "–"
    sign = "+" if one.moved > 0 else MINUS
    size = abs(one.moved)
    return f"{sign}${_billions(one, size)}" if one.release.series == MONEY else f"{sign}{number(size, 2)} points"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
