"""Letters to those who speak for makers that a survey asks. One that cannot be sent stops nothing."""

from __future__ import annotations

import logging
from collections.abc import Collection

from sqlalchemy import Connection

from callbacks.people import here
from dashboard.words import dated
from data_access.people import accounts
from data_access.people.accounts import ACTIVE
from data_access.registry import directory
from data_access.surveying import store

LOG = logging.getLogger(__name__)
SUBJECT = "{maker} is asked to answer a survey"
SAID = """{title}

It can be answered until the end of {day} (UTC), by everybody who speaks for {maker}:

{address}/my/surveys/{survey}/{id_}
"""


def asked(survey: str, makers: Collection[str]) -> None:
    """To every contributor of these makers, a letter for each maker."""
    if not makers:
        return
    house = here.house()
    letters = house.registry.read(lambda connection: _letters(connection, survey, makers, house.address))
    try:
        house.post.send_all(letters)
    except OSError:
        LOG.exception("a letter about a survey was not written")


def _letters(connection: Connection, survey: str, makers: Collection[str], address: str) -> list[tuple[str, str, str]]:
    """Address, subject and text of each."""
    kept, names = store.one(connection, survey), directory.read(connection).makers
    told = {"title": kept.asks.said(kept.asks.title, "en"), "day": dated(kept.deadline), "survey": survey}
    found = list[tuple[str, str, str]]()
    for one in accounts.every(connection):
        for id_ in sorted(one.person.makers & set(makers)) if one.state == ACTIVE and one.mail else ():
            maker = names[id_].name
            said = SAID.format(**told, maker=maker, address=address, id_=id_)
            found.append((one.mail, SUBJECT.format(maker=maker), said))
    return found
