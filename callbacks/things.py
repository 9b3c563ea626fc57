"""A panel of an address as it leaves the product, or the answer that there is none."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from dashboard import things
from dashboard.carried import Carried
from dashboard.catalogue import PANELS
from dashboard.panels import Table
from dashboard.parts import Rungs
from dashboard.questions import Unanswerable
from dashboard.selection import Selection
from dashboard.things import page_of as page_of
from data_access.cube import Cube


def thing(cube: Cube, name: str, selection: Selection, apart: Rungs | None = None, state: str = "") -> Carried:
    """A panel under a selection. apart: the first rung of a ladder, as the register tells it in a state. Raises
    NotFound where there is no panel of that name, Unanswerable where the sources cannot tell what it shows."""
    if name not in PANELS:
        raise NotFound(f"There is no panel of that name; there are {', '.join(PANELS)}.")
    return things.thing(cube, name, selection, apart, state)


def tabled(one: Carried) -> Table:
    """Its table. Raises Unanswerable, with its sentence, where there is none."""
    if one.table is None:
        raise Unanswerable((one.drawing and one.drawing.empty) or "This panel has no table.")
    return one.table
