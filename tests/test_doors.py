"""Every address of people, knocked at by everybody with every kind of thing: what the table allows, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pytest
from dash import Dash
from flask import Flask
from werkzeug.test import TestResponse

from callbacks.people import forms, here
from callbacks.people.here import NOT_THERE, NOT_YOURS, SIGNED_OUT
from dashboard import doors
from dashboard.people import ADMINISTRATOR, CONTRIBUTOR, MODERATOR, Person
from dashboard.policy import ROWS, Thing, ever, hidden, may
from data_access import audit
from data_access.contributions import store, writing
from data_access.people import accounts, keeping
from data_access.people.marks import digest
from tests import persons
from tests.contributed import begun
from tests.persons import ADDRESS, SENT, Visitor, words

OTHERS = (
    "/surveys",
    "/my/evidence/",
    "/my/commitments/file",
    "/my/commitments/commitments.xlsx",
)  # their addresses are knocked at by tests of their own
DOORS = [door for door in doors.ACTIONS if not any(one in door[1] for one in OTHERS)]
START = {"commitment": "muskoka-2010-canada", "what": "report", "maker": "CAN", "speaks": "CAN"}
SENT_WITH = {  # what of that a form carries, beside its mark
    "/my/contributions/new": ("commitment", "what"),
    "/my/commitments/new": ("speaks",),
    "/my/contributions/<id_>/move": ("move",),
    "/my/session": ("session",),
    "/admin/people/disable": ("person",),
    "/admin/people/enable": ("person",),
    "/admin/people/revoke": ("person", "role", "maker"),
}
REFUSED = (NOT_THERE, NOT_YOURS, SIGNED_OUT, "; this commitment is of ")


@dataclass(frozen=True)
class House:
    """People by what they are; things by kind, each with what its address or form names it by."""

    server: Flask
    people: Mapping[str, Person | None]
    things: Mapping[str, list[tuple[dict[str, str], Thing]]]


@pytest.fixture(scope="module")
def house(real: Dash) -> House:
    server = real.server
    registry = server.extensions["people"].registry
    roles = {
        "anna": (CONTRIBUTOR, "CAN"), "carl": (CONTRIBUTOR, "CAN"), "rosa": (CONTRIBUTOR, "RWA"),
        "moderator": (MODERATOR, ""), "both": (MODERATOR, ""), "administrator": (ADMINISTRATOR, ""),
    }  # fmt: skip
    ids = {name: persons.account(registry, *role)[0] for name, role in roles.items()}
    registry.put(lambda held: keeping.grant(held, ids["both"], CONTRIBUTOR, "CAN", "operator"))
    people = {name: registry.read(lambda held, id_=id_: accounts.by_id(held, id_)).person for name, id_ in ids.items()}
    someone, _ = persons.account(registry, CONTRIBUTOR, "CAN")
    things = {"contribution": [], "comment": [], "person": [someone]}
    for kind, author, moves in (
        ("report", "anna", ()), ("report", "anna", ("submit",)), ("report", "both", ("submit",)),
        ("comment", "anna", ("submit",)), ("comment", "both", ("submit",)),
    ):  # fmt: skip
        made = begun(kind)
        id_ = registry.put(lambda held, made=made, author=author: writing.start(held, made[0], ids[author], made[1]))
        for action in moves:
            registry.put(
                lambda held, id_=id_, author=author, action=action: writing.move(held, id_, ids[author], action, 1)
            )
        one = store.one(registry, id_)
        group = "comment" if kind == "comment" else "contribution"
        things[group].append(({"id_": id_}, Thing(group, id_, one.maker, one.authors, one.state)))
    return House(server, {"nobody": None} | people, things)


def things(
    house: House, action: str, kind: str, rule: str, who: Person | None
) -> Iterable[tuple[dict[str, str], Thing]]:
    """What an address can be about: each with what names it."""
    own = frozenset({who.id if who else ""})
    if kind == "account":
        return [({}, Thing(kind, authors=own))]
    if kind == "person":
        each = {*house.things[kind], who.id if who else ""}
        return [({"person": id_, "role": "x", "maker": ""}, Thing(kind, id_, authors=frozenset({id_}))) for id_ in each]
    if (action, kind) == ("start", "contribution"):
        return [(START, Thing(kind, maker="CAN"))]
    if (action, kind) == ("end", "session"):
        return [({"session": digest("of nobody")}, Thing(kind))]
    if action == "leave":
        return [({}, Thing(kind, state="open"))]
    if "<id_>" in rule:
        return house.things[kind]
    return [({"mark": "none"} if "<mark>" in rule else {}, Thing(kind))]


def knock(house: House, method: str, rule: str, named: Mapping[str, str], who: Person | None) -> TestResponse:
    """A request as the browser of somebody would send it, with a form of the right mark and nothing else in it."""
    one = persons.signed_in(house.server, who.id) if who else Visitor(house.server)
    path = re.sub(r"<(\w+)>", lambda found: named[found[1]], rule)
    rest = {name: value for name, value in named.items() if f"<{name}>" not in rule}
    if method == "GET":
        return one.client.get(path, query_string=rest, base_url=ADDRESS, headers=SENT)
    cookies = f"session={one.client.get_cookie('session', domain='127.0.0.1').value}" if who else ""
    with house.server.test_request_context(path, base_url=ADDRESS, headers={"Cookie": cookies}):
        once = forms.once()
        assert (here.person() is None) == (who is None)
    data = {"once": once} | {name: ({"move": "submit"} | rest)[name] for name in SENT_WITH.get(rule, ())}
    return one.client.post(path, data=data, base_url=ADDRESS, headers=SENT)


@pytest.mark.parametrize(("method", "rule"), DOORS, ids=lambda value: value)
def test_a_door_opens_to_whom_the_table_names_and_to_nobody_else(house: House, method: str, rule: str) -> None:
    action, kind = doors.ACTIONS[method, rule]
    for name, who in house.people.items():
        for named, thing in things(house, action, kind, rule, who):
            before = audit.head(house.server.extensions["people"].registry)
            answer = knock(house, method, rule, named, who)
            said, allowed = words(answer), may(who, action, thing)
            where = (name, method, rule, thing.state, answer.status_code, said[-120:])
            assert answer.status_code < 500, where
            refused = any(one in said for one in REFUSED) or answer.headers.get("Location", "").startswith(
                ("/sign-in?next", "/comment")
            )
            gone = rule.endswith(("<mark>", "/elsewhere")) and answer.status_code == 404  # none is there, for anybody
            assert gone or refused is not allowed, where
            if not allowed:
                assert answer.status_code == expected(who, method, action, kind), where
                assert audit.head(house.server.extensions["people"].registry) == before, where


def expected(who: Person | None, method: str, action: str, kind: str) -> int:
    """How whoever may not is told."""
    if who is None:
        return 303 if method == "GET" else 401
    return 404 if hidden(action, kind) else 403


def test_each_cell_of_the_table_was_knocked_at(house: House) -> None:
    """Both that it may and that it may not, for every row that an address of people stands for."""
    for action, kind in {doors.ACTIONS[door] for door in DOORS}:
        tried = [
            may(who, action, thing)
            for who in house.people.values()
            for rule in [rule for (_, rule), told in doors.ACTIONS.items() if told == (action, kind)]
            for _, thing in things(house, action, kind, rule, who)
        ]
        everybody = all(ever(who, action, kind) for who in house.people.values())
        assert (True in tried or (action, kind) == ("end", "session")) and (everybody or False in tried), (action, kind)
    assert set(doors.ACTIONS.values()) <= set(ROWS)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_none(house: House, method: str) -> None:
    for path in ("/my", "/sign-in", "/admin/people", "/moderate"):
        assert Visitor(house.server).client.open(path, method=method, base_url=ADDRESS).status_code == 405
