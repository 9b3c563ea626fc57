"""What respondents do: keep answers, submit, reopen and withdraw them, make drafts of proposals from them.

All of it in a transaction of the caller in which nobody else writes (`Registry.writing`), each with its row of audit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from dashboard.amounts import DENOMINATORS
from dashboard.counting import Problem
from dashboard.surveys.answers import SHARE, kept, problems
from dashboard.surveys.questions import Matrix
from dashboard.surveys.responses import Response, after, laid_over, merged, proposals
from data_access import audit
from data_access.contributions import writing
from data_access.contributions.writing import Begun, Conflict, Draft
from data_access.registry import tables
from data_access.registry.writing import Refused
from data_access.surveying import became, store
from data_access.surveying.moments import now
from data_access.surveying.store import Kept
from data_access.surveying.tables import response, response_step, response_version

CLOSED = "This survey cannot be answered any more: its last day was {day}."
NOT_OPEN = "This survey is not open."
FINANCIAL = "financial"


class Unfit(Refused):
    """Answers that cannot stand as they are; `problems` says why, one by one."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__(found[0].sentence)
        self.problems = found


class Clash(Conflict):
    """Somebody else answered the same questions, or rows of tables, meanwhile. keys: of these; now: the response that
    stands; mine: it with all that was written laid over it."""

    def __init__(self, keys: tuple[str, ...], now_: Response, mine: Mapping[str, Any]) -> None:
        super().__init__(f"Somebody else has answered {', '.join(keys)} meanwhile; please look at it again.")
        self.keys, self.now, self.mine = keys, now_, mine


@dataclass(frozen=True)
class Written:
    """What somebody typed in a section. keys: of its questions; seen: the version they saw, 0 before the first;
    language: in which they are told what is wrong."""

    answers: Mapping[str, Any]
    keys: tuple[str, ...]
    seen: int
    language: str = "en"


def save(connection: Connection, id_: str, maker: str, who: str, written: Written) -> Response:
    """Keeps a section as a draft: the response that stands. What others of the same maker wrote into other questions
    meanwhile stays; Clash names those they wrote into the same. Raises Refused; Unfit; Conflict."""
    asked = _open(connection, id_, maker)
    held = store.answered(connection, id_, maker) or _begun(connection, asked, maker)
    if not after(held.state, "save"):
        raise Conflict("The answers were submitted or withdrawn meanwhile; please open them again to change them.")
    before = store.answers(connection, held.id, written.seen)
    tables = [one.id for one in asked.asks.questions() if isinstance(one, Matrix)]
    answers, clash = merged(before, held.answers, written.answers, written.keys, tables)
    if clash:
        raise Clash(clash, held, laid_over(before, answers, written.answers, clash))
    found = problems(asked.asks, answers, commitments(connection, maker), whole=False, language=written.language)
    if found:
        raise Unfit(found)
    if held.version and answers == held.answers:
        return held
    return _renewed(connection, asked, held, answers, who)


def move(
    connection: Connection, id_: str, maker: str, action: str, who: str, seen: int, language: str = "en"
) -> Response:
    """Submits, reopens or withdraws. Raises Refused; Conflict where it has changed since it was seen; Unfit, in a
    language, where it lacks what is required."""
    asked = _open(connection, id_, maker)
    held = store.answered(connection, id_, maker)
    if held is None:
        raise Refused("Nothing was answered yet.")
    if seen != held.version:
        raise Conflict("The answers have changed since they were shown; please look at them again.")
    state = after(held.state, action)
    if not state or action == "save":
        stands = "a draft" if held.state == "draft" else held.state
        raise Conflict(f"The answers are {stands}: this cannot be done with them now.")
    if action == "submit":
        found = problems(asked.asks, held.answers, commitments(connection, maker), language=language)
        if found:
            raise Unfit(found)
        told = kept(asked.asks, held.answers)
        held = held if told == held.answers else _renewed(connection, asked, held, told, who)
    return _stepped(connection, held, action, state, who)


def propose(connection: Connection, id_: str, maker: str, who: str) -> tuple[str, ...]:
    """Drafts of contributions made from submitted answers: their ids. Drafts that were made before are made again only
    by another submission. Raises Refused."""
    held = store.answered(connection, id_, maker)
    if held is None or held.state != "submitted":
        raise Refused("Only answers that were submitted can be proposed as updates.")
    steps = response_step.c
    done = select(steps.number).where(
        steps.response == held.id, steps.action == "propose", steps.version == held.version
    )
    if connection.execute(done).first():
        raise Refused("These answers were made into drafts already; they are among your contributions.")
    asks, made = store.one(connection, id_).asks, list[str]()
    for one in proposals(asks, held.answers):
        begun = Begun(one.kind, "commitment", one.commitment, maker)
        made.append(writing.start(connection, begun, who, Draft(dict(one.fields))))
        became.noted(connection, made[-1], asks, held, one.question)
    _stepped(connection, held, "propose", held.state, who)
    return tuple(made)


def commitments(connection: Connection, maker: str) -> dict[str, str]:
    """Those that the register holds in a maker's name, id -> kind, in order."""
    return {id_: kind for id_, _, kind in titled(connection, maker)}


def titled(connection: Connection, maker: str) -> list[tuple[str, str, str]]:
    """Id, title and kind of each; kind SHARE of a financial one that is a share of something."""
    pledge, amount = tables.pledge.c, tables.amount.c
    promised = tables.pledge.outerjoin(tables.amount, (amount.pledge == pledge.id) & (amount.role == "promised"))
    asked = select(pledge.id, pledge.title, pledge.kind, amount.unit).select_from(promised)
    rows = connection.execute(asked.where(pledge.maker == maker).order_by(pledge.id))
    return [
        (row.id, row.title, SHARE if row.kind == FINANCIAL and row.unit in DENOMINATORS else row.kind) for row in rows
    ]


def _open(connection: Connection, id_: str, maker: str) -> Kept:
    held = store.one(connection, id_)
    if maker not in held.invited:
        raise Refused(store.NONE)
    if held.state != "open":
        raise Refused(NOT_OPEN)
    if not held.open(now()[:10]):
        raise Refused(CLOSED.format(day=held.deadline))
    return held


def _begun(connection: Connection, asked: Kept, maker: str) -> Response:
    made = Response(uuid4().hex, asked.id, maker)
    row = {"id": made.id, "survey": asked.id, "maker": maker, "state": made.state, "version": 0}
    connection.execute(insert(response).values(**row, at=now(), last=now()))
    return made


def _renewed(connection: Connection, asked: Kept, held: Response, answers: Mapping[str, Any], who: str) -> Response:
    number, at = held.version + 1, now()
    row = {"response": held.id, "number": number, "asked": asked.version, "at": at, "who": who}
    told = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    connection.execute(insert(response_version).values(**row, answers=told))
    connection.execute(update(response).where(response.c.id == held.id).values(version=number))
    renewed = Response(held.id, held.survey, held.maker, held.state, number, answers, at)
    return _stepped(connection, renewed, "save", held.state, who)


def _stepped(connection: Connection, held: Response, action: str, state: str, who: str) -> Response:
    at = now()
    row = {"response": held.id, "action": action, "state": state, "version": held.version, "at": at, "who": who}
    connection.execute(insert(response_step).values(row))
    connection.execute(update(response).where(response.c.id == held.id).values(state=state, last=at))
    audit.append(connection, who, action, f"response {held.id}", {"state": state, "version": str(held.version)})
    return Response(held.id, held.survey, held.maker, state, held.version, held.answers, at)
