"""Colours, type and the base layout of every figure, as plain values. The same values stand in `assets/app.css`.

Figures carry no plotly template: a template would travel with each of them.
"""

from __future__ import annotations

from typing import Any

SANS = "'Source Sans 3', 'Source Sans Pro', 'Noto Sans', Arial, sans-serif"  # quoted, or the digit makes it invalid
SERIF = "'Source Serif 4', 'Source Serif Pro', Georgia, serif"

INK, INK_2, MUTED = "#16202b", "#3d4a57", "#596673"
RULE, RULE_2, SURFACE, TINT = "#d5dbe0", "#86929e", "#ffffff", "#f3f5f7"
LINK = FOCUS = "#0a558c"

# The ladder: one hue, darker as the money nears the recipient.
PLEDGED, PLEDGED_LINE = "#c3d2e0", "#5f7d99"
COMMITTED, COMMITTED_LINE = "#6497c2", "#44759f"
BUDGETED, BUDGETED_LINE = "#38699b", "#2a5580"
DISBURSED, DISBURSED_LINE = "#123c66", "#123c66"
FILL = {"pledged": PLEDGED, "committed": COMMITTED, "budgeted": BUDGETED, "disbursed": DISBURSED}
LINE = {"pledged": PLEDGED_LINE, "committed": COMMITTED_LINE, "budgeted": BUDGETED_LINE, "disbursed": DISBURSED_LINE}

# Gaps: one hue, always a hatch as well.
GAP_PROMISE, GAP_PROMISE_LINE = "#f6d9a8", "#9a6a00"
GAP_UNCOMMITTED, GAP_UNCOMMITTED_LINE = "#f0b566", "#a3600a"
GAP_UNDISBURSED, GAP_UNDISBURSED_LINE = "#c64f1d", "#8f3511"
GAP_TEXT = "#9c3a10"
CAUSE, CAUSE_LINE = "#8a929a", "#6f7880"
NOT_DUE, NOT_DUE_LINE = "#ffffff", "#6b7783"
UNEXPLAINED = INK
ABOVE = "#2f7f6f"
HATCH = {"promise": "x", "uncommitted": "/", "undisbursed": "\\", "not-due": "/", "unexplained": "."}

# Sequential and diverging classes of the maps, lightest or lowest first.
MONEY = ("#dbe7f1", "#a8c6df", "#6fa0c9", "#376f9f", "#123c66")
OUTCOME = ("#f1e4ee", "#dbb9d4", "#bb86b3", "#91558c", "#5b2a5f")
SHARE = ("#be4f19", "#e2945f", "#f4d2ab", "#9fc2de", "#123c66")
OUTCOME_LINE = "#7d3f7a"

# Absence: never a colour of the classes.
ABSENT, ABSENT_MARK, ABSENT_CELL = "#dcd9d2", "#5e5a52", "#f4f3f0"
OUTSIDE, OUTSIDE_LINE = "#f1f0ec", "#dedbd4"
ZERO, ZERO_LINE = "#ffffff", "#86929e"
DISPUTED = "#c9c6bf"

FONT = {"family": SANS, "size": 13, "color": INK}
SMALL = {"family": SANS, "size": 12, "color": MUTED}
GRAPH_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "topojsonURL": "/assets/geo/",
    "responsive": True,
    "scrollZoom": False,  # the wheel belongs to the page; maps zoom by pinch, double click and their own buttons
    "doubleClick": False,  # a second click lets go, so it must not reset the view
}


def layout(**overrides: Any) -> dict[str, Any]:
    """The base layout of a figure as a plain dict; `overrides` replace whole keys. `uirevision` keeps the reader's
    zoom through every redraw."""
    base: dict[str, Any] = {
        "font": FONT,
        "paper_bgcolor": SURFACE,
        "plot_bgcolor": SURFACE,
        "showlegend": False,
        "autosize": True,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": SURFACE, "bordercolor": INK, "font": FONT, "align": "left", "namelength": -1},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 28, "pad": 0},
        "separators": ".,",
        "bargap": 0.34,
        "uirevision": "kept",
    }
    return base | overrides


def axis(**overrides: Any) -> dict[str, Any]:
    """An axis across: no grid, no line, small muted labels."""
    base: dict[str, Any] = {
        "fixedrange": True,
        "showgrid": False,
        "showline": False,
        "zeroline": False,
        "ticks": "",
        "tickfont": SMALL,
        "title": {"text": "", "font": SMALL},
    }
    return base | overrides


def scale(**overrides: Any) -> dict[str, Any]:
    """An axis upwards: hairline grid, ink zero line."""
    grid = {"showgrid": True, "gridcolor": RULE, "gridwidth": 1, "zeroline": True, "zerolinecolor": INK, "nticks": 5}
    return axis(**(grid | overrides))


def readable(fill: str) -> str:
    """White or ink on a fill, whichever contrasts more (WCAG relative luminance)."""
    light = luminance(fill)
    return SURFACE if 1.05 / (light + 0.05) > (light + 0.05) / (luminance(INK) + 0.05) else INK


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1, as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def lightened(fill: str, part: float = 0.5) -> str:
    """A fill on its way to white: what is not picked while something else is."""
    mixed = (round(int(fill[i : i + 2], 16) * (1 - part) + 255 * part) for i in (1, 3, 5))
    return "#" + "".join(f"{value:02x}" for value in mixed)
