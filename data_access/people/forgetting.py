"""What is kept of people for a while only, and is then forgotten: by itself at every sign-in, or by the operator's
command, which goes further."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, func, select, update

from dashboard.retention import DEFAULT, NEVER, Retention
from data_access.contributions import evidence
from data_access.contributions.tables import contribution
from data_access.contributions.tables import evidence as files
from data_access.people import accounts, attempts, forms_taken, keeping
from data_access.people.accounts import ACTIVE, DISABLED
from data_access.people.keeping import NotDone
from data_access.people.letters import Post
from data_access.people.marks import now
from data_access.people.tables import account, attempt, audit, invitation, pending, sent, session
from data_access.registry.store import Registry

CLOSED = ("withdrawn", "rejected")  # states in which nobody needs the files any more


def forget(connection: Connection, kept: Retention = DEFAULT) -> None:
    """In a writing transaction: sessions, attempts, marks and forms that are past; addresses of old invitations."""
    past = (session.c.seen < now(-kept.idle)) | (session.c.at < now(-kept.whole))
    connection.execute(delete(session).where(past))
    connection.execute(delete(pending).where(pending.c.ends < now()))
    connection.execute(delete(attempt).where(attempt.c.at < now(-attempts.WINDOW)))
    connection.execute(delete(sent).where(sent.c.at < now(-forms_taken.KEPT)))
    old = invitation.c.ends < now(-kept.invited), invitation.c.mail != ""
    connection.execute(update(invitation).where(*old).values(mail="", name=""))


def applied(registry: Registry, home: Path, post: Post, kept: Retention, by: str) -> dict[str, int]:
    """All that is past goes: how many letters, files and accounts. by: who asks for it, for the record."""
    registry.put(lambda connection: forget(connection, kept))
    letters = [file for file in (*post.waiting(), *post.refused()) if _older(file, kept.letters)]
    for file in letters:
        file.unlink(missing_ok=True)
    gone = [id_ for id_ in registry.read(lambda held: _files(held, kept)) if _taken(home, id_)]
    unused = registry.read(lambda held: _unused(held, kept))
    erased = registry.put(lambda held: [mail for id_ in unused if (mail := _erased(held, id_, by))])
    for mail in erased:
        post.forget(mail)
    return {"letters": len(letters), "files": len(gone), "accounts": len(erased)}


def _older(file: Path, span: timedelta) -> bool:
    return datetime.now(UTC).timestamp() - file.stat().st_mtime > span.total_seconds()


def _files(connection: Connection, kept: Retention) -> list[str]:
    """Ids of files of what came to nothing long ago."""
    if kept.files == NEVER:
        return []
    closed = select(contribution.c.id).where(contribution.c.state.in_(CLOSED), contribution.c.last < now(-kept.files))
    return list(connection.execute(select(files.c.id).where(files.c.contribution.in_(closed))).scalars())


def _taken(home: Path, id_: str) -> bool:
    with suppress(FileNotFoundError):
        (home / evidence.FOLDER / id_).unlink()
        return True
    return False


def _unused(connection: Connection, kept: Retention) -> list[str]:
    """Ids of accounts with which nothing was done for long."""
    if kept.unused == NEVER:
        return []
    last = select(audit.c.who, func.max(audit.c.at).label("at")).group_by(audit.c.who)
    did = {row.who: row.at for row in connection.execute(last)}
    held = connection.execute(select(account.c.id, account.c.at).where(account.c.state.in_((ACTIVE, DISABLED))))
    return [row.id for row in held if max(row.at, did.get(row.id, "")) < now(-kept.unused)]


def _erased(connection: Connection, id_: str, by: str) -> str:
    """The address that was theirs; empty where it is not: the last administrator stays."""
    held = accounts.by_id(connection, id_)
    with suppress(NotDone):
        keeping.erase(connection, id_, by)
        return held.mail if held else ""
    return ""
