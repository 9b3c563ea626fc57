"""The cube: a selection in, a frame out, remembered. The one object of this floor with state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select

from dashboard.codes import STAGES as LADDER
from dashboard.codes import Codes, Source
from dashboard.questions import Unanswerable, why_not
from dashboard.rows import Counts, Record, Wanted
from dashboard.selection import DIMENSIONS, Selection
from data_access import pages, queries, tables
from data_access.cache import Cache
from data_access.editions import INDICATORS
from data_access.engine import Question, Warehouse

STAGES = ("committed", "disbursed")
BY = (*DIMENSIONS, "year")
SERIES_TEXTS = ("series", "name", "unit", "goal", "target", "sex", "better", "source", "definition", "licence")
SERIES_COLUMNS = (*SERIES_TEXTS, "since", "until")
TOLD = ("title", "description", "agency", "channel")  # of a raw record
SEARCH = 20.0  # seconds; the texts of millions of records take a second or two where nobody else asks
ASKED = 1_000  # questions whose names are kept: a page puts the same ones several times
WHOLE = ("year", "row", "line", "record", "usd_rank", "rows", "files", "items", "lacking", "since", "until")
TEXTS = frozenset((*DIMENSIONS, *TOLD, *SERIES_TEXTS, "country", "file", "item", "stage", "kind", "currency"))


class Cube:
    """Answers of one edition. Safe for threads."""

    def __init__(
        self, warehouse: Warehouse, parts: Mapping[str, str], edition: str, codes: Codes, cache: Cache
    ) -> None:
        """parts: which part holds each source, and `indicators`; all of them are attached to the warehouse."""
        self.edition, self.codes, self.shelf, self.parts = edition, codes, cache.shelf, parts
        self._warehouse, self._cache, self._gate = warehouse, cache, warehouse.gate
        self._known = lru_cache(maxsize=ASKED)(self._key)

    def totals(self, selection: Selection, by: Sequence[str], *, stages: Sequence[str] = STAGES) -> pd.DataFrame:
        """Columns: those of `by`, then `stages`: US dollars, exact Decimal, None where not reported.

        Raises Unanswerable where the source does not tell a dimension apart, has nothing of the years, or has rows
        that no deflator is known for while constant prices are asked (never a smaller sum); Busy; TimeoutError."""
        reduced, key = self._known(selection, tuple(by), tuple(stages))
        return self._cache.frame(key, self._gate.turn, lambda: self._totals(reduced, by, stages))

    def _key(self, selection: Selection, by: tuple[str, ...], stages: tuple[str, ...]) -> tuple[Selection, str]:
        """The selection without what is of no matter, and the name that its totals are remembered by."""
        self._check(selection, by, stages)
        reduced = queries.reduced(selection, by, self.codes)
        key = f"totals {self.edition} {reduced.write()} by {','.join(by)}"
        return reduced, key + ("" if stages == STAGES else f" of {','.join(stages)}")

    def series(self, names: Iterable[str], since: int, until: int) -> pd.DataFrame:
        """Columns: series, country, year, sex, value (Decimal, in the unit of the series)."""
        wanted = sorted(set(names))
        key = f"series {self.edition} {','.join(wanted)} {since}-{until}"
        columns = ("series", "country", "year", "sex", "value")
        return self._asked(key, queries.values(wanted, since, until), columns)

    def series_list(self) -> pd.DataFrame:
        """One row per indicator series, with its unit, goal, target, direction, source and years."""
        question = select(*(tables.series.c[name] for name in SERIES_COLUMNS)).order_by(tables.series.c.series)
        return self._asked(f"list {self.edition}", question, SERIES_COLUMNS)

    def rows(self, selection: Selection, wanted: Wanted | int = 100, offset: int = 0) -> pd.DataFrame:
        """The rows behind a selection, with file and line: the columns of `flow`, then `share` and `part`.

        `wanted`: a page; or how many rows from `offset` in the order of the part. The parts of all rows sum to the
        totals. Never remembered. Raises as `totals`."""
        self._check(selection, ())
        columns = [*tables.flow.c.keys(), "share", "part"]
        with self._gate.turn():
            if isinstance(wanted, Wanted):
                return _frame(pages.page(self._part(selection.source), selection, wanted, self.codes), columns)
            question = queries.rows(selection, self.codes, wanted, offset)
            return _frame(self._rows(question, selection.source), columns)

    def counts(self, selection: Selection, wanted: Wanted | None = None) -> Counts:
        """How many rows, files and items lie behind a selection (and a filter), and their sums. Raises as `totals`."""
        self._check(selection, ())
        given, stages = wanted or Wanted(), self._source(selection).stages
        reduced, part = queries.reduced(selection, (), self.codes), self._part(selection.source)
        key = f"counts {self.edition} {reduced.write()} at {given.stage} of {given.text}"
        columns = ("rows", "files", "items", "lacking", *stages)
        told = self._cache.frame(
            key, self._gate.turn, lambda: _frame([pages.count(part, reduced, given, self.codes)], columns)
        )
        return pages.counts(told.iloc[0].tolist(), stages)

    def texts(self, source: str, records: Sequence[int]) -> pd.DataFrame:
        """What raw records of a source are about: record, title, description, agency, channel. Never remembered."""
        columns = [tables.record.c[name] for name in ("record", *TOLD)]
        question = select(*columns).where(tables.record.c.record.in_(sorted(set(records))))
        with self._gate.turn():
            return _frame(self._rows(question, self._source(Selection(source=source)).code), ("record", *TOLD))

    def record(self, source: str, record: int) -> Record | None:
        """What was read for a row of a source (its column `record`), word for word; None where it is not kept."""
        named = self._source(Selection(source=source)).code
        with self._gate.turn():
            found = self._rows(select(tables.record).where(tables.record.c.record == record), named)
        return Record(**found[0]._mapping) if found else None

    def ask(self, part: str, key: str, question: Question, columns: Sequence[str]) -> pd.DataFrame:
        """The answer of a source's part (or of that of `codes` or `indicators`) to a question of this floor, remembered
        under a key that names the edition. Raises Busy, TimeoutError."""
        return self._cache.frame(key, self._gate.turn, lambda: _frame(self._rows(question, part), columns))

    def close(self) -> None:
        """Lets go of the files of the parts and of the cache."""
        self._warehouse.close()
        self._cache.close()

    def _part(self, source: str) -> pages.Part:
        def patient(question: Question) -> list[Any]:
            return self._warehouse.fetch(self.parts[source], question, SEARCH)

        def found(text: str) -> list[int]:
            key = f"search {self.edition} {source} for {text}"
            frame = self._cache.frame(  # asked in the turn of the page that needs it
                key, lambda: nullcontext(False), lambda: _frame(patient(pages.search(text)), ("record",))
            )
            numbers: list[int] = frame["record"].tolist()
            return numbers

        return pages.Part(lambda question: self._rows(question, source), patient, found)

    def _source(self, selection: Selection) -> Source:
        if selection.source in self.codes.sources:
            return self.codes.sources[selection.source]
        named = (
            f"source={selection.source} is not a source of this edition" if selection.source else "No source is named"
        )
        raise Unanswerable(f"{named}; figures of different sources are never added together.")

    def _check(self, selection: Selection, by: Sequence[str], stages: Sequence[str] = STAGES) -> None:
        unknown = [name for name in by if name not in BY]
        if unknown or len(set(by)) < len(by):
            raise ValueError(f"Totals can be told apart by {', '.join(BY)}, each once; not by {', '.join(by)}.")
        if not stages or not set(stages) <= set(LADDER) or len(set(stages)) < len(stages):
            raise ValueError(f"Totals are of {', '.join(LADDER)}, each once; not of {', '.join(stages) or 'nothing'}.")
        reason = why_not(self._source(selection), selection, by)
        if reason:
            raise Unanswerable(reason)

    def _totals(self, selection: Selection, by: Sequence[str], stages: Sequence[str]) -> pd.DataFrame:
        part = self.parts[selection.source]
        asked = queries.totals(selection, by, self.codes, stages)
        names = (*by, *stages)
        columns = _columns(self._warehouse.sums(part, asked.question, asked.values), len(names) + asked.constant)
        lacking = columns.pop() if asked.constant else ()
        if any(lacking):
            years = queries.lacking_years(selection, self.codes, stages)
            [(first, last)] = self._warehouse.sums(part, years.question, years.values)
            raise Unanswerable(_no_deflator(self._source(selection).title, sum(lacking), first, last))
        return _framed(columns, names)

    def _asked(self, key: str, question: Question, columns: Sequence[str]) -> pd.DataFrame:
        return self.ask(INDICATORS, key, question, columns)

    def _rows(self, question: Question, part: str) -> list[Any]:
        """`part`: the source, or `indicators`, whose part is asked."""
        return self._warehouse.fetch(self.parts[part], question)


def _no_deflator(title: str, rows: int, first: int, last: int) -> str:
    years = str(first) if first == last else f"{first}–{last}"
    sums = "1 sum" if rows == 1 else f"{rows:,} sums"
    return (
        f"{title} holds {sums} of {years} in this selection for which no deflator is known, so a total "
        " at constant prices would be too small. Please choose current prices or other years."
    )


def _frame(rows: Sequence[Any], columns: Sequence[str]) -> pd.DataFrame:
    """Texts as text, years and line numbers as whole numbers, amounts as they are: exact Decimal or None."""
    return _framed(_columns(rows, len(columns)), columns)


def _columns(rows: Sequence[Any], count: int) -> list[Sequence[Any]]:
    """The values of each of so many columns."""
    return list(zip(*rows, strict=True)) or [()] * count


def _framed(values: Sequence[Sequence[Any]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: _column(name, held) for name, held in zip(columns, values, strict=True)}, copy=False)


def _column(name: str, held: Sequence[Any]) -> Any:
    if name in WHOLE:
        return np.array(held, dtype="int64")
    if name in TEXTS:
        return pd.array(["" if text is None else text for text in held], dtype="str")
    column = np.empty(len(held), dtype=object)
    column[:] = held
    return column
