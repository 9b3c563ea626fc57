"""An indicator over the years as a Goal page asks for it: the median recipient, or the countries picked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.codes import Codes
from dashboard.figures import indicators, money
from dashboard.figures.indicators import BASELINE, DEADLINE, Series, Values, medians
from dashboard.questions import Answers
from dashboard.selection import Selection

MOST, LEAST, FIRM = 5, 10, 50  # lines of countries at most; countries a median, and a path from it, is told of
MIDDLE = "Median"
DAC, MEMBERS = "DAC", "DAC members together"  # how the series of ODA holds them, and what their line is called
GIVEN = "oda_gni"  # how the codes of series of donors begin
SEXES = {"female": "Women", "male": "Men"}


@dataclass(frozen=True)
class Progress:
    """lines: name -> year -> value, drawn in this order. counts: how many countries each year's median is of.
    baseline: the value of 1990 of the first line, and the value the target asks of it in 2015."""

    selection: Selection
    codes: Codes
    series: Series
    others: tuple[Series, ...]  # further indicators of the Goal
    lines: Mapping[str, Mapping[int, Decimal]]
    keys: Mapping[str, str]  # name -> code that a click picks
    counts: Mapping[int, int]
    left_out: int  # countries picked beyond those drawn


def ask(answers: Answers, selection: Selection) -> Progress:
    """Values from 1990 to the last year picked. Raises Unanswerable where the Goal has no indicator."""
    series = indicators.shown(answers, selection)
    until = max(min(selection.until, DEADLINE), BASELINE)
    held = indicators.values(answers, series, BASELINE, until)
    codes = answers.codes
    dimension = "donor" if series.code.startswith(GIVEN) else "recipient"
    picked = sorted(money.chosen(codes, selection, dimension) & set(held))
    grouped = any(code in codes.groups.get(dimension, {}) for code in selection.picked(dimension))
    counts: dict[int, int] = {}
    if picked and not grouped:
        names = {codes.name(dimension, code): code for code in picked[:MOST]}
        lines: dict[str, Mapping[int, Decimal]] = {name: held[code] for name, code in names.items()}
        keys = {name: f"{dimension}:{code}" for name, code in names.items()}
    elif dimension == "donor" and (not picked or selection.donor == (DAC,)) and DAC in held:
        lines, keys = {MEMBERS: held[DAC]}, {}
    else:
        known = indicators.recipients(codes) if dimension == "recipient" else set(codes.members["donor"])
        of = set(picked) - {DAC} if grouped else known  # the series holds the DAC as one beside its members
        lines, counts = _medians(answers, series, until, held, of, 1 if grouped else LEAST)
        keys = {}
    others = tuple(other for other in indicators.of_goal(answers, series.goal) if other.until >= BASELINE)
    left_out = 0 if grouped else max(0, len(picked) - MOST)
    return Progress(selection, codes, series, others, lines, keys, counts, left_out)


def _medians(
    answers: Answers, series: Series, until: int, held: Values, of: set[str] | frozenset[str], least: int
) -> tuple[dict[str, Mapping[int, Decimal]], dict[int, int]]:
    """One line, or one for women and one for men where the source publishes both."""
    if {"female", "male"} <= set(series.sexes):
        split = {sex: indicators.values(answers, series, BASELINE, until, sex) for sex in SEXES}
    else:
        split = {MIDDLE: held}
    lines: dict[str, Mapping[int, Decimal]] = {}
    counts: dict[int, int] = {}
    for name, values in split.items():
        found = medians({code: years for code, years in values.items() if code in of}, least)
        if found:
            lines[SEXES.get(name, name)] = {year: value for year, (value, _) in found.items()}
            counts = {year: count for year, (_, count) in found.items()}
    return lines, counts


def first(asked: Progress) -> tuple[str, Mapping[int, Decimal]]:
    return next((name, held) for name, held in asked.lines.items() if held)


def aim(asked: Progress) -> Decimal | None:
    """What the target asks of the first line in 2015; None where there is no numeric target or no value of 1990, the
    target was set on another measure, or too few countries stand behind the value of 1990."""
    target = asked.series.target
    if target is None or target.trap:
        return None
    if len(asked.lines) > 1 or not any(asked.lines.values()) or thin(asked):
        return target.value
    return target.at(first(asked)[1].get(BASELINE))


def thin(asked: Progress) -> bool:
    """Whether the median of 1990 is of too few countries to start a path from; a small group whole is enough."""
    at = asked.counts.get(BASELINE)
    return at is not None and at < FIRM and 10 * at < 9 * max(asked.counts.values())


def path(asked: Progress) -> tuple[tuple[int, Decimal], ...]:
    """From the value of 1990 to the target of 2015, where both are known and one line is drawn."""
    goal, start = aim(asked), first(asked)[1].get(BASELINE) if any(asked.lines.values()) else None
    if goal is None or start is None or len(asked.lines) > 1 or thin(asked):
        return ()
    return ((BASELINE, start), (DEADLINE, goal))
