"""Every panel there is, by name. A new panel is one line here and its name on a page in `layouts/pages.py`."""

from __future__ import annotations

from dashboard.figures import ladders, sources
from dashboard.panels import Panel

PANELS: dict[str, Panel] = {
    "gap": ladders.PANEL,
    "sources": sources.PANEL,
}
