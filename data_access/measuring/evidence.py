"""The evidence that the checks read, gathered from a registry and an edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from sqlalchemy import func, select

from dashboard.codes import Source
from dashboard.counting import Rule
from dashboard.evidence import Compared, Evidence, Life
from dashboard.measured import Measured
from dashboard.overlap import Overlap
from dashboard.pledges import Delivery, Pledge
from dashboard.ranges import EXACT
from dashboard.selection import Selection
from dashboard.statements import Statement
from data_access.cube import Cube
from data_access.measuring import measure
from data_access.measuring.overlapping import pairs, scopes
from data_access.tables import flow

LIVES = "iati-goals"  # the source whose rows are whole activities
TOTALS = (  # pairs of sources that total the same: title, sectors, stage, two sources, what may set them apart
    ("Disbursed to all recipients", (), "disbursed", "crs-donors", "crs-purposes", ""),
    ("Health, disbursed", ("120",), "disbursed", "crs-sectors", "crs-purposes", "The second holds other flows too."),
    ("Education, disbursed", ("110",), "disbursed", "crs-sectors", "crs-purposes", "The second holds other flows too."),
    ("Health, committed", ("120",), "committed", "crs-sectors", "dac5", "They are of different releases."),
    ("Education, committed", ("110",), "committed", "crs-sectors", "dac5", "They are of different releases."),
)


def evidence(
    cube: Cube,
    pledges: Iterable[Pledge],
    statements: Iterable[Statement],
    today: str,
    overlaps: Iterable[Overlap] | None = None,
    reports: Iterable[tuple[str, Delivery]] = (),
) -> Evidence:
    """Everything the checks read. today: `2026-11-23`. overlaps: of all pledges, where they have been computed; at a
    full release that takes the longest. reports: accepted ones, each with the id of its pledge. Raises
    Busy, TimeoutError."""
    held = {pledge.id: pledge for pledge in pledges}
    rules = {id_: pledge.rule for id_, pledge in held.items() if pledge.rule and pledge.rule.measures}
    shared = {
        (min(pair.first, pair.second), max(pair.first, pair.second)): pair.usd
        for pair in (pairs(cube, rules) if overlaps is None else overlaps)
        if pair.usd
    }
    return Evidence(
        pledges=held,
        statements=tuple(statements),
        measured={id_: measure(cube, rule) for id_, rule in rules.items()},
        then=dict(_then(cube, held, rules)),
        reports=reported(cube, rules, reports),
        shared=shared,
        by_rows=frozenset(scope.id for scope in scopes(cube, rules)),
        sums=tuple(compared(cube)),
        lives=lives(cube),
        today=today,
        groups=cube.codes.groups["recipient"],
    )


def _then(cube: Cube, held: Mapping[str, Pledge], rules: Mapping[str, Rule]) -> Iterator[tuple[str, Measured]]:
    """Each measured as of the year for which its delivery was reported, where that lies in its period."""
    for id_, rule in rules.items():
        year = held[id_].delivered.as_of[:4]
        if year.isdigit() and rule.since <= int(year) <= rule.until:
            yield id_, measure(cube, rule, int(year))


def reported(
    cube: Cube, rules: Mapping[str, Rule], reports: Iterable[tuple[str, Delivery]]
) -> dict[str, list[tuple[Delivery, Measured]]]:
    """Reports of makers by id, each with the measure as of the year to which it reports, where that lies in the
    period."""
    found: dict[str, list[tuple[Delivery, Measured]]] = {}
    for id_, said in reports:
        rule, year = rules.get(id_), said.as_of[:4]
        if rule and year.isdigit() and rule.since <= int(year) <= rule.until:
            found.setdefault(id_, []).append((said, measure(cube, rule, int(year))))
    return found


def compared(cube: Cube) -> Iterator[Compared]:
    """Sums of the same thing from two sources, year by year, current US dollars; where the edition has both."""
    for what, sectors, stage, first, second, limits in TOTALS:
        if first not in cube.codes.sources or second not in cube.codes.sources:
            continue
        one, other = (_by_year(cube, cube.codes.sources[name], sectors, stage) for name in (first, second))
        titles = cube.codes.sources[first].title, cube.codes.sources[second].title
        for year in sorted(set(one) & set(other)):
            yield Compared(what, year, titles[0], one[year], titles[1], other[year], limits)


def _by_year(cube: Cube, source: Source, sectors: tuple[str, ...], stage: str) -> dict[int, Decimal]:
    if stage not in source.stages:
        return {}
    asked = Selection(source=source.code, since=source.since, until=source.until).change(sector=sectors)
    frame = cube.totals(asked, ("year",), stages=(stage,))
    pairs_ = zip(frame["year"].tolist(), frame[stage].tolist(), strict=True)
    return {year: usd for year, usd in pairs_ if usd is not None}


def lives(cube: Cube) -> tuple[Life, ...]:
    """What each activity of a source of activities committed and disbursed in all, current US dollars."""
    if LIVES not in cube.codes.sources:
        return ()
    question = (
        select(flow.c.item, flow.c.stage, func.sum(flow.c.usd).label("usd"))
        .where(flow.c.source == LIVES, flow.c.usd.is_not(None))
        .group_by(flow.c.item, flow.c.stage)
        .order_by(flow.c.item, flow.c.stage)
    )
    frame = cube.ask(LIVES, f"lives {cube.edition}", question, ("item", "stage", "usd"))
    sums: dict[str, dict[str, Decimal]] = {}
    for item, stage, usd in zip(frame["item"].tolist(), frame["stage"].tolist(), frame["usd"].tolist(), strict=True):
        held = sums.setdefault(item, {})
        held[stage] = EXACT.add(held.get(stage, Decimal(0)), usd)
    both = (row for row in sums.items() if {"committed", "disbursed"} <= row[1].keys())
    title = cube.codes.sources[LIVES].title
    return tuple(Life(LIVES, item, stages["committed"], stages["disbursed"], title) for item, stages in both)
