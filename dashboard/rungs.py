"""The ladder of one commitment: four rungs, each with its figure, source and date, or the reason why it is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dashboard.amount_words import amount, dollars, figure, period, plain, prices
from dashboard.amounts import Absence
from dashboard.codes import STAGES
from dashboard.measured import Measured
from dashboard.open_words import rung as of_due
from dashboard.pledges import Pledge
from dashboard.ranges import Range
from dashboard.reported_rungs import by_rung
from dashboard.words import dated, years

Names = Callable[[str, str], str]
MISSING = {
    "committed": "The sources at hand do not tell what was committed for this promise.",
    "budgeted": "No source at hand holds budget lines for this promise.",
    "disbursed": "The sources at hand do not tell what was disbursed for this promise.",
}
SPENT = "disbursed"


@dataclass(frozen=True)
class Rung:
    """stage: of `codes.STAGES`. figure: in words, empty where there is none; then `absence` says why.

    part: of what was pledged or due, 0 and more, for its bar; None where they cannot be compared. share: in words.
    under: date and source, or why it is missing. reported: what others reported of this rung, and who: it stands
    beside what is measured and is no part of it."""

    stage: str
    figure: str = ""
    absence: Absence | None = None
    share: str = ""
    part: Decimal | None = None
    under: str = ""
    reported: str = ""


def rungs(pledge: Pledge, measured: Measured, stages: Mapping[str, Measured], names: Names) -> tuple[Rung, ...]:
    """stages: the same rule under each rung that its source records."""
    made = [_pledged(pledge), *(_rung(stage, measured, stages, names) for stage in STAGES if stage != "pledged")]
    said = by_rung(pledge.delivered)
    return tuple(_beside(rung, said.get(rung.stage, "")) for rung in made)


def _beside(rung: Rung, said: str) -> Rung:
    """With what others reported of it: then the rung is not measured here, and not unreported."""
    if not said:
        return rung
    unmeasured = Absence.NOT_MEASURABLE if rung.absence is Absence.NOT_REPORTED else rung.absence
    return replace(rung, reported=said, absence=unmeasured)


def _pledged(pledge: Pledge) -> Rung:
    said = amount(pledge.amount)
    where = ", ".join(part for part in (pledge.forum, dated(pledge.made)) if part)
    at_the_time = f"{dollars(pledge.usd_at_time)} at the time." if pledge.usd_at_time is not None else ""
    basis = f"Prices: {pledge.amount.prices}." if pledge.amount.prices else ""
    under = " ".join(part for part in (f"{where}." if where else "", at_the_time, basis) if part)
    if not said:
        return Rung("pledged", absence=Absence.NO_TARGET, under=f"{under} In words only.".strip())
    return Rung("pledged", said, part=Decimal(1), under=under)


def _rung(stage: str, measured: Measured, stages: Mapping[str, Measured], names: Names) -> Rung:
    found = stages.get(stage)
    if found is None or not isinstance(found.delivered, Range):
        kind = Absence.NOT_MEASURABLE if not measured.measured and stage == SPENT else Absence.NOT_REPORTED
        return Rung(stage, absence=kind, under=MISSING[stage])
    said, part = of_due(found)
    return Rung(stage, figure(found.delivered, found.unit), share=said, part=part, under=_under(found, names))


def _under(found: Measured, names: Names) -> str:
    """`2010, US dollars of 2004, above the level of 2004. Official development assistance ...`"""
    rule, when = found.rule, period(found)
    base = {
        "none": "",
        "level": f"above the level of {years(rule.baseline_since, rule.baseline_until)}",
        "trend": f"above the trend of {years(rule.baseline_since, rule.baseline_until)}",
        "stated": f"above the level of {plain(rule.baseline_value or Decimal(0))} a year",
    }[rule.baseline]
    source = names("source", rule.source) if rule.source else names("series", rule.series)
    parts = [when, prices(rule, found.unit), base]
    return f"{', '.join(part for part in parts if part)}. {source}."
