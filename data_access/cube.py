"""The cube: a selection in, a frame out, remembered. The one object of this floor with state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import pyarrow as pa
from sqlalchemy import select

from dashboard.codes import STAGES as LADDER
from dashboard.codes import Codes, Source
from dashboard.questions import Sums, Unanswerable, why_not
from dashboard.rows import Counts, Record, Wanted
from dashboard.selection import DIMENSIONS, Selection
from data_access import figures, frames, pages, queries, tables, undeflated
from data_access.cache import Cache, Held, Turn
from data_access.editions import INDICATORS
from data_access.engine import Columns, Question, Warehouse
from data_access.frames import SERIES_TEXTS, TOLD
from data_access.lots import every
from data_access.places import SEARCHES

STAGES = ("committed", "disbursed")
BY = (*DIMENSIONS, "year")
SERIES_COLUMNS = (*SERIES_TEXTS, "since", "until")
SEARCH = 20.0  # seconds; the texts of millions of records take a second or two where nobody else asks, lots less
PLAIN = 200  # answers of series that are kept, of a few hundred values each
ASKED = 1_000  # questions whose names are kept: a page puts the same ones several times


class Cube:
    """Answers of one edition. Safe for threads."""

    def __init__(
        self, warehouse: Warehouse, parts: Mapping[str, str], edition: str, codes: Codes, cache: Cache
    ) -> None:
        """parts: which part holds each source, and `indicators`; all of them are attached to the warehouse."""
        self.edition, self.codes, self.shelf, self.parts = edition, codes, cache.shelf, parts
        self._warehouse, self._cache, self._gate = warehouse, cache, warehouse.gate
        self._known = lru_cache(maxsize=ASKED)(self._key)
        self._undeflated = lru_cache(maxsize=None)(self._years)
        self._figures = lru_cache(maxsize=PLAIN)(self._of_series)

    def totals(self, selection: Selection, by: Sequence[str], *, stages: Sequence[str] = STAGES) -> pd.DataFrame:
        """Columns: those of `by`, then `stages`: US dollars, exact Decimal, None where not reported.

        Raises Unanswerable where the source does not tell a dimension apart, has nothing of the years, or has rows
        that no deflator is known for while constant prices are asked (never a smaller sum); Busy; TimeoutError."""
        return self._answer(selection, by, stages).frame()

    def sums(self, selection: Selection, by: Sequence[str], stages: Sequence[str] = STAGES) -> Sums:
        """As `totals`, as plain columns: for what is worked on and not handed on."""
        return self._answer(selection, by, stages).columns

    def figures(self, name: str, since: int, until: int, countries: tuple[str, ...] = ()) -> Columns:
        """Country, year, sex and value of a series, of some countries or all, as columns; remembered in the process."""
        return self._figures(name, since, until, countries)

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
        return self.ask(INDICATORS, key, figures.several(wanted, since, until), columns)

    def series_list(self) -> pd.DataFrame:
        """One row per indicator series, with its unit, goal, target, direction, source and years."""
        question = select(*(tables.series.c[name] for name in SERIES_COLUMNS)).order_by(tables.series.c.series)
        return self.ask(INDICATORS, f"list {self.edition}", question, SERIES_COLUMNS)

    def rows(self, selection: Selection, wanted: Wanted | int = 100, offset: int = 0) -> pd.DataFrame:
        """The rows behind a selection, with file and line: the columns of `flow`, then `share` and `part`.

        `wanted`: a page; or how many rows from `offset` in the order of the part. The parts of all rows sum to the
        totals. Never remembered. Raises as `totals`."""
        self._check(selection, ())
        columns = [*tables.flow.c.keys(), "share", "part"]
        with _searching(wanted), self._gate.turn():
            if isinstance(wanted, Wanted):
                return frames.frame(pages.page(self._part(selection.source), selection, wanted, self.codes), columns)
            question = queries.rows(selection, self.codes, wanted, offset)
            return frames.frame(self._rows(question, selection.source), columns)

    def every(self, selection: Selection, wanted: Wanted) -> Iterator[pa.Table]:
        """All rows of a selection in the order wanted, in lots that take a turn each; columns as of `rows`."""
        self._check(selection, ())
        lots = every(self._part(selection.source), selection, wanted, self.codes)
        yield from iter(partial(self._next, lots), None)

    def counts(self, selection: Selection, wanted: Wanted | None = None) -> Counts:
        """How many rows, files and items lie behind a selection (and a filter), and their sums. Raises as `totals`."""
        self._check(selection, ())
        given, stages = wanted or Wanted(), self._source(selection).stages
        reduced, part = queries.reduced(selection, (), self.codes), self._part(selection.source)
        key = f"counts {self.edition} {reduced.write()} at {given.stage} of {given.text}"
        columns = ("rows", "files", "items", "lacking", *stages)
        with _searching(given):
            told = self._remembered(key, lambda: [pages.count(part, reduced, given, self.codes)], columns).columns
        return pages.counts([values[0] for values in told.values()], stages)

    def texts(self, source: str, records: Sequence[int]) -> pd.DataFrame:
        """What raw records of a source are about: record, title, description, agency, channel. Never remembered."""
        columns = [tables.record.c[name] for name in ("record", *TOLD)]
        question = select(*columns).where(tables.record.c.record.in_(sorted(set(records))))
        with self._gate.turn():
            return frames.frame(self._rows(question, self._source(Selection(source=source)).code), ("record", *TOLD))

    def record(self, source: str, record: int) -> Record | None:
        """What was read for a row of a source (its column `record`), word for word; None where it is not kept."""
        named = self._source(Selection(source=source)).code
        with self._gate.turn():
            found = self._rows(select(tables.record).where(tables.record.c.record == record), named)
        return Record(**found[0]._mapping) if found else None

    def ask(self, part: str, key: str, question: Question, columns: Sequence[str]) -> pd.DataFrame:
        """The answer of a source's part (or of that of `codes` or `indicators`) to a question of this floor, remembered
        under a key that names the edition. Raises Busy, TimeoutError."""
        return self._remembered(key, lambda: self._rows(question, part), columns).frame()

    def put(self, part: str, question: Question, seconds: float = 0.0, **values: Any) -> Columns:
        """As `ask`, with values filled in; plain columns, not remembered. seconds: other than the usual limit."""
        with self._gate.turn():
            found = self._warehouse.sums(self.parts[part], question, values, seconds)
        return frames.columns(found, len(question.selected_columns))

    def forgetful(self) -> Cube:
        """The same answers, none remembered yet, by a cube closed with this one; what lacks deflators stays known."""
        made = Cube(self._warehouse, self.parts, self.edition, self.codes, Cache())
        made._undeflated = self._undeflated
        return made

    def close(self) -> None:
        """Lets go of the files of the parts and of the cache."""
        self._warehouse.close()
        self._cache.close()

    def _next(self, lots: Iterator[pa.Table]) -> pa.Table | None:
        with self._gate.turn():
            return next(lots, None)

    def _part(self, source: str) -> pages.Part:
        def patient(question: Question) -> list[Any]:
            return self._warehouse.fetch(self.parts[source], question, SEARCH)

        def found(text: str) -> list[int]:
            key = f"search {self.edition} {source} for {text}"
            held = self._remembered(key, lambda: patient(pages.search(text)), ("record",), _in_turn)
            return list(held.columns["record"])

        def column(question: Question) -> pa.ChunkedArray:
            return self._warehouse.arrow(self.parts[source], question, SEARCH).column(0)

        lot = partial(self._warehouse.lot, self.parts[source], seconds=SEARCH)
        return pages.Part(lambda question: self._rows(question, source), patient, found, column, lot)

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

    def _of_series(self, name: str, since: int, until: int, countries: tuple[str, ...]) -> Columns:
        return self.put(INDICATORS, figures.of(countries), series=name, since=since, until=until, countries=countries)

    def _answer(self, selection: Selection, by: Sequence[str], stages: Sequence[str]) -> Held:
        reduced, key = self._known(selection, tuple(by), tuple(stages))
        return self._cache.answer(key, self._gate.turn, lambda: self._summed(reduced, by, stages))

    def _remembered(
        self, key: str, ask: Callable[[], Sequence[Any]], columns: Sequence[str], turn: Turn | None = None
    ) -> Held:
        return self._cache.answer(
            key, turn or self._gate.turn, lambda: frames.named(frames.columns(ask(), len(columns)), columns)
        )

    def _summed(self, selection: Selection, by: Sequence[str], stages: Sequence[str]) -> Sums:
        part = self.parts[selection.source]
        counted = self._doubtful(selection)
        asked = queries.totals(selection, by, self.codes, stages, counted)
        rows = [] if asked.nobody else self._warehouse.sums(part, asked.question, asked.values)
        ordered = rows if queries.sorted_by_engine(by) else frames.in_order(rows, len(by))
        columns = frames.columns(ordered, len(by) + len(stages) + counted)
        lacking = columns.pop() if counted else ()
        if any(lacking):
            years = queries.lacking_years(selection, self.codes, stages)
            [(first, last)] = self._warehouse.sums(part, years.question, years.values)
            raise Unanswerable(undeflated.sentence(self._source(selection).title, sum(lacking), first, last))
        return frames.named(columns, (*by, *stages))

    def _doubtful(self, selection: Selection) -> bool:
        """Whether a year of the selection has sums without a deflator: only then are they counted, which takes time."""
        years = self._undeflated(selection.source) if selection.prices == "constant" else ()
        return any(selection.since <= year <= selection.until for year in years)

    def _years(self, source: str) -> Sequence[int]:
        """Of which a source has sums that no deflator is known for."""
        key, question = f"undeflated {self.edition} {source}", undeflated.years(self.codes.sources[source])
        return self._remembered(key, lambda: self._rows(question, source), ("year",), _in_turn).columns["year"]

    def _rows(self, question: Question, part: str) -> list[Any]:
        return self._warehouse.fetch(self.parts[part], question)


def _in_turn() -> AbstractContextManager[bool]:
    """For what is asked in the turn of the question that needs it."""
    return nullcontext(False)


def _searching(wanted: Wanted | int) -> AbstractContextManager[None]:
    """A place among the few that may search for a text; free for all else. Raises Busy."""
    return SEARCHES.taken() if isinstance(wanted, Wanted) and wanted.text else nullcontext()
