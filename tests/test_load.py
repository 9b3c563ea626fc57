"""A load: a part, an edition, or nothing; the same again changes nothing; what goes wrong leaves what was published."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from dashboard.selection import Selection
from data_access import editions, load, parts
from data_access.ingest.faults import Fault
from data_access.ingest.readers import Part, Reader
from data_access.library import open_cube
from data_access.load import Loaded, NotLoaded, Order
from data_access.locks import Running
from tests.made_reader import MADE, fill, miscounting
from tests.waiting import begun, until

ROOT = Path(__file__).parent.parent


@pytest.fixture
def home(edition_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(edition_home, tmp_path / "home"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "made.csv"
    path.write_text("GBR,KEN,2008,100.25\nGBR,KEN,2009,-0.25\nUSA,BGD,2010,3000000000.12345678\n")
    return path


def loading(home: Path, *files: Path, reader: Reader = MADE, most_refused: float = 0.001) -> Loaded:
    return load.load(Order(home, reader, files, most_refused))


def seen(home: Path) -> dict[str, str]:
    """What is published, byte for byte."""
    kept = [path for folder in ("editions", "parts") for path in (home / folder).glob("[!.]*")]
    return {str(path.relative_to(home)): sha256(path.read_bytes()).hexdigest() for path in [*kept, home / "current"]}


def test_a_load_is_published_beside_what_was_there(home: Path, file: Path) -> None:
    before = editions.read(home, editions.current(home))
    loaded = loading(home, file)
    after = editions.read(home, editions.current(home))
    assert loaded.changed and loaded.published and loaded.edition == after.name != before.name
    assert after.parts == {**before.parts, "made": loaded.part}
    cube = open_cube(home)
    sums = cube.totals(Selection(source="made"), ("donor",))
    assert dict(zip(sums["donor"], sums["disbursed"], strict=True)) == {
        "GBR": Decimal("100.00"),
        "USA": Decimal("3000000000.12345678"),
    }
    assert not cube.totals(Selection(source="iati-goals"), ("year",)).empty
    assert set(cube.codes.editions) == {before.name, after.name}
    constant = cube.totals(Selection(source="made", prices="constant", donor=("USA",)), ())["disbursed"][0]
    assert Decimal(3_000_000_000) < constant < Decimal(3_500_000_000), "prices rose from 2010 to 2014"
    cube.close()


def test_the_report_says_what_was_read_and_where_it_came_from(home: Path, file: Path) -> None:
    told = loading(home, file).report
    assert (told["read"], told["kept"], told["refused"], told["lines"]) == (3, 3, 0, 3)
    assert told["sums"][0] == {"stage": "disbursed", "year": 2008, "usd": "100.25"}
    assert told["files"][0]["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert told["sha256"] == parts.digest(parts.file_of(home, told["part"]))


def test_the_same_file_again_changes_nothing(home: Path, file: Path) -> None:
    once = loading(home, file)
    before = seen(home)
    again = loading(home, file)
    assert not again.changed and (again.part, again.edition) == (once.part, once.edition)
    assert seen(home) == before


def test_a_part_that_was_damaged_since_is_made_again(home: Path, file: Path) -> None:
    part = parts.file_of(home, loading(home, file).part)
    whole = part.read_bytes()
    part.chmod(0o644)
    part.write_bytes(whole[:-4096])
    again = loading(home, file)
    assert again.changed and not parts.damaged(home, again.part)


def test_one_byte_more_is_another_part_and_the_old_one_stays_readable(home: Path, file: Path) -> None:
    once = loading(home, file)
    file.write_text(file.read_text() + "FRA,KEN,2011,1.00\n")
    again = loading(home, file)
    assert again.part != once.part and {again.part, once.part} <= set(parts.kept(home))
    old, new = open_cube(home, once.edition), open_cube(home)
    assert old.totals(Selection(source="made", donor=("FRA",)), ()).empty
    assert new.totals(Selection(source="made", donor=("FRA",)), ())["disbursed"][0] == Decimal(1)
    old.close()
    new.close()


def test_two_machines_make_the_same_of_the_same_files(
    edition_home: Path, home: Path, file: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(edition_home, tmp_path / "other"))
    one, two = loading(home, file), loading(other, file)
    assert (one.part, one.edition) == (two.part, two.edition)
    rows = [open_cube(place).rows(Selection(source="made")).to_csv() for place in (home, other)]
    assert rows[0] == rows[1]


def test_a_fault_of_the_file_stops_the_load_and_nothing_has_moved(home: Path, file: Path) -> None:
    before = seen(home)
    file.write_text(file.read_text() + "boom,KEN,2011,1.00\n")
    with pytest.raises(Fault, match=r'made\.csv:4: column "donor": MADE-01: value "boom" is no donor; write a code'):
        loading(home, file)
    assert seen(home) == before and not list((home / "parts").glob(".*"))


def test_refused_rows_are_counted_kept_apart_and_may_be_too_many(home: Path, file: Path) -> None:
    before = seen(home)
    file.write_text(file.read_text() + "ZZZ,KEN,2011,7.00\n")
    with pytest.raises(NotLoaded, match=r"1 of 4 records \(25%\) were refused, more than --max-refused 0\.1% allows"):
        loading(home, file)
    assert seen(home) == before
    [rejects] = (home / "rejects").glob("*.csv")
    assert "ZZZ,KEN,2011,7.00" in rejects.read_text() and "MADE-02" in rejects.read_text()
    loaded = loading(home, file, most_refused=0.25)
    assert loaded.report["refused"] == 1 and loaded.report["faults"] == {"MADE-02": 1}
    assert loaded.report["max_refused"] == 0.25


def test_a_load_that_differs_from_a_plain_reading_is_not_published(home: Path, file: Path) -> None:
    before = seen(home)
    with pytest.raises(NotLoaded, match=r"2008 disbursed \(100\.25\d* against 100\.26\d* US dollars\) differs"):
        loading(home, file, reader=replace(MADE, plain=miscounting))
    assert seen(home) == before


def test_lines_that_are_not_accounted_for_are_not_published(home: Path, file: Path) -> None:
    def lossy(part: Part, paths: Sequence[Path]) -> None:
        fill(part, paths)
        part.report.lines += 1

    with pytest.raises(NotLoaded, match="do not add up"):
        loading(home, file, reader=replace(MADE, fill=lossy))


def test_a_second_load_is_refused_by_name(home: Path, file: Path) -> None:
    with (home / "editions" / ".loading").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(json.dumps({"source": "crs", "since": "2026-11-23 01:00 UTC", "pid": 4711}))
        lock.flush()
        with pytest.raises(Running, match=r"A load of crs runs since 2026-11-23 01:00 UTC \(process 4711\)"):
            loading(home, file)
    assert loading(home, file).published, "a lock falls with its process"


def test_a_full_disk_is_said_in_megabytes_before_anything_is_lost(
    home: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, usage = seen(home), namedtuple("usage", "total used free")
    monkeypatch.setattr(load.shutil, "disk_usage", lambda _: usage(10**9, 9 * 10**8, 10**8))
    with pytest.raises(NotLoaded, match=r"has 100 MB free and this load needs about 200 MB"):
        loading(home, file)
    assert seen(home) == before


def test_a_write_that_finds_no_space_is_a_sentence(home: Path, file: Path) -> None:
    def full(part: Part, paths: Sequence[Path]) -> None:
        raise OSError(28, "No space left on device")

    before = seen(home)
    with pytest.raises(NotLoaded, match=r"No space is left under .* MB free\)\. Nothing was published"):
        loading(home, file, reader=replace(MADE, fill=full))
    assert seen(home) == before


STEPS = (
    "data_access.finishing.finish",
    "data_access.verifying.disagreement",
    "data_access.parts.keep",
    "data_access.parts.sync",
    "data_access.editions.make",
    "data_access.editions.point",
)
KILLED = """
import importlib, os, sys
from pathlib import Path
from tests.made_reader import MADE
from data_access import editions, finishing, load, parts, verifying
step, home, file = sys.argv[1:]
module, _, name = step.rpartition(".")
for holder in (importlib.import_module(module), load):
    if hasattr(holder, name):
        setattr(holder, name, lambda *a, **k: os._exit(137))
load.load(load.Order(Path(home), MADE, (Path(file),)))
"""


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_published_edition_is_whole_and_the_next_load_works(
    home: Path, file: Path, step: str
) -> None:
    before, shown = seen(home), editions.current(home)
    done = subprocess.run([sys.executable, "-c", KILLED, step, str(home), str(file)], cwd=ROOT, timeout=120)
    assert done.returncode == 137
    assert editions.current(home) == shown
    assert {name: kept for name, kept in seen(home).items() if name in before} == before
    assert loading(home, file).published
    assert not list((home / "parts").glob(".making-*"))


def test_no_process_outlives_a_load_that_was_killed(home: Path, file: Path) -> None:
    waiting = KILLED.replace("lambda *a, **k: os._exit(137)", "lambda *a, **k: __import__('time').sleep(60)")
    command = [sys.executable, "-c", waiting, STEPS[0], str(home), str(file)]
    with begun(command, cwd=ROOT) as running:
        until(lambda: len(family(running.pid)) >= 2, 60)  # the counter, and what tracks it
        time.sleep(1)
        children = family(running.pid)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))


def family(parent: int) -> list[int]:
    """Processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def test_stopped_by_hand_nothing_is_left(home: Path, file: Path) -> None:
    before = seen(home)
    waiting = KILLED.replace("lambda *a, **k: os._exit(137)", "lambda *a, **k: __import__('time').sleep(60)")
    command = [sys.executable, "-c", waiting, STEPS[0], str(home), str(file)]
    with begun(command, cwd=ROOT, stderr=subprocess.DEVNULL) as running:
        until(lambda: bool(list((home / "parts").glob(".making-*/staged.duckdb"))), 60)
        time.sleep(1)
        os.kill(running.pid, signal.SIGINT)
        assert running.wait(30) != 0
    assert seen(home) == before and not list((home / "parts").glob(".making-*"))
