"""What programs are told of editions, sources, codes and methods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from callbacks.api_asked import Asked, Found, paged
from dashboard.api.asking import label
from dashboard.carried import Carried, at_edition
from dashboard.codes import GOALS, Group, Source
from dashboard.methods import METHODS
from dashboard.panels import Table
from dashboard.selection import DIMENSIONS
from data_access.holdings import held_editions
from data_access.tables import goal_share
from layouts.pages import DATA_PATH

OPEN = 9999  # the year of a spell that has not ended
SHARE = ("purpose", "goal", "share", "basis", "citation")


def editions(one: Asked) -> Found:
    rows = [
        (held.name, held.made, held.why, _yes(held.current), *map(" ".join, (held.new, held.renewed, held.gone)))
        for held in held_editions(one.book.library.home, one.cube.edition)
    ]
    return _listed(one, "Editions", DATA_PATH, rows)


def sources(one: Asked) -> Found:
    rows = [_source(source) for source in one.cube.codes.sources.values()]
    return _listed(one, "Sources", DATA_PATH, rows)


def _source(source: Source) -> tuple[Any, ...]:
    apart = " ".join(name for name in (*DIMENSIONS, "year") if name in source.dimensions)
    told = (source.code, source.title, apart, " ".join(source.stages), source.since, source.until)
    rights = (source.released, source.licence, source.attribution, source.address, source.note)
    return (*told, source.compared_since, source.disbursed_is, source.coverage, *rights)


def members(one: Asked) -> Found:
    name = _dimension(one)
    held, groups = one.cube.codes.members.get(name, {}), one.cube.codes.groups.get(name, {})
    single = [
        (m.code, m.name, m.name_fr, m.kind, m.map_code, "", "", "") for m in held.values() if m.code not in groups
    ]
    several = [(g.code, g.name, "", "group", "", g.family, _yes(g.dated), g.basis) for g in groups.values()]
    return _listed(one, f"Members of the dimension {name}", "/methods", [*single, *several])


def memberships(one: Asked) -> Found:
    name = _dimension(one)
    groups = one.cube.codes.groups.get(name, {}).values()
    rows = [row for group in groups for row in _spells(one, name, group)]
    return _listed(one, f"Groups of the dimension {name}", "/methods", rows)


def _spells(one: Asked, dimension: str, group: Group) -> Iterable[tuple[Any, ...]]:
    for spell in sorted(group.spells, key=lambda spell: (spell.member, spell.since)):
        named = label(one.cube, dimension, spell.member)
        since, until = (spell.since, spell.until) if group.dated else (None, OPEN)
        yield group.code, group.name, spell.member, named, since, until if until < OPEN else None


def methods(one: Asked) -> Found:
    return _listed(one, "Methods of the goal mapping", "/methods", list(METHODS.items()))


def shares(one: Asked) -> Found:
    """Those of the purposes that occur in the flows."""
    if one.where not in METHODS:
        raise NotFound(f"There is no method of that name; there are {', '.join(METHODS)}.")
    columns = [goal_share.c[name] for name in SHARE]
    question = select(*columns).where(goal_share.c.method == one.where).order_by(*columns[:2])
    told = dict[tuple[str, str], tuple[Any, ...]]()
    for code in one.cube.codes.sources:
        frame = one.cube.ask(code, f"shares {code} {one.cube.edition} {one.where}", question, SHARE)
        told |= {(purpose, goal): tuple(rest) for purpose, goal, *rest in frame.itertuples(index=False, name=None)}
    rows = [
        (purpose, label(one.cube, "purpose", purpose), goal, GOALS[goal], *told[purpose, goal])
        for purpose, goal in sorted(told)
    ]
    return _listed(one, f"Shares of the method {one.where}", "/methods", rows)


def _dimension(one: Asked) -> str:
    if one.where not in DIMENSIONS:
        raise NotFound(f"There is no dimension of that name; there are {', '.join(DIMENSIONS)}.")
    return one.where


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def _listed(one: Asked, title: str, page: str, rows: Sequence[tuple[Any, ...]]) -> Found:
    edition = one.cube.edition
    carried = Carried("api", title, "", "", "Sources as named", edition, at_edition(page, edition), page)
    return paged(one, carried, Table(title, one.operation.columns, tuple(rows)))
