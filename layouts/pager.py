"""Links to the other pages of a list."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.page_terms import Terms
from layouts.termbar import link


def pager(path: str, terms: Terms, page: int, pages: int, label: str) -> Any:
    """The first, the last and those near the page that is shown. terms: without what belongs to one page alone."""
    if pages == 1:
        return ""
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    entries = [
        html.Li(
            html.Span(f"{number}", **{"aria-current": "page"})
            if number == page
            else html.A(
                f"{number}",
                **link(path, terms.change(page=str(number) if number > 1 else "")),
                **{"aria-label": f"Page {number}"},
            )
        )
        for number in near
    ]
    return html.Nav(html.Ul(entries), className="pager", **{"aria-label": label})
