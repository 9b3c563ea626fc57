"""Questions as the engine reads them: the same as SQLAlchemy writes, whatever the values; rows in order as it gives."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import bindparam, func, or_, select

from data_access.frames import in_order
from data_access.tables import rollup
from data_access.written import DIALECT, written

TEXTS = st.one_of(
    st.sampled_from(("", "GBR", "905", "X-1", "a'b", "'); DROP TABLE rollup; --", "$1", "?", ":since", "é", "٣")),
    st.text(max_size=4).filter(lambda text: "\0" not in text and text.isprintable()),
)
FLOW = func.coalesce(rollup.c.flow, "")  # its value has one mark, or the engine would take it for two
QUESTION = (
    select(rollup.c.donor, rollup.c.year, FLOW.label("flow"))
    .where(
        rollup.c.year.between(bindparam("since"), bindparam("until")),
        or_(rollup.c.donor.in_(bindparam("some", expanding=True)), rollup.c.donor == bindparam("one")),
        or_(rollup.c.recipient == bindparam("one"), rollup.c.recipient.in_(["KEN", "it's"])),
    )
    .group_by(rollup.c.donor, rollup.c.year, FLOW)
)


@pytest.fixture(scope="module")
def raw() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        "ATTACH ':memory:' AS part; CREATE TABLE part.rollup (donor TEXT, recipient TEXT, flow TEXT, year INT)"
    )
    return connection


@given(st.lists(TEXTS, max_size=5), TEXTS, st.integers(1960, 2025))
def test_what_is_put_to_the_engine_finds_what_it_should(raw, some, one, since) -> None:
    rows = [(donor, one, None, since) for donor in {*some, one, "other"}]
    raw.execute("DELETE FROM part.rollup")
    raw.executemany("INSERT INTO part.rollup VALUES (?, ?, ?, ?)", rows)
    text, given_ = written("part", QUESTION).filled({"since": since, "until": since, "some": some, "one": one})
    found = raw.execute(text, given_).fetchall()
    assert sorted(found) == sorted((donor, since, "") for donor in {*some, one})


def test_codes_and_years_are_said_and_other_texts_have_a_mark() -> None:
    text, held = written("part", QUESTION).filled({"since": 2000, "until": 2004, "some": ["GBR", "905"], "one": "a'b"})
    assert "BETWEEN 2000 AND 2004" in text and "IN ('GBR', '905')" in text and "a'b" not in text
    assert held.count("a'b") == 1 and "it's" in held


def test_a_value_that_is_missing_is_refused() -> None:
    with pytest.raises(KeyError, match="until"):
        written("part", QUESTION).filled({"since": 2000, "some": [], "one": ""})


def test_a_sign_that_is_no_place_for_a_value_is_refused() -> None:
    assert "?" in str(select(rollup.c.donor.label("what?")).compile(dialect=DIALECT))
    with pytest.raises(ValueError, match="elsewhere"):
        written("part", select(rollup.c.donor.label("what?")))


@given(st.lists(st.tuples(st.none() | TEXTS, st.integers(1960, 1970)), unique=True))
def test_rows_are_in_the_order_that_the_engine_gives(rows) -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE held (code TEXT, year INT)")
    if rows:
        connection.executemany("INSERT INTO held VALUES (?, ?)", rows)
    assert in_order(list(rows), 2) == connection.execute("FROM held ORDER BY code, year").fetchall()
