"""Overlaps as tables, exact: the pairs as they leave in a file, and gross and net of each source and stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.overlap_list import STANDINGS, Key, Pair, Sum
from dashboard.panels import Column, Table


def table(pairs: Iterable[Pair], behind: Mapping[Key, str]) -> Table:
    """Pairs as they are listed, exact; what cannot be computed is an empty cell. behind: of a pair the query of the
    page of rows that lists just what both count; absent where no selection can."""
    columns = (
        Column("first", "First commitment", "code"),
        Column("first_title", "Title of the first"),
        Column("first_maker", "Maker of the first"),
        Column("second", "Second commitment", "code"),
        Column("second_title", "Title of the second"),
        Column("second_maker", "Maker of the second"),
        Column("shared", "Both count", "usd", "current US dollars"),
        Column("first_counted", "The first counts in all", "usd", "current US dollars"),
        Column("second_counted", "The second counts in all", "usd", "current US dollars"),
        Column("source", "Source", "code"),
        Column("stage", "Stage"),
        Column("since", "Shared from", "year"),
        Column("until", "Shared to", "year"),
        Column("standing", "Computed and declared"),
        Column("declared", "Declared"),
        Column("finding", "Finding", "code"),
        Column("finding_status", "Status of the finding"),
        Column("rows", "Rows that both count"),
    )
    rows = tuple(_exact(pair, behind.get(pair.key, "")) for pair in pairs)
    return Table("Pairs of commitments that count the same money", columns, rows)


def _exact(pair: Pair, query: str) -> tuple[object, ...]:
    one, other = pair.first, pair.second
    years = pair.years or (None, None)
    found = (pair.finding.id, pair.finding.status) if pair.finding else ("", "")
    named = (one.id, one.title, one.maker, other.id, other.title, other.maker)
    rows = f"/rows?{query}" if query else ""
    how = (STANDINGS[pair.standing], "; ".join(pair.ties))
    return (*named, pair.usd, *pair.counted, pair.source, pair.stage, *years, *how, *found, rows)


def totals_table(every: Iterable[Sum]) -> Table:
    """Gross and net, exact."""
    columns = (
        Column("source", "Source", "code"),
        Column("stage", "Stage"),
        Column("commitments", "Commitments", "number"),
        Column("sharing", "Of them share money", "number"),
        Column("since", "From", "year"),
        Column("until", "To", "year"),
        Column("gross", "Gross", "usd", "current US dollars"),
        Column("net", "Net", "usd", "current US dollars"),
        Column("again", "Counted more than once", "usd", "current US dollars"),
    )
    rows = tuple(
        (s.source, s.stage, s.commitments, s.sharing, s.since, s.until, s.gross, s.net, s.again) for s in every
    )
    return Table("Gross and net of each source and stage", columns, rows)
