"""What follows from a figure delivered: the formulas of what was due, of the gap and of the share, in words."""

from __future__ import annotations

from decimal import Decimal

from dashboard.amounts import Absence
from dashboard.measured import Measured
from dashboard.ranges import Range

COUNTRIES = "countries"  # the unit where it is counted how many reached their target
ROUNDED = "Quotients are rounded to twenty decimals, half to even."


def of_due(found: Measured) -> str:
    """How what was due comes from the rule, or from the years above; empty where nothing is."""
    rule = found.rule
    if isinstance(found.due, Absence):
        return ""
    if found.unit == COUNTRIES:
        return "due = number of countries with a figure and a target"
    if rule.kind == "flows" and rule.counts == "sum":
        return "due = sum of what was due in the years delivered, as they stand above"
    if rule.of == "change":
        if found.base is None:
            return ""
        if rule.kind == "flows":
            return f"due = {_ends(rule.low, rule.high)} × (the baseline, {found.base:f}, ÷ 100)"
        ends = _ends(*(Decimal(100) + (end or 0) for end in (rule.low, rule.high)))
        return f"due = {ends} per cent of the baseline, {found.base:f}"
    return f"due = as promised, {_ends(rule.low, rule.high)}"


def of_gap(found: Measured) -> str:
    """Positive where it falls short."""
    if not isinstance(found.gap, Range):
        return ""
    less = found.rule.kind == "indicator" and found.rule.better == "down" and found.unit != COUNTRIES
    return "gap = delivered − due" if less else "gap = due − delivered"


def of_share(found: Measured) -> str:
    """Of what was due; of an indicator with a baseline the part of the way that was gone."""
    if not isinstance(found.share, Range):
        return ""
    way = found.rule.kind == "indicator" and found.unit != COUNTRIES and found.base is not None
    said = f"(delivered − {found.base:f}) ÷ (due − {found.base:f})" if way else "delivered ÷ due"
    return f"share of due = {said}"


def _ends(low: Decimal | None, high: Decimal | None) -> str:
    return " and ".join(dict.fromkeys(f"{end:f}" for end in (low, high) if end is not None))
