"""Accepted contributions as everybody reads them, of a commitment, a finding or a view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from dashboard.contributed import SAID, Spoken, spoken
from dashboard.contributions import PUBLIC, Contribution
from dashboard.finding_list import Listed, short
from dashboard.pledges import Delivery
from dashboard.report_series import settled, standing
from data_access.contributions import evidence, store
from data_access.people.tables import account
from data_access.registry import findings
from data_access.registry.store import Held, Registry


def accepted(registry: Registry, of: Iterable[str], makers: Mapping[str, str], state: str = "") -> tuple[Spoken, ...]:
    """About the things of these ids, in the order of acceptance; reports know which of them replaces which. makers:
    names by id. state: of the registry, where an address pins one: what was accepted after its end is left out, and
    what was accepted while it stood is told as later than it."""
    wanted = tuple(of)
    found = registry.recall(("said", wanted), lambda connection: store.said(connection, wanted))
    if not found:
        return ()
    upto = _change(registry, state) if state else 0
    names = registry.recall("named", _named)
    answers = _answers(registry) if any(one.kind == "statement" for one in found) else {}
    files = registry.recall(("files", wanted), lambda connection: _files(connection, found))
    seen = (one for one in found if not state or (one.decided and one.decided.upto <= upto))
    told, later = list[Spoken](), list[Spoken]()
    for one in sorted(seen, key=_decided):
        made = _one(one, makers, names, answers, files.get(one.id, ()))
        if made is not None:
            after = bool(state) and one.decided is not None and not one.decided.change and one.decided.upto == upto
            (later if after else told).append(replace(made, later=after))
    return (*settled(told), *settled(later))


def _decided(one: Contribution) -> tuple[str, int]:
    return (one.decided.at, one.decided.change) if one.decided else ("", 0)


def answered(
    rows: Iterable[Listed], registry: Registry, makers: Mapping[str, str], state: str = ""
) -> tuple[Listed, ...]:
    """Findings with the accepted replies to each and comments on it."""
    held = tuple(rows)
    wanted = {one.id for one in held} | {id_ for one in held for id_ in one.finding.about}
    found = accepted(registry, sorted(wanted), makers, state)
    return tuple(
        replace(one, said=tuple(said for said in found if one.id in (said.of, said.fields.get("finding"))))
        for one in held
    )


def reports(registry: Registry, held: Held) -> tuple[tuple[str, Delivery], ...]:
    """Figures that makers reported and moderators accepted up to a state, and no later report replaces, oldest first,
    each with the id of its commitment. What is accepted with a figure changes the record, so that every state has its
    own."""
    makers = {id_: one.name for id_, one in held.directory.makers.items()}
    wanted = registry.read(store.reported)
    found = accepted(registry, wanted, makers, held.state if held.state != registry.state() else "")
    told = ((one.of, one.delivery) for one in standing(found) if one.kind == "report" and one.of in held.pledges)
    return tuple((id_, said) for id_, said in told if said is not None)


def remarks(registry: Registry, held: Iterable[Contribution], makers: Mapping[str, str]) -> tuple[Spoken, ...]:
    """Accepted comments as everybody reads them, in their order. makers: names by id."""
    names = registry.recall("named", _named)
    made = (spoken(one, makers.get(one.maker, one.maker), names.get(one.author, "")) for one in held)
    return tuple(one for one in made if one is not None)


def newest(registry: Registry, makers: Mapping[str, str], most: int) -> tuple[Spoken, ...]:
    """Accepted reports, steps of policies, replies and comments, newest first; reports know which of them replaces
    which. makers: names by id."""
    pages = range(1, 1 + -(-most // store.PAGE))
    found = [one for page in pages for one in store.listed(registry, PUBLIC, SAID, page=page, public=True).rows]
    names = registry.recall("named", _named)
    made = (_one(one, makers, names, {}, ()) for one in sorted(found, key=_decided))
    return settled(one for one in made if one is not None)[::-1][:most]


def _one(
    one: Contribution,
    makers: Mapping[str, str],
    names: Mapping[str, str],
    answers: Mapping[str, str],
    files: Sequence[tuple[str, str]],
) -> Spoken | None:
    maker = makers.get(one.maker, one.maker)
    return spoken(one, maker, names.get(one.author, ""), answers.get(one.now.fields.get("finding", ""), ""), files)


def _files(connection: Connection, held: Iterable[Contribution]) -> dict[str, list[tuple[str, str]]]:
    """Addresses and names of the files of the versions that were accepted."""
    return {
        one.id: [(f"/evidence/{kept.id}", kept.name) for kept in evidence.of(connection, one.now.files)] for one in held
    }


def _named(connection: Connection) -> dict[str, str]:
    """Names of those who consent to be named."""
    asked = select(account.c.id, account.c.name).where(account.c.named.is_(True), account.c.name != "")
    return {row.id: row.name for row in connection.execute(asked)}


def _answers(registry: Registry) -> dict[str, str]:
    return {short(key): one.finding.words for key, one in findings.known(registry).items()}


def _change(registry: Registry, state: str) -> int:
    """The change that led to a state."""
    return next((change.number for change in registry.changes() if change.state == state), 0)
