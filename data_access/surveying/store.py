"""Surveys and responses as they are kept, read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from dashboard.surveys.questions import Survey
from dashboard.surveys.reading import read
from dashboard.surveys.responses import Response
from data_access.registry.writing import Refused
from data_access.surveying.tables import response, response_version, survey, survey_invited, survey_version

NONE = "There is no such survey."


@dataclass(frozen=True)
class Kept:
    """A survey as it stands. version: of its words; deadline: the last day (UTC, ISO 8601) on which it is answered;
    invited: ids of makers, in order; last: when it was changed, UTC, ISO 8601."""

    id: str
    state: str
    version: int
    deadline: str
    asks: Survey
    invited: tuple[str, ...]
    last: str = ""

    def open(self, today: str) -> bool:
        """Whether it can be answered today (ISO 8601)."""
        return self.state == "open" and today <= self.deadline


@dataclass(frozen=True)
class Progress:
    """How far a maker is. state: of the response; empty where it was not begun. last: when somebody worked on it.
    answered: questions."""

    maker: str
    state: str = ""
    last: str = ""
    answered: int = 0


def every(connection: Connection) -> tuple[Kept, ...]:
    """All surveys, the newest first."""
    return tuple(_kept(connection, row) for row in connection.execute(select(survey).order_by(survey.c.at.desc())))


def one(connection: Connection, id_: str) -> Kept:
    """Raises Refused where there is none of that id."""
    row = connection.execute(select(survey).where(survey.c.id == id_)).one_or_none()
    if row is None:
        raise Refused(NONE)
    return _kept(connection, row)


def progress(connection: Connection, id_: str) -> tuple[Progress, ...]:
    """Of every maker who is invited, in order."""
    every_ = [_response(connection, row) for row in _responses(connection, id_)]
    held = {one.maker: Progress(one.maker, one.state, one.last, len(one.answers)) for one in every_}
    return tuple(held.get(maker, Progress(maker)) for maker in _invited(connection, id_))


def submitted(connection: Connection, id_: str) -> tuple[Response, ...]:
    """What counts as answered, in the order of makers."""
    return tuple(_response(connection, row) for row in _responses(connection, id_, response.c.state == "submitted"))


def answered(connection: Connection, id_: str, maker: str) -> Response | None:
    """A maker's response; None where it was not begun."""
    row = next(iter(_responses(connection, id_, response.c.maker == maker)), None)
    return _response(connection, row) if row else None


def answers(connection: Connection, response_: str, number: int) -> Mapping[str, Any]:
    """Those of one version; none before the first."""
    table = response_version.c
    asked = select(table.answers).where(table.response == response_, table.number == number)
    held: Mapping[str, Any] = json.loads(connection.execute(asked).scalar_one_or_none() or "{}")
    return held


def _responses(connection: Connection, id_: str, *where: ColumnElement[bool]) -> Sequence[Row[Any]]:
    asked = select(response).where(response.c.survey == id_, *where).order_by(response.c.maker)
    return connection.execute(asked).all()


def _response(connection: Connection, row: Row[Any]) -> Response:
    held = answers(connection, row.id, row.version)
    return Response(row.id, row.survey, row.maker, row.state, row.version, held, row.last)


def _invited(connection: Connection, id_: str) -> tuple[str, ...]:
    table = survey_invited.c
    return tuple(connection.execute(select(table.maker).where(table.survey == id_).order_by(table.maker)).scalars())


def written(connection: Connection, id_: str) -> str:
    """A survey as it was last written."""
    table = survey_version.c
    newest = select(table.written).where(table.survey == id_).order_by(table.number.desc()).limit(1)
    return str(connection.execute(newest).scalar_one())


def _kept(connection: Connection, row: Row[Any]) -> Kept:
    asks, wrong = read(written(connection, row.id))
    if asks is None:  # it could be read when it was kept
        raise Refused(f"The survey {row.id} can no longer be read. {wrong[0].sentence}")
    return Kept(row.id, row.state, row.version, row.deadline, asks, _invited(connection, row.id), row.last)
