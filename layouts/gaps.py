"""The page of gaps: a set of commitments side by side, in like units; what has no figure under its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.amount_words import part
from dashboard.amounts import Absence
from dashboard.commitment import Entry
from dashboard.figures import shares_due
from dashboard.gap_list import (
    KEYS,
    MOST,
    NAMES,
    SETS,
    Like,
    alike,
    codes_of,
    drawable,
    gap_words,
    needed,
    picked,
    table,
)
from dashboard.method_words import GAPS, TARGETS
from dashboard.outcomes import OPEN, SHORT
from dashboard.outcomes import told as in_counts
from dashboard.page_terms import Terms
from dashboard.restated import counted, net
from dashboard.selection import Refusal
from dashboard.statements import Statement
from layouts.filled import planted
from layouts.forms import forms
from layouts.gap_parts import side, stated, three, without
from layouts.pages import GAPS_PATH, short
from layouts.pieces import commitment, figure, folded, foot, panel, refused, twin
from layouts.termbar import Offer, bar, chips

TITLE = "Gaps"
SHOWN = 12  # rows of a table that are open
WHOLE = 120  # commitments up to which the exact table is on the page; a larger set has it as a file
SAID = (
    "Amounts of different units, currencies or prices are never summed, nor are commitments: a collective one holds "
    "its parts, and two can count the same money. Figures are rounded; the table is exact. "
    "A commitment restates another where its record says so, or where it is measured as the one it is part of is."
)
ONE = {"commitment": "Commitment", "donor": "Maker", "goal": "Goal", "forum": "Forum"}
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
        *chart(rows),
        *(like(group, terms.pins) for group in alike(rows)),
        *side(rows, terms, labels),
        three(needed(rows, statements), terms.pins),
        *without(rows, terms.pins),
        *([twin(table(rows), f"All {len(rows)} as a table")] if len(rows) <= WHOLE else []),
        forms("gaps", pinned, "The table as a file"),
    ]
    main = html.Main(body, id="content", className="wrap register reckoned gaps-of", **{"data-title": TITLE})
    return [_bar(entries, terms, labels), main, foot(SAID, pinned)]


def _bar(entries: Sequence[Entry], terms: Terms, labels: Mapping[str, Mapping[str, str]]) -> Any:
    counts: dict[str, dict[str, int]] = {key: {} for key in KEYS}
    for entry in entries:
        for key in SETS:
            for code in codes_of(entry, key):
                counts[key][code] = counts[key].get(code, 0) + 1
    menus = {
        key: (NAMES[key], [Offer(code, words, str(counts[key].get(code, ""))) for code, words in labels[key].items()])
        for key in ("donor", "goal", "forum", "commitment")
    }
    return bar(GAPS_PATH, terms, menus)


def _headline(rows: Sequence[Entry], chosen: bool) -> str:
    measured = sum(entry.outcome.measured for entry in rows)
    of = f"{len(rows)} commitments" if len(rows) != 1 else "1 commitment"
    which = "Of the" if chosen or len(rows) != 1 else "Of"
    return f"{which} {of}{' picked' if chosen else ''}, {measured} can be measured"


def _lead(rows: Sequence[Entry]) -> str:
    states = in_counts(Counter(entry.state for entry in rows))
    told = "; ".join(f"{name} = {words}" for name, words in GAPS.items())
    held = f"{counted(rows)}. " if net([entry for entry in rows if entry.outcome.measured]) else ""
    states = f"{held}{states[:1].upper()}{states[1:]}"
    return f"{states}. Three gaps are told apart: {told}. The tables give the delivery gap."


def chart(rows: Sequence[Entry]) -> list[Any]:
    """What came of each as a share of what was due; nothing where none was compared."""
    held = drawable(rows)
    if not held:
        return []
    shown = held[:MOST]
    count = f"the {len(shown)} smallest of {len(held)}" if len(held) > len(shown) else f"all {len(held)}"
    rungs = "Delivered (dark) or, where that alone is counted, committed (lighter)"
    subtitle = f"{rungs} as a share of what was due, at the end of each period; {count}. Shares are never averaged."
    sentence = "; ".join(f"{entry.pledge.title}: {part(entry.outcome.share)}" for entry in shown)
    drawn = figure("shares", shares_due.figure(shown), shares_due.height(shown), sentence)
    return [
        panel("shares", _title(held), subtitle, [drawn], "Source: register of commitments; each rule names its own")
    ]


def _title(held: Sequence[Entry]) -> str:
    short_of = sum(entry.state in SHORT for entry in held)
    return f"{short_of} of {len(held)} stayed below what was due"


def like(group: Like, kept: str) -> html.Section:
    """Due, delivered, gap and share of those in one unit."""
    rows = [_row(entry, group.unit, kept) for entry in group.rows]
    inside: list[Any] = [_table(rows[:SHOWN], group.basis)]
    if len(rows) > SHOWN:
        inside.append(folded(f"{len(rows) - SHOWN} more", _table(rows[SHOWN:], f"{group.basis}, continued")))
    note = [html.P(TARGETS, className="note")] if group.unit == "%" else []
    name = "".join(letter if letter.isalnum() else "-" for letter in group.basis)
    basis = group.basis[:1].upper() + group.basis[1:]
    return panel(
        f"like-{name}",
        basis,
        f"{len(rows)} measured, the smallest share first; those without a verdict last",
        [planted(html.Div([*inside, *note]))],
    )


def _table(rows: Sequence[html.Tr], caption: str) -> html.Div:
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in HEADS]))
    caption_ = html.Caption(f"Due, delivered and gap: {caption}", className="heard-only")
    return html.Div(
        html.Table([caption_, head, html.Tbody(list(rows))], className="listing gap-rows"), className="wide"
    )


def _row(entry: Entry, unit: str, kept: str) -> html.Tr:
    out = entry.outcome
    gap, missing = gap_words(entry)
    limited = [html.Small("the source counts otherwise: see its page")] if out.limited else []
    return html.Tr(
        [
            html.Th([commitment(entry.pledge.id, entry.pledge.title, kept), *limited], scope="row"),
            _cell(1, [str(out.at), *([html.Small(f"figures to {out.to}")] if out.to < out.at else [])]),
            _cell(2, stated(out.whole if entry.state == "years" else out.due, unit)),
            _cell(3, _delivered(entry, unit)),
            _cell(4, [html.B(gap, className="gap-text" if entry.state in SHORT else ""), html.Small(missing)])
            if not isinstance(out.gap, Absence)
            else _cell(4, stated(out.gap, unit)),
            _cell(5, _share(entry, unit)),
        ]
    )


def _delivered(entry: Entry, unit: str) -> Any:
    """What came; where commitments are counted, or a part alone, that is said."""
    out = entry.outcome
    least = "at least " if entry.state == "part" and out.bound else ""
    rung = [html.Small(out.stage)] if out.stage != "disbursed" else []
    said = stated(out.delivered, unit)
    return [f"{least}{said}" if isinstance(said, str) else said, *rung]


def _share(entry: Entry, unit: str) -> Any:
    share = entry.outcome.share
    if isinstance(share, Absence):
        return stated(share, unit)
    if entry.state in OPEN:
        return f"at least {part(share)}" if entry.state == "part" and entry.outcome.bound else "no verdict"
    return part(share)


def _cell(place: int, inside: Any) -> html.Td:
    return html.Td(inside, className="number", **{"data-l": HEADS[place]})


def labels_of(makers: Mapping[str, str], entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    """Words of the values of each term. makers: name by code."""
    fora = {entry.pledge.forum_id: entry.pledge.forum for entry in entries if entry.pledge.forum_id}
    return {
        "donor": dict(sorted(makers.items(), key=lambda pair: pair[1])),
        "goal": {goal: short(goal) for goal in "12345678"},
        "forum": dict(sorted(fora.items(), key=lambda pair: pair[1])),
        "commitment": {entry.pledge.id: entry.pledge.title for entry in entries if entry.outcome.measured},
    }
