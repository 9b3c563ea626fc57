"""The list of rows behind a selection: counted, summed by stage, searched, put in order, a page at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.captions import subtitle, unheard
from dashboard.codes import Source
from dashboard.figures.cells import TOLD
from dashboard.figures.empties import nothing, ways
from dashboard.figures.listed import (
    PAGE,
    Listing,
    choices,
    exact,
    finder,
    grid,
    pager,
    reach,
    sums,
    tally,
)
from dashboard.figures.money import source_line
from dashboard.panels import Column, Drawing, Panel, Table, Way
from dashboard.questions import Answers, best_source, holds, why_not
from dashboard.rows import Counts, Wanted
from dashboard.selection import OF_ROWS, Selection
from dashboard.words import counted, several

TEXTS = ("file", "item", "stage", "kind", *OF_ROWS, "currency")
AMOUNTS = (("amount", "Amount", "in its currency"), ("rate", "Rate", "per US dollar"))
DOLLARS = (("usd", "Amount in dollars"), ("usd_constant", "Amount in constant dollars"), ("part", "Counted"))
FILE = (  # columns of the rows as a file: exact, with codes; `part` is what of a row is summed
    Column("row", "Row", "whole"),
    *(Column(name, name.capitalize()) for name in TEXTS),
    Column("line", "Line", "whole"),
    Column("year", "Year", "year"),
    *(Column(key, heading, "usd", unit) for key, heading, unit in AMOUNTS),
    Column("share", "Share that counts", "number", "part of one"),
    *(Column(key, heading, "usd", "US dollars") for key, heading in DOLLARS),
)
CARRIED = tuple(  # columns of the file of all rows: those of the list, and names beside the codes
    shown
    for column in FILE
    for shown in (column, *([Column(f"{column.key}_name", f"{column.heading}, name")] if column.key in OF_ROWS else []))
)
PREFERRED = ("crs-sectors", "iati-goals", "crs-donors", "crs-purposes", "dac1")


def wanted(selection: Selection) -> Wanted:
    """Which rows, in which order, from where on."""
    stage = "" if selection.stage == "any" else selection.stage
    offset = (selection.page - 1) * PAGE
    sort, descending = selection.sort.removeprefix("-"), selection.sort.startswith("-")
    return Wanted(sort, descending, PAGE, offset, selection.text, stage)


def sourced(answers: Answers, selection: Selection) -> tuple[Source, Counts]:
    """The source of the rows, picked or the one that answers best, and what is told of all of them.

    Raises Unanswerable where no source tells the selection apart; sources are never listed together."""
    sources = answers.codes.sources
    preferred = (*PREFERRED, *(name for name in sources if name not in PREFERRED))
    source = best_source(answers, selection, preferred, (), _stages(selection))
    asked = selection.change(source=source.code)
    return source, answers.counts(asked, wanted(asked))


def _stages(selection: Selection) -> tuple[str, ...]:
    return () if selection.stage == "any" else (selection.stage,)


def ask(answers: Answers, selection: Selection) -> Listing:
    """A page of rows of one source. A page behind the last shows the last. Raises as `sourced`."""
    source, counts = sourced(answers, selection)
    last = max(1, -(-counts.rows // PAGE))
    shown = selection.change(page=min(selection.page, last))
    asked = shown.change(source=source.code)
    rows: list[dict[Any, Any]] = answers.rows(asked, wanted(asked)).to_dict("records")
    if set(asked.columns) & set(TOLD):
        texts = answers.texts(source.code, [row["record"] for row in rows]).to_dict("records")
        told = {text["record"]: text for text in texts}
        rows = [told.get(row["record"], {}) | row for row in rows]
    others = [
        s
        for s in answers.codes.sources.values()
        if not why_not(s, selection, (), _stages(selection)) and holds(s, selection, answers.codes)
    ]
    return Listing(shown, answers.codes, answers.edition, source, tuple(others), counts, tuple(rows))


def draw(listing: Listing) -> Drawing:
    """Counts and sums, what can be chosen, the rows, and the way to the other pages."""
    words, line = _subtitle(listing), source_line(listing.source)
    if not listing.rows:
        return _nothing(listing, line, words)
    return Drawing(
        title=f"{reach(listing)} of {listing.counts.rows:,}",
        subtitle=words,
        sentence=_sentence(listing),
        source_line=line,
        parts=(*choices(listing), finder(listing), tally(listing), grid(listing), pager(listing)),
        note=_note(listing),
        terms=("row", "pledged", "committed", "disbursed", "source", "goal mapping", "constant prices", "not reported"),
        table=_table(listing, words),
    )


def _nothing(listing: Listing, line: str, words: str) -> Drawing:
    """Why no row is listed, ways back, and what was asked with: the sources, the stages, the search."""
    picked = listing.selection
    asked = (*choices(listing), finder(listing))
    if not picked.text and picked.stage == "any":
        why = unheard(listing.codes, listing.source, picked)
        return replace(nothing(picked, "rows", line, words, why), parts=asked)
    said = _searched(listing) or f"No row of this selection is of the stage {picked.stage}."
    back = [Way("Without the text searched for", picked.without("text").write())] if picked.text else []
    back += [Way("Every stage", picked.without("stage").write())] if picked.stage != "any" else []
    return Drawing("Rows", words, said, line, parts=asked, empty=said, ways=(*back, *ways(picked))[:3])


def _searched(listing: Listing) -> str:
    text = listing.selection.text
    return f"No title or description of this selection holds “{text}”. Some sources have neither." if text else ""


def _subtitle(listing: Listing) -> str:
    picked = listing.selection
    measure = "Amounts of every stage" if picked.stage == "any" else f"Amounts {picked.stage}"
    if picked.text:
        measure += f" whose title or description holds “{picked.text}”"
    span = max(listing.source.since, picked.since), min(listing.source.until, picked.until)
    return subtitle(measure, listing.codes, listing.source, picked, span)


def _sentence(listing: Listing) -> str:
    said = "; ".join(f"{stage} {exact(value)}" for stage, value in sums(listing))
    return f"{reach(listing)} of {listing.counts.rows:,}, {listing.source.title}. In all rows: {said}."


def _note(listing: Listing) -> str:
    said = []
    if listing.selection.goal:
        said.append(
            "A row counts with the share of its purpose that serves the Goals picked; the sums are of what counts."
        )
    if not any(row["record"] for row in listing.rows):
        said.append("The raw records of this source are not kept in this edition; every row names its file and line.")
    if len(listing.others) > 1:
        several = counted(len(listing.others)).capitalize()
        said.append(f"{several} sources can answer; they report the same activities and are never added.")
    return " ".join(said)


def _table(listing: Listing, words: str) -> Table:
    """The rows of the page under the columns of the file, which holds all rows (`Cube.every`)."""
    rows = tuple(tuple(row[column.key] for column in FILE) for row in listing.rows)
    return Table(f"{several(listing.counts.rows)}. {words}", FILE, rows)


PANEL = Panel("rows", "", {}, ask, draw)
