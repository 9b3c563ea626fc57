"""The page of gaps: a set of commitments side by side, in like units; what has no figure under its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.amount_words import MARKS, part
from dashboard.amount_words import figure as said
from dashboard.amounts import Absence
from dashboard.commitment import Entry
from dashboard.figures import shares_due
from dashboard.gap_list import (
    KEYS,
    MOST,
    NAMES,
    Counted,
    Like,
    Needed,
    alike,
    counted,
    drawable,
    gap_words,
    needed,
    picked,
    table,
    unmeasured,
)
from dashboard.method_words import GAPS, TARGETS
from dashboard.outcomes import MEASURED, STATES
from dashboard.page_terms import Terms
from dashboard.ranges import Figure
from dashboard.selection import Refusal
from dashboard.statements import Statement
from layouts.pages import GAPS_PATH, short
from layouts.parts import mark
from layouts.pieces import absent, commitment, figure, folded, foot, panel, refused, twin
from layouts.termbar import Offer, bar, chips

TITLE = "Gaps"
SHOWN = 12  # rows of a table that are open
SAID = (
    "Amounts of different units, currencies or prices are never summed, nor are commitments: a collective one holds "
    "its parts, and two can count the same money. Figures are rounded; the table is exact."
)
ONE = {"commitment": "Commitment", "donor": "Maker", "goal": "Goal"}
HEADS = ("Commitment", "At the end of", "Due", "Delivered", "Gap", "Share of what was due")


def content(
    entries: Sequence[Entry],
    terms: Terms,
    every: Sequence[Refusal],
    labels: Mapping[str, Mapping[str, str]],
    statements: Sequence[Statement],
    pinned: str,
) -> list[Any]:
    """labels: words of each term's values."""
    rows = picked(entries, terms)
    said_chips = chips(GAPS_PATH, terms, labels, names=ONE)
    body = [
        html.Div([*said_chips, *refused(every)], className="chips") if said_chips or every else "",
        html.H1(_headline(rows, bool(said_chips)), className="told-head"),
        html.P(_lead(rows), className="lead"),
        *_chart(rows),
        *(_like(group) for group in alike(rows)),
        *_side(rows, terms, labels),
        _three(needed(rows, statements)),
        *_without(rows),
        twin(table(rows), f"All {len(rows)} as a table"),
        html.P(
            html.A("The table as a file (CSV)", href=f"/export/gaps.csv?{pinned.partition('?')[2]}"), className="file"
        ),
    ]
    main = html.Main(body, id="content", className="wrap register reckoned gaps-of", **{"data-title": TITLE})
    return [_bar(entries, terms, labels), main, foot(SAID, pinned)]


def _bar(entries: Sequence[Entry], terms: Terms, labels: Mapping[str, Mapping[str, str]]) -> Any:
    counts: dict[str, dict[str, int]] = {key: {} for key in KEYS}
    for entry in entries:
        for key, codes in (("donor", (entry.pledge.maker_code,)), ("goal", entry.pledge.goals)):
            for code in codes:
                counts[key][code] = counts[key].get(code, 0) + 1
    menus = {
        key: (NAMES[key], [Offer(code, words, str(counts[key].get(code, ""))) for code, words in labels[key].items()])
        for key in ("donor", "goal", "commitment")
    }
    return bar(GAPS_PATH, terms, menus)


def _headline(rows: Sequence[Entry], chosen: bool) -> str:
    measured = sum(entry.outcome.measured for entry in rows)
    of = f"{len(rows)} commitments" if len(rows) != 1 else "1 commitment"
    which = "Of the" if chosen or len(rows) != 1 else "Of"
    return f"{which} {of}{' picked' if chosen else ''}, {measured} can be measured"


def _lead(rows: Sequence[Entry]) -> str:
    states = [f"{sum(e.state == state for e in rows)} {STATES[state]}" for state in MEASURED]
    told = "; ".join(f"{name} = {words}" for name, words in GAPS.items())
    return (
        f"{states[0].capitalize()}, {states[1]}. Three gaps are told apart: {told}. The tables give the delivery gap."
    )


def _chart(rows: Sequence[Entry]) -> list[Any]:
    held = drawable(rows)
    if not held:
        return []
    shown = held[:MOST]
    count = f"the {len(shown)} smallest of {len(held)}" if len(held) > len(shown) else f"all {len(held)}"
    subtitle = f"Delivered as a share of what was due, at the end of each period; {count}. Shares are never averaged."
    sentence = "; ".join(f"{entry.pledge.title}: {part(entry.outcome.share)}" for entry in shown)
    drawn = figure("shares", shares_due.figure(shown), shares_due.height(len(shown)), sentence)
    return [
        panel("shares", _title(held), subtitle, [drawn], "Source: register of commitments; each rule names its own")
    ]


def _title(held: Sequence[Entry]) -> str:
    short_of = sum(entry.state == "short" for entry in held)
    return f"{short_of} of {len(held)} stayed below what was due"


def _like(group: Like) -> html.Section:
    rows = [_row(entry, group.unit) for entry in group.rows]
    inside: list[Any] = [_table(rows[:SHOWN], group.basis)]
    if len(rows) > SHOWN:
        inside.append(folded(f"{len(rows) - SHOWN} more", _table(rows[SHOWN:], f"{group.basis}, continued")))
    note = [html.P(TARGETS, className="note")] if group.unit == "%" else []
    name = "".join(letter if letter.isalnum() else "-" for letter in group.basis)
    basis = group.basis[:1].upper() + group.basis[1:]
    return panel(f"like-{name}", basis, f"{len(rows)} measured, the smallest share first", [*inside, *note])


def _table(rows: Sequence[html.Tr], caption: str) -> html.Div:
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in HEADS]))
    caption_ = html.Caption(f"Due, delivered and gap: {caption}", className="heard-only")
    return html.Div(
        html.Table([caption_, head, html.Tbody(list(rows))], className="listing gap-rows"), className="wide"
    )


def _row(entry: Entry, unit: str) -> html.Tr:
    out = entry.outcome
    gap, missing = gap_words(entry)
    limited = [html.Small("the source counts otherwise: see its page")] if out.limited else []
    return html.Tr(
        [
            html.Th([commitment(entry.pledge.id, entry.pledge.title), *limited], scope="row"),
            _cell(1, str(out.at)),
            _cell(2, _figure(out.due, unit)),
            _cell(3, _figure(out.delivered, unit)),
            _cell(4, [html.B(gap, className="" if gap == "none" else "gap-text"), html.Small(missing)])
            if not isinstance(out.gap, Absence)
            else _cell(4, _figure(out.gap, unit)),
            _cell(5, part(out.share) if not isinstance(out.share, Absence) else _figure(out.share, unit)),
        ]
    )


def _figure(value: Figure, unit: str) -> Any:
    return absent(value.value, value.words) if isinstance(value, Absence) else said(value, unit)


def _cell(place: int, inside: Any) -> html.Td:
    return html.Td(inside, className="number", **{"data-l": HEADS[place]})


def _side(rows: Sequence[Entry], terms: Terms, labels: Mapping[str, Mapping[str, str]]) -> list[Any]:
    """The makers or Goals picked beside each other, in counts."""
    made = []
    for key in ("donor", "goal"):
        codes = terms.all(key)
        if len(codes) > 1:
            every = counted(rows, key, codes)
            body = html.Tbody([_count(one, labels[key].get(one.code, one.code)) for one in every])
            head = html.Tr([html.Th(words, scope="col") for words in (NAMES[key], "Commitments", "State")])
            caption = html.Caption(f"{NAMES[key]} side by side, in counts", className="heard-only")
            box = html.Div(html.Table([caption, html.Thead(head), body], className="listing"), className="wide")
            subtitle = "Commitments by state. One that names two Goals is counted under both."
            made.append(panel(f"side-{key}", f"{NAMES[key]} side by side", subtitle, [box]))
    return made


def _count(one: Counted, words: str) -> html.Tr:
    states = "; ".join(f"{count} {STATES[state]}" for state, count in one.states.items())
    cells = [html.Td(str(one.total), className="number", **{"data-l": "Commitments"})]
    return html.Tr([html.Th(words, scope="row"), *cells, html.Td(states or "none", **{"data-l": "State"})])


def _three(held: Sequence[Needed]) -> Any:
    """The three gaps where a requirement is published."""
    if not held:
        why = (
            "No published requirement is held for these commitments, so the promise gap and the need gap are not known."
        )
        return panel("three", "Three gaps", "Needed, pledged, due and delivered, told apart", [html.P(why)])
    heads = ("Commitment", "Needed", "Pledged", "Promise gap", "Delivery gap", "Need gap")
    rows = [
        html.Tr(
            [
                html.Th([commitment(one.entry.pledge.id, one.entry.pledge.title), html.Small(one.source)], scope="row"),
                *(
                    html.Td(_figure(value, "USD"), className="number", **{"data-l": heads[place]})
                    for place, value in enumerate(
                        (one.needed, one.pledged, one.gaps.promise, one.gaps.delivery, one.gaps.need), 1
                    )
                ),
            ]
        )
        for one in held
    ]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    caption = html.Caption("The three gaps", className="heard-only")
    box = html.Div(html.Table([caption, head, html.Tbody(rows)], className="listing gap-rows"), className="wide")
    subtitle = "Where a source says what is needed, in current US dollars. An absence stays one."
    return panel("three", "Three gaps, told apart", subtitle, [box])


def _without(rows: Sequence[Entry]) -> list[Any]:
    held = unmeasured(rows)
    if not held:
        return []
    lists = [_reason(state, entries) for state, entries in held.items()]
    count = sum(len(entries) for entries in held.values())
    subtitle = "By reason. None is counted as zero."
    return [panel("without", f"{count} have no figure, and each has a reason", subtitle, lists)]


def _reason(state: str, entries: Sequence[Entry]) -> html.Details:
    words = f"{STATES[state][:1].upper() + STATES[state][1:]}: {len(entries)}"
    sign = [mark(MARKS[state]), " "] if state in MARKS else []
    every = [
        html.Li(
            [commitment(one.pledge.id, one.pledge.title), *([html.Small(one.outcome.why)] if one.outcome.why else [])]
        )
        for one in entries
    ]
    return html.Details([html.Summary([*sign, words]), html.Ul(every, className="reasons")], className="folded")


def labels_of(makers: Mapping[str, str], entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    """Words of the values of each term. makers: name by code."""
    return {
        "donor": dict(sorted(makers.items(), key=lambda pair: pair[1])),
        "goal": {goal: short(goal) for goal in "12345678"},
        "commitment": {entry.pledge.id: entry.pledge.title for entry in entries if entry.outcome.measured},
    }
