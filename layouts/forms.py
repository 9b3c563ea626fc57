"""The table of a page as a file, in each format: the same small menu under every table that is no panel's."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.away import FILES


def forms(stem: str, pinned: str, words: str) -> html.P:
    """stem: of `/export/<stem>.csv`. pinned: an address that names edition and state, and the terms of the table, so
    that the file holds what the page shows for as long as they are kept. words: what the file holds."""
    query = pinned.partition("?")[2]
    links: list[Any] = []
    for form, name in FILES.items():
        said = {"aria-label": f"{words}, {name}"}
        links += [", " if links else ": ", html.A(name, href=f"/export/{stem}.{form}?{query}", download="", **said)]
    return html.P([words, *links], className="file")
