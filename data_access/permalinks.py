"""Short marks of addresses of our own pages, kept in a file of their own beside the registry.

A mark is made of its address alone, so the same view has the same mark wherever it is asked for. Nothing is ever taken
out: a link that somebody has printed leads where it led. So the file is bounded, and what comes in is slowed: in links
and in letters, so that long addresses fill it no sooner (at full rate day and night it lasts for two months)."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard.carried import DIGITS, short_mark
from dashboard.questions import Busy

FILE = "permalinks.sqlite"
LONGEST = 2000  # characters of an address
PAGES = 65_536  # of 4 kB each: the file never passes 256 MB
HOURLY = 600  # new marks, of all readers together
LETTERS = 90_000  # of their addresses
NEARLY = 0.75  # full: the operator is told
WAIT = 2.0  # seconds for another that writes
DIGITS_MOST = 40
FULL = "No more short links can be kept here. The long link shows the same."
OFTEN = "Many short links were made within the hour; the long link shows the same."
LOG = logging.getLogger(__name__)
MADE = """CREATE TABLE IF NOT EXISTS link (mark TEXT PRIMARY KEY, address TEXT NOT NULL, made TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS link_made ON link (made)"""


class NotKept(ValueError):
    """Why an address gets no short mark, as a sentence."""


class Permalinks:
    """The marks of a data folder. Safe for threads and processes: each question opens the file for itself."""

    def __init__(self, home: Path, *, pages: int = PAGES, hourly: int = HOURLY, letters: int = LETTERS) -> None:
        self._file, self._pages, self._hourly, self._letters = home / FILE, pages, hourly, letters
        self._told = False  # that the file is nearly full

    def keep(self, address: str) -> str:
        """The mark of an address (path and query of a page of ours), kept from now on. Where another address has it,
        a longer one. Raises NotKept; Busy where many were kept within the hour."""
        if not address.startswith("/") or address.startswith("//") or len(address) > LONGEST:
            raise NotKept(f"A short link leads to a page here, at an address of at most {LONGEST} characters.")
        try:
            with self._open() as held:
                return self._kept(held, address)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Busy(2, "Another short link is being kept.") from error
            raise NotKept(FULL) from error  # the file is full, or nothing can be written to the data folder
        except sqlite3.DatabaseError as error:
            raise NotKept(FULL) from error

    def address(self, mark: str) -> str:
        """Where a mark leads; empty where it is not known."""
        if not self._file.is_file():
            return ""
        try:
            with closing(sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro", timeout=WAIT, uri=True)) as held:
                return _leads(held, mark)
        except sqlite3.DatabaseError:
            return ""

    def knows(self, address: str) -> bool:
        """Whether an address has a mark already."""
        return any(self.address(mark) == address for mark in (short_mark(address), short_mark(address, DIGITS + 2)))

    def _kept(self, held: sqlite3.Connection, address: str) -> str:
        for digits in range(DIGITS, DIGITS_MOST + 1, 2):
            mark = short_mark(address, digits)
            other = _leads(held, mark)
            if other == address:
                return mark
            if not other:
                self._new(held, mark, address)
                return mark
        raise NotKept(FULL)

    def _new(self, held: sqlite3.Connection, mark: str, address: str) -> None:
        now = datetime.now(UTC)
        since = (now - timedelta(hours=1)).isoformat(timespec="seconds")
        lately = "SELECT count(*), coalesce(sum(length(address)), 0) FROM link WHERE made > ?"
        [links, letters] = held.execute(lately, (since,)).fetchone()
        if links >= self._hourly or letters + len(address) > self._letters:
            raise Busy(600, OFTEN)
        held.execute("INSERT INTO link VALUES (?, ?, ?)", (mark, address, now.isoformat(timespec="seconds")))
        [pages] = held.execute("PRAGMA page_count").fetchone()
        if pages > self._pages * NEARLY and not self._told:
            self._told = True
            LOG.warning("%s is filled to three quarters; when it is full no more short links are made", self._file)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """In one transaction, which nobody else writes in."""
        with closing(sqlite3.connect(self._file, timeout=WAIT, isolation_level=None)) as held:
            held.execute(f"PRAGMA max_page_count = {self._pages}")
            for statement in MADE.split(";\n"):
                held.execute(statement)
            held.execute("BEGIN IMMEDIATE")
            try:
                yield held
            except BaseException:
                held.execute("ROLLBACK")
                raise
            held.execute("COMMIT")


def _leads(held: sqlite3.Connection, mark: str) -> str:
    found = held.execute("SELECT address FROM link WHERE mark = ?", (mark,)).fetchone()
    return str(found[0]) if found else ""
