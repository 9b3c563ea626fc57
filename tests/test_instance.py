"""Instances of the engine that have the same files: one that is gone keeps no other waiting."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from data_access.instance import Instance

ROOT = Path(__file__).parent.parent
MANY = """
import sys
from pathlib import Path
from data_access.instance import Instance
def opened():
    one = Instance(Path(sys.argv[1]), "64MB", 1)
    one.attach("part")
    return one
stays, gone = opened(), opened()
for at in range(int(sys.argv[2])):
    if at % 2:
        gone.close()
    gone = opened()
    assert gone.cursor().execute("SELECT i FROM part.main.t").fetchall() == [(1,)]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with duckdb.connect(str(tmp_path / "part.duckdb")) as made:
        made.execute("CREATE TABLE t AS SELECT 1 AS i")
    return tmp_path


def test_files_of_instances_that_are_gone_are_attached_again(folder: Path) -> None:
    """Some were closed and some only forgotten; the engine once waited for one of them for ever."""
    command = [sys.executable, "-c", MANY, str(folder), "60"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def test_a_part_is_attached_once_and_again_after_it_was_let_go(folder: Path) -> None:
    instance = Instance(folder, "64MB", 1)
    for _ in range(2):
        instance.attach("part")
        instance.attach("part")
        assert instance.cursor().execute("SELECT i FROM part.main.t").fetchall() == [(1,)]
        instance.detach("part")
        instance.detach("part")
        with pytest.raises(duckdb.Error):
            instance.cursor().execute("SELECT i FROM part.main.t")
    instance.close()
    instance.close()


def test_a_file_that_is_missing_is_said_each_time(folder: Path) -> None:
    instance = Instance(folder, "64MB", 1)
    for _ in range(2):
        with pytest.raises(duckdb.Error):
            instance.attach("nowhere")
    instance.close()
