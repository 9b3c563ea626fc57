"""A statement that has had its time is stopped, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from time import sleep

import duckdb
import pytest

from data_access.engine import Limits, Warehouse
from data_access.watch import Watch

ENDLESS = "SELECT sum(a.i * b.i) FROM range(1000000) a(i), range(1000000) b(i)"


def test_what_takes_too_long_is_stopped_with_a_sentence_and_the_next_statement_runs() -> None:
    watch, connection = Watch(), duckdb.connect()
    with (
        pytest.raises(TimeoutError, match=r"took longer than 0\.2 seconds and was stopped"),
        watch.over(connection, 0.2),
    ):
        connection.execute(ENDLESS)
    with watch.over(connection, 2):
        assert connection.execute("SELECT 1").fetchall() == [(1,)]
    watch.close()


def test_only_what_is_late_is_stopped_among_those_that_run_at_once() -> None:
    watch, root = Watch(), duckdb.connect(config={"threads": 1})

    def ask(seconds: float) -> str:
        connection = root.cursor()
        try:
            with watch.over(connection, seconds):
                connection.execute(ENDLESS if seconds < 1 else "SELECT sum(i) FROM range(20000000) t(i)").fetchall()
        except TimeoutError as stopped:
            return str(stopped)[:36]
        return "answered"

    with ThreadPoolExecutor(4) as readers:
        found = list(readers.map(ask, (0.3, 30, 0.2, 30)))
    assert found == [
        "This question took longer than 0.3 s",
        "answered",
        "This question took longer than 0.2 s",
        "answered",
    ]
    watch.close()


def test_other_faults_stay_what_they_are() -> None:
    watch, connection = Watch(), duckdb.connect()
    with pytest.raises(duckdb.CatalogException), watch.over(connection, 1):
        connection.execute("SELECT * FROM nowhere")
    watch.close()


def test_a_program_that_forgets_to_close_ends_at_once_and_in_silence() -> None:
    program = """
import duckdb
from data_access.engine import Limits, Warehouse
from data_access.watch import Watch
watch, connection = Watch(), duckdb.connect()
with watch.over(connection, 5):
    print(connection.execute("SELECT 1").fetchall())
"""
    root = Path(__file__).parent.parent
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, cwd=root)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[(1,)]\n", "")


def test_what_runs_while_its_files_are_let_go_is_stopped(tmp_path: Path) -> None:
    """Findings are made beside the answers, and a server may be stopped meanwhile."""
    warehouse = Warehouse(tmp_path, Limits(seconds=60))
    started, ended = Event(), list[BaseException]()

    def ask() -> None:
        raw = warehouse.cursor()
        try:
            with warehouse._watch.over(raw, 60):
                started.set()
                raw.execute(ENDLESS).fetchall()
        except (duckdb.Error, TimeoutError) as error:
            ended.append(error)

    thread = Thread(target=ask, daemon=True)
    thread.start()
    assert started.wait(10)
    sleep(0.1)
    warehouse.close()
    thread.join(10)
    assert not thread.is_alive() and ended
