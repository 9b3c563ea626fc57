"""One commitment in full, measured from an edition: what its page shows."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from dashboard.additionality import Bench
from dashboard.causes import causes
from dashboard.commitment import Commitment, Entry, Shared, Written
from dashboard.counting import UNMEASURED
from dashboard.measured import Measured
from dashboard.outcomes import UNKNOWN
from dashboard.pledges import Pledge
from dashboard.questions import Unanswerable
from dashboard.readings import readings
from dashboard.rule_edits import said, versions
from dashboard.rule_words import Names
from dashboard.rungs import rungs
from dashboard.shared_rows import rows
from data_access.cube import Cube
from data_access.measuring import beside, measure
from data_access.measuring.additional import additional
from data_access.measuring.gathering import source_of
from data_access.measuring.kept import Register
from data_access.measuring.naming import names
from data_access.measuring.overlapping import scopes
from data_access.measuring.said import statements, vintages
from data_access.measuring.series import FIRST, LAST, values
from data_access.registry.columns import NAMES
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
    held_beside = beside.known(cube, pledge, found)
    stated = tuple(one for one in statements() if one.pledge == pledge.id)
    return Commitment(
        every[pledge.id],
        found,
        label,
        cube.edition,
        held.state,
        rungs=rungs(pledge, found, stages(cube, found), label),
        causes=causes(found, held_beside, lambda code: label("donor", code)),
        readings=readings(found, held_beside.current, stated),
        vintages=vintages().get(pledge.id, ()),
        releases=beside.released(cube, found),
        parent=every.get(pledge.parent),
        children=tuple(entry for entry in every.values() if entry.pledge.parent == pledge.id),
        shared=_shared(cube, held, register, pledge.id),
        bench=_bench(cube, found),
        revisions=written(revisions, label),
        known={one: held.pledges[one].title for one in _tied(pledge) if one in held.pledges},
        statements=stated,
        series=_series(cube, found),
    )


def _series(cube: Cube, found: Measured) -> dict[int, Decimal]:
    """Every year that the series of an indicator has of the one country that the rule names."""
    rule = found.rule
    if rule.kind != "indicator" or len(found.standings) != 1 or not found.measured:
        return {}
    code = found.standings[0].code
    return values(cube, rule.series, FIRST, LAST, (code,)).get(code, {})


def written(revisions: tuple[Revision, ...], label: Names) -> tuple[Written, ...]:
    """Revisions as the page lists them, newest first, each that changed the rule with what it said before and after."""
    rules = [one.cells.get("rule", "") for one in reversed(revisions)]
    found, before, last, cells = list[Written](), "", 0, dict[str, str]()
    for one, rule, number in zip(reversed(revisions), rules, versions(rules), strict=True):
        change = one.change
        both = (said(before, label), said(rule, label)) if number > last else None
        moved = _changed(cells, one.cells) if cells and one.cells else ()
        found.append(Written(change.at, change.who, change.why, one.action, change.state, both, number, moved))
        before, last, cells = rule, number, dict(one.cells)
    return tuple(reversed(found))


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Columns that differ between two revisions, in the order of the record, with both."""
    both = ((name, before.get(name, ""), now.get(name, "")) for name in NAMES)
    return tuple((name, one, other) for name, one, other in both if one != other)


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


def _shared(cube: Cube, held: Held, register: Register, id_: str) -> tuple[Shared, ...]:
    pairs = [pair for pair in register.overlaps if id_ in (pair.first, pair.second)]
    rules = {one: held.pledges[one].rule for pair in pairs for one in (pair.first, pair.second) if one in held.pledges}
    known = {one: rule for one, rule in rules.items() if rule is not None}
    taken = {scope.id: (scope, known[scope.id]) for scope in scopes(cube, known)} if pairs else {}
    found = []
    for pair in pairs:
        other = pair.second if pair.first == id_ else pair.first
        both = [taken[one] for one in (pair.first, pair.second) if one in taken]
        if other in held.pledges:
            found.append(Shared(held.pledges[other], pair, rows(both, pair) if len(both) > 1 else None))
    return tuple(found)


def _tied(pledge: Pledge) -> set[str]:
    return {link.target for link in pledge.links}


def _bench(cube: Cube, found: Measured) -> Bench | None:
    """How much is new, of promises of money; None of others, and where it cannot be asked."""
    if found.rule.kind != MONEY or not found.measured:
        return None
    try:
        return additional(cube, found.rule)
    except Unanswerable as why:
        LOG.info("additionality of a rule cannot be told: %s", why)
        return None
