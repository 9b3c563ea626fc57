"""What a reader is given and what it promises. `READERS` in `data_access.ingest.catalogue` lists them.

A reader fills the tables `flow` and `record` (others where it has them: `total`, `indicator`, `series`, `member`, ...)
of a new part; numbering, constant prices, ranks, rollups and the listing of files are the same for all and done after
it. It never holds a whole file in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb

from data_access.ingest.faults import Fault
from data_access.ingest.fx import Deflators, Rates
from data_access.ingest.report import Report, Sums
from data_access.ingest.sources import Described


@dataclass(frozen=True)
class Lookups:
    """What codes of files are translated with, from the codes of the edition that a load builds on."""

    donors: Mapping[str, str]  # DAC code as text -> our code
    recipients: Mapping[str, str]  # DAC code as text -> our code
    iso3: Mapping[str, str]  # ISO 3166 alpha-2 -> alpha-3
    names: Mapping[str, Mapping[str, str]]  # dimension -> English name -> our code
    known: Mapping[str, frozenset[str]]  # dimension -> our codes
    dac: Mapping[str, str]  # our code -> DAC code, of donors and recipients
    rates: Rates
    deflators: Deflators


@dataclass(frozen=True)
class Part:
    """A part being made: every table of `tables.py` exists in it and is empty."""

    connection: duckdb.DuckDBPyConnection
    lookups: Lookups
    report: Report
    scratch: Path  # a folder of this load's own, emptied afterwards


class Plain(NamedTuple):
    """What an independent plain reading of the same files counts: records, and US dollars by stage and year. It shares
    no code with the reader, and it knows which of the records the reader has refused only from the rejects."""

    records: int
    sums: Sums


@dataclass(frozen=True)
class Reader:
    """One way in. `fill` raises Fault (severity "file") where a file as a whole cannot be read; rows that cannot be
    read go to `part.report.refuse`. `describe` is asked after `fill`, on the filled part. `files` says which files of a
    folder are its own."""

    source: str
    fill: Callable[[Part, Sequence[Path]], None]
    describe: Callable[[Part, Sequence[Path]], Described]
    plain: Callable[[Sequence[Path], Lookups], Plain]
    files: Callable[[Path], Iterator[Path]]
    by_folder: bool = False  # whether files of one name are different files, which their folders tell apart
    replaces: tuple[str, ...] = ()  # what of an edition its part stands for, where that is not the source alone
    unsummed: Callable[[Part, Sequence[Path]], list[Fault]] = lambda *_: []  # what files without an amount hold instead
