"""Editions on disk: made once, named by their content, swapped in one step."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from dashboard.selection import Selection
from data_access import editions, parts
from data_access.editions import NoEdition
from data_access.library import open_cube, open_file
from tests.living import copied, small_edition


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the embedded reference figures, so that nothing but a test changes them."""
    return Path(shutil.copytree(editions.REFERENCE, tmp_path_factory.mktemp("reference") / "reference"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, reference: Path) -> Path:
    """A data folder in which the embedded edition is built."""
    folder = tmp_path_factory.mktemp("home")
    editions.ensure(folder, reference)
    return folder


def test_the_first_start_builds_the_embedded_edition_and_names_it_after_its_content(
    home: Path, reference: Path
) -> None:
    name = editions.current(home)
    assert editions.kept(home) == (name,)
    assert parts.kept(home) == (f"reference-{editions.digest(reference)}",)
    assert set(editions.read(home, name).parts.values()) == set(parts.kept(home))
    assert len(name.split("-")) == 4 and name[:4].isdigit() and len(name) == len("2026-11-23-01234567")


def test_the_second_start_builds_nothing(home: Path, reference: Path) -> None:
    files = [home / "editions" / f"{editions.current(home)}.json", *map(partial(parts.file_of, home), parts.kept(home))]
    before = [(file.stat().st_ino, file.stat().st_mtime_ns) for file in files]
    open_cube(home, reference=reference).close()
    assert [(file.stat().st_ino, file.stat().st_mtime_ns) for file in files] == before


def test_no_half_built_file_and_no_lock_is_left_in_sight(home: Path) -> None:
    assert {path.name for path in (home / "editions").iterdir()} == {f"{editions.current(home)}.json", ".lock"}
    [part] = parts.kept(home)
    assert {path.name for path in (home / "parts").iterdir()} == {f"{part}.duckdb", f"{part}.json"}


def test_nobody_can_write_into_a_part(home: Path) -> None:
    [part] = parts.kept(home)
    assert parts.file_of(home, part).stat().st_mode & 0o222 == 0


def started(home: Path, reference: Path) -> tuple[str, int]:
    """What one process sees after its start: the current edition and which file its part is."""
    name = editions.ensure(home, reference)
    return name, parts.file_of(home, editions.read(home, name).parts["codes"]).stat().st_ino


def test_processes_that_start_together_build_once(reference: Path, tmp_path: Path) -> None:
    # not copies of this process: what its other threads hold at that moment nobody would ever let go of
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as workers:
        seen = set(workers.map(started, [tmp_path] * 3, [reference] * 3))
    assert len(seen) == 1 and editions.kept(tmp_path) == (seen.pop()[0],)


def test_nothing_is_in_sight_while_an_edition_is_built(reference: Path, tmp_path: Path) -> None:
    seen, done = set[tuple[str, ...]](), threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.add(editions.kept(tmp_path))

    with ThreadPoolExecutor(1) as watcher:
        watcher.submit(look)
        try:
            name = editions.ensure(tmp_path, reference)
        finally:
            done.set()
    assert () in seen and seen <= {(), (name,)}


def test_the_name_depends_on_the_content_and_not_on_its_place_or_date(reference: Path, tmp_path: Path) -> None:
    shutil.copytree(reference, tmp_path / "copy")
    (tmp_path / "copy" / "sources.json").touch()
    assert editions.digest(tmp_path / "copy") == editions.digest(reference)
    (tmp_path / "copy" / "more.txt").write_text("more")
    assert editions.digest(tmp_path / "copy") != editions.digest(reference)


def test_a_changed_reference_makes_a_new_edition_and_the_old_can_still_be_pinned(
    home: Path, reference: Path, tmp_path: Path
) -> None:
    copied(home, tmp_path)
    old = editions.current(tmp_path)
    shutil.copytree(reference, tmp_path / "reference")
    (tmp_path / "reference" / "note.txt").write_text("a change")
    reader = open_cube(tmp_path, reference=reference)
    cube = open_cube(tmp_path, reference=tmp_path / "reference")
    assert reader.edition == old != cube.edition
    assert cube.codes.editions == tuple(sorted((old, cube.edition)))
    assert not reader.totals(Selection(source="iati-goals"), ("year",)).empty, "readers in flight keep the old edition"
    pinned = open_cube(tmp_path, old, reference=tmp_path / "reference")
    assert pinned.edition == old
    for each in (reader, cube, pinned):
        each.close()


def test_a_build_that_fails_leaves_nothing_in_sight_and_the_next_one_works(reference: Path, tmp_path: Path) -> None:
    shutil.copytree(reference, tmp_path / "reference")
    damaged = next((tmp_path / "reference").glob("flow-*.parquet"))
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-100])
    with pytest.raises(NoEdition, match=damaged.name):
        editions.ensure(tmp_path, tmp_path / "reference")
    assert (editions.kept(tmp_path), parts.kept(tmp_path), editions.current(tmp_path)) == ((), (), "")
    assert not list((tmp_path / "parts").iterdir()), "the hidden folder is gone as well"
    damaged.write_bytes(whole)
    assert editions.ensure(tmp_path, tmp_path / "reference") == editions.current(tmp_path) != ""


def test_an_operator_can_make_another_edition_the_current_one(home: Path, reference: Path, tmp_path: Path) -> None:
    copied(home, tmp_path)
    other = small_edition(tmp_path)
    editions.point(tmp_path, other)
    assert editions.ensure(tmp_path, reference) == other
    cube = open_cube(tmp_path, reference=reference)
    assert cube.edition == other and len(cube.codes.editions) == 2
    cube.close()


@pytest.mark.parametrize("pointer", ["gone\n", "", "../../etc/passwd", "\udcff"])
def test_a_pointer_to_what_is_gone_is_mended(home: Path, reference: Path, tmp_path: Path, pointer: str) -> None:
    copied(home, tmp_path)
    (tmp_path / "current").write_bytes(pointer.encode(errors="surrogateescape"))
    assert editions.ensure(tmp_path, reference) == editions.current(home) == editions.current(tmp_path)


@pytest.mark.parametrize("name", ["gone", "../../etc/passwd", "/etc/passwd", ".lock", "."])
def test_an_edition_that_is_not_kept_is_refused_by_name(home: Path, reference: Path, name: str) -> None:
    with pytest.raises(NoEdition, match="is not kept here"):
        open_cube(home, name, reference=reference)
    with pytest.raises(NoEdition, match="is not kept here"):
        editions.point(home, name)


def test_an_edition_answers_the_same_after_it_is_built_again(home: Path, reference: Path, tmp_path: Path) -> None:
    one, other = open_cube(home, reference=reference), open_cube(tmp_path, reference=reference)
    assert one.edition == other.edition
    for source in one.codes.sources:
        asked = Selection(source=source, since=1990, until=2025)
        assert one.totals(asked, ("year",)).equals(other.totals(asked, ("year",)))
    one.close()
    other.close()


def test_an_edition_opens_without_anything_being_written(home: Path) -> None:
    code = "import sys, pathlib, data_access.library as x; print(x.open_file(pathlib.Path(sys.argv[1])).edition)"
    [part] = parts.kept(home)
    before = sorted(path.name for path in home.rglob("*"))
    command = [sys.executable, "-c", code, str(parts.file_of(home, part))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == part
    assert sorted(path.name for path in home.rglob("*")) == before


def test_what_a_killed_build_left_behind_is_cleared_away_and_what_another_is_making_is_not(
    reference: Path, tmp_path: Path
) -> None:
    left = tmp_path / "parts" / ".making-reference-0badc0de-1"
    left.mkdir(parents=True)
    (left / "part.duckdb").write_text("half")
    (left / "lock").touch()  # its owner is gone, and the lock with it
    with parts.making(tmp_path, "other-0123456789ab") as beside:
        assert not left.exists()
        editions.ensure(tmp_path, reference)
        assert beside.is_dir()
    assert not beside.exists()


def test_a_file_that_is_no_edition_is_refused_in_a_sentence(tmp_path: Path) -> None:
    garbage = tmp_path / "2026-01-01-00000000.duckdb"
    garbage.write_bytes(b"not a database" * 1000)
    with pytest.raises(NoEdition, match="is not a readable part"):
        open_file(garbage)


def test_the_digest_covers_every_module_that_makes_the_figures() -> None:
    """Whatever `build` imports of ours, and what that imports in turn."""
    code = "import sys, data_access.build; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    ours = [name for name in done.stdout.split() if name.split(".")[0] in ("dashboard", "data_access")]
    used = {path for name in ours if (path := editions.HERE.parent / f"{name.replace('.', '/')}.py").is_file()}
    read_files = {path for path in used if path.parent.name == "ingest" and path.name != "fx.py"}  # none is read here
    told = {editions.HERE.parent / "dashboard" / "selection.py"}  # of which the names of dimensions alone are read
    assert len(used) > 5 and used - read_files - told <= set(editions.MAKERS)
    assert all(path.is_file() for path in editions.MAKERS)


def test_a_dimension_more_is_another_content(monkeypatch: pytest.MonkeyPatch) -> None:
    before = editions.digest()
    monkeypatch.setattr(editions, "OF_ROWS", (*editions.OF_ROWS, "climate"))
    assert editions.digest() != before
