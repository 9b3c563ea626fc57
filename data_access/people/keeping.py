"""What is written down of people, each step with its row in the record; in writing transactions of the caller."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from dashboard.forms import Field, tidy
from dashboard.people import ADMINISTRATOR, ROLES
from data_access import audit
from data_access.people import invitations, sessions
from data_access.people.accounts import ACTIVE, DISABLED, ERASED, Account, by_id, by_mail
from data_access.people.invitations import WITHDRAWN, Invitation, NotInvited
from data_access.people.marks import now
from data_access.people.provider import Claimed
from data_access.people.tables import account, granted, invitation, pending
from data_access.registry.engines import SWEPT

NAME = Field("name")  # of people, as forms take it
GONE = {"mail": None, "name": "", "password": "", "seed": "", "step": "", "issuer": "", "subject": "", "named": False}


class NotDone(ValueError):
    """What cannot be done with an account; the message is a sentence."""


def accept(connection: Connection, given: Invitation, name: str, password: str, named: bool) -> str:
    """The account of somebody new, who takes an invitation; its id. password: hashed. Raises NotInvited where the
    address has an account already."""
    return _made(connection, given, name=name, password=password, named=named)


def accept_elsewhere(connection: Connection, given: Invitation, who: Claimed) -> str:
    """The same for somebody for whom a provider vouches from now on."""
    name = tidy(who.name, NAME)[: NAME.longest] or given.name or given.mail.partition("@")[0]
    return _made(connection, given, name=name, issuer=who.issuer, subject=who.subject, named=False)


def join(connection: Connection, given: Invitation, id_: str) -> None:
    """Somebody takes an invitation: what it grants is theirs. Raises NotInvited where it was taken meanwhile, and where
    they made it themselves."""
    if given.by == id_:
        raise NotInvited("Nobody takes an invitation of their own; another administrator can make one.")
    taken = update(invitation).where(invitation.c.id == given.id, invitation.c.used == "").values(used=now())
    if not connection.execute(taken).rowcount:
        raise NotInvited("This invitation was taken already.")
    _granted(connection, id_, given.role, given.maker, given.by)
    detail = {"invitation": given.id[:12], "role": given.role, "maker": given.maker}
    audit.append(connection, id_, "accept", f"person {id_}", detail)


def grant(connection: Connection, id_: str, role: str, maker: str, by: str) -> None:
    """A role more. Raises NotDone where the role is none, or not for a maker."""
    if role not in ROLES or (role == "contributor") != bool(maker):
        raise NotDone("A contributor speaks for a maker; moderators and administrators for none.")
    _granted(connection, id_, role, maker, by)
    audit.append(connection, by, "grant", f"person {id_}", {"role": role, "maker": maker})
    sessions.end_all(connection, id_)


def revoke(connection: Connection, id_: str, role: str, maker: str, by: str) -> None:
    """A role less; their sessions end. Raises NotDone for the role of the last administrator."""
    if role == ADMINISTRATOR:
        _one_left(connection, id_)
    found = granted.c.account == id_, granted.c.role == role, granted.c.maker == maker
    if not connection.execute(delete(granted).where(*found)).rowcount:
        raise NotDone("They do not have this role.")
    if role == ADMINISTRATOR:
        invitations.withdraw_all(connection, id_, by)
    audit.append(connection, by, "revoke", f"person {id_}", {"role": role, "maker": maker})
    sessions.end_all(connection, id_)


def set_state(connection: Connection, id_: str, state: str, by: str) -> None:
    """Disables an account, whose sessions end, or enables it again. Raises NotDone."""
    if state == DISABLED:
        _one_left(connection, id_)
    known = update(account).where(account.c.id == id_, account.c.state.in_((ACTIVE, DISABLED))).values(state=state)
    if not connection.execute(known).rowcount:
        raise NotDone("There is no such account.")
    if state == DISABLED:
        invitations.withdraw_all(connection, id_, by)
    audit.append(connection, by, "disable" if state == DISABLED else "enable", f"person {id_}")
    sessions.end_all(connection, id_)


def change(connection: Connection, id_: str, what: str, **columns: str | bool) -> None:
    """Columns of one's own account. what: the word of the record for it."""
    connection.execute(update(account).where(account.c.id == id_).values(**columns))
    noted(connection, id_, what)


def noted(connection: Connection, id_: str, what: str) -> None:
    """What somebody did with their own account, in the record."""
    audit.append(connection, id_, what, f"person {id_}")


def erase(connection: Connection, id_: str, by: str = "") -> None:
    """All that tells who somebody is goes; what they decided and wrote stays, of a former contributor. by: who does it;
    they themselves, where it is empty. Raises NotDone for the last administrator."""
    _one_left(connection, id_)
    held = by_id(connection, id_)
    if held is None:
        raise NotDone("There is no such account.")
    theirs = invitation.c.mail == held.mail
    connection.execute(update(invitation).where(theirs, invitation.c.used == "").values(used=WITHDRAWN))
    connection.execute(update(invitation).where(theirs).values(mail="", name=""))
    invitations.withdraw_all(connection, id_, by or id_)
    connection.execute(update(account).where(account.c.id == id_).values(state=ERASED, **GONE))
    connection.execute(delete(granted).where(granted.c.account == id_))
    connection.execute(delete(pending).where(pending.c.account == id_))
    sessions.end_all(connection, id_)
    connection.info[SWEPT] = True
    audit.append(connection, by or id_, "erase", f"person {id_}")


def _made(connection: Connection, given: Invitation, **columns: str | bool) -> str:
    if not given.mail:
        raise NotInvited("This invitation is of somebody who was erased.")
    if by_mail(connection, given.mail):
        raise NotInvited("There is an account with this address already. Please sign in, and open this page again.")
    made = uuid4().hex
    connection.execute(insert(account).values(id=made, mail=given.mail, state=ACTIVE, at=now(), **columns))
    join(connection, given, made)
    return made


def _granted(connection: Connection, id_: str, role: str, maker: str, by: str) -> None:
    found = granted.c.account == id_, granted.c.role == role, granted.c.maker == maker
    if not connection.execute(select(granted.c.at).where(*found)).first():
        connection.execute(insert(granted).values(account=id_, role=role, maker=maker, at=now(), by=by))


def _one_left(connection: Connection, id_: str) -> None:
    """Raises NotDone where nobody would be left who administers people."""
    held: Account | None = by_id(connection, id_)
    if held is None or ADMINISTRATOR not in held.person.roles or held.state != ACTIVE:
        return
    asked = select(func.count()).select_from(granted.join(account, account.c.id == granted.c.account))
    others = asked.where(granted.c.role == ADMINISTRATOR, account.c.state == ACTIVE, account.c.id != id_)
    if not connection.execute(others).scalar_one():
        raise NotDone("This is the last administrator: please make somebody else one first.")
