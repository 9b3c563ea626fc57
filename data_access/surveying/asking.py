"""What an administrator does with surveys: keeps one, invites makers, opens and closes it.

All of it in a transaction of the caller in which nobody else writes (`Registry.writing`), each with its row of audit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, insert, select, update

from dashboard.surveys.filed import filed, reworded
from dashboard.surveys.questions import Survey
from dashboard.surveys.reading import read
from data_access import audit
from data_access.registry import directory
from data_access.registry.writing import Refused
from data_access.surveying import store
from data_access.surveying.moments import now
from data_access.surveying.store import Kept
from data_access.surveying.tables import response, survey, survey_invited, survey_version

MOVES: Mapping[tuple[str, str], str] = {
    ("draft", "open"): "open",
    ("open", "close"): "closed",
    ("closed", "open"): "open",
    ("closed", "publish"): "published",  # nobody can change an answer any more
    ("published", "unpublish"): "closed",
}
WORDS: Mapping[str, str] = {"open": "opened", "close": "closed", "publish": "published", "unpublish": "taken back"}
FILED = (
    "The survey was opened, so what answers are filed under, and what is kept from the public, has to stay: {places}."
)
REWORDED = (
    "Somebody has answered, so the words that answers stand under have to stay, in results as well: {places}. "
    "A title, a purpose and a help may change, and a language may be added."
)
OUT = "Its results are published, so the survey stays as it is; please take them back first."


def keep(connection: Connection, written: str, who: str) -> str:
    """A new survey, or new words for one that is kept: its id. Raises Refused, a sentence, where it cannot be read, or
    where answers that were given would lose their questions."""
    asks, wrong = read(written)
    if asks is None:
        raise Refused(" ".join(one.sentence for one in wrong[:5]))
    at = now()
    row = connection.execute(select(survey).where(survey.c.id == asks.id)).one_or_none()
    if row is None:
        connection.execute(insert(survey).values(id=asks.id, state="draft", version=1, deadline="", at=at, last=at))
    else:
        _keeps(connection, store.one(connection, asks.id), asks)
        connection.execute(update(survey).where(survey.c.id == asks.id).values(version=row.version + 1, last=at))
    number = row.version + 1 if row else 1
    connection.execute(insert(survey_version).values(survey=asks.id, number=number, written=written, at=at, who=who))
    audit.append(connection, who, "keep", f"survey {asks.id}", {"version": str(number)})
    return asks.id


def invite(connection: Connection, id_: str, makers: Sequence[str], who: str) -> tuple[str, ...]:
    """Ids of those that were not invited before. makers: ids, or names. Raises Refused where the register does not hold
    one of them."""
    held = store.one(connection, id_)
    known = directory.read(connection).makers
    named = {one.name.casefold(): one.id for one in known.values()}
    wanted = [maker if maker in known else named.get(maker.casefold(), "") for maker in makers]
    unknown = next((maker for maker, found in zip(makers, wanted, strict=True) if not found), "")
    if unknown:
        raise Refused(f"The register holds no maker {unknown[:80]}; nobody was invited.")
    new = tuple(sorted(set(wanted) - set(held.invited)))
    for maker in new:
        connection.execute(insert(survey_invited).values(survey=id_, maker=maker, at=now(), who=who))
        audit.append(connection, who, "invite", f"survey {id_}", {"maker": maker})
    return new


def remind(connection: Connection, id_: str, who: str) -> tuple[str, ...]:
    """Ids of those invited who have not submitted, on record as reminded. Raises Refused where it is not open."""
    held = store.one(connection, id_)
    if not held.open(now()[:10]):
        raise Refused("The survey is not open, so nobody is reminded of it.")
    late = tuple(one.maker for one in store.progress(connection, id_) if one.state != "submitted")
    audit.append(connection, who, "remind", f"survey {id_}", {"makers": str(len(late))})
    return late


def until(connection: Connection, id_: str, deadline: str, who: str) -> None:
    """Sets the last day on which it can be answered, in UTC. Raises Refused where that is no day, or one gone by."""
    store.one(connection, id_)
    try:
        known = date.fromisoformat(deadline).isoformat()
    except ValueError:
        known = ""
    if known != deadline:
        raise Refused(f"{deadline[:40]!r} is no date; write it as 2027-03-31.")
    if deadline < now()[:10]:
        raise Refused(f"{deadline} has passed; please choose a day to come.")
    connection.execute(update(survey).where(survey.c.id == id_).values(deadline=deadline, last=now()))
    audit.append(connection, who, "set deadline", f"survey {id_}", {"deadline": deadline})


def move(connection: Connection, id_: str, action: str, who: str) -> str:
    """Opens or closes it, publishes its results or takes them back: the state that follows. Raises Refused."""
    held = store.one(connection, id_)
    state = MOVES.get((held.state, action), "")
    if not state:
        stands = "a draft" if held.state == "draft" else held.state
        raise Refused(f"The survey is {stands}, so it cannot be {WORDS.get(action, 'changed')} now.")
    if action == "open" and (not held.invited or held.deadline < now()[:10]):
        raise Refused("Before it is opened somebody is invited, and it has a last day that has not passed.")
    connection.execute(update(survey).where(survey.c.id == id_).values(state=state, last=now()))
    audit.append(connection, who, action, f"survey {id_}", {"state": state})
    return state


def _keeps(connection: Connection, before: Kept, after: Survey) -> None:
    """Once it was opened, what answers are filed under stays, and once it was answered the words that they stand under.
    Raises Refused."""
    if before.state == "draft":
        return
    if before.state == "published":
        raise Refused(OUT)
    if gone := sorted(filed(before.asks) - filed(after)):
        raise Refused(FILED.format(places=", ".join(gone[:5])))
    held = select(response.c.id).where(response.c.survey == before.id, response.c.version > 0)
    if connection.execute(held.limit(1)).first() and (changed := reworded(before.asks, after)):
        raise Refused(REWORDED.format(places=", ".join(changed[:5])))
