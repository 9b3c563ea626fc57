"""Loads that are made hard: files of one name, folders of any name, changes under way, sudden ends."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from data_access import editions, parts
from data_access.ingest.catalogue import READERS
from data_access.ingest.faults import Fault
from data_access.ingest.readers import Part
from data_access.load import NotLoaded, Order, load
from data_access.locks import alone
from tests.crs_made import HEADINGS, line
from tests.made_reader import MADE, fill
from tests.waiting import begun, until

ROOT = Path(__file__).parent.parent
CRS, FTS, DONORS = READERS["crs"], READERS["fts"], READERS["crs-donors"]


@pytest.fixture
def home(edition_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(edition_home, tmp_path / 'ho\'me "of" %s; all'))


def written(path: Path, *numbers: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["|".join(HEADINGS), *(line(number) for number in numbers)]) + "\n")
    return path


def files_of(home: Path, part: str, asked: str = "SELECT DISTINCT file FROM flow ORDER BY file") -> list[str]:
    with duckdb.connect(str(parts.file_of(home, part)), read_only=True) as connection:
        return [row[0] for row in connection.execute(asked).fetchall()]


def test_files_of_one_name_are_called_by_their_folders(home: Path, tmp_path: Path) -> None:
    one, two = written(tmp_path / "in" / "a" / "crs.txt", 1, 2), written(tmp_path / "in" / "b" / "crs.txt", 3)
    loaded = load(Order(home, CRS, (two, one)))
    assert files_of(home, loaded.part) == ["a/crs.txt", "b/crs.txt"]
    assert files_of(home, loaded.part, "SELECT file FROM file ORDER BY file") == ["a/crs.txt", "b/crs.txt"]
    assert files_of(home, loaded.part, "SELECT DISTINCT file FROM record ORDER BY file") == ["a/crs.txt", "b/crs.txt"]
    assert [told["file"] for told in loaded.report["files"]] == ["a/crs.txt", "b/crs.txt"]
    again = load(Order(home, CRS, (one, two)))
    assert again.part == loaded.part and not again.changed, "the order in which files are named changes nothing"


def test_a_file_named_twice_and_lists_of_one_name_are_refused(home: Path, tmp_path: Path) -> None:
    one, two = written(tmp_path / "a" / "crs.txt", 1), written(tmp_path / "b" / "crs.txt", 2)
    for reader, files in (
        (CRS, (one, one)),
        (CRS, (one, tmp_path / "b" / ".." / "a" / "crs.txt")),
        (DONORS, (one, two)),
    ):
        with pytest.raises(NotLoaded, match=r"Two files are called crs\.txt"):
            load(Order(home, reader, files))


def test_a_data_folder_and_a_file_may_have_any_name(home: Path, tmp_path: Path) -> None:
    file = written(tmp_path / '=1+1,\'; DROP TABLE flow; --\n"x" %41.txt', 1, 2)
    loaded = load(Order(home, CRS, (file,)))
    assert loaded.published and files_of(home, loaded.part) == [file.name]


@pytest.mark.parametrize("how", ["written to", "replaced", "removed"])
def test_a_file_that_changes_while_it_is_read_is_not_published(home: Path, tmp_path: Path, how: str) -> None:
    file = tmp_path / "made.csv"
    file.write_text("GBR,KEN,2008,100.25\n")

    def meanwhile(part: Part, paths: Sequence[Path]) -> None:
        fill(part, paths)
        text = file.read_text()
        if how == "written to":
            file.write_text(text)
        elif how == "replaced":
            shutil.copy2(file, tmp_path / "other.csv")
            (tmp_path / "other.csv").replace(file)
        else:
            file.unlink()

    before = editions.current(home)
    with pytest.raises(NotLoaded, match=r"was changed while it was read|compared with a plain reading"):
        load(Order(home, replace(MADE, fill=meanwhile), (file,)))
    assert editions.current(home) == before and not list((home / "parts").glob("made-*"))


SLOW = """
import sys, time
from pathlib import Path
from data_access import load
from dataclasses import replace
from tests.made_reader import MADE
def fill(part, paths):
    print("reading", flush=True)
    time.sleep(60)
load.load(load.Order(Path(sys.argv[1]), replace(MADE, fill=fill), (Path(sys.argv[2]),)))
"""


def test_nothing_outlives_a_load_that_is_killed(home: Path, tmp_path: Path) -> None:
    """Whoever reads what a load says meets its end: no process of it is left that holds the pipe open."""
    file = tmp_path / "made.csv"
    file.write_text("GBR,KEN,2008,100.25\n")
    with begun([sys.executable, "-c", SLOW, str(home), str(file)], cwd=ROOT, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stdout.readline() == b"reading\n"
        time.sleep(0.5)  # the plain reading is begun, or just about to
        running.kill()
        ended = subprocess.run(["cat"], stdin=running.stdout, capture_output=True, timeout=30, check=True)
    assert ended.stdout == b""
    assert load(Order(home, MADE, (file,))).published


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("pause", [0.0, 0.3, 0.6])
def test_a_load_that_is_stopped_says_so_by_its_exit_code(
    home: Path, tmp_path: Path, number: signal.Signals, pause: float
) -> None:
    file, before = written(tmp_path / "crs.txt", *range(30_000)), editions.current(home)
    command = [sys.executable, "-m", "data_access", "load", "crs", str(file), "--home", str(home)]
    said = tmp_path / "said"  # a file, not a pipe: of whatever might hold that open nobody is waited for
    with said.open("w") as out, begun(command, cwd=ROOT, stderr=out) as running:
        until(lambda: "known by their content" in said.read_text(), 60)
        time.sleep(pause)
        os.kill(running.pid, number)
        code, told = running.wait(60), said.read_text()
    done = code == 0 and pause > 0  # a quick machine was done before
    assert done or code == 130, told
    assert "Traceback" not in told
    assert (editions.current(home) != before) == done and not list((home / "parts").glob(".making-*"))


def test_who_waits_too_long_for_the_lock_is_told_why(home: Path) -> None:
    with (home / "editions" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(TimeoutError, match=r"Another process has held .*\.lock for 0 seconds"), alone(home, 0.1):
            pass
    with alone(home, 0.1):
        pass


def test_what_nobody_foresaw_never_ends_as_a_load_with_warnings(home: Path, tmp_path: Path) -> None:
    """Exit code 1 says that something was published."""
    file = written(tmp_path / "crs.txt", 1)
    code = "import sys; from data_access import __main__, finishing; finishing.finish = None; sys.exit(__main__.main())"
    command = [sys.executable, "-c", code, "load", "crs", str(file), "--json", "--home", str(home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2, done.stderr
    assert json.loads(done.stdout)["published"] is False


def test_a_name_that_is_no_text_is_refused_in_a_sentence(home: Path, tmp_path: Path) -> None:
    file = written(tmp_path / os.fsdecode(b"crs\xff\x1b[2J.txt"), 1)
    with pytest.raises(NotLoaded, match=r"The name of crs\\udcff\\x1b\[2J\.txt is not UTF-8.*rename the file"):
        load(Order(home, CRS, (file,)))


def test_a_file_name_does_nothing_to_the_terminal() -> None:
    told = str(Fault("a\x1b[2J\n.txt", 1, "", "", "is odd", "mend it"))
    assert told.startswith("a\\x1b[2J\\x0a.txt:1: ")


def test_a_part_that_was_dropped_meanwhile_is_not_named(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path / "crs.txt", 1)
    part = load(Order(home, CRS, (file,), publish=False)).part
    before, looked = editions.kept(home), parts.amiss

    def dropped(folder: Path, name: str) -> str:
        found = looked(folder, name)
        if name == part and not found:
            parts.drop(home, part)
        return found

    monkeypatch.setattr(parts, "amiss", dropped)
    with pytest.raises(NotLoaded, match="is missing; load its source again"):
        load(Order(home, CRS, (file,)))
    assert editions.kept(home) == before


def test_an_empty_path_is_not_the_folder_one_is_in(home: Path) -> None:
    command = [sys.executable, "-m", "data_access", "load", "crs", "", "--home", str(home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2 and "path" in done.stderr and "empty" in done.stderr


def test_a_data_folder_that_cannot_be_written_to_is_read(home: Path, tmp_path: Path) -> None:
    """Bound read-only in a mount namespace of its own, where the system lets us have one."""
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    asked = [sys.executable, "-m", "data_access", "totals", "--source", "dac1", "--format", "csv", "--home", str(home)]
    apart = ["unshare", "--mount", "--map-root-user", "sh", "-c"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*apart, script, str(tmp_path), "true"], timeout=60).returncode
    ):
        pytest.skip("This system lets nobody mount a folder read-only.")
    command = [*apart, script, str(home), *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0 and "dac1" in done.stdout, done.stderr
    assert "Traceback" not in done.stderr
