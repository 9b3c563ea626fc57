"""People in both databases: what is written down of them, what is not, and what is left once they are erased."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from data_access import audit
from data_access.contributions import store, writing
from data_access.contributions.deciding import Wanted, decide
from data_access.contributions.public import accepted
from data_access.people import accounts, attempts, forms_taken, invitations, keeping, resets, sessions
from data_access.people.invitations import NotInvited
from data_access.people.keeping import NotDone
from data_access.people.marks import digest, now
from data_access.registry import opening
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import Edits, Noted
from tests import persons
from tests.contributed import begun
from tests.registries import ALL, MAKERS, NOTED


@pytest.fixture(params=["sqlite", "postgresql"])
def registry(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    address = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    opened = open_registry(tmp_path, address)
    opened.write(Edits(records=MAKERS), Noted("A test", "Makers"))
    yield opened
    opened.close()


def everything(registry: Registry) -> str:
    """All rows of all tables of people, as text."""
    names = ("account", "granted", "invitation", "session", "pending", "attempt", "sent", "audit")
    return "\n".join(str(registry.read(lambda held, name=name: held.execute(text(f"SELECT * FROM {name}")).all()))
                     for name in names)  # fmt: skip


def test_an_invitation_is_taken_once_also_by_two_at_the_same_time(registry: Registry) -> None:
    _, mark = persons.invited(registry, "contributor", "CAN")
    given = registry.read(lambda held: invitations.find(held, mark))
    assert given and given.role == "contributor"

    def take(name: str) -> str:
        try:
            return registry.put(lambda held: keeping.accept(held, given, name, "", False))
        except NotInvited:
            return ""

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(take, ("Anna", "Ben", "Carl", "Dora")))
    assert len([id_ for id_ in made if id_]) == 1
    [one] = registry.read(accounts.every)
    assert one.person.makers == {"CAN"} and one.person.roles == {"contributor"} and one.mail == given.mail


@pytest.mark.parametrize(
    ("role", "maker"), [("contributor", ""), ("contributor", "NOBODY"), ("moderator", "CAN"), ("emperor", "")]
)
def test_an_invitation_that_cannot_be_is_refused(registry: Registry, role: str, maker: str) -> None:
    with pytest.raises(NotInvited):
        persons.invited(registry, role, maker)
    assert registry.read(invitations.every) == () and audit.head(registry)[0] == 0


def test_marks_are_kept_as_digests_alone(registry: Registry) -> None:
    _, mark = persons.invited(registry, "contributor", "CAN")
    id_, mail = persons.account(registry, "moderator")
    marks = [mark, registry.put(lambda held: sessions.begin(held, id_, "password")),
             registry.put(lambda held: resets.begin(held, mail))]  # fmt: skip
    registry.put(lambda held: forms_taken.taken(held, "once", "/my"))
    told = everything(registry)
    assert all(mark and mark not in told for mark in marks) and digest(marks[1]) in told


def test_who_is_disabled_is_signed_out_and_in_again_only_once_enabled(registry: Registry) -> None:
    id_, mail = persons.account(registry, "moderator")
    mark = registry.put(lambda held: sessions.begin(held, id_, "password"))
    registry.put(lambda held: keeping.set_state(held, id_, accounts.DISABLED, "operator"))
    assert registry.read(lambda held: sessions.find(held, mark)) is None
    later = registry.put(lambda held: sessions.begin(held, id_, "password"))
    assert registry.read(lambda held: sessions.find(held, later)) is None
    assert registry.put(lambda held: resets.begin(held, mail)) == ""
    registry.put(lambda held: keeping.set_state(held, id_, accounts.ACTIVE, "operator"))
    assert registry.read(lambda held: sessions.find(held, mark)) is None, "the old session stays ended"


def test_a_new_role_is_for_a_new_session(registry: Registry) -> None:
    id_, _ = persons.account(registry, "contributor", "CAN")
    mark = registry.put(lambda held: sessions.begin(held, id_, "password"))
    registry.put(lambda held: keeping.grant(held, id_, "contributor", "RWA", "operator"))
    assert registry.read(lambda held: sessions.find(held, mark)) is None
    registry.put(lambda held: keeping.revoke(held, id_, "contributor", "CAN", "operator"))
    held = registry.read(lambda held: accounts.by_id(held, id_))
    assert held and held.person.makers == {"RWA"}
    with pytest.raises(NotDone):
        registry.put(lambda held: keeping.revoke(held, id_, "contributor", "CAN", "operator"))


def test_somebody_is_always_left_who_administers_people(registry: Registry) -> None:
    id_, _ = persons.account(registry, "administrator")
    for do in (
        lambda held: keeping.erase(held, id_),
        lambda held: keeping.set_state(held, id_, accounts.DISABLED, id_),
        lambda held: keeping.revoke(held, id_, "administrator", "", id_),
    ):
        with pytest.raises(NotDone, match="last administrator"):
            registry.put(do)
    persons.account(registry, "administrator")
    registry.put(lambda held: keeping.erase(held, id_))
    [left] = registry.read(accounts.every)
    assert left.person.id != id_


def test_who_is_erased_is_in_no_file_of_the_database(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    id_, mail = persons.account(registry, "contributor", "CAN", name="Anna Unmistakable", named=True)
    registry.put(lambda held: keeping.erase(held, id_))
    written = b"".join(file.read_bytes() for file in tmp_path.glob("registry.sqlite*"))
    registry.close()
    assert id_.encode() in written and mail.encode() not in written and b"Unmistakable" not in written


def test_an_address_is_one_account_with_a_point_behind_it_or_without(registry: Registry) -> None:
    _, mail = persons.account(registry, "administrator")
    assert registry.read(lambda held: accounts.by_mail(held, f" {mail.upper()}. ")) is not None


def test_who_is_erased_is_gone_and_the_record_stays_whole(registry: Registry) -> None:
    id_, mail = persons.account(registry, "contributor", "CAN", name="Anna Unmistakable", named=True)
    registry.put(lambda held: sessions.begin(held, id_, "password"))
    registry.put(lambda held: resets.begin(held, mail))
    persons.invited(registry, "contributor", "RWA", mail)
    assert mail in everything(registry)
    registry.put(lambda held: keeping.erase(held, id_))
    told = everything(registry)
    assert mail not in told and "Unmistakable" not in told
    assert audit.verify(registry) is None and id_ in told
    assert registry.read(accounts.names) == {id_: "former contributor"}
    assert registry.read(lambda held: accounts.by_mail(held, mail)) is None


def test_the_record_refuses_change_and_tells_where_it_was_changed_all_the_same(registry: Registry) -> None:
    for number in range(5):
        registry.put(lambda held, number=number: audit.append(held, "somebody", "do", f"thing {number}", {"a": "b"}))
    assert audit.verify(registry) is None
    for statement in ("UPDATE audit SET who = 'other' WHERE number = 3", "DELETE FROM audit WHERE number = 3"):
        with pytest.raises(DBAPIError, match="never changed"):
            registry.put(lambda held, statement=statement: held.execute(text(statement)))
    registry.put(_unguarded)
    registry.put(lambda held: held.execute(text('UPDATE audit SET detail = \'{"a": "c"}\' WHERE number = 3')))
    broken = audit.verify(registry)
    assert broken and broken.number == 3 and "not as it was written" in broken.why
    registry.put(lambda held: held.execute(text("DELETE FROM audit WHERE number = 3")))
    broken = audit.verify(registry)
    assert broken and broken.number == 3 and "missing" in broken.why


def _unguarded(connection: Connection) -> None:
    """As somebody could who owns the database."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER ALL")
        return
    for deed in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER keep_audit_{deed}")


def test_the_record_is_one_chain_whoever_writes_at_once(registry: Registry) -> None:
    def act(number: int) -> int:
        return registry.put(lambda held: audit.append(held, f"person{number}", "do", "thing", {}))

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(act, range(40)))
    assert sorted(numbers) == list(range(1, 41)) and audit.verify(registry) is None


def test_what_fails_leaves_nothing_in_the_record(registry: Registry) -> None:
    def fails(held: Connection) -> None:
        audit.append(held, "somebody", "do", "thing", {})
        raise NotDone("After all not.")

    with pytest.raises(NotDone):
        registry.put(fails)
    assert audit.head(registry) == (0, audit.START)


def test_attempts_are_counted_by_all_together_and_forgotten_in_time(registry: Registry) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: registry.put(lambda held: attempts.counted(held, "a", 5)), range(20)))
    assert len([one for one in found if one]) == 5
    past = now(-attempts.WINDOW * 1.1)
    registry.put(lambda held: held.execute(text("UPDATE attempt SET at = :past"), {"past": past}))
    assert registry.put(lambda held: attempts.counted(held, "a", 5))
    assert attempts.net("203.0.113.7") == "203.0.113.0/24" and attempts.net("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert attempts.net("127.0.0.1") == attempts.net("::1") == attempts.net("no address") == ""


def test_a_name_is_public_by_consent_alone_and_gone_with_the_person(registry: Registry) -> None:
    registry.write(ALL, NOTED)
    author, _ = persons.account(registry, "contributor", "CAN", name="Anna Unmistakable")
    moderator, _ = persons.account(registry, "moderator")
    made = begun("comment")
    id_ = registry.put(lambda held: writing.start(held, made[0], author, made[1]))
    registry.put(lambda held: writing.move(held, id_, author, "submit", 1))
    seen = store.one(registry, id_)
    registry.put(lambda held: decide(held, id_, moderator, Wanted("accept", (), "", seen.now.digest)))

    def said() -> str:
        return str(accepted(registry, [made[0].of], {"CAN": "Canada"}))

    assert "The clinics are open" in said() and "Unmistakable" not in said()
    registry.put(lambda held: keeping.change(held, author, "change", named=True))
    assert "Anna Unmistakable" in said()
    registry.put(lambda held: keeping.erase(held, author))
    assert "The clinics are open" in said() and "Unmistakable" not in said() + everything(registry)
