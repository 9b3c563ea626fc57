"""One commitment in full, measured from an edition: what its page shows."""

from __future__ import annotations

import logging
from dataclasses import replace

from dashboard.additionality import Bench
from dashboard.causes import causes
from dashboard.commitment import Commitment, Entry, Shared, Written
from dashboard.counting import UNMEASURED
from dashboard.links import TEXT_LINKS
from dashboard.measured import Measured
from dashboard.outcomes import UNKNOWN
from dashboard.pledges import Pledge
from dashboard.questions import Unanswerable
from dashboard.rungs import rungs
from data_access.cube import Cube
from data_access.measuring import measure
from data_access.measuring.additional import additional
from data_access.measuring.gathering import source_of
from data_access.measuring.kept import Register
from data_access.measuring.naming import names
from data_access.registry.store import Held, Revision

LOG = logging.getLogger(__name__)
MONEY = "flows"


def entries(held: Held, register: Register) -> tuple[Entry, ...]:
    """All commitments of a state, in the order of their ids."""
    return tuple(Entry(pledge, register.outcomes.get(id_, UNKNOWN)) for id_, pledge in held.pledges.items())


def told(cube: Cube, held: Held, register: Register, pledge: Pledge, revisions: tuple[Revision, ...]) -> Commitment:
    """Everything about one of them. Raises Busy, TimeoutError."""
    every = {entry.pledge.id: entry for entry in entries(held, register)}
    found, label = measure(cube, pledge.rule or UNMEASURED), names(cube)
    if pledge.rule is None:
        found = replace(found, why=UNKNOWN.why)
    return Commitment(
        every[pledge.id],
        found,
        label,
        cube.edition,
        held.state,
        rungs=rungs(pledge, found, stages(cube, found), label),
        causes=causes(found),
        parent=every.get(pledge.parent),
        children=tuple(entry for entry in every.values() if entry.pledge.parent == pledge.id),
        shared=_shared(held, register, pledge.id),
        bench=_bench(cube, found),
        revisions=tuple(Written(r.change.at, r.change.who, r.change.why, r.action, r.change.state) for r in revisions),
        known={one: held.pledges[one].title for one in _tied(pledge) if one in held.pledges},
    )


def stages(cube: Cube, found: Measured) -> dict[str, Measured]:
    """The same rule under each rung that its source records; a series has the one it tells of."""
    if not found.measured or found.rule.kind == "indicator":
        return {}
    if not found.rule.source:
        return {found.rule.stage: found}
    try:
        source, _ = source_of(cube, found.rule)
    except Unanswerable:
        return {found.rule.stage: found}
    others = [stage for stage in source.stages if stage != found.rule.stage]
    return {found.rule.stage: found} | {stage: measure(cube, replace(found.rule, stage=stage)) for stage in others}


def _shared(held: Held, register: Register, id_: str) -> tuple[Shared, ...]:
    found = []
    for pair in register.overlaps:
        other = pair.second if pair.first == id_ else pair.first if pair.second == id_ else ""
        if other in held.pledges:
            found.append(Shared(held.pledges[other], pair))
    return tuple(found)


def _tied(pledge: Pledge) -> set[str]:
    return {link.target for link in pledge.links if link.kind not in TEXT_LINKS}


def _bench(cube: Cube, found: Measured) -> Bench | None:
    """How much is new, of promises of money; None of others, and where it cannot be asked."""
    if found.rule.kind != MONEY or not found.measured:
        return None
    try:
        return additional(cube, found.rule)
    except Unanswerable as why:
        LOG.info("additionality of a rule cannot be told: %s", why)
        return None
