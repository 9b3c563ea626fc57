"""The head of a page in words, written into the document itself."""

from __future__ import annotations

import logging

from callbacks.drawings import asked, opening_of
from callbacks.promised import Promises
from data_access.cube import Cube
from layouts import first
from layouts.pages import find

LOG = logging.getLogger(__name__)


def first_words(cube: Cube, path: str, search: str, promises: Promises) -> str:
    """HTML of what a page of figures says first; empty for other pages, whose own words come as soon. A fault is for
    the log: the page itself says what went wrong."""
    page, goal = find(path)
    if page is None or not page.drawn:
        return ""
    try:
        selection, _ = asked(cube, search, path)
        state = "" if goal else promises.state(cube)
        told = None if goal else promises.told(cube, selection, state)
        opening, _ = opening_of(cube, selection, goal, page, told)
        return first.first(page, goal, opening, cube.edition, selection.write())
    except Exception:
        LOG.exception("first words of %s", path)
        return ""
