"""Under the panels of a Goal: its targets with who promised what towards them, its three gaps, its commitments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.commitment_words import Gap
from dashboard.gap_list import Needed
from dashboard.goal_register import Target
from dashboard.promised import Promised
from dashboard.promised_words import EACH
from dashboard.promised_words import rungs as in_rungs
from dashboard.words import listed
from layouts.filled import el, planted
from layouts.gap_parts import three
from layouts.ladder import gaps as in_gaps
from layouts.parts import rungs
from layouts.pieces import folded, panel, to

REGISTER = "Register of commitments and the figures of this edition"
WHOSE = "Of all makers, whatever is picked above"
AWAITED = "The commitments to this Goal are being measured; they are listed here once that is done."
HEADS = ("Target", "Commitments", "Measured", "Delivered", "Committed")


def aims(goal: str, every: Sequence[Target], kept: str) -> html.Section:
    """The targets of a Goal, and in counts what was promised towards each."""
    named = [target for target in every if target.code]
    held = sum(bool(target.entries) for target in named)
    which = "its target" if len(named) == 1 else f"{held} of its {len(named)} targets"
    title = f"Commitments to Goal {goal} name {which}" if held else f"No commitment to Goal {goal} names its targets"
    head = el.thead(el.tr([el.th(words, scope="col") for words in HEADS]))
    body = el.tbody([_aim(target, kept) for target in every])
    caption = el.caption(f"Targets of Goal {goal}", className="heard-only")
    box = planted(html.Div(el.table([caption, head, body], className="listing aims"), className="wide"))
    under = (
        f"{WHOSE}: commitments that name each target, those measured, those that delivered or committed what was due"
    )
    every_one = {entry.pledge.id for target in every for entry in target.entries}
    if sum(len(target.entries) for target in every) > len(every_one):
        under += f". A commitment may name several: the rows add up to more than the {len(every_one)} commitments"
    return panel("targets", title, under, [box], "Targets in our words. Register of commitments")


def _aim(target: Target, kept: str) -> Any:
    words: list[Any] = [el.b(f"{target.code} "), target.words] if target.code else [target.words]
    count: Any = f"{len(target.entries)}"
    if target.query and target.entries:
        about = to(f"/commitments?{target.query}", kept)
        count = el.a(count, **about, **{"aria-label": f"{count} commitments, {target.code or 'no target named'}"})
    numbers = (count, f"{target.measured}", f"{target.met}", f"{target.committed}")
    cells = [
        el.td(value, className="number", **{"data-l": head}) for value, head in zip(numbers, HEADS[1:], strict=True)
    ]
    return el.tr([el.th(words, scope="row"), *cells])


def shortfalls(goal: str, told: Promised, every: Sequence[Gap], needed: Sequence[Needed], kept: str) -> html.Section:
    """The three gaps of a Goal, the sum behind the delivery gap, and the ways to gaps and needs."""
    known = [gap.name.lower() for gap in every if gap.said]
    which = f"Of the three gaps, the {' and the '.join(known)}" if known else "None of the three gaps"
    title = f"{'All three gaps' if len(known) == len(every) else which} can be told"
    ways = [html.A("Its commitments beside each other", **to(f"/gaps?goal={goal}", kept))]
    ways += [html.A("Recipients by need against funding", **to(f"/needs?goal={goal}", kept))] if goal != "8" else []
    behind = in_rungs(told, kept)
    behind["absent"], behind["apart"] = "", f"{EACH}." if behind["rungs"] else ""  # the delivery gap says why
    body: list[Any] = [planted(html.Div(in_gaps(every))), rungs(behind)]
    body += [folded("Every requirement that is published", three(needed, kept))] if len(needed) > 1 else []
    body.append(planted(html.P(ways, className="links")))
    wider = [one for one in needed[:1] if len(one.entry.pledge.goals) > 1]
    shared = f"; needs are of Goals {listed(wider[0].entry.pledge.goals, 9)} together" if wider else ""
    under = (
        f"{WHOSE}: delivery of money for Goal {goal} alone{shared}. What no figure tells is said, never taken for zero"
    )
    return panel("of-gaps", title, under, body, REGISTER)


def awaited(goal: str) -> html.Div:
    """While the commitments are being measured."""
    way = html.A(f"All commitments to Goal {goal}", **to(f"/commitments?goal={goal}"))
    said = html.Div([html.P(AWAITED), html.P(way, className="ways")], className="empty")
    return html.Div(panel("of-goal", f"Commitments to Goal {goal}", "", [said]), className="register")
