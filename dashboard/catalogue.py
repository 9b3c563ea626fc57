"""Every panel there is, by name. A new panel is one line here and its name on a page in `layouts/pages.py`."""

from __future__ import annotations

from dashboard.figures import (
    compare,
    donors,
    ladders,
    listings,
    need,
    progress,
    purposes,
    rankings,
    recipients,
    sources,
    tiles,
    timelines,
)
from dashboard.panels import Panel

PANELS: dict[str, Panel] = {
    "gap": ladders.PANEL,
    "sources": sources.PANEL,
    "donors": donors.PANEL,
    "recipients": recipients.PANEL,
    "need": need.PANEL,
    "goals": tiles.PANEL,
    "years": timelines.PANEL,
    "ranking": rankings.RANKING,
    "purposes": purposes.PANEL,
    "givers": rankings.GIVERS,
    "progress": progress.PANEL,
    "compare": compare.PANEL,
    "rows": listings.PANEL,
}
OF_INDICATOR = ("need", "compare", "progress")  # panels that show the values of an indicator
OF_GOAL = ("need", "purposes", "givers", "progress", "compare")  # panels that the page of a Goal shows, and no other
