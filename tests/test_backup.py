"""Backups: what is put back is what was kept, in either database; what is damaged is refused and leaves nothing."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from data_access import audit
from data_access.__main__ import main
from data_access.backup.archives import MANIFEST, Unsound
from data_access.backup.restoring import check, restore
from data_access.backup.rows import LEFT_OUT, kept, written
from data_access.backup.writing import write
from data_access.people import invitations
from data_access.permalinks import Permalinks
from data_access.registry import tables
from data_access.registry.every import metadata
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.surveying import asking
from tests import postgres
from tests.test_surveying import ADMIN, DONORS, ID

EVIDENCE = b"%PDF-1.4 a report \xff\x00"
Shelf = tuple[Path, Registry]
Make = Callable[[], str]


@pytest.fixture(scope="module")
def database(postgres_server: str) -> Make:
    """Makes empty databases: the address of each."""
    return lambda: postgres.database(postgres_server, f"backup-{uuid4().hex[:12]}")


def nothing(_: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A data folder with its registry: a survey, an invitation, evidence, a short link, a line that ends oddly."""
    home = tmp_path_factory.mktemp(request.param)
    address = request.getfixturevalue("database")() if request.param == "postgresql" else ""
    registry = open_registry(home, address)
    with registry.writing() as connection:
        asking.keep(connection, DONORS.replace("What is planned", "Plans\u2028or ‘plans’"), ADMIN)
        asking.invite(connection, ID, ["FRA"], ADMIN)
        invitations.invite(connection, "ann@example.org", "contributor", "FRA", ADMIN)
    (home / "evidence").mkdir()
    (home / "evidence" / "0f").write_bytes(EVIDENCE)
    (home / "secret").write_text("s" * 40)
    Permalinks(home).keep("/goal/5?donor=FRA")
    yield home, registry
    registry.close()


@pytest.fixture(scope="module")
def backup(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("kept") / "a.backup"
    write(*shelf, target, nothing)
    return target


def contents(registry: Registry) -> dict[str, list[str]]:
    return registry.read(lambda connection: {table.name: list(written(connection, table)) for table in kept()})


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_what_is_put_back_is_what_was_kept(
    shelf: Shelf, backup: Path, into: str, tmp_path: Path, database: Make
) -> None:
    address = database() if into == "postgresql" else ""
    home = tmp_path / "back"
    told = restore(backup, home, address, nothing)
    back = open_registry(home, address)
    assert contents(back) == contents(shelf[1])
    assert (told.state, told.audit) == (back.state(), audit.head(shelf[1]))
    assert (home / "evidence" / "0f").read_bytes() == EVIDENCE
    assert (home / "evidence").stat().st_mode & 0o777 == 0o700
    assert (home / "evidence" / "0f").stat().st_mode & 0o777 == 0o600
    assert (home / "secret").stat().st_mode & 0o777 == 0o600
    assert Permalinks(home).keep("/goal/5?donor=FRA") == Permalinks(shelf[0]).keep("/goal/5?donor=FRA")
    with back.writing() as connection:  # numbers go on where they were
        asking.invite(connection, ID, ["DEU"], ADMIN)
    assert audit.verify(back) is None and audit.head(back)[0] == told.audit[0] + 1
    back.close()


def test_nobody_is_signed_in_after_a_restore() -> None:
    assert {table.name for table in metadata.sorted_tables} - {table.name for table in kept()} == LEFT_OUT
    assert set(metadata.tables) >= LEFT_OUT


def test_a_backup_is_for_its_owner_alone_and_is_read_through(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert check(backup, nothing).parts


def damaged(backup: Path, target: Path, change: Callable[[str, bytes], bytes | None], more: str = "") -> Path:
    with zipfile.ZipFile(backup) as held, zipfile.ZipFile(target, "w") as made:
        for name in held.namelist():
            content = change(name, held.read(name))
            if content is not None:
                made.writestr(name, content)
        if more:
            made.writestr(more, b"odd")
    return target


@pytest.mark.parametrize(
    ("change", "more", "said"),
    [
        (lambda name, held: held[:-2] + b"x\n" if name == "tables/pledge.jsonl" else held, "", "not as it was kept"),
        (lambda name, held: None if name == "tables/audit.jsonl" else held, "", "the parts that it names"),
        (lambda name, held: held, "files/extra", "the parts that it names"),
        (lambda name, held: held.replace(b"files/secret", b"files/../up") if name == MANIFEST else held, "", "parts"),
        (
            lambda name, held: held.replace(b'"form": 1', b'"form": 2') if name == MANIFEST else held,
            "",
            "later release",
        ),
        (lambda name, held: b"{" if name == MANIFEST else held, "", "does not say"),
    ],
    ids=["a row", "a table", "one more", "outside", "later", "no manifest"],
)
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    backup: Path, tmp_path: Path, change: Callable[[str, bytes], bytes | None], more: str, said: str
) -> None:
    bad, home = damaged(backup, tmp_path / "bad", change, more), tmp_path / "home"
    with pytest.raises(Unsound, match=said):
        check(bad, nothing)
    with pytest.raises(Unsound, match=said):
        restore(bad, home, "", nothing)
    assert list(home.iterdir() if home.exists() else ()) == []


def test_a_record_that_was_tampered_with_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    """Checksums made anew do not help: the rows of audit are bound to each other."""
    good = tmp_path / "good"
    told = write(*shelf, good, nothing)
    forged: dict[str, bytes] = {}

    def change(name: str, held: bytes) -> bytes:
        if name == "tables/audit.jsonl":
            forged[name] = held.replace(b'"FRA', b'"DEU').replace(b'\\"FRA', b'\\"DEU')
            assert forged[name] != held
            return forged[name]
        if name == MANIFEST:
            parts = {**told.parts, **{key: sha256(value).hexdigest() for key, value in forged.items()}}
            return replace(told, parts=parts).written().encode()
        return held

    bad = damaged(good, tmp_path / "bad", change)
    check(bad, nothing)
    with pytest.raises(Unsound, match="differs"):
        restore(bad, tmp_path / "home", "", nothing)


def test_nothing_is_written_over(
    shelf: Shelf, backup: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").write_text("x")
    with pytest.raises(Unsound, match="not empty"):
        restore(backup, tmp_path, "", nothing)
    assert main(["backup", str(backup), "--home", str(shelf[0])]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["backup", "--check", str(tmp_path / "mine")]) == 2
    assert "no backup" in capsys.readouterr().err


def test_a_database_that_is_in_use_is_left_alone(backup: Path, tmp_path: Path, database: Make) -> None:
    address = database()
    before = open_registry(tmp_path, address)
    with pytest.raises(Unsound, match="holds a registry"):
        restore(backup, tmp_path / "home", address, nothing)
    with before.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(tables.change)).scalar_one() == 1
    before.close()


def test_a_backup_of_what_is_being_loaded_leaves_the_load_out(shelf: Shelf, tmp_path: Path) -> None:
    home = Path(shutil.copytree(shelf[0], tmp_path / "home"))
    (home / "parts").mkdir()
    (home / "parts" / ".being-made").write_bytes(b"half")
    (home / "parts" / "one.duckdb").write_bytes(b"whole")
    told = write(home, shelf[1], tmp_path / "a", nothing)
    assert "files/parts/one.duckdb" in told.parts and "files/parts/.being-made" not in told.parts
    assert not any("parts/" in name for name in write(home, shelf[1], tmp_path / "b", nothing, editions=False).parts)
