"""What stands beside the tables of gaps: makers, Goals or fora in counts, the three gaps, and what has no figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.amount_words import figure as said
from dashboard.amounts import Absence
from dashboard.commitment import Entry
from dashboard.gap_list import NAMES, SETS, Counted, Needed, counted, unmeasured
from dashboard.outcomes import STATES
from dashboard.page_terms import Terms
from dashboard.ranges import Figure
from layouts.filled import planted
from layouts.matrix import mark_of
from layouts.parts import mark
from layouts.pieces import absent, commitment, panel


def stated(value: Figure, unit: str) -> Any:
    """A figure of the engine, or its absence with mark and words."""
    return absent(value.value, value.words) if isinstance(value, Absence) else said(value, unit)


def side(rows: Sequence[Entry], terms: Terms, labels: Mapping[str, Mapping[str, str]]) -> list[Any]:
    """The makers, Goals or fora picked beside each other, in counts."""
    made = []
    for key in SETS:
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


def three(held: Sequence[Needed], kept: str) -> Any:
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
                html.Th(
                    [commitment(one.entry.pledge.id, one.entry.pledge.title, kept), html.Small(one.source)], scope="row"
                ),
                *(
                    html.Td(stated(value, "USD"), className="number", **{"data-l": heads[place]})
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


def without(rows: Sequence[Entry], kept: str) -> list[Any]:
    held = unmeasured(rows)
    if not held:
        return []
    lists = [_reason(state, entries, kept) for state, entries in held.items()]
    count = sum(len(entries) for entries in held.values())
    subtitle = "By reason. None is counted as zero."
    inside = [planted(html.Div(lists))]
    title = (
        f"{count} have no figure, and each has a reason" if count > 1 else "One has no figure, and that has a reason"
    )
    return [panel("without", title, subtitle, inside)]


def _reason(state: str, entries: Sequence[Entry], kept: str) -> html.Details:
    words = f"{STATES[state][:1].upper() + STATES[state][1:]}: {len(entries)}"
    sign = [mark(mark_of(state)), " "]
    every = [html.Li([_link(one, kept), *([html.Small(one.outcome.why)] * bool(one.outcome.why))]) for one in entries]
    return html.Details([html.Summary([*sign, words]), html.Ul(every, className="reasons")], className="folded")


def _link(entry: Entry, kept: str) -> html.A:
    return commitment(entry.pledge.id, entry.pledge.title, kept)
