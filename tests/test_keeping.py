"""`editions list|ready|publish|drop|verify`, run as an operator runs them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data_access import editions, parts
from data_access.__main__ import main
from tests.living import EVERY, copied, embedded_stand_in, small_edition, small_part

Run = Callable[..., tuple[int, str, str]]
OTHER = "small-0123456789ab"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions: one small part in the place of the embedded one, which is shown; and the same with another dac1."""
    folder = tmp_path_factory.mktemp("two")
    first = small_edition(folder, embedded_stand_in())
    other = {key: embedded_stand_in() for key in EVERY} | {"dac1": small_part(folder, OTHER, 3)}
    editions.make(folder, other, "load dac1 Table1.csv")
    editions.point(folder, first)
    return folder


@pytest.fixture
def home(two: Path, tmp_path: Path) -> Path:
    return copied(two, tmp_path / "home")


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `editions ...`; gives exit code, output and what was said on standard error."""

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(["editions", *arguments, "--home", str(home)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def other(home: Path) -> str:
    return next(name for name in editions.kept(home) if name != editions.current(home))


def test_the_list_shows_each_edition_with_its_parts_their_sources_and_sizes(run: Run, home: Path) -> None:
    code, out, said = run("list")
    assert (code, said) == (0, "")
    blocks = {block.split()[0].rstrip(","): block for block in out.replace("\n20", "\n\n20").split("\n\n")}
    assert set(blocks) == set(editions.kept(home))
    assert " (current), made " in blocks[editions.current(home)]
    size = parts.file_of(home, OTHER).stat().st_size / 1_000_000
    assert f"  {OTHER}  {size:,.1f} MB  dac1\n" in blocks[other(home)] + "\n"
    assert "by load dac1 Table1.csv" in blocks[other(home)]
    assert "codes, crs-donors, crs-purposes, crs-sectors, iati-goals, indicators" in blocks[other(home)]


def test_the_list_names_parts_that_no_edition_names_and_those_that_are_missing(run: Run, home: Path) -> None:
    small = parts.file_of(home, OTHER)
    small.rename(parts.file_of(home, "small-ffffffffffff"))
    out = run("list")[1]
    assert f"  {OTHER}  missing  dac1" in out and "No edition names small-ffffffffffff (" in out


def test_the_list_of_an_empty_folder_builds_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["editions", "list", "--home", str(tmp_path)]) == 0
    assert "No edition is kept under" in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_ready_names_the_current_edition(run: Run, home: Path) -> None:
    assert run("ready") == (0, f"{editions.current(home)}\n", "")


def test_ready_says_where_the_edition_that_is_to_be_shown_is_not_there(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IIF_EDITION", other(home))
    assert run("ready")[:2] == (0, f"{other(home)}\n")
    monkeypatch.setenv("IIF_EDITION", "2001-01-01-00000000")
    assert run("ready")[2].startswith("IIF_EDITION names an edition that cannot be shown: edition=2001-01-01-00000000")


def test_publish_turns_the_pointer_and_says_so(run: Run, home: Path) -> None:
    name = other(home)
    assert run("publish", name) == (0, f"{name} is now the current edition.\n", "")
    assert editions.current(home) == name
    assert run("publish", name) == (0, f"{name} was the current edition already.\n", "")


def test_what_is_not_whole_is_not_published(run: Run, home: Path) -> None:
    before, name = editions.current(home), other(home)
    parts.file_of(home, OTHER).unlink()
    code, out, said = run("publish", name)
    assert (code, out) == (2, "") and said.startswith(f"edition={name} cannot become the current one: ")
    assert said.endswith("is missing; load its source again.\n") and editions.current(home) == before


def test_drop_removes_an_edition_with_its_own_parts_and_says_what_that_frees(run: Run, home: Path) -> None:
    name, size = other(home), parts.file_of(home, OTHER).stat().st_size
    code, out, said = run("drop", name)
    assert (code, said) == (0, "")
    assert out == f"{name} has been removed, with {OTHER}: {size / 1_000_000:,.1f} MB are free again.\n"
    assert editions.kept(home) == (editions.current(home),) and parts.kept(home) == (embedded_stand_in(),)


def test_drop_leaves_parts_that_others_name(run: Run, home: Path) -> None:
    dropped, shown = editions.current(home), other(home)
    run("publish", shown)
    assert run("drop", dropped)[1] == f"{dropped} has been removed, and all its parts stay in others.\n"
    assert set(parts.kept(home)) == {OTHER, embedded_stand_in()}


def test_the_current_edition_is_not_dropped(run: Run, home: Path) -> None:
    name = editions.current(home)
    code, out, said = run("drop", name)
    assert (code, out) == (2, "") and said == f"edition={name} is the current one and stays; publish another first.\n"


@pytest.mark.parametrize("action", ["publish", "drop", "verify"])
@pytest.mark.parametrize("name", ["2026-01-01-00000000", "../current", "x"])
def test_an_edition_that_is_not_kept_is_refused_by_name(run: Run, home: Path, action: str, name: str) -> None:
    code, out, said = run(action, name)
    assert (code, out) == (2, "") and f"edition={name} is not kept here; there is " in said
    assert len(said.splitlines()) == 1 and len(editions.kept(home)) == 2


@pytest.mark.parametrize("action", ["publish", "drop"])
def test_an_edition_must_be_named(run: Run, action: str) -> None:
    assert run(action)[0] == 2 and "needs the name of an edition; there is 20" in run(action)[2]


def test_whole_editions_are_verified(run: Run, home: Path) -> None:
    code, out, said = run("verify")
    assert (code, said) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == list(editions.kept(home))


def altered(home: Path, statement: str, *, known: bool = True) -> None:
    """Change a part behind everybody's back; `known`: with a report that agrees with its new bytes."""
    path = parts.file_of(home, OTHER)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)
    beside = path.with_suffix(".json")
    told = json.loads(beside.read_text())
    if known:
        told |= {"sha256": parts.digest(path), "bytes": path.stat().st_size}
    beside.write_text(json.dumps(told))


FIRST = "(SELECT row FROM flow WHERE source = 'dac1' ORDER BY row LIMIT 1)"
FINDINGS = [
    (f"UPDATE flow SET usd = usd + 0.00000001 WHERE row = {FIRST}", "and its report says"),
    (f"UPDATE flow SET year = year + 40 WHERE row = {FIRST}", "and its report says nothing; load its source again."),
    (f"DELETE FROM flow WHERE row = {FIRST}", "and its report says"),
    (f"UPDATE flow SET usd_constant = NULL WHERE row = {FIRST}", "rollup is not the sum of the rows"),
    ("UPDATE rollup SET disbursed = disbursed + 0.00000001 WHERE source = 'dac1' AND year = 2010", ": rollup is not"),
    ("DELETE FROM purpose_rollup WHERE year = 2010", "purpose_rollup is not"),
    (
        "UPDATE goal_rollup SET goal = '8' WHERE goal = '7' AND method = 'strict'",
        "goal_rollup is not the sum of the rows",
    ),
    ("UPDATE goal_share SET share = share / 2 WHERE method = 'shared'", "goal_rollup is not the sum"),
    ("DELETE FROM source WHERE source = 'dac1'", "holds nothing of dac1; load dac1 again."),
]


@pytest.mark.parametrize(("statement", "words"), FINDINGS)
def test_a_changed_figure_is_found_and_named(run: Run, home: Path, statement: str, words: str) -> None:
    altered(home, statement)
    code, out, said = run("verify")
    assert code == 2 and words in said
    assert all(OTHER in line for line in said.splitlines())
    assert out.startswith(editions.current(home)), "the other edition is whole"


def test_a_changed_byte_is_found(run: Run, home: Path) -> None:
    path = parts.file_of(home, OTHER)
    path.chmod(0o644)
    written = bytearray(path.read_bytes())
    written[len(written) // 2] ^= 1
    path.write_bytes(written)
    stamp = parts.report(home, OTHER)["written"]
    os.utime(path, ns=(stamp, stamp))
    code, _, said = run("verify", other(home))
    assert (code, said) == (2, f"{path} has changed since it was made; remove it and load its source again.\n")


def test_a_pointer_to_nothing_and_a_manifest_that_is_garbage_are_findings(run: Run, home: Path) -> None:
    (home / "editions" / "2026-01-01-00000000.json").write_text("{")
    (home / "current").write_text("gone\n")
    code, out, said = run("verify")
    assert code == 2 and len(out.splitlines()) == 2
    assert "2026-01-01-00000000.json is not a readable edition; remove it" in said
    assert "current names no edition that is kept; publish one" in said
