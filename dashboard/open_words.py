"""What is said where figures allow no verdict: years that were due have none, or only a part of what counts is seen."""

from __future__ import annotations

from decimal import Decimal

from dashboard.amount_words import figure, of_income, part, period, points
from dashboard.headline import Run, Swatch
from dashboard.measured import Measured
from dashboard.outcomes import OPEN, of, verdict
from dashboard.ranges import Figure, Range, point
from dashboard.ranges import share as part_of
from dashboard.words import listed, years

NO_VERDICT = "only a part of what counts is seen, so there is no verdict."


def state(found: Measured) -> str:
    """One of `outcomes.OPEN`; empty where there is a verdict, or nothing to compare."""
    held = verdict(of(found))
    return held if held in OPEN else ""


def least(found: Measured) -> str:
    """`at least `, where the figure is a lower bound."""
    return "at least " if found.part and found.rule.baseline == "none" else ""


def most(gap: Figure) -> Figure:
    """Of the distance to a target what it can be at most; of two ends the high one where the low one was reached."""
    return point(gap.high) if isinstance(gap, Range) and gap.low < 0 < gap.high else gap


def missing(found: Measured) -> str:
    """`2015 has no figure`, `2016–2020 have no figures`."""
    held = found.without
    together = held and held[-1] - held[0] + 1 == len(held)
    said = years(held[0], held[-1]) if together else listed([str(year) for year in held], 9)
    return f"{said} {'has no figure' if len(held) == 1 else 'have no figures'}"


def runs(found: Measured, verb: str, swatch: Swatch) -> tuple[Run, ...]:
    """The headline of a commitment without a verdict; empty where it has one."""
    kind = state(found)
    if not kind:
        return ()
    have = Run(figure(found.delivered, found.unit, True), "outcome" if found.rule.kind == "indicator" else swatch, True)
    owed = figure(found.due_whole if kind == "years" else found.due, found.unit, True)
    until = min(found.at, found.rule.until)
    if kind == "years":
        end = f" was {verb} in {period(found)}: {missing(found)}, so there is no verdict."
        return Run("Of "), Run(owed, "", True), Run(f" due by {until}, {least(found)}"), have, Run(end)
    said = f". {NO_VERDICT[:1].upper()}{NO_VERDICT[1:]}"
    if found.rule.kind == "flows":
        start = Run("Of "), Run(owed, "", True), Run(f" due in {period(found)}, {least(found)}")
        return *start, have, Run(f" was {verb}{said}")
    if found.rule.kind == "share":
        of_ = " of gross national income" if of_income(found.rule) else ""
        start = Run(f"In {period(found)}, {least(found)}"), have, Run(f"{of_} was {verb}, of ")
        return *start, Run(owed), Run(f" due{said}")
    return Run(f"In {found.to}, the value was {least(found)}"), have, Run(f", with a target of {owed}{said}")


def gap(found: Measured, basis: str) -> tuple[str, str]:
    """The delivery gap of a commitment without a verdict, in words, with its basis; empty where it has one."""
    kind, until = state(found), min(found.at, found.rule.until)
    if kind == "years":
        whole = figure(found.due_whole, found.unit)
        return f"no verdict: {missing(found)}", f"Due in all by {until}: {whole}. Figures of {period(found)}, {basis}."
    if not kind:
        return "", ""
    if found.rule.baseline != "none":
        return "no verdict", f"{NO_VERDICT[:1].upper()}{NO_VERDICT[1:]}"
    far = most(found.gap)
    said = points(far) if found.unit.startswith("%") else figure(far, found.unit)
    return f"at most {said}", f"At least {part(found.share)} of what was due: {NO_VERDICT} {basis}, {period(found)}."


def rung(found: Measured) -> tuple[str, Decimal | None]:
    """Of a rung what part of what was due it is, in words, and for its bar; None where they cannot be compared."""
    if state(found) == "years":
        whole = part_of(found.delivered, found.due_whole)
        said = f"{part(whole)} of all that was due; {missing(found)}"
        return (said, whole.low) if isinstance(whole, Range) else ("", None)
    if not isinstance(found.share, Range):
        return "", None
    return f"{least(found)}{part(found.share)} of what was due", found.share.low
