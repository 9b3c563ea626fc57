"""The table of who may do what: complete, and held by every address. Each cell is tried both ways."""

from __future__ import annotations

from itertools import product

import pytest
from dash import Dash
from werkzeug.routing import Rule

from dashboard import doors
from dashboard.people import ADMINISTRATOR, CONTRIBUTOR, MODERATOR, READER, ROLES, Person
from dashboard.policy import (
    ANY,
    AUTHOR,
    CONDITIONS,
    MAKER,
    MATRIX,
    OPEN,
    OTHERS,
    SENT,
    SENT_OTHERS,
    TOGETHER,
    Row,
    Thing,
    ever,
    may,
)

EVERYBODY = (READER, *ROLES)
CELLS = [(row, role) for row, role in product(MATRIX, EVERYBODY)]
FITS = {  # condition -> a thing of which it holds for the person of `person`, and one of which it does not
    ANY: (Thing("x"), None),
    MAKER: (Thing("x", maker="CAN"), Thing("x", maker="RWA")),
    AUTHOR: (Thing("x", authors=frozenset({"me"})), Thing("x", authors=frozenset({"other"}))),
    OTHERS: (Thing("x", authors=frozenset({"other"})), Thing("x", authors=frozenset({"me", "other"}))),
    SENT: (Thing("x", state="submitted"), Thing("x", state="draft")),
    OPEN: (Thing("x", state="open"), Thing("x", state="signed")),
    SENT_OTHERS: (Thing("x", state="submitted"), Thing("x", state="submitted", authors=frozenset({"me"}))),
    TOGETHER: (Thing("x", maker="CAN", authors=frozenset({"other"})), Thing("x", maker="RWA")),
}


def person(role: str) -> Person | None:
    makers = frozenset({"CAN"} if role == CONTRIBUTOR else ())
    return None if role == READER else Person("me", "Me", frozenset({role}), makers, False)


def of(kind: str, thing: Thing) -> Thing:
    return Thing(kind, thing.id, thing.maker, thing.authors, thing.state)


def name(value: object) -> str:
    return f"{value.action} {value.kind}" if isinstance(value, Row) else str(value)


@pytest.mark.parametrize(("row", "role"), CELLS, ids=name)
def test_a_cell_holds_both_ways(row: Row, role: str) -> None:
    if role not in row.cells:
        for right, wrong in FITS.values():
            assert not may(person(role), row.action, of(row.kind, right))
            assert wrong is None or not may(person(role), row.action, of(row.kind, wrong))
        assert not ever(person(role), row.action, row.kind)
        return
    right, wrong = FITS[row.cells[role]]
    assert may(person(role), row.action, of(row.kind, right)) and ever(person(role), row.action, row.kind)
    assert wrong is None or not may(person(role), row.action, of(row.kind, wrong))


def test_nobody_decides_for_whom_they_speak() -> None:
    both = Person("me", "Me", frozenset({CONTRIBUTOR, MODERATOR}), frozenset({"CAN"}), False)
    for maker, right in (("CAN", False), ("RWA", True), ("", True)):
        assert may(both, "decide", Thing("contribution", maker=maker, state="submitted")) is right


def test_every_condition_is_tried_and_each_row_stands_once() -> None:
    assert set(FITS) == set(CONDITIONS)
    assert len({(row.action, row.kind) for row in MATRIX}) == len(MATRIX)
    assert all(set(row.cells) <= set(EVERYBODY) and set(row.cells.values()) <= set(CONDITIONS) for row in MATRIX)


def test_a_reader_may_only_enter_and_comment_where_that_is_open() -> None:
    open_ = {(row.action, row.kind) for row in MATRIX if READER in row.cells}
    assert open_ == {("sign in", "session"), ("accept", "invitation"), ("reset", "password"), ("leave", "comment")}


def test_nobody_decides_on_what_they_wrote_whatever_roles_they_have() -> None:
    everything = Person("me", "Me", frozenset(ROLES), frozenset({"CAN"}), True)
    mine = frozenset({"me", "other"})
    for row in (row for row in MATRIX if row.action == "decide"):
        for state in ("submitted", "draft", "accepted"):
            assert not may(everything, row.action, Thing(row.kind, maker="CAN", authors=mine, state=state))


def test_administrators_decide_on_nothing() -> None:
    assert not [row for row in MATRIX if row.action in ("decide", "moderate") and ADMINISTRATOR in row.cells]
    assert not [row for row in MATRIX if row.action in ("invite", "disable", "grant") and MODERATOR in row.cells]


def test_what_no_row_tells_is_no_question() -> None:
    with pytest.raises(KeyError):
        may(person(MODERATOR), "fly", Thing("contribution"))


def _methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def test_every_address_stands_in_the_table_or_among_the_public_reads(real: Dash) -> None:
    rules = list(real.server.url_map.iter_rules())
    ours = [rule for rule in rules if doors.of_people(rule.rule)]
    assert {(method, rule.rule) for rule in ours for method in _methods(rule)} == set(doors.ACTIONS)
    assert all(doors.action(*door) for door in doors.ACTIONS), "an action that no row of the table has"
    others = [rule for rule in rules if not doors.of_people(rule.rule)]
    assert [rule.rule for rule in others if not doors.public(rule.rule)] == []
    writes = {rule.rule for rule in others if _methods(rule) != {"GET"}}
    assert writes == {"/_dash-update-component"}, "what is public changes nothing"


def test_every_callback_is_a_public_read(real: Dash) -> None:
    unknown = [output for output in real.callback_map if not output.startswith(doors.CALLBACKS)]
    assert unknown == []
