"""A counting rule in plain English, made from its fields, so that the sentence cannot differ from what is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from dashboard.counting import Rule
from dashboard.words import listed, the, usd, years

Names = Callable[[str, str], str]  # (dimension, code) -> name; dimension also `source` and `series`
MOST = 4
STAGE_WORDS = {
    "pledged": "what was pledged",
    "committed": "what was committed",
    "budgeted": "what was budgeted",
    "disbursed": "what was disbursed",
}
PROFILES = {
    "flat": "The same amount is taken as due in each year.",
    "front-loaded": "More is taken as due in the first years than in the last.",
    "stated": "What is due in each year is as stated.",
}


def sentence(rule: Rule, names: Names) -> str:
    """One to four sentences. `names` gives the label of a code; of `source` and `series` too."""
    if rule.kind == "none":
        lacks = needed(rule)
        whom = f" Promised to {_several('recipient', rule.recipients, names)}." if rule.recipients else ""
        return f"Not measured: {lacks if rule.needs else lacks[:1].lower() + lacks[1:]}{whom}"
    said = {"flows": _flows, "share": _share, "indicator": _indicator}[rule.kind](rule, names)
    return " ".join(part for part in (*said, _sees(rule), rule.note) if part)


def needed(rule: Rule) -> str:
    """What would be needed to measure what is not; where there is no rule that says so, that there is none."""
    lacks = rule.needs.rstrip(".")
    return f"{lacks} would be needed." if lacks else "This commitment has no counting rule yet."


def _flows(rule: Rule, names: Names) -> Iterable[str]:
    at = f"{'brought to' if _constant(rule, names) else 'at'} {_prices(rule)}"
    yield f"Counts {_counted(rule, names)}, {_when(rule)}{_above(rule)}, {at}, {_from(rule, names)}."
    if rule.low is not None:
        yearly = "" if rule.counts == "sum" or rule.of == "change" else " a year"
        yield f"Due: {_due(rule)}{yearly}."
        if rule.counts == "sum":
            yield PROFILES[rule.profile]
    yield _member(rule)


def _constant(rule: Rule, names: Names) -> bool:
    """Whether a series that is published at constant prices is counted at others."""
    return bool(rule.series) and rule.prices == "current" and "constant prices" in _series(rule.series, names)


def _share(rule: Rule, names: Names) -> Iterable[str]:
    income = _series(rule.weights, names)
    if rule.source:
        what = f"{_counted(rule, names)}, {_from(rule, names)}, as per cent of {income},"
    else:
        what = f"{_series(rule.series, names)}, of {_several('donor', rule.donors, names)},"
    if rule.has_target:
        yield f"Compares {what} with {_band(rule, ' per cent')}, {_when(rule)}."
    else:
        yield f"Shows {what.rstrip(',')}, {_when(rule)}."
    if rule.floor is not None:
        yield f"Each of them by itself stands against {rule.floor.normalize():f} per cent."
    if not rule.source:
        yield f"Dollars, and the weight of several donors together, come from {income}."
    yield _member(rule)


def _indicator(rule: Rule, names: Names) -> Iterable[str]:
    what = f"{_series(rule.series, names)}{_unit(rule, names)}, in {_several('recipient', rule.recipients, names)}"
    together = f", as an average weighted by {_series(rule.weights, names)}" if rule.weights else ""
    if rule.has_target:
        yield f"Compares {what}{together}, {_period(rule)}, with {_target(rule)}."
    else:
        yield f"Shows {what}{together}, {_period(rule)}."
    yield _member(rule)


def _unit(rule: Rule, names: Names) -> str:
    """The unit of the series, where `names` knows it."""
    unit = names("unit", rule.series)
    return f" ({unit})" if unit != rule.series else ""


def _when(rule: Rule) -> str:
    if rule.kind == "share" and rule.counts != "each":
        return f"in {rule.until}"
    return {
        "sum": f"summed over {_period(rule)}",
        "last": f"in {rule.until}",
        "each": f"in each year of {_period(rule)}",
    }[rule.counts]


def _counted(rule: Rule, names: Names) -> str:
    net = f" ({rule.net})" if rule.stage == "disbursed" and not rule.series else ""
    what = _series(rule.series, names) if rule.series else f"{STAGE_WORDS[rule.stage]}{net}"
    by = f" by {_several('donor', rule.donors, names)}" if rule.donors else ""
    if not rule.donors and not rule.series:
        by = " by all donors of the source"
    whom = _several("recipient", rule.recipients, names)
    to = f" {'in' if rule.series else 'to'} {whom}" if whom else ""
    aims = [*rule.sectors, *rule.purposes] and [
        _several("sector", rule.sectors, names) or _several("purpose", rule.purposes, names)
    ]
    aims += [f"{_several('goal', rule.goals, names)} under the {rule.method.capitalize()} shares"] if rule.goals else []
    of = f" for {', '.join(aims)}" if aims else ""
    alone = f", {_several('flow', rule.flows, names)} alone" if rule.flows else ""
    return f"{what}{by}{to}{of}{alone}"


def _several(dimension: str, codes: tuple[str, ...], names: Names) -> str:
    return listed([the(names(dimension, code)) for code in codes], MOST) if codes else ""


def _series(name: str, names: Names) -> str:
    """A product of two series is written with `*` between them."""
    said = [names("series", part) for part in name.split("*")]
    return " times ".join(part[:1].lower() + part[1:] if part[1:2].islower() else part for part in said)


def _from(rule: Rule, names: Names) -> str:
    """Where the figures come from; a series has been named already."""
    return f"from {names('source', rule.source)}" if rule.source else "from that series"


def _period(rule: Rule) -> str:
    return years(rule.since, rule.until)


def _above(rule: Rule) -> str:
    base = years(rule.baseline_since, rule.baseline_until)
    return {
        "none": "",
        "level": f", above the level of {base}",
        "trend": f", above the trend of {base}",
        "stated": f", above the stated level of {_money(rule.baseline_value)} a year",
    }[rule.baseline]


def _prices(rule: Rule) -> str:
    return "current prices" if rule.prices == "current" else f"prices of {rule.prices}"


def _due(rule: Rule) -> str:
    if rule.of == "change":
        return f"{_change(rule)} against the baseline"
    return _money(rule.low) if rule.low == rule.high else f"{_money(rule.low)} to {_money(rule.high)}"


def _change(rule: Rule) -> str:
    """`a rise of 100 per cent`, `a cut of 50 per cent`."""
    low, high = rule.low or Decimal(0), rule.high or Decimal(0)
    ends = sorted((abs(low), abs(high)))
    said = " to ".join(f"{end.normalize():f}" for end in dict.fromkeys(ends))
    return f"a {'cut' if high < 0 else 'rise'} of {said} per cent"


def _money(value: Decimal | None) -> str:
    return "an amount not stated" if value is None else usd(value, sentence=True)


def _band(rule: Rule, unit: str) -> str:
    low, high = (f"{value.normalize():f}" if value is not None else "" for value in (rule.low, rule.high))
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def _target(rule: Rule) -> str:
    least = "at least" if rule.better == "up" else "at most"
    if rule.of == "amount":
        return f"a target of {least} {_band(rule, '')}"
    base = f"from {years(rule.baseline_since, rule.baseline_until)}" if rule.baseline_since else "from its baseline"
    return f"a target of {_change(rule)} {base}"


def _sees(rule: Rule) -> str:
    """Whether the figure is a lower bound; a rise above a baseline is not, for what is left out may have fallen."""
    if rule.sees == "whole":
        return ""
    less = "What is counted is less than what the promise counts, so "
    if rule.baseline == "none":
        return f"{less}the figure is a lower bound: it can show that the promise was kept, never that it was not."
    return f"{less}no verdict follows from it: the part left out may have risen or fallen."


def _member(rule: Rule) -> str:
    return "Groups are taken with their members of today." if rule.membership == "today" else ""
