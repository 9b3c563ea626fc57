"""Files given with answers: cleaned and kept as evidence of contributions is (`data_access.contributions.evidence`),
part of the answers of one maker."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, func, insert, select

from dashboard.surveys.questions import File
from dashboard.surveys.responses import Response
from data_access.contributions.evidence import Kept
from data_access.ingest.limited import MEGABYTE
from data_access.registry.writing import Refused
from data_access.surveying import answering, store
from data_access.surveying.answering import Written
from data_access.surveying.moments import now
from data_access.surveying.tables import response, response_file

EACH, ALL = 30, 60 * MEGABYTE  # files, and bytes, of one response, with those that were replaced


def attach(connection: Connection, at: tuple[str, str, str], kept: Kept, who: str, seen: int) -> Response:
    """Answers a question with a file, in the place of the one that was there. at: survey, maker, question; seen: the
    version of the answers. In a writing transaction. Raises Refused, Conflict."""
    id_, maker, question = at
    if not any(one.id == question and isinstance(one, File) for one in store.one(connection, id_).asks.questions()):
        raise Refused("This question takes no file.")
    held = answering.save(connection, id_, maker, who, Written({question: kept.id}, (question,), seen))
    files = select(func.count(), func.coalesce(func.sum(response_file.c.size), 0))
    count, size = connection.execute(files.where(response_file.c.response == held.id)).one()
    if count >= EACH or size + kept.size > ALL:
        raise Refused(f"Answers hold at most {EACH} files, {ALL // MEGABYTE} MB together, with those replaced.")
    row = {"id": kept.id, "name": kept.name, "kind": kept.kind, "digest": kept.digest, "size": kept.size}
    connection.execute(insert(response_file).values(**row, response=held.id, at=now(), who=who))
    return held


def take_away(connection: Connection, at: tuple[str, str, str], who: str, seen: int) -> Response:
    """Leaves a question without its file; earlier versions still name it."""
    id_, maker, question = at
    return answering.save(connection, id_, maker, who, Written({question: None}, (question,), seen))


def of(connection: Connection, ids: Iterable[str]) -> dict[str, Kept]:
    """Files by id; those that there are."""
    rows = connection.execute(select(response_file).where(response_file.c.id.in_(list(ids)))).mappings()
    return {row["id"]: Kept(row["id"], "", row["name"], row["kind"], row["size"], row["digest"]) for row in rows}


def given(connection: Connection, id_: str, survey: str, maker: str = "") -> Kept | None:
    """A file of a survey, of answers of one maker where it is named; None where there is none."""
    table = response_file.join(response, response.c.id == response_file.c.response)
    whose = [response.c.maker == maker] if maker else []
    asked = select(response_file.c.id).select_from(table).where(response_file.c.id == id_, response.c.survey == survey)
    return of(connection, [id_]).get(id_) if connection.execute(asked.where(*whose)).first() else None
