"""The list of rows behind a selection: counted, summed by stage, searched, put in order, a page at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.captions import subtitle, unheard
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
from dashboard.rows import Wanted
from dashboard.selection import Selection
from dashboard.words import counted

PREFERRED = ("crs-sectors", "iati-goals", "crs-donors", "crs-purposes", "dac1")


def wanted(selection: Selection) -> Wanted:
    """Which rows, in which order, from where on."""
    stage = "" if selection.stage == "any" else selection.stage
    offset = (selection.page - 1) * PAGE
    sort, descending = selection.sort.removeprefix("-"), selection.sort.startswith("-")
    return Wanted(sort, descending, PAGE, offset, selection.text, stage)


def ask(answers: Answers, selection: Selection) -> Listing:
    """A page of rows of the source picked, or of the one that answers best; sources are never listed together.

    A page behind the last shows the last. Raises Unanswerable where no source tells the selection apart."""
    sources = answers.codes.sources
    preferred = (*PREFERRED, *(name for name in sources if name not in PREFERRED))
    stages = () if selection.stage == "any" else (selection.stage,)
    source = best_source(answers, selection, preferred, (), stages)
    asked = selection.change(source=source.code)
    counts = answers.counts(asked, wanted(asked))
    last = max(1, -(-counts.rows // PAGE))
    shown = selection.change(page=min(selection.page, last))
    asked = asked.change(page=shown.page)
    rows: list[dict[Any, Any]] = answers.rows(asked, wanted(asked)).to_dict("records")
    if set(asked.columns) & set(TOLD):
        texts = answers.texts(source.code, [row["record"] for row in rows]).to_dict("records")
        told = {text["record"]: text for text in texts}
        rows = [told.get(row["record"], {}) | row for row in rows]
    others = [
        s for s in sources.values() if not why_not(s, selection, (), stages) and holds(s, selection, answers.codes)
    ]
    return Listing(shown, answers.codes, answers.edition, source, tuple(others), counts, tuple(rows))


def draw(listing: Listing) -> Drawing:
    """Counts and sums, what can be chosen, the rows, and the way to the other pages."""
    words, line = _subtitle(listing), f"{source_line(listing.source)}. Edition {listing.edition}"
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
    """The page as a file: exact, with codes."""
    texts = ("file", "item", "stage", "kind", "donor", "recipient", "sector", "purpose", "flow", "gender", "currency")
    columns = (
        Column("row", "Row", "code"),
        *(Column(name, name.capitalize()) for name in texts),
        Column("line", "Line", "year"),
        Column("year", "Year", "year"),
        *(
            Column(n, w, "usd", u)
            for n, w, u in (("amount", "Amount", "in its currency"), ("rate", "Rate", "per US dollar"))
        ),
        *(Column(n, w, "usd", "US dollars") for n, w in (("usd", "Amount in dollars"), ("part", "Counted"))),
    )
    rows = tuple(tuple(row[column.key] for column in columns) for row in listing.rows)
    return Table(f"{reach(listing)} of {listing.counts.rows:,}. {words}", columns, rows)


PANEL = Panel("rows", "", {}, ask, draw)
