"""Figures of series as questions: of one, written once, to which values are put, for sums that are worked on; and of
several, to be shown."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, select

from data_access.engine import Question
from data_access.tables import indicator

COLUMNS = ("country", "year", "sex", "value")
ALL: Question = select(*(indicator.c[name] for name in COLUMNS)).where(
    indicator.c.series == bindparam("series"), indicator.c.year.between(bindparam("since"), bindparam("until"))
)  # of all countries
SOME: Question = ALL.where(indicator.c.country.in_(bindparam("countries", expanding=True)))


def of(countries: tuple[str, ...]) -> Question:
    """Of some countries, or of all where none is named. Values: series, since, until, countries."""
    return SOME if countries else ALL


def several(names: Sequence[str], since: int, until: int) -> Question:
    """Columns: series, country, year, sex, value."""
    keys = [indicator.c[name] for name in ("series", "country", "year", "sex")]
    wanted = and_(indicator.c.series.in_(sorted(names)), indicator.c.year.between(since, until))
    return select(*keys, indicator.c.value).where(wanted).order_by(*keys)
