"""The rows behind figures: which are wanted, in which order; what is told of them; the record as it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

import pandas as pd

from dashboard.codes import STAGES
from dashboard.selection import Selection

SORTS = ("row", "year", "donor", "recipient", "purpose", "usd")
MOST = 500  # rows of one page
LONGEST = 200  # characters of a text that is searched for


@dataclass(frozen=True)
class Wanted:
    """A page of the rows behind a selection. Filters by column are the selection itself.

    sort: one of SORTS; equal ones by number of the row; `descending` is the same list read from its end.
    text: in the title or the description of the record, whatever the case; no character has a meaning of its own.
    At most 200 characters. stage: one rung, or empty for all. after: rows behind the row of that number alone; such a
    page is sorted by row from the first, without an offset. Raises ValueError, a sentence."""

    sort: str = "row"
    descending: bool = False
    limit: int = 100
    offset: int = 0
    text: str = ""
    stage: str = ""
    after: int | None = None

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise ValueError(f"Rows are sorted by {', '.join(SORTS)}; not by {self.sort}.")
        if not 0 < self.limit <= MOST:
            raise ValueError(f"A page holds 1 to {MOST} rows, not {self.limit}.")
        if self.offset < 0:
            raise ValueError(f"A page starts at row 0 or later, not at {self.offset}.")
        if len(self.text) > LONGEST:
            raise ValueError(f"A text to search for has at most {LONGEST} characters, not {len(self.text)}.")
        if self.stage not in ("", *STAGES):
            raise ValueError(f"A rung is one of {', '.join(STAGES)}; not {self.stage}.")
        if self.after is not None and (self.sort, self.descending, self.offset) != ("row", False, 0):
            raise ValueError("Rows behind a row are listed by row from the first, without an offset.")


@dataclass(frozen=True)
class Counts:
    """How much lies behind a selection: rows of the source, in how many files, of how many activities or cells (None
    where there are too many rows to tell them apart in time), and the sum at each rung that the source reports: US
    dollars at the selection's prices, None where nothing is reported or where some of its rows (`lacking`, over all
    rungs) have no deflator."""

    rows: int
    files: int
    items: int | None
    sums: Mapping[str, Decimal | None]
    lacking: int = 0


@dataclass(frozen=True)
class Record:
    """What was read, word for word: `raw` is the line or lines of a text file, a row as JSON, an element as XML."""

    record: int
    file: str
    line: int
    item: str
    title: str
    description: str
    agency: str
    channel: str
    raw: str


class Rows(Protocol):
    """The cube, as the page of rows sees it. All raise Unanswerable, Busy, TimeoutError as `Answers.totals` does."""

    def rows(self, selection: Selection, wanted: Wanted) -> pd.DataFrame:
        """A page: the columns of table `flow`, then `share` (of the goals picked; 1 where none is) and `part` (amount
        at the selection's prices times share; None where no deflator is known). All parts sum to the totals."""
        ...

    def counts(self, selection: Selection, wanted: Wanted) -> Counts:
        """What is told of all rows under the same filter, whatever the page."""
        ...

    def texts(self, source: str, records: Sequence[int]) -> pd.DataFrame:
        """What raw records are about. Columns: record, title, description, agency, channel; those that are kept."""
        ...

    def record(self, source: str, record: int) -> Record | None:
        """The raw record of a row (its column `record`); None where it is not kept."""
        ...
