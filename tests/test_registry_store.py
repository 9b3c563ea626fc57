"""The registry in both databases: what is written is read again, earlier states too, and nothing is ever lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, func, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError

from dashboard.amounts import Amount
from dashboard.config import Misconfigured
from dashboard.links import Link
from dashboard.pledges import Pledge
from dashboard.records import Directory, Maker
from data_access.registry import embedded, engines, opening, tables
from data_access.registry.opening import HERE, MIGRATIONS, VERSION, migrate, open_registry
from data_access.registry.store import NoState, Registry
from data_access.registry.verifying import verify
from data_access.registry.writing import Edits, Noted, Refused, digests, state_of
from tests import postgres
from tests.registries import ALL, NOTED, PART, PLEDGES, POLICY, RECORDS, SHARE, WHOLE
from tests.waiting import at_once

Open = Callable[[], Registry]


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registries that open without a record in them."""
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)


@pytest.fixture(params=["sqlite", "postgresql"])
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens the same registry as often as one likes."""
    address = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    return lambda: open_registry(tmp_path, address)


@pytest.fixture
def registry(opens: Open, empty: None) -> Iterator[Registry]:
    opened = opens()
    opened.write(ALL, NOTED)
    yield opened
    opened.close()


def test_what_is_written_is_read_again(registry: Registry, opens: Open) -> None:
    assert registry.pledges() == {pledge.id: pledge for pledge in PLEDGES}
    assert registry.directory() == Directory.of(RECORDS)
    again = opens()
    assert again.pledges() == registry.pledges() and again.state() == registry.state()
    again.close()


def test_a_state_is_named_by_its_content_alone(registry: Registry) -> None:
    before = registry.state()
    registry.write(Edits((replace(PART, title="Canada: another title"),)), NOTED)
    assert registry.state() not in ("", before)
    registry.write(Edits((PART,)), Noted("Another", "Back to what it was"))
    assert registry.state() == before and len(registry.changes()) == 3


def test_what_is_as_it_was_makes_no_change(registry: Registry) -> None:
    before = registry.state()
    assert registry.write(ALL, NOTED) == before and len(registry.changes()) == 1


def test_an_earlier_state_is_read_as_it_was(registry: Registry) -> None:
    before = registry.state()
    maker = Maker("CAN", "Canada, as it is called today", "government", "CAN")
    registry.write(Edits((replace(PART, amount=Amount(Decimal(2), Decimal(3), "CAD million")),), (maker,)), NOTED)
    registry.write(Edits(withdrawn=(POLICY.id,)), NOTED)
    assert registry.pledges()[PART.id].maker == maker.name and POLICY.id not in registry.pledges()
    assert registry.pledges(before) == {pledge.id: pledge for pledge in PLEDGES}
    assert registry.directory(before).makers["CAN"].name == "Canada"


def test_revisions_say_who_wrote_what_when_and_why(registry: Registry) -> None:
    registry.write(
        Edits((replace(PART, remarks="New"),)), Noted("A. Moderator", "The report came", at="2026-01-02T03:04:05Z")
    )
    last, first = registry.revisions(PART.id)
    assert (last.change.who, last.change.why, last.change.at) == (
        "A. Moderator",
        "The report came",
        "2026-01-02T03:04:05Z",
    )
    assert (last.action, last.cells["remarks"], first.action, "remarks" in first.cells) == (
        "changed",
        "New",
        "added",
        False,
    )
    assert last.change.state == registry.state() and registry.revisions("nobody") == ()


@pytest.mark.parametrize("table", tables.APPENDED, ids=lambda table: table.name)
def test_what_was_written_is_never_changed_nor_taken_away(registry: Registry, table: tables.Table) -> None:
    with registry.writing() as connection:
        connection.execute(insert(tables.finding).values(id="a", check="sum", status="open"))
        connection.execute(insert(tables.judgement).values(finding="a", status="open"))
    for deed in (delete(table), update(table).values({list(table.columns)[-1].name: "x"})):
        with (
            pytest.raises(DBAPIError, match=f"rows of {table.name} are never changed"),
            registry.writing() as connection,
        ):
            connection.execute(deed)


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        (Edits((replace(PART, maker_id="NOBODY"),)), "names the maker NOBODY"),
        (Edits((replace(PART, maker_id=""),)), "names the maker of no name"),
        (Edits((replace(PART, forum_id="nowhere"),)), "names the forum nowhere"),
        (Edits((replace(SHARE, parent="nothing"),)), "names the pledge nothing"),
        (Edits(withdrawn=(WHOLE.id,)), "muskoka-2010-canada is part of a record"),
        (Edits(withdrawn=(SHARE.id,)), "muskoka-2010-canada is tied to a record"),
        (Edits((replace(PART, until="2009"),)), 'cannot be kept. until: "2009" lies before made'),
        (Edits((replace(PART, title=""),)), "cannot be kept. title: "),
        (Edits((replace(PART, links=(Link("restates", "nothing"),)),)), 'links: "nothing" is not a record'),
    ],
)
def test_a_record_names_only_what_there_is(registry: Registry, edits: Edits, said: str) -> None:
    before = registry.held()
    with pytest.raises(Refused, match=said):
        registry.write(edits, NOTED)
    assert registry.state() == before.state and registry.pledges() == before.pledges


def test_a_parent_and_its_child_go_together(registry: Registry) -> None:
    registry.write(Edits(withdrawn=(WHOLE.id, PART.id)), NOTED)
    assert set(registry.pledges()) == {SHARE.id, POLICY.id}
    registry.write(Edits((PART, WHOLE)), NOTED)
    assert registry.pledges() == {pledge.id: pledge for pledge in PLEDGES}


def test_an_edit_of_an_old_state_is_refused(registry: Registry) -> None:
    seen = registry.state()
    registry.write(Edits((replace(PART, remarks="First"),)), Noted("One", "First", seen))
    with pytest.raises(Refused, match="has changed since"):
        registry.write(Edits((replace(PART, remarks="Second"),)), Noted("Two", "Second", seen))
    assert registry.pledges()[PART.id].remarks == "First"


@pytest.mark.parametrize(
    "noted",
    [Noted("", "why"), Noted("who", " "), Noted("w" * 501, "why"), Noted("who\nB", "why"), Noted("who", "why\x1b[2J")],
)
def test_nobody_writes_without_a_name_and_a_reason_in_print(registry: Registry, noted: Noted) -> None:
    with pytest.raises(Refused, match="says who makes it and why"):
        registry.write(Edits((replace(PART, remarks="New"),)), noted)


def test_a_state_that_never_was_is_refused_in_a_sentence(registry: Registry) -> None:
    with pytest.raises(NoState, match="never had the state 123"):
        registry.pledges("123")


def test_writers_wait_for_each_other(registry: Registry) -> None:
    def write(at: int) -> None:
        registry.write(Edits((replace(PART, remarks=f"Note {at}"),)), Noted(f"Writer {at}", "At once"))

    at_once(*(partial(write, at) for at in range(8)))
    changes = registry.changes()
    assert sorted(change.who for change in changes[:-1]) == [f"Writer {at}" for at in range(8)]
    with registry.engine.connect() as connection:
        assert state_of(digests(connection)) == registry.state() == changes[0].state


def test_the_tables_are_those_that_the_migrations_make(registry: Registry) -> None:
    with registry.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION})
        assert compare_metadata(context, tables.metadata) == []
    steps = ScriptDirectory(str(HERE / "migrations")).walk_revisions()
    assert tuple(step.revision for step in steps)[::-1] == MIGRATIONS


def test_a_registry_is_filled_at_its_first_start_and_not_again(opens: Open) -> None:
    first = opens()
    assert len(first.pledges()) >= 400 and len(first.changes()) == 1
    first.write(Edits(withdrawn=("seoul-2010-consensus",)), NOTED)
    second = opens()
    assert "seoul-2010-consensus" not in second.pledges() and len(second.changes()) == 2
    first.close()
    second.close()


def test_two_that_start_at_once_fill_it_once(opens: Open) -> None:
    opened = list[Registry]()
    at_once(*[lambda: opened.append(opens())] * 3)
    assert [len(one.changes()) for one in opened] == [1, 1, 1] and len({one.state() for one in opened}) == 1
    for one in opened:
        one.close()


def test_both_databases_come_to_the_same_state(opens: Open) -> None:
    opened = opens()
    with opened.engine.connect() as connection:
        rows = connection.execute(select(func.count()).select_from(tables.pledge)).scalar_one()
    edits = embedded.edits()
    assert rows == len(edits.pledges) and opened.pledges() == {pledge.id: pledge for pledge in edits.pledges}
    opened.close()


def test_the_rows_of_the_tables_and_the_revisions_say_the_same(registry: Registry, opens: Open) -> None:
    registry.write(Edits((replace(PART, goals=("5",)),)), NOTED)
    state = registry.state()
    registry.write(Edits((replace(PART, goals=("4",)),)), NOTED)
    registry.write(Edits((replace(PART, goals=("5",)),)), NOTED)
    from_revisions: Pledge = opens().pledges(state)[PART.id]
    assert from_revisions == registry.pledges()[PART.id]


def test_readers_never_see_half_a_change(registry: Registry) -> None:
    """Whatever is written meanwhile, what is read under the name of a state is that state."""
    seen, stop = list[tuple[str, str, str]](), threading.Event()

    def read() -> None:
        while not stop.is_set():
            held = registry.held()
            seen.append((held.state, held.pledges[PART.id].remarks, held.pledges[SHARE.id].remarks))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for at in range(15):
            both = (replace(PART, remarks=f"{at}"), replace(SHARE, remarks=f"{at}"))
            registry.write(Edits(both), NOTED)
    finally:
        stop.set()
        for reader in readers:
            reader.join(60)
    assert seen and {one == other for _, one, other in seen} == {True}
    told: dict[str, str] = {}
    assert all(told.setdefault(state, remark) == remark for state, remark, _ in seen)


def test_whatever_was_written_can_be_verified(registry: Registry) -> None:
    registry.write(Edits((replace(PART, remarks="New"),)), NOTED)
    registry.write(Edits(withdrawn=(POLICY.id,)), NOTED)
    assert verify(registry) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE pledge SET title = 'Other' WHERE id = 'muskoka-2010-canada'",
            "The pledge muskoka-2010-canada stands in",
        ),
        ("UPDATE amount SET low = '1' WHERE pledge = 'muskoka-2010' AND role = 'promised'", "The pledge muskoka-2010 "),
        (
            "UPDATE revision SET content = replace(content, 'Canada', 'Canadia')",
            "of the maker CAN is not what was written.",
        ),
        ("UPDATE change SET state = 'abc'", "Change 1 is said to lead to the state abc, and leads to"),
        ("DELETE FROM revision WHERE record = 'abuja-2001-rwanda'", "Change 1 is said to lead to"),
    ],
)
def test_who_goes_behind_the_registry_is_found_out(registry: Registry, statement: str, said: str) -> None:
    with registry.writing() as connection:
        for table in tables.APPENDED:
            names = ("_update", "_delete") if connection.dialect.name == "sqlite" else ("",)
            for name in names:
                on = "" if name else f" ON {table.name}"
                connection.exec_driver_sql(f"DROP TRIGGER keep_{table.name}{name}{on}")
        connection.exec_driver_sql(statement)
    again = Registry(registry.engine)
    assert [sentence for sentence in verify(again) if said in sentence]


def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    held = open_registry(tmp_path / "file" / "home")
    read = list[int]()
    at_once(*[lambda: read.append(len(held.held().pledges))] * 6)
    assert read == [len(held.pledges())] * 6 and read[0] >= 400 and not held.writable
    held.close()


def test_a_file_that_cannot_be_written_to_is_read_with_its_last_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = open_registry(tmp_path)
    writer.write(Edits(withdrawn=("seoul-2010-consensus",)), NOTED)
    monkeypatch.setattr(opening.os, "access", lambda path, mode: False)
    reader = open_registry(tmp_path)
    assert reader.state() == writer.state() and "seoul-2010-consensus" not in reader.pledges() and not reader.writable
    with pytest.raises(DBAPIError):
        reader.write(Edits(withdrawn=("doha-2008-oda",)), NOTED)
    writer.close()
    reader.close()


def test_a_database_that_has_stopped_is_given_up_in_time_and_read_again_when_it_goes_on(
    postgres_server: str, postgres_database: str, tmp_path: Path
) -> None:
    opened = open_registry(tmp_path, postgres_database)
    before = opened.held()
    watched = Registry(opened.engine, patience=1.0)
    with postgres.stopped(postgres_server):
        began = time.monotonic()
        for _ in range(2):
            with pytest.raises(TimeoutError, match="does not answer"):
                watched.held()
        assert time.monotonic() - began < 10
    assert Registry(opened.engine, patience=30.0).state() == before.state
    watched.close()
    opened.close()


def test_a_database_that_is_gone_is_one_sentence(postgres_database: str, tmp_path: Path) -> None:
    opened = open_registry(tmp_path, postgres_database)
    opened.engine.dispose()
    opened.engine = engines.postgresql("postgresql://postgres@127.0.0.1:1/none")
    with pytest.raises(TimeoutError, match="The registry of commitments does not answer"):
        opened.pledges()
    opened.close()


@pytest.mark.parametrize("name", ["a folder", "50% #1?", "Müller"])
def test_a_data_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    opened = open_registry(tmp_path / name)
    assert (tmp_path / name / "registry.sqlite").is_file() and len(opened.pledges()) >= 400
    opened.close()


def test_a_registry_of_an_earlier_release_is_led_to_this_one(
    opens: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(opening, "migrate", lambda connection: migrate(connection, MIGRATIONS[0]))
        old = opens()
        before, columns = old.held(), {one["name"] for one in inspect(old.engine).get_columns("finding")}
        old.close()
    assert "content" not in columns
    new = opens()
    assert "content" in {one["name"] for one in inspect(new.engine).get_columns("finding")}
    assert new.held() == before and len(new.changes()) == 1
    new.close()


def test_a_registry_of_a_later_release_is_left_alone(opens: Open) -> None:
    opened = opens()
    with opened.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION} SET version_num = 'r9999'")
    opened.close()
    with pytest.raises(Misconfigured, match="of a later release of this program \\(its tables are r9999\\)"):
        opens()


@pytest.mark.parametrize("address", ["mysql://localhost/x", "postgresql://", "nonsense"])
def test_an_address_that_is_none_is_refused_without_being_quoted(address: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="IIF_REGISTRY must be") as told:
        open_registry(tmp_path, address)
    assert address not in str(told.value) or address == "postgresql://"


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be opened") as told:
        open_registry(tmp_path, "postgresql://someone:secret@127.0.0.1:1/none")
    assert "secret" not in str(told.value) and "\n" not in str(told.value)
