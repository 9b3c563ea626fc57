"""Two ways in which the years of one series are made: where they change, it is said and drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dashboard.measured import Term, Year
from dashboard.words import years

YES, NO = "yes", "no"


def breaks(held: Sequence[Year]) -> tuple[int, ...]:
    """Years from which on figures are made in another way than those before."""
    known = [one for one in held if one.delivered is not None and one.way]
    return tuple(one.year for before, one in pairwise(known) if one.way != before.way)


def said(held: Sequence[Year]) -> str:
    """`Break in 2010: 2000–2009 as published; from 2010 on weighted by ...`; empty where there is none."""
    known = [one for one in held if one.delivered is not None and one.way]
    made = list[str]()
    ends = [known[0].year, *breaks(known), known[-1].year + 1] if known else []
    if len(ends) < 3:
        return ""
    for since, until in pairwise(ends):
        inside = [one for one in known if since <= one.year < until]
        made.append(f"{years(inside[0].year, inside[-1].year)} {inside[0].way}")
    return f"Two ways of counting stand in one row, and years of both are not compared: {'; '.join(made)}."


def in_year(held: Sequence[Year], term: Term) -> str:
    """Whether a term makes the figure of its own year, of figures that are made of those of a year; else empty."""
    one = next((one for one in held if one.year == term.year and one.codes), None)
    if one is None:
        return ""
    weighed = len(one.codes) > 1
    return YES if term.code in one.codes and (weighed or term.role != "denominator") else NO


def made(one: Year) -> str:
    """How the figure of a year came about, beside what was due in it."""
    count = f", {len(one.codes)} of them" if len(one.codes) > 1 else f" ({one.codes[0]})" if one.codes else ""
    return f"; {one.way}{count}" if one.way else ""
