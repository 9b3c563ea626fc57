"""The pieces of a list of rows: counts and sums, what can be chosen, the rows themselves, the way to other pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from dashboard.codes import Codes, Source
from dashboard.figures import cells
from dashboard.figures.cells import Shown
from dashboard.parts import Choice, Choices, Finder, Grid, GridHead, GridRow, Option, Pager, Part, Tally
from dashboard.rows import Counts
from dashboard.selection import COLUMNS, USUAL, Selection
from dashboard.words import usd_whole

PAGE = 100  # rows of a page
AROUND = 2  # pages on each side of the one shown that have a link


@dataclass(frozen=True)
class Listing:
    """rows: those of the page, with the columns of `flow`, the texts of their record, `share` and `part`.
    others: the sources that can answer too."""

    selection: Selection
    codes: Codes
    edition: str
    source: Source
    others: tuple[Source, ...]
    counts: Counts
    rows: tuple[Mapping[str, Any], ...]


def tally(listing: Listing) -> Tally:
    counts = listing.counts
    items = f"over {counts.rows // 1_000_000} m rows, not told apart" if counts.items is None else f"{counts.items:,}"
    figures = [("Rows", f"{counts.rows:,}"), ("Files", f"{counts.files:,}"), ("Items", items)]
    amounts = [(f"{stage.capitalize()}, all rows", exact(value)) for stage, value in sums(listing)]
    return Tally(kind="tally", figures=[*figures, *amounts])


def choices(listing: Listing) -> list[Part]:
    sources = [Choice(code=s.code, label=s.title, on=s.code == listing.source.code) for s in listing.others]
    stages = ["any", *listing.source.stages]
    shown = [Choice(code=s, label=s if s != "any" else "all", on=s == listing.selection.stage) for s in stages]
    made: list[Part] = [Choices(kind="choices", key="source", label="Source", choices=sources)]
    return [*made, Choices(kind="choices", key="stage", label="Stage", choices=shown)] if len(stages) > 2 else made


def finder(listing: Listing) -> Finder:
    picked, shown = listing.selection, _shown(listing)
    now = tuple(picked.columns or USUAL)
    columns = []
    for name in cells.offered(listing.source):
        if name == "share":
            continue  # there where a Goal is picked, and nowhere else
        next_ = tuple(c for c in COLUMNS if (c in now) != (c == name))
        query = picked.change(columns=() if next_ == USUAL else next_).write()
        columns.append(Option(words=cells.heading(shown, name), query=query, on=name in now))
    kept = parse_qsl(picked.without("text", "page").write())
    hint = "Find in titles and descriptions"
    return Finder(kind="finder", text=picked.text, hint=hint, kept=kept, columns=columns)


def grid(listing: Listing) -> Grid:
    shown = _shown(listing)
    names = cells.chosen(shown)
    heads = [_head(listing, name, kind) for name, kind in zip(names, cells.codes_of(names), strict=True)]
    rows = [
        GridRow(number=int(row["row"]), cells=[cells.cell(shown, name, row) for name in names]) for row in listing.rows
    ]
    base, query = f"/rows/{listing.source.code}/", listing.selection.change(edition=listing.edition).write()
    caption = f"{reach(listing)} of {listing.counts.rows:,}"
    return Grid(kind="grid", base=base, query=query, caption=caption, heads=heads, rows=rows)


def _head(listing: Listing, name: str, kind: str) -> GridHead:
    """A heading; of a column that orders the rows, where a click leads: amounts and years from the top first."""
    words, sort = cells.heading(_shown(listing), name), listing.selection.sort
    if name not in cells.SORTED:
        return GridHead(words=words, kind=kind, order="", query=None)
    key = cells.SORTED[name]
    order = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    first, second = (f"-{key}", key) if key in ("usd", "year") else (key, f"-{key}")
    next_ = second if sort == first else first
    query = listing.selection.change(sort=next_).without("page").write()
    return GridHead(words=words, kind=kind, order=order, query=query)


def pager(listing: Listing) -> Pager:
    here, last = listing.selection.page, max(1, -(-listing.counts.rows // PAGE))
    near = sorted({1, last, *(p for p in range(here - AROUND, here + AROUND + 1) if 1 <= p <= last)})
    pages = list[Option]()
    if here > 1:
        pages.append(_page(listing, here - 1, "Previous"))
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            pages.append(Option(words="…", query="", on=False))
        pages.append(_page(listing, number, f"{number:,}"))
    if here < last:
        pages.append(_page(listing, here + 1, "Next"))
    words = f"{reach(listing)} of {listing.counts.rows:,}"
    return Pager(kind="pager", words=words, pages=pages if last > 1 else [])


def _page(listing: Listing, number: int, words: str) -> Option:
    query = listing.selection.change(page=number).write()
    return Option(words=words, query=query, on=number == listing.selection.page)


def reach(listing: Listing) -> str:
    first = (listing.selection.page - 1) * PAGE + 1
    return f"Rows {first:,}–{first + len(listing.rows) - 1:,}" if len(listing.rows) > 1 else f"Row {first:,}"


def sums(listing: Listing) -> list[tuple[str, Decimal | None]]:
    """Of what counts of every row, not of this page alone."""
    shown = [listing.selection.stage] if listing.selection.stage != "any" else listing.source.stages
    return [(stage, listing.counts.sums.get(stage)) for stage in shown]


def exact(value: Decimal | None) -> str:
    """All digits, and cents at least: `$1,234.50`."""
    return ".." if value is None else usd_whole(value)


def _shown(listing: Listing) -> Shown:
    return Shown(listing.selection, listing.codes, listing.source)
