"""A part compared with an independent plain reading of the same files, which runs beside the load in a process of its
own; and with itself: rows against rollups."""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from decimal import Decimal
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

import duckdb

from dashboard.codes import STAGES
from data_access.ingest.readers import Lookups, Plain, Reader
from data_access.ingest.report import Report, Sums

STOPS = (signal.SIGINT, signal.SIGTERM)


class Uncounted(ValueError):
    """There is nothing to compare with; the message is a sentence."""


class Counting:
    """The plain reading of files, begun when entered; `result` waits for it."""

    def __init__(self, reader: Reader, files: Sequence[Path], lookups: Lookups) -> None:
        self._plain: Callable[..., Plain] = reader.plain
        self._given = (tuple(files), lookups)
        self._workers = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=tied)

    def __enter__(self) -> Self:
        """Who stops the load while the process is being begun is heard when it stands: it would find the end of its
        pipe, and say so with a traceback."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        try:
            self._future: Future[Plain] = self._workers.submit(self._plain, *self._given)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        except BaseException as stopped:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            self.__exit__(type(stopped), stopped, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            for process in list((self._workers._processes or {}).values()):
                process.terminate()
        self._workers.shutdown(wait=kind is None, cancel_futures=True)

    def result(self) -> Plain:
        """Raises Uncounted, a sentence, where the reading could not be made."""
        try:
            return self._future.result()
        except (BrokenExecutor, ValueError, LookupError, ArithmeticError) as error:
            words = " ".join(str(error).split())[:200] or type(error).__name__
            raise Uncounted(f"The files could not be compared with a plain reading ({words}).") from error


def tied() -> None:
    """In the process of the plain reading: end with the load, even where that was killed, instead of waiting for more
    work for ever with its terminal or pipe held open; and leave what comes from the keyboard to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    Thread(target=_end_with_load, daemon=True).start()


def _end_with_load() -> None:
    load = parent_process()
    if load is not None:
        load.join()
        os._exit(1)


def disagreement(connection: duckdb.DuckDBPyConnection, report: Report, plain: Plain) -> str:
    """The first thing that does not add up, as a sentence; empty where everything does."""
    if not report.balanced():
        return "The lines of the files do not add up to headings, blank lines and records kept and refused."
    if plain.records != report.read:
        return f"{report.read:,} records were read where a plain reading counts {plain.records:,}."
    held = sums(connection)
    expected = _together(held, report.refused_sums)
    wrong = _differing(expected, plain.sums)
    if wrong:
        return f"What was kept and refused of {wrong} differs from a plain reading of the files."
    wrong = _differing(held, summed(connection))
    return f"The rollup of {wrong} differs from its rows." if wrong else ""


def sums(connection: duckdb.DuckDBPyConnection) -> Sums:
    """US dollars by stage and year, of the rows of a part."""
    rows = connection.execute("SELECT stage, year, sum(usd) FROM part.main.flow GROUP BY ALL").fetchall()
    return {(stage, year): usd for stage, year, usd in rows}


def summed(connection: duckdb.DuckDBPyConnection) -> Sums:
    """The same, of the rollup."""
    found: Sums = {}
    for stage in STAGES:
        asked = f"SELECT year, sum({stage}) FROM part.main.rollup WHERE {stage} IS NOT NULL GROUP BY year"
        found |= {(stage, year): usd for year, usd in connection.execute(asked).fetchall()}
    return found


def _together(one: Sums, other: Sums) -> Sums:
    both: Sums = defaultdict(Decimal)
    for each in (one, other):
        for key, usd in each.items():
            both[key] += usd
    return both


def _differing(one: Sums, other: Sums) -> str:
    for stage, year in sorted({*one, *other}):
        here, there = one.get((stage, year), Decimal(0)), other.get((stage, year), Decimal(0))
        if here != there:
            return f"{year} {stage} ({here:f} against {there:f} US dollars)"
    return ""
