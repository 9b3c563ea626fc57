"""How long things are kept of people: as the operator chose, as the page on privacy says, and not longer."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from dashboard.config import Misconfigured, settings
from dashboard.retention import Retention
from data_access.__main__ import main
from data_access.contributions import writing
from data_access.contributions.evidence import take_in
from data_access.contributions.tables import contribution, evidence
from data_access.people import accounts
from data_access.people.letters import Post
from data_access.people.marks import now
from data_access.people.tables import account, session
from data_access.registry.opening import open_registry
from tests import persons
from tests.contributed import begun
from tests.persons import Visitor, words
from tests.stakeholding import server_over

CHOSEN = {"IIF_KEEP_FILES_DAYS": "30", "IIF_KEEP_UNUSED_ACCOUNTS_DAYS": "400", "IIF_SESSION_IDLE_MINUTES": "10"}


def test_what_is_past_is_taken_away_by_the_operators_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in CHOSEN.items():
        monkeypatch.setenv(name, value)

    def said(what: str) -> str:
        assert main(["retention", what, "--home", str(tmp_path)]) == 0
        return capsys.readouterr().out

    assert "IIF_KEEP_FILES_DAYS: 30 days" in said("show") and "IIF_SESSION_HOURS: 12 hours" in said("show")
    registry = open_registry(tmp_path)
    ids = [persons.account(registry, role, maker)[0] for role, maker in (("contributor", "CAN"), ("administrator", ""))]
    begun_, draft = begun("report")
    gone, stays = (registry.put(lambda held: writing.start(held, begun_, ids[0], draft)) for _ in range(2))
    registry.put(lambda held: writing.move(held, gone, ids[0], "withdraw", 1))
    files = dict[str, Path]()
    for id_ in (gone, stays):
        kept = take_in(tmp_path, b"Year;Amount\n2011;5\n", "table.csv")
        files[id_] = tmp_path / "evidence" / kept.id
        row = vars(kept) | {"contribution": id_}
        registry.put(lambda held, row=row: held.execute(insert(evidence).values(row)))
    os.utime(Post(tmp_path / "outbox", "", "a@example.org").send("b@example.org", "x", "y"), (0, 0))
    assert "1 letter, 0 files, 0 accounts" in said("apply")
    with registry.writing() as connection:
        connection.execute(update(contribution).values(last=now(-timedelta(days=31))))
        connection.execute(update(account).values(at=now(-timedelta(days=401))))
        connection.exec_driver_sql("DROP TRIGGER keep_audit_update")  # time is not to be had in a test
        connection.exec_driver_sql("UPDATE audit SET at = '2001-01-01T00:00:00Z'")
    assert "0 letters, 1 file, 1 account;" in said("apply")
    assert not files[gone].exists() and files[stays].exists()
    states = registry.read(lambda held: [one.state for id_ in ids if (one := accounts.by_id(held, id_))])
    assert states == ["erased", "active"], "somebody is always left who administers people"
    registry.close()


@pytest.mark.parametrize(("name", "value"), [("IIF_SESSION_HOURS", "0"), ("IIF_KEEP_FILES_DAYS", "a year")])
def test_a_span_that_is_none_is_named(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=f"{name} is {value!r}"):
        settings({name: value})


def test_sessions_end_as_the_operator_chose_and_the_page_says_so(tmp_path: Path) -> None:
    chosen = Retention(idle=timedelta(minutes=7), files=timedelta(days=45), unused=timedelta(days=700))
    with server_over(tmp_path, kept=chosen) as server:
        told = words(Visitor(server).get("/privacy"))
        assert (
            "ends 7 minutes after its last use" in told and "erased 45 days after that" in told and "700 days" in told
        )
        one = persons.visitor(server, "moderator")
        aged = update(session).values(seen=now(-timedelta(minutes=8)))
        server.extensions["people"].registry.put(lambda held: held.execute(aged))
        assert one.get("/my").status_code == 303
