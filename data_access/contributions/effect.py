"""What a proposal would do to a commitment: measured with and without it by the same engine, and kept nowhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard.contributed import delivery
from dashboard.contribution_effect import FIGURE
from dashboard.contributions import Contribution
from dashboard.pledges import Delivery, Pledge
from dashboard.rule_preview import Preview, changed
from data_access.contributions.checking import after, name
from data_access.cube import Cube
from data_access.measuring.kept import Register
from data_access.measuring.proposing import Proposals, findings
from data_access.measuring.telling import told
from data_access.registry.store import Held

NEW = "It is not in the register yet, so no figure would change; once accepted it is measured by its counting rule."


def effect(
    cube: Cube, held: Held, register: Register, proposals: Proposals, one: Contribution, chosen: Collection[str]
) -> Preview | str:
    """Every figure before and after, and the findings that would come and go; a sentence where it cannot be told.

    chosen: the parts of the proposal that are taken. Raises Busy, TimeoutError."""
    if one.kind == "new":
        return NEW
    pledge = held.pledges[one.commitment]
    try:
        new = after(held, one.kind, pledge, one.maker, one.now.fields, chosen)
    except (ValueError, KeyError, ArithmeticError) as wrong:
        return f"The record cannot be read as proposed ({wrong}), so no effect can be told."
    if new.rule != pledge.rule and new.rule is not None:
        return proposals.preview(cube, held, register, pledge.id, new.rule)
    said = [delivery(one.now.fields, name(held, one.maker))] if one.kind == "report" and FIGURE in chosen else []
    return _beside(cube, held, register, pledge, new, said)


def _beside(
    cube: Cube, held: Held, register: Register, pledge: Pledge, new: Pledge, said: Sequence[Delivery]
) -> Preview:
    """The rule stays, so the rows that are counted and the money that others count too stay as they are. said: what a
    report would say was delivered."""
    other = Held(held.state, held.directory, {**held.pledges, pledge.id: new})
    before = told(cube, held, register, pledge, ())
    then = told(cube, other, register, new, ())
    pairs = tuple(pair for pair in register.overlaps if pledge.id in (pair.first, pair.second))
    kept = findings(cube, held, pledge, before.measured, pairs)
    come, go = changed(kept, findings(cube, other, new, then.measured, pairs, said))
    return Preview(before, then, appear=come, vanish=go)
