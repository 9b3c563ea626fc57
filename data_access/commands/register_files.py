"""Tables of the register for `export`: the files of the pages of commitments, gaps, findings, needs and causes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dashboard import finding_list, gap_list, need_list, pins
from dashboard.carried import Carried
from dashboard.commitment import Entry
from dashboard.config import settings
from dashboard.questions import Unanswerable
from data_access import leaving
from data_access.commands.arguments import BadInput
from data_access.cube import Cube
from data_access.formats.streams import Stream, of_table
from data_access.leaving import At
from data_access.measuring.found import Found
from data_access.measuring.kept import Kept
from data_access.measuring.telling import entries, told
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry

Asked = dict[str, str]
PATIENCE = 600.0  # seconds for the checks, which nobody's page waits for
TERMS = {
    "commitments": leaving.COMMITMENTS,
    "gaps": gap_list.KEYS,
    "findings": finding_list.KEYS,
    "needs": need_list.KEYS,
    "causes": ("commitment",),
}
NAMES = tuple(TERMS)


def stream(home: Path, cube: Cube, name: str, query: str) -> Stream:
    """The table that an address of the page asks for. Raises BadInput, Unanswerable; Busy of the engine."""
    registry = open_registry(home, settings().registry)
    try:
        states = {change.state for change in registry.changes()}
        pinned, asked, refused = pins.read(query, cube.codes.editions, states, TERMS[name])
        leaving.whole(refused)
        if pinned.edition not in ("", cube.edition):
            raise BadInput(f"edition={pinned.edition} is not the one asked; --edition {pinned.edition} opens it.")
        one = MADE[name](At(cube, registry.held(pinned.registry)), registry, dict(asked))
    except leaving.Half as why:
        raise BadInput(str(why)) from why
    finally:
        registry.close()
    if one.table is None:
        raise Unanswerable("This has no table.")
    return of_table(one, one.table, settings().address)


def _commitments(at: At, _: Registry, asked: Asked) -> Carried:
    return leaving.commitments(at, _entries(at), asked)


def _gaps(at: At, _: Registry, asked: Asked) -> Carried:
    return leaving.gaps(at, _entries(at), asked)


def _entries(at: At) -> tuple[Entry, ...]:
    return entries(at.held, Kept().register(at.cube, at.held.state, at.held.pledges))


def _findings(at: At, registry: Registry, asked: Asked) -> Carried:
    found = Found().found(at.cube, at.held, registry, wait=PATIENCE)
    if found is None:
        raise Unanswerable("The checks came to no end; please try again.")
    return leaving.findings(at, found, registry, asked)


def _needs(at: At, _: Registry, asked: Asked) -> Carried:
    return leaving.needs(at, asked)


def _causes(at: At, _: Registry, asked: Asked) -> Carried:
    id_ = asked.get("commitment", "")
    if id_ not in at.held.pledges:
        raise BadInput("Please name a commitment of the register, as in 'commitment=gleneagles-2005-oda'.")
    register = Kept().register(at.cube, at.held.state, at.held.pledges)
    return leaving.causes(at, told(at.cube, at.held, register, at.held.pledges[id_], ()), id_)


MADE: dict[str, Callable[[At, Registry, Asked], Carried]] = {
    "commitments": _commitments,
    "gaps": _gaps,
    "findings": _findings,
    "needs": _needs,
    "causes": _causes,
}
