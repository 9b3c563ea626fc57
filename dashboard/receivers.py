"""To whom a commitment was promised: the recipients that its rule names, whether it measures anything or not."""

from __future__ import annotations

from dashboard.codes import Codes
from dashboard.counting import Rule
from dashboard.membership import of_year
from dashboard.pledges import Pledge

OF_SERIES = {"oda_ldc_gni": ("LDC",)}  # series of donors that hold what was given to a group of recipients
END = 2015  # the last year of the Goals: until then stands what has no end


def of(rule: Rule | None) -> tuple[str, ...]:
    """Codes of recipients and groups as the rule has them; those of a series that is of some of them alone."""
    return (rule.recipients or OF_SERIES.get(rule.series, ())) if rule else ()


def receives(pledge: Pledge) -> bool:
    """Whether the recipients are given something: those of an indicator are the countries in which it is looked up."""
    return pledge.rule is not None and pledge.rule.kind != "indicator"


def naming(codes: Codes, pledge: Pledge, code: str) -> tuple[str, ...]:
    """The code itself where a rule names it, else the groups named to which it belongs at some time of the period."""
    named = of(pledge.rule)
    if code in named:
        return (code,)
    held = pledge.rule.membership if pledge.rule else ""
    return tuple(
        group for group in named if any(code in of_year(codes, "recipient", (group,), y, held) for y in years(pledge))
    )


def years(pledge: Pledge) -> range:
    """The period of the rule; of one without, that of the commitment, from when it was made where no other is known."""
    if pledge.rule and pledge.rule.since:
        return range(pledge.rule.since, pledge.rule.until + 1)
    first, last = pledge.since or pledge.made, pledge.until or pledge.deadline
    if not first and not last:
        return range(END, END + 1)
    start = int((first or last)[:4])
    return range(start, max(start, int(last[:4]) if last else END) + 1)
