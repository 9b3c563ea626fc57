"""From the money that two promises both count to its rows: the one selection that takes what both rules take."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.counting import DIMENSION, Rule
from dashboard.overlap import BY, Overlap, Scope
from dashboard.selection import CODES_LIMIT, Selection

KEYS = {dimension: key for key, dimension in DIMENSION.items()}
Both = Sequence[tuple[Scope, Rule]]


def rows(both: Both, overlap: Overlap) -> Selection | None:
    """The rows whose amounts make the overlap; None where no selection takes just these.

    both: the two promises, each with what its rule takes of the same source at the same rung."""
    years = range(min(overlap.years), max(overlap.years) + 1)
    picked = {dimension: _picked(both, dimension, years) for dimension in BY}
    goals = {(scope.goals, scope.method) for scope, _ in both if scope.goals}
    if len(goals) > 1 or None in picked.values():
        return None
    scope, rule = both[0]
    goal, method = next(iter(goals), ((), ""))
    made = Selection(source=scope.source, stage=scope.stage, since=years[0], until=years[-1], method=method or "strict")
    return made.change(goal=goal, membership=rule.membership, **picked)


def _picked(both: Both, dimension: str, years: range) -> tuple[str, ...] | None:
    """What both rules take in a dimension: their own words where they agree or one is silent, else the codes in common;
    None where these are not the same in every year, or none or too many."""
    held = [(scope, rule) for scope, rule in both if dimension in scope.codes]
    said = {tuple(sorted(getattr(rule, KEYS[dimension]))) for _, rule in held}
    if len(said) <= 1 and len({rule.membership for _, rule in both}) == 1:
        return next(iter(said), ())
    every = {frozenset.intersection(*(scope.codes[dimension][year] for scope, _ in held)) for year in years if held}
    if not held:
        return ()
    common = every.pop()
    return None if every or not 0 < len(common) <= CODES_LIMIT else tuple(sorted(common))
