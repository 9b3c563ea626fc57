"""What the reader said, turned into the next selection. Pure: the whole of the reading side's logic stands here.

Everything is based on the selection the address holds. A filter says the whole value of its key; a gesture (a click
on a map, a tile, a chip) says codes, which are toggled, or the word of a term, which is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from dashboard.codes import Codes
from dashboard.figures.indicators import LEADING
from dashboard.selection import DIMENSIONS, YEARS, Selection, read

WHOLE = "8"  # the Goal that is measured by indicators alone
LIFTED = ("source", "series", "edition", "stage", "text", "columns")  # terms that can be let go of
RESET, REFUSED, PERIOD = "reset", "refused", "years"  # keys of gestures that are no dimension and no term


def heard(selection: Selection, codes: Codes, key: str, said: Sequence[str], add: bool = False) -> Selection:
    """The selection after a gesture. What is not known is not heard: the selection stays as it is. Rows are listed
    from their first page again."""
    selection = selection.without("page")
    if key == RESET:
        return Selection(edition=selection.edition)
    if key == PERIOD:
        return _period(selection, said)
    if key in DIMENSIONS:
        known = _known(codes, key, said)
        return selection.toggle(key, known, add) if known else selection
    return _term(selection, codes, key, said[0] if said else "") if len(said) <= 1 else selection


def filtered(selection: Selection, codes: Codes, key: str, value: str | Sequence[str] | None) -> Selection:
    """The selection after a filter took a value: all codes of a dimension, or the word of a term."""
    selection = selection.without("page")
    if key in DIMENSIONS:
        return selection.change(**{key: _known(codes, key, [value] if isinstance(value, str) else value or ())})
    return _term(selection, codes, key, value if isinstance(value, str) else "")


def on_page(selection: Selection, goal: str) -> Selection:
    """The selection a page shows: on a goal's page the goal comes from the path.

    No purpose code serves Goal 8, so its page shows the money of all Goals beside the Goal's own indicator."""
    if goal == WHOLE:
        return selection.without("goal").change(series=selection.series or LEADING[goal])
    return selection.change(goal=(goal,)) if goal else selection


def address(selection: Selection, goal: str = "") -> str:
    """The query string with its `?`, empty for the default. A goal's page does not repeat its goal."""
    kept = selection.without("goal") if goal else selection
    if goal == WHOLE and kept.series == LEADING[goal]:  # as `on_page` sets it
        kept = kept.without("series")
    query = kept.write()
    return f"?{query}" if query else ""


def _known(codes: Codes, key: str, said: Iterable[str]) -> list[str]:
    return [code for code in said if codes.knows(key, code)]


def _term(selection: Selection, codes: Codes, key: str, word: str) -> Selection:
    if not word:
        return selection.without(key) if key in LIFTED else selection
    taken, refused = read(urlencode({key: word}), codes)
    if refused or not hasattr(taken, key):
        return selection
    next_ = selection.change(**{key: getattr(taken, key)})
    if key in YEARS and next_.since > next_.until:  # the other end gives way
        return next_.change(since=getattr(taken, key), until=getattr(taken, key))
    return next_


def _period(selection: Selection, said: Sequence[str]) -> Selection:
    """A stretch of years picked on a chart; the same stretch again, or none, lets go."""
    years = [year for year in said if year.isascii() and year.isdigit()]
    if not years or (min(years), max(years)) == (str(selection.since), str(selection.until)):
        return selection.without(*YEARS)
    taken, refused = read(urlencode({"since": min(years), "until": max(years)}), Codes({}, {}, {}, (), {}, 0))
    return selection if refused else selection.change(since=taken.since, until=taken.until)
