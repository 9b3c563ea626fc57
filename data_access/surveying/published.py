"""Results of surveys, read."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dashboard.surveys.amounts import of_their_years
from dashboard.surveys.leaving import NONE
from dashboard.surveys.results import Answered, Given
from data_access.registry import directory, tables
from data_access.registry.writing import Refused
from data_access.surveying import became, store
from data_access.surveying.store import Kept

PUBLISHED = "published"


def every(connection: Connection) -> tuple[Kept, ...]:
    """Surveys whose results everybody may read, the newest first."""
    return tuple(one for one in store.every(connection) if one.state == PUBLISHED)


def found(connection: Connection, id_: str) -> tuple[Kept, Answered]:
    """A survey whose results are published, with them. Raises Refused where there is none of that id."""
    kept = store.one(connection, id_)
    if kept.state != PUBLISHED:
        raise Refused(NONE)
    return kept, answered(connection, kept)


def answered(connection: Connection, kept: Kept) -> Answered:
    """What was submitted to a survey, in the order of the names of makers."""
    names = directory.read(connection).makers
    given = [
        Given(names[one.maker].name, of_their_years(kept.asks, one.answers))
        for one in store.submitted(connection, kept.id)
    ]
    titles = {row.id: row.title for row in connection.execute(select(tables.pledge.c.id, tables.pledge.c.title))}
    ordered = tuple(sorted(given, key=lambda one: one.maker))
    done = became.accepted(connection, kept.id) if kept.asks.makers == became.NAMED else ()
    return Answered(kept.asks.as_published(), ordered, len(kept.invited), titles, kept.last, done)
