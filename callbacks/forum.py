"""The page of a forum, from the book open at one edition and state."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from callbacks.book import Opened
from dashboard.commitment import Entry
from dashboard.finding_list import Listed
from dashboard.forum import behind, near
from dashboard.gap_list import needed
from dashboard.pins import Pins
from dashboard.pools import pool
from dashboard.promised import made_here
from dashboard.questions import Unanswerable
from dashboard.selection import Selection
from data_access.measuring.gathering import rows_of
from data_access.measuring.naming import names
from data_access.measuring.said import statements
from data_access.registry.watching import SENTENCE, Away
from layouts import forum
from layouts.about import Beside


def beside(opened: Opened, id_: str, pins: Pins) -> Beside:
    """What the page has beside its lists."""
    every, held, codes = opened.entries(), opened.held, opened.cube.codes
    mine = [entry for entry in every if entry.pledge.forum_id == id_]
    told = made_here(pool(codes, every, opened.register.overlaps), mine, f"forum={id_}")
    kept, pinned = pins.write(), Pins(opened.cube.edition, held.state).write()
    lies_behind = behind(mine, codes, _rows(opened, mine), names(opened.cube))
    after = [
        *forum.gaps(mine, needed(mine, statements()), id_, kept, pinned),
        *forum.near(near(held.directory.fora[id_], held.directory, every), kept),
        *forum.behind(lies_behind, pins.edition, kept),
        forum.findings(*_findings(opened, mine), mine, id_, kept, pinned),
    ]
    return Beside([forum.hero(told, mine, kept)], [forum.summed(told, kept)], after) if mine else Beside()


def _rows(opened: Opened, mine: Sequence[Entry]) -> dict[str, Selection]:
    """What the figure of each is counted from, where its rule reads rows."""
    found = dict[str, Selection]()
    for entry in mine:
        rule = entry.pledge.rule
        if entry.outcome.measured and rule is not None and rule.kind == "flows" and rule.source:
            with suppress(Unanswerable):
                found[entry.pledge.id] = rows_of(opened.cube, rule, entry.outcome.at)
    return found


def _findings(opened: Opened, mine: Sequence[Entry]) -> tuple[tuple[Listed, ...] | None, str]:
    """What the checks found about them, None with a sentence where that is not at hand."""
    try:
        found = opened.findings(*(entry.pledge.id for entry in mine))
    except Away:  # its commitments and their figures are at hand all the same
        return None, SENTENCE
    failed = opened.book.found.failed(opened.cube, opened.held)
    return found, failed.sentence if failed else ""
