"""What became of answers: the contributions that were made from them, and where these stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from dashboard.contributions import PUBLIC
from dashboard.surveys.origins import Became, Origin
from dashboard.surveys.questions import Survey, first
from dashboard.surveys.responses import Response
from data_access.contributions.tables import contribution
from data_access.surveying.moments import now
from data_access.surveying.tables import contribution_origin, response, response_step, response_version, survey

NAMED, PUBLISHED = "named", "published"


def noted(connection: Connection, id_: str, asks: Survey, held: Response, question: str) -> None:
    """Keeps from which answer a contribution was made, in the words of the results."""
    told = asks.as_published()
    words = next(first(one.words) for one in told.questions() if one.id == question)
    row = {"contribution": id_, "response": held.id, "version": held.version, "survey": held.survey, "at": now()}
    row |= {"question": question, "title": first(told.title), "words": words, "makers": told.makers}
    connection.execute(insert(contribution_origin).values(row))


def origins(connection: Connection, ids: Sequence[str]) -> Mapping[str, Origin]:
    """Of contributions by id, those that were made from answers."""
    table = contribution_origin.c
    asked = select(contribution_origin, survey.c.state).join(survey, survey.c.id == table.survey)
    rows = connection.execute(asked.where(table.contribution.in_(ids))).all()
    writers = _writers(connection, {row.response for row in rows})
    return {row.contribution: _origin(row, writers[row.response]) for row in rows}


def _writers(connection: Connection, ids: Collection[str]) -> Mapping[str, Sequence[tuple[int, str]]]:
    """Of responses by id, who wrote or did something with each version."""
    found: dict[str, list[tuple[int, str]]] = {id_: [] for id_ in ids}
    for table, number in ((response_version, response_version.c.number), (response_step, response_step.c.version)):
        asked = select(table.c.response, number, table.c.who).where(table.c.response.in_(ids))
        for response_, version, who in connection.execute(asked):
            found[response_].append((version, who))
    return found


def of_response(connection: Connection, id_: str) -> tuple[Became, ...]:
    """What became of one response, oldest first."""
    return tuple(_became(row) for row in connection.execute(_asked().where(contribution_origin.c.response == id_)))


def accepted(connection: Connection, id_: str) -> tuple[Became, ...]:
    """What of the answers to a survey that stand submitted is on record, oldest first."""
    where = (contribution_origin.c.survey == id_, contribution.c.state.in_(PUBLIC), response.c.state == "submitted")
    asked = _asked().join(response, response.c.id == contribution_origin.c.response).where(*where)
    return tuple(_became(row) for row in connection.execute(asked))


def _asked() -> Select[Any]:
    held, table = contribution.c, contribution_origin.c
    asked = select(held.id, table.question, held.kind, held.of, held.maker, held.state, held.last)
    return asked.join(contribution_origin, table.contribution == held.id).order_by(table.at, held.id)


def _became(row: Row[Any]) -> Became:
    return Became(*tuple(row))


def _origin(row: Row[Any], writers: Sequence[tuple[int, str]]) -> Origin:
    said = (row.survey, row.question, row.title, row.words)
    theirs = frozenset(who for version, who in writers if version <= row.version)
    return Origin(*said, named=row.makers == NAMED, public=row.state == PUBLISHED, writers=theirs)
