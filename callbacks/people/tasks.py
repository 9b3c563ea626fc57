"""What waits for somebody who speaks for makers: what was asked back, surveys, their commitments and open findings."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from sqlalchemy import Connection

from callbacks.people import here
from dashboard.finding_list import short
from dashboard.people import Person
from dashboard.words import dated
from data_access.contributions import store
from data_access.registry import findings
from data_access.registry.store import Held
from data_access.surveying import store as surveys
from layouts.people.tasks import Asked, Promise, Survey, Tasks


def tasks(who: Person) -> Tasks:
    """Of a contributor; those of nobody's makers are none."""
    registry = here.registry()
    held = registry.held()
    names = {id_: one.name for id_, one in held.directory.makers.items()}
    back = store.listed(registry, ("asked_back",), makers=sorted(who.makers), author=who.id).rows
    titles = {id_: one.title for id_, one in held.pledges.items()}
    asked = [Asked(one.id, one.kind, titles.get(one.of, one.of), one.asked) for one in back]
    open_ = registry.read(lambda connection: _surveys(connection, who, names))
    return Tasks({id_: names.get(id_, id_) for id_ in sorted(who.makers)}, asked, open_, _promises(held, who))


def _surveys(connection: Connection, who: Person, names: dict[str, str]) -> list[Survey]:
    """Those that can be answered today."""
    found, today = list[Survey](), f"{datetime.now(UTC):%Y-%m-%d}"
    for kept in surveys.every(connection):
        for maker in sorted(who.makers & set(kept.invited)) if kept.open(today) else ():
            answered = surveys.answered(connection, kept.id, maker)
            state = answered.state if answered and answered.version else "not begun"
            title = kept.asks.said(kept.asks.title, "en")
            path = f"/my/surveys/{kept.id}/{maker}"
            found.append(Survey(path, title, names.get(maker, maker), state, dated(kept.deadline)))
    return found


def _promises(held: Held, who: Person) -> dict[str, list[Promise]]:
    """By maker, each with the findings about it to which nobody has replied."""
    waits = defaultdict[str, list[str]](list)
    for key, one in findings.known(here.registry()).items():
        for id_ in one.finding.about if one.status == "open" else ():
            waits[id_].append(short(key))
    found = dict[str, list[Promise]]()
    for maker in sorted(who.makers):
        mine = [one for one in held.pledges.values() if maker in one.maker_ids]
        found[maker] = [Promise(one.id, one.title, tuple(waits[one.id])) for one in mine]
    return found
