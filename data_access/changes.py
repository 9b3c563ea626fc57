"""What moved between two editions, asked of both their cubes; and what moved between two states of the registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from sqlalchemy import select

from dashboard.changes import Cell, Moved, moved, ordered
from dashboard.membership import of_year
from dashboard.pledges import Pledge
from dashboard.questions import Unanswerable
from dashboard.ranges import quotient
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring.series import deflator, deflators
from data_access.tables import goal_share

Key = tuple[str, str, int]
ONE, NONE = Decimal(1), Decimal(0)


@dataclass(frozen=True)
class Asked:
    """What is compared. by: donor, group or goal."""

    source: str
    stage: str
    by: str
    prices: str = "current"
    method: str = "strict"


@dataclass(frozen=True)
class _Held:
    """One edition's side: amounts at current prices by cell, its totals, and what restates and weighs."""

    cube: Cube
    cells: Mapping[Key, Decimal | None]
    totals: Mapping[str, Decimal | None]
    years: range
    deflators: Mapping[str, Mapping[int, Decimal]]
    shares: Mapping[tuple[str, str], Decimal]


def compared(earlier: Cube, later: Cube, asked: Asked) -> tuple[Moved, ...]:
    """Every member, those that moved most first. Raises Unanswerable where an edition lacks the source or does not
    tell the dimension apart; Busy; TimeoutError."""
    one, other = _held(earlier, asked), _held(later, asked)
    keys = sorted(set(one.cells) | set(other.cells))
    codes = sorted(set(one.totals) | set(other.totals))
    return ordered(
        moved(code, one.totals.get(code), other.totals.get(code), _cells(one, other, asked, code, keys))
        for code in codes
    )


def _held(cube: Cube, asked: Asked) -> _Held:
    source = cube.codes.sources.get(asked.source)
    if source is None or asked.stage not in source.stages:
        raise Unanswerable(f"Edition {cube.edition} does not hold {asked.stage} amounts of {asked.source}.")
    whole = Selection(source=source.code, since=source.since, until=source.until, method=asked.method)
    told = whole.change(prices=asked.prices)
    if asked.by == "group":
        totals = {
            group: _all(cube, told.change(donor=(group,)), asked.stage)
            for group in cube.codes.groups["donor"]
            if cube.codes.groups["donor"][group].members() & source.picks.get("donor", frozenset())
        }
    else:
        frame = cube.totals(told, (asked.by,), stages=(asked.stage,))
        totals = dict(zip(frame[asked.by].tolist(), frame[asked.stage].tolist(), strict=True))
    return _Held(
        cube,
        _amounts(cube, whole, asked, source.dimensions),
        totals,
        range(source.since, source.until + 1),
        deflators(cube) if asked.prices == "constant" else {},
        _shares(cube, asked) if asked.by == "goal" else {},
    )


def _all(cube: Cube, selection: Selection, stage: str) -> Decimal | None:
    values = cube.totals(selection, (), stages=(stage,))[stage].tolist()
    return values[0] if values else None


def _amounts(cube: Cube, whole: Selection, asked: Asked, dimensions: frozenset[str]) -> dict[Key, Decimal | None]:
    """Amounts at current prices by donor, purpose (where the Goal is asked) and year."""
    wanted: tuple[str, ...] = ("purpose",) if asked.by == "goal" else ("donor",)
    if asked.by == "goal" and asked.prices == "constant" and "donor" in dimensions:
        wanted = ("donor", "purpose")
    frame = cube.totals(whole, (*wanted, "year"), stages=(asked.stage,))
    blank = [""] * len(frame)
    donors = frame["donor"].tolist() if "donor" in wanted else blank
    purposes = frame["purpose"].tolist() if "purpose" in wanted else blank
    rows = zip(donors, purposes, frame["year"].tolist(), frame[asked.stage].tolist(), strict=True)
    return {(donor, purpose, int(year)): value for donor, purpose, year, value in rows}


def _shares(cube: Cube, asked: Asked) -> dict[tuple[str, str], Decimal]:
    """Share of each purpose that serves a Goal, as this edition has it."""
    question = select(goal_share.c.purpose, goal_share.c.goal, goal_share.c.share).where(
        goal_share.c.method == asked.method
    )
    key = f"shares {cube.edition} {asked.source} {asked.method}"
    frame = cube.ask(asked.source, key, question, ("purpose", "goal", "share"))
    rows = zip(frame["purpose"].tolist(), frame["goal"].tolist(), frame["share"].tolist(), strict=True)
    return {(purpose, goal): share for purpose, goal, share in rows}


def _cells(one: _Held, other: _Held, asked: Asked, code: str, keys: list[Key]) -> Iterator[Cell]:
    for key in keys:
        weights = _weight(one, asked, code, key), _weight(other, asked, code, key)
        if any(weights):
            donor, _, year = key
            factors = _factor(one, donor, year), _factor(other, donor, year)
            amounts = one.cells.get(key), other.cells.get(key)
            yield Cell(year in one.years, year in other.years, *amounts, factors=factors, weights=weights)


def _weight(held: _Held, asked: Asked, code: str, key: Key) -> Decimal:
    donor, purpose, year = key
    if asked.by == "goal":
        return held.shares.get((purpose, code), NONE)
    if asked.by == "group":
        return ONE if donor in of_year(held.cube.codes, "donor", (code,), year, "then") else NONE
    return ONE if donor == code else NONE


def _factor(held: _Held, donor: str, year: int) -> Decimal:
    """What restates an amount of a year at the base prices of the edition; nothing where no deflator is known, and
    then what it makes is left unexplained."""
    if not held.deflators:
        return ONE
    base = held.cube.codes.base_year
    series = deflator(held.deflators, donor, year, base)
    return quotient(series[base], series[year]) if year in series and base in series else NONE


@dataclass(frozen=True)
class Written:
    """One record that differs between two states: added, changed or withdrawn, and the fields that differ."""

    id: str
    title: str
    action: str
    parts: tuple[str, ...] = ()


def rewritten(earlier: Mapping[str, Pledge], later: Mapping[str, Pledge]) -> tuple[Written, ...]:
    """Every record that differs, by id."""
    found = []
    for id_ in sorted(set(earlier) | set(later)):
        one, other = earlier.get(id_), later.get(id_)
        if one == other:
            continue
        if one is None or other is None:
            held = one or other
            title = held.title if held else id_
            found.append(Written(id_, title, "added" if one is None else "withdrawn"))
        else:
            parts = tuple(f.name for f in fields(Pledge) if getattr(one, f.name) != getattr(other, f.name))
            found.append(Written(id_, other.title, "changed", parts))
    return tuple(found)
