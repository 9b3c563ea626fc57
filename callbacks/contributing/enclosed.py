"""Files enclosed with a form: the one that was chosen, cleaned; taken away again where it became part of nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from flask import request
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import FileStorage

from callbacks.bodies import Refused
from callbacks.contributing import asking
from callbacks.people import here
from data_access.contributions import evidence
from data_access.contributions.evidence import Kept

SEVERAL = "The form came with no file, or with several."


def only(name: str) -> FileStorage:
    """The one file of a field, which may be empty. Raises Refused."""
    sent = request.files.getlist(name)
    if len(sent) != 1:
        raise Refused(400, SEVERAL)
    return sent[0]


def chosen(name: str) -> FileStorage | None:
    """The file that was chosen in a field; None where it was left empty. Raises Refused where several came."""
    if not request.files.getlist(name):
        return None
    sent = only(name)
    return sent if sent.filename else None


def taken_in(sent: FileStorage) -> Kept:
    """A file that was sent, cleaned. Raises `registry.writing.Refused`, a sentence."""
    return evidence.take_in(asking.home(), sent.stream.read(evidence.MOST + 1), sent.filename or "")


def tidy(kept: Kept | None, known: Callable[[Connection, list[str]], object]) -> None:
    """A file that became part of nothing is taken away: the form was sent twice, or could not be followed. known:
    what holds files of these ids."""
    if kept is None:
        return
    id_ = kept.id
    with suppress(TimeoutError, DBAPIError):
        if not here.registry().read(lambda connection: known(connection, [id_])):
            evidence.forget(asking.home(), kept)
