"""The figures of a commitment that leave by themselves: its waterfall by cause and its path by year, each as a picture,
as a file and in a frame of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard import carried
from dashboard import causes as by_cause
from dashboard.amount_words import prices
from dashboard.carried import Carried
from dashboard.cite import pinned
from dashboard.commitment import Commitment
from dashboard.commitment_words import VERBS, by_year, headline
from dashboard.contributed import beside
from dashboard.explained import made_current
from dashboard.figures import dues
from dashboard.measured import Measured
from dashboard.other_years import around
from dashboard.ranges import Range
from dashboard.shown import rounded
from layouts.away import Taken
from layouts.causes import titles as cause_titles

CAUSE, YEARS = "cause", "years"
FIGURES = {CAUSE: "by cause", YEARS: "by year"}


def drawn_years(told: Commitment) -> Any:
    return dues.figure(whole(told), beside(told.measured, told.contributed)) if told.measured.measured else None


def whole(told: Commitment) -> Measured:
    """With every year of an indicator of one country, before and after those that count."""
    return around(told.measured, told.series) if told.series else told.measured


def basis(told: Commitment) -> str:
    """The prices of its figures, or their unit."""
    return prices(told.measured.rule, told.measured.unit)


def year_titles(told: Commitment) -> tuple[str, str]:
    """Title and subtitle of the path by year."""
    found, words = told.measured, basis(told)
    target = ", and the target dotted" if isinstance(found.due, Range) else ""
    plum = found.rule.kind == "indicator"
    kind = f"Value by year{target}" if plum else f"Due outlined, {VERBS[found.rule.stage]} filled"
    return by_year(replace(told, measured=whole(told))), f"{kind}. {words[:1].upper()}{words[1:]}"


def source_line(told: Commitment) -> str:
    rule = told.measured.rule
    code = rule.source or rule.series
    made = made_current(told.measured)
    return f"Source: {told.names('release', code)}{made}" if code else "Source: register"


def pins(told: Commitment) -> str:
    return pinned("", told.edition, told.registry).removeprefix("?")


def terms(told: Commitment) -> str:
    """Address of the terms of its figure, as a file."""
    return f"/export/commitment/{told.pledge.id}.csv?{pins(told)}"


def steps(told: Commitment) -> str:
    """Address of the steps of its waterfall, as a file."""
    return f"/export/causes/{told.pledge.id}.csv?{pins(told)}"


def figures(told: Commitment) -> tuple[str, ...]:
    """Which of FIGURES it has."""
    held = {CAUSE: told.causes is not None and told.measured.measured, YEARS: drawn_years(told) is not None}
    return tuple(name for name in FIGURES if held[name])


def leaving(told: Commitment, name: str) -> Carried:
    """One of its figures, with its rows. Raises KeyError where it has none of that name."""
    one = carried.pledge(told.pledge, told.edition, told.registry)
    if name == CAUSE and told.causes is not None:
        made = carried.figure_of(one, *cause_titles(told, told.causes), source_line(told))
        return replace(made, table=rounded(by_cause.table(told.causes)), sentence=headline(told).text)
    if name not in figures(told):
        raise KeyError(name)
    made = carried.figure_of(one, *year_titles(told), source_line(told))
    return replace(made, table=rounded(dues.table(whole(told), basis(told))), sentence=made.title)


def taken(told: Commitment, name: str) -> Taken:
    """What its menu takes away."""
    one = leaving(told, name)
    file, frame = steps(told) if name == CAUSE else terms(told), f"/embed/commitment/{told.pledge.id}/{name}"
    return Taken(replace(one, name=f"{told.pledge.id}-{name}"), file, f"{frame}?{pins(told)}")
