"""Every address of surveys, knocked at by everybody: what the table of policy allows, and no more."""

from __future__ import annotations

import pytest
from dash import Dash

from dashboard import doors
from dashboard.people import ADMINISTRATOR, CONTRIBUTOR, MODERATOR
from dashboard.policy import Thing, may
from data_access import audit
from data_access.contributions.evidence import Kept
from data_access.people import accounts
from data_access.surveying import asking, files
from tests import persons
from tests.persons import words
from tests.test_doors import REFUSED, House, expected, knock
from tests.test_surveying import DONORS, ID, LATER

DOORS = [door for door in doors.ACTIONS if "/surveys" in door[1]]
FILE = Kept("5" * 32, "", "Report.pdf", "application/pdf", 12, "1" * 64)
PARTS = {"survey": ID, "part": "commitments", "question": "report", "id_": FILE.id}
MOVED = {"/my/surveys/<survey>/<maker>/<action>": "submit", "/admin/surveys/<survey>/<action>": "open"}
TAKEN = {"/admin/surveys/take": {"survey": "recipients"}}  # what a form carries


@pytest.fixture(scope="module")
def house(real: Dash) -> House:
    registry = real.server.extensions["people"].registry
    roles = {"canada": (CONTRIBUTOR, "CAN"), "rwanda": (CONTRIBUTOR, "RWA"), "moderator": (MODERATOR, ""),
             "administrator": (ADMINISTRATOR, "")}  # fmt: skip
    ids = {name: persons.account(registry, *role)[0] for name, role in roles.items()}
    people = {name: registry.read(lambda held, id_=id_: accounts.by_id(held, id_)).person for name, id_ in ids.items()}
    with registry.writing() as connection:
        asking.keep(connection, DONORS, ids["administrator"])
        asking.invite(connection, ID, ["CAN"], ids["administrator"])
        asking.until(connection, ID, LATER, ids["administrator"])
        asking.move(connection, ID, "open", ids["administrator"])
        files.attach(connection, (ID, "CAN", "report"), FILE, ids["canada"], 0)
    return House(real.server, {"nobody": None} | people, {})


@pytest.mark.parametrize(("method", "rule"), DOORS, ids=lambda value: value)
def test_a_door_of_surveys_opens_to_whom_the_table_names_and_to_nobody_else(
    house: House, method: str, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    action, kind = doors.ACTIONS[method, rule]
    registry = house.server.extensions["people"].registry
    monkeypatch.setattr("tests.test_doors.SENT_WITH", {rule: tuple(TAKEN.get(rule, ()))})
    named = PARTS | {"maker": "CAN", "action": MOVED.get(rule, "")} | TAKEN.get(rule, {})
    tried = set[bool]()
    for name, who in house.people.items():
        before = audit.head(registry)
        answer = knock(house, method, rule, named, who)
        allowed = may(who, action, Thing(kind, ID, "CAN"))
        tried.add(allowed)
        said, where = words(answer), (name, method, rule, answer.status_code, words(answer)[-120:])
        assert answer.status_code < 500, where
        refused = any(one in said for one in REFUSED) or answer.headers.get("Location", "").startswith("/sign-in?next")
        assert refused is not allowed, where
        if not allowed:
            assert answer.status_code == expected(who, method, action, kind), where
            assert audit.head(registry) == before, where
    assert tried == {True, False}
