"""Which years of a source have sums that no deflator is known for: of the others none needs to be looked for."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from dashboard.codes import Source
from data_access.engine import Question
from data_access.tables import rollup


def years(source: Source) -> Question:
    """Columns: year."""
    lacks = [and_(rollup.c[stage].is_not(None), rollup.c[f"{stage}_constant"].is_(None)) for stage in source.stages]
    return select(rollup.c.year).where(rollup.c.source == source.code, or_(*lacks)).distinct().order_by(rollup.c.year)


def sentence(title: str, rows: int, first: int, last: int) -> str:
    """Why no total at constant prices is given."""
    years = str(first) if first == last else f"{first}–{last}"
    sums = "1 sum" if rows == 1 else f"{rows:,} sums"
    return (
        f"{title} holds {sums} of {years} in this selection for which no deflator is known, so a total "
        " at constant prices would be too small. Please choose current prices or other years."
    )
