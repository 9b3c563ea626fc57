"""From the path of a row to its page. Every fault is a sentence on the page."""

from __future__ import annotations

from typing import Any

from dashboard.questions import Busy
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.traces import trace
from layouts import record
from layouts.pages import row_of


def traced(cube: Cube, path: str, selection: Selection) -> list[Any]:
    """The page of the row that a path names. `selection`: the list that led here, to find back to."""
    source, number = row_of(path) or ("", 0)
    back = selection.write()
    if source not in cube.codes.sources:
        return record.missing(f"Edition {cube.edition} holds no source of that name.", back)
    try:
        found = trace(cube, source, number)
    except Busy as why:
        return record.missing(str(why), back)
    except TimeoutError:
        return record.missing("The answer took too long. Please try again in 30 seconds.", back)
    if found is None:
        title = cube.codes.sources[source].title
        return record.missing(f"Edition {cube.edition} holds no row {number:,} of {title}.", back)
    return record.page(found, cube.codes, selection, back, cube.edition)
