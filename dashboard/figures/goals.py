"""What the Goals hold: committed and disbursed by Goal and year, under each mapping, and ODA for Goal 8."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.codes import GOALS, Codes, Source
from dashboard.figures import money
from dashboard.gaps import total
from dashboard.questions import Answers, best_source
from dashboard.selection import TERMS, Selection

PREFERRED = ("iati-goals", "crs-purposes")
ODA_TARGET = Decimal("0.7")  # per cent of GNI, the United Nations target
SHARE = "oda_gni"  # the series of ODA as % of GNI
REST = "unallocated"
MAPPED = tuple(goal for goal in GOALS if goal != REST)
Pair = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Aid:
    """ODA of the DAC members together as % of their GNI in one year."""

    year: int
    percent: Decimal


@dataclass(frozen=True)
class Goals:
    selection: Selection
    codes: Codes
    source: Source
    span: tuple[int, int]
    by_year: Mapping[str, Mapping[int, Pair]]  # goal -> year -> committed, disbursed
    spread: Mapping[str, Pair]  # method -> what the mapped Goals hold together
    aid: Aid | None


def ask(answers: Answers, selection: Selection) -> Goals:
    """Every Goal by year; what the mapped Goals hold under each method; ODA as a share of GNI for Goal 8."""
    asked = selection.without("goal")
    source = best_source(answers, asked, PREFERRED, ("goal",))
    found, span = money.rows(answers, asked, source, ("goal", "year"), compared=True)
    by_year: dict[str, dict[int, Pair]] = {}
    for goal, year, pair in zip(found["goal"], found["year"], money.pairs(found), strict=True):
        by_year.setdefault(goal, {})[year] = pair
    spread = {asked.method: mapped({goal: whole(held) for goal, held in by_year.items()})}
    for method in TERMS["method"]:
        if method not in spread:
            other, _ = money.rows(answers, asked.change(method=method, goal=MAPPED), source, (), compared=True)
            spread[method] = money.sums(other).get("", (None, None))
    return Goals(selection, answers.codes, source, span, by_year, spread, oda(answers, selection))


def whole(by_year: Mapping[int, Pair]) -> Pair:
    """A Goal's amounts over all years."""
    return total(pair[0] for pair in by_year.values()), total(pair[1] for pair in by_year.values())


def mapped(goals: Mapping[str, Pair]) -> Pair:
    """What the Goals hold together, without what is not allocated."""
    kept = [pair for goal, pair in goals.items() if goal != REST]
    return total(pair[0] for pair in kept), total(pair[1] for pair in kept)


def oda(answers: Answers, selection: Selection) -> Aid | None:
    """ODA of the DAC members together as % of their GNI, in the last year of the selection: as published, or else from
    the two amounts."""
    if SHARE in answers.codes.series:
        frame = answers.series([SHARE], selection.since, selection.until)
        told = zip(frame["country"].tolist(), frame["year"].tolist(), frame["value"].tolist(), strict=True)
        published = {year: value for country, year, value in told if country == "DAC"}
        if published:
            return Aid(max(published), published[max(published)])
    if not {"oda", "gni"} <= set(answers.codes.series):
        return None
    frame = answers.series(["oda", "gni"], selection.since, selection.until)
    frame = frame[frame["country"] == "DAC"]
    held: dict[str, dict[int, Decimal]] = {"oda": {}, "gni": {}}
    for series, year, value in zip(frame["series"], frame["year"], frame["value"], strict=True):
        held[str(series)][int(year)] = value
    years = sorted(set(held["oda"]) & set(held["gni"]))
    if not years:
        return None
    return Aid(years[-1], held["oda"][years[-1]] / held["gni"][years[-1]] * 100)
