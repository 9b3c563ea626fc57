"""What a commitment's page says in sentences: its headline, titles and gaps. Figures come from the engine alone."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.amount_words import amount, figure, of_income, part, period, points, prices
from dashboard.amounts import Absence, Amount
from dashboard.causes import Causes, unexplained
from dashboard.commitment import Commitment
from dashboard.gap_list import Needed, needed
from dashboard.headline import Headline, Run, Swatch
from dashboard.measured import Measured
from dashboard.member_words import each, of_some
from dashboard.open_words import gap as open_gap
from dashboard.open_words import least, runs
from dashboard.open_words import state as open_state
from dashboard.outcomes import unloaded
from dashboard.ranges import Figure, Range
from dashboard.reported_words import counts
from dashboard.words import listed, usd, years

VERBS = {"committed": "committed", "disbursed": "delivered", "pledged": "pledged", "budgeted": "budgeted"}
SWATCHES: dict[str, Swatch] = {"committed": "committed", "disbursed": "disbursed"}
UNTOLD = {  # of a commitment that is neither measured nor reported on
    "not_reported": "Delivery of this commitment is not reported.",
    "not_due": "This commitment was not due by the end of 2015.",
    "no_target": "This commitment names no numeric target.",
    "not_clear": "What of this commitment was delivered is not clear.",
    "confidential": "What of this commitment was delivered is confidential.",
    "not_measurable": "Delivery of this commitment cannot be measured from the data at hand.",
}
NO_NEED = "No published requirement is held for this promise."


@dataclass(frozen=True)
class Gap:
    """One of the three gaps: what it is, its figure in words or its absence, and its basis."""

    name: str
    means: str
    said: str = ""
    absence: Absence | None = None
    basis: str = ""


def headline(told: Commitment) -> Headline:
    """One sentence with the figures, and what they rest on."""
    found = told.measured
    if not found.measured:
        said = isinstance(told.pledge.delivered.amount, Amount)
        lacks = unloaded(told.entry.outcome) and not said  # then the sentence itself says why
        return Headline(_unmeasured(told), "" if lacks else _why(found))
    stage = found.rule.stage
    unjudged = runs(found, VERBS[stage], SWATCHES.get(stage, ""))
    if unjudged:
        return Headline(unjudged, basis(told))
    if found.rule.kind == "indicator":
        return Headline(_indicator(found), basis(told))
    if found.rule.kind == "share":
        return Headline((*_share(found), *each(found)), basis(told))
    return Headline(_money(found), basis(told))


def _unmeasured(told: Commitment) -> tuple[Run, ...]:
    held = told.pledge.delivered
    if isinstance(held.amount, Amount) and amount(held.amount):
        by = held.by or "A published account"
        return Run(f"{by} reported "), Run(amount(held.amount, True), "", True), Run(f"{counts(held)}.")
    if unloaded(told.entry.outcome):
        return (Run(f"Measuring this commitment {told.entry.outcome.why.removeprefix('It ')}"),)
    makers = list(dict.fromkeys(one.by for one in told.contributed if one.kind in ("report", "status") and one.by))
    if makers and _absence(told) == "not_reported":
        return (Run(f"{listed(makers)} reported on this commitment, without a figure of what was delivered."),)
    return (Run(UNTOLD[_absence(told)]),)


def _why(found: Measured) -> str:
    return f"It is not measured here. {found.why}" if found.why else ""


def _money(found: Measured) -> tuple[Run, ...]:
    verb, swatch = VERBS[found.rule.stage], SWATCHES.get(found.rule.stage, "")
    have = Run(figure(found.delivered, "USD", True), swatch, True)
    if not isinstance(found.due, Range):
        return Run(f"In {period(found)}, "), have, Run(f" was {verb}; what was due is "), Run(f"{found.due.words}.")
    start = Run("Of "), Run(figure(found.due, "USD", True), "", True), Run(f" due in {period(found)}, {least(found)}")
    return *start, have, Run(f" was {verb}"), *_left(found.gap, "USD")


def _left(gap: Figure, unit: str) -> tuple[Run, ...]:
    """`: $20.6 billion less.`"""
    if not isinstance(gap, Range):
        return (Run("."),)
    if gap.low == gap.high == 0:
        return (Run(", as much as was due."),)
    if gap.low >= 0:
        return Run(": "), Run(figure(gap, unit, True), gap=True), Run(" less.")
    if gap.high <= 0:
        return Run(": "), Run(figure(Range(-gap.high, -gap.low), unit, True), strong=True), Run(" more.")
    return (Run(": between the two ends of what was due."),)


def _share(found: Measured) -> tuple[Run, ...]:
    have = Run(figure(found.delivered, "%", True), "disbursed", True)
    of = " of gross national income" if of_income(found.rule) else ""
    if not isinstance(found.due, Range) or not isinstance(found.gap, Range):
        return Run(f"In {period(found)}, "), have, Run(f"{of} was delivered.")
    start = Run(f"In {period(found)}, "), have, Run(f"{of} was delivered, of "), Run(figure(found.due, "%", True))
    if found.gap.low <= 0:
        return *start, Run(" due: the target was reached." if found.gap.high <= 0 else " due: its low end was reached.")
    reached = f" less, or {part(found.share).replace('%', ' per cent')} of the target."
    return *start, Run(" due: "), Run(points(found.gap), gap=True), Run(reached)


def _indicator(found: Measured) -> tuple[Run, ...]:
    until = str(min(found.at, found.rule.until))
    if found.unit == "countries":
        total = figure(found.due, "countries").replace(" countries", "")
        have = figure(found.delivered, "countries").replace(" countries", "")
        return (
            Run(f"By {until}, "),
            Run(have, "outcome", True),
            Run(f" of {total} countries with figures reached the target."),
        )
    last = str(found.years[-1].year) if found.years else until
    value = Run(figure(found.delivered, found.unit), "outcome", True)
    if not isinstance(found.due, Range):
        return Run(f"In {last}, the value was "), value, Run(".")
    end = " The target was reached." if isinstance(found.gap, Range) and found.gap.low <= 0 else ""
    return Run(f"In {last}, the value was "), value, Run(f", with a target of {_short(found)}.{end}")


def _short(found: Measured) -> str:
    """The target; of what it is a share has been said."""
    return figure(found.due, "%").replace(".00%", "%") if found.unit.startswith("%") else figure(found.due, found.unit)


def basis(told: Commitment) -> str:
    """Prices, source and edition of the figures above."""
    found = told.measured
    name = told.names("source", found.rule.source) if found.rule.source else told.names("series", found.rule.series)
    said = prices(found.rule, found.unit) if found.unit != "countries" else "number of countries"
    rung = " Counted is what was committed, not what was paid." if found.rule.stage == "committed" else ""
    return f"{said[:1].upper()}{said[1:]}. {name}, edition {told.edition}.{rung}{of_some(found, told.names)}"


def gaps(told: Commitment) -> tuple[Gap, ...]:
    """The three gaps, always told apart; in points and per cent of the target where it is a share, and in dollars."""
    found = told.measured
    one = next(iter(needed([told.entry], told.statements)), None)
    said = prices(found.rule, found.unit) if found.measured else ""
    return (
        _of_need("Promise gap", "needed less pledged", one, one.gaps.promise if one else Absence.NOT_REPORTED),
        _delivery(found, found.gap, said, told),
        _of_need("Need gap", "needed less delivered", one, one.gaps.need if one else Absence.NOT_REPORTED),
    )


def _of_need(name: str, means: str, one: Needed | None, gap: Figure) -> Gap:
    if one is None:
        return Gap(name, means, absence=Absence.NOT_REPORTED, basis=NO_NEED)
    yearly = " a year" if one.yearly else ""
    basis = f"{figure(one.needed, 'USD')}{yearly} needed: {one.source}."
    if isinstance(gap, Absence):
        return Gap(name, means, absence=gap, basis=basis)
    if gap.high <= 0:
        more = figure(Range(-gap.high, -gap.low), "USD")
        return Gap(name, means, f"none: {more}{yearly} more than was needed" if gap.low < 0 else "none", basis=basis)
    return Gap(name, means, f"{figure(gap, 'USD')}{yearly}", basis=basis)


def _delivery(found: Measured, gap: Figure, said: str, told: Commitment) -> Gap:
    name, means = "Delivery gap", "due to date less delivered"
    if isinstance(gap, Absence) or not found.measured:
        kind = gap if isinstance(gap, Absence) and found.measured else Absence(_absence(told))
        return Gap(name, means, absence=kind, basis=found.why)
    if open_state(found):
        words, under = open_gap(found, said)
        return Gap(name, means, words, basis=under)
    if found.unit == "%":
        short = points(gap) if gap.high > 0 else "none"
        words = f"{short}; {part(found.share)} of the target reached"
        money = found.money[2] if found.money else Absence.NOT_MEASURABLE
        dollars = f" In current US dollars {figure(money, 'USD')}." if isinstance(money, Range) and gap.high > 0 else ""
        return Gap(
            name, means, words, basis=f"Points of {said.removeprefix('per cent of ')}, {period(found)}.{dollars}"
        )
    if gap.high < 0:
        above = Range(-gap.high, -gap.low)
        more = points(above) if found.unit.startswith("%") else figure(above, found.unit)
        beyond = "less" if found.rule.kind == "indicator" and found.rule.better == "down" else "more"
        said = f"Points of {said.removeprefix('per cent of ')}" if found.unit.startswith("%") else said
        return Gap(name, means, f"none: {more} {beyond} than was due", basis=f"{said}, {period(found)}.")
    if found.unit.startswith("%"):
        return Gap(name, means, points(gap), basis=f"Points of {said.removeprefix('per cent of ')}, {period(found)}.")
    said = "that did not reach it" if found.unit == "countries" else said
    return Gap(name, means, figure(gap, found.unit), basis=f"{said}, {period(found)}.")


def _absence(told: Commitment) -> str:
    """The kind of absence of a record; one that others reported on is not measurable here."""
    state = told.entry.state
    return state if state in UNTOLD else "not_measurable"


def by_cause(found: Causes, told: Commitment) -> str:
    """The title of the waterfall: a finding where one holds."""
    share = told.measured.share
    judged = open_state(told.measured) == ""
    if judged and isinstance(share, Range) and share.is_point and told.measured.unit != "countries":
        verb = VERBS[told.measured.rule.stage]
        return f"{part(share)} of what was due was {verb}"
    return f"From what was pledged to what was {VERBS[found.stage]}"


def left(found: Causes) -> str:
    """What the steps leave: said even where it is nothing."""
    rest = unexplained(found)
    said = f"{usd(rest)} is unexplained" if rest else "nothing is unexplained"
    both = " What was promised is a range: one figure for either end." if found.high else ""
    return f"The steps sum exactly; {said}.{both}"


def by_year(told: Commitment) -> str:
    """`Due and delivered, 2010–2012`."""
    held = told.measured.years
    span = f", {years(held[0].year, held[-1].year)}" if held else ""
    if told.measured.rule.kind == "indicator":
        return f"The indicator by year{span}"
    return f"Due and {VERBS[told.measured.rule.stage]} by year{span}"


def bench_title(told: Commitment) -> str:
    """`How much of it is new: −$2.3 billion to $0`, or neutral."""
    if told.bench is None or not isinstance(told.bench.range, Range):
        return "How much of it is new"
    low, high = usd(told.bench.range.low), usd(told.bench.range.high)
    return f"How much of it is new: {low}" if low == high else f"How much of it is new: {low} to {high}"
