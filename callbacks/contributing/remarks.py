"""Accepted comments of everybody, newest first, each with the way to the view it is about. No page of a person's own:
it is the same for all who ask."""

from __future__ import annotations

from flask import Flask, Response

from callbacks.contributing import asking
from callbacks.contributing.writing import STYLES
from callbacks.people import here, pages
from dashboard.contributions import PUBLIC
from data_access.contributions import store
from data_access.contributions.public import remarks
from layouts.contributing.commenting import remarks as layout

COMMENTS = "/comments"


def register(server: Flask) -> None:
    """Add the route."""
    server.get(COMMENTS)(comments_page)


def comments_page() -> Response:
    """One page of them."""
    registry, at = here.registry(), asking.page()
    found = store.listed(registry, PUBLIC, ("comment",), page=at, public=True)
    inside = layout(remarks(registry, found.rows, asking.makers()), asking.titles(), found.total, at, store.PAGE)
    return pages.open_to_all("Comments", inside, styles=STYLES)
