"""What a slide shows of a commitment: its waterfall as a chart that can be edited."""

from __future__ import annotations

from decimal import Decimal

from pptx.enum.chart import XL_CHART_TYPE

from dashboard.causes import Causes, drawn
from dashboard.commitment import Commitment
from dashboard.figures.steps import FILLS, LEVELS, name
from dashboard.gaps import Step
from dashboard.native_charts import Native

ZERO = Decimal(0)


def native(told: Commitment) -> Native | None:
    """The waterfall against the low end of what was promised; None where no money was due or nothing is measured."""
    return waterfall(told.causes) if told.causes else None


def waterfall(found: Causes) -> Native:
    """Levels stand on the ground, steps hang between them over an unseen base; what lies below zero is a series apart,
    since a stack has no negative base for what is positive."""
    rows = [row for row in drawn(found) if row.usd is not None]
    told = [_pieces(row) for row in rows]
    names = list(dict.fromkeys((*("Base", "US dollars"), *(key for one in told for key in one))))
    series = tuple((key, tuple(one.get(key) for one in told)) for key in names)
    return Native(
        XL_CHART_TYPE.COLUMN_STACKED,
        tuple(name(row) for row in rows),
        series,
        base=True,
        colours=tuple(LEVELS[row.name][0] if row.kind == "rung" else FILLS[row.kind][0] for row in rows),
    )


def _pieces(row: Step) -> dict[str, Decimal]:
    """Of one column, by series: its unseen base, and what is seen of it above and below zero."""
    start, end = row.start or ZERO, row.end or ZERO
    if row.kind == "rung":
        return {"Base": ZERO, "US dollars": end}
    low, high, word = min(start, end), max(start, end), "Less" if end < start else "More"
    if low >= 0:
        return {"Base": low, word: high - low}
    if high <= 0:
        return {"Base": high, f"{word}, below zero": low - high}
    return {"Base": ZERO, word: high, f"{word}, below zero": low}
