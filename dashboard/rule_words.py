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
        return f"Not measured: {rule.needs.rstrip('.')} would be needed."
    said = {"flows": _flows, "share": _share, "indicator": _indicator}[rule.kind](rule, names)
    return " ".join(part for part in (*said, rule.note) if part)


def _flows(rule: Rule, names: Names) -> Iterable[str]:
    how = {
        "sum": f"summed over {_period(rule)}",
        "last": f"in {rule.until}",
        "each": f"in each year of {_period(rule)}",
    }[rule.counts]
    yield f"Counts {_counted(rule, names)}, {how}{_above(rule)}, at {_prices(rule)}, as given by {_where(rule, names)}."
    if rule.low is not None:
        yield f"Due: {_due(rule)}{'' if rule.counts == 'sum' else ' a year'}."
        if rule.counts == "sum":
            yield PROFILES[rule.profile]
    yield _member(rule)


def _share(rule: Rule, names: Names) -> Iterable[str]:
    if rule.source:
        what = (
            f"{_counted(rule, names)} as given by {_where(rule, names)}, as per cent of {_series(rule.weights, names)}"
        )
    else:
        what = f"{_series(rule.series, names)} of {_several('donor', rule.donors, names)}"
    yield f"Compares {what} with {_band(rule, ' per cent')} in {_period(rule)}."
    if not rule.source and rule.weights:
        yield f"Several donors together are weighted by {_series(rule.weights, names)}."
    yield _member(rule)


def _indicator(rule: Rule, names: Names) -> Iterable[str]:
    where = _several("recipient", rule.recipients, names)
    together = f" as an average weighted by {_series(rule.weights, names)}" if rule.weights else ""
    against = f" with a target of {_target(rule)}" if rule.has_target else ""
    wish = "more is better" if rule.better == "up" else "less is better"
    yield f"Compares {_series(rule.series, names)} in {where}{together}, {_period(rule)},{against} ({wish})."
    yield _member(rule)


def _counted(rule: Rule, names: Names) -> str:
    net = f"{rule.net} " if rule.stage == "disbursed" and not rule.series else ""
    what = _series(rule.series, names) if rule.series else f"{STAGE_WORDS[rule.stage]} ({net.strip() or 'as reported'})"
    by = f" by {_several('donor', rule.donors, names)}" if rule.donors else " by all donors of the source"
    to = f" to {_several('recipient', rule.recipients, names)}" if rule.recipients else ""
    aims = [_several(dim, picked, names) for dim, picked in (("sector", rule.sectors), ("purpose", rule.purposes))]
    aims += [f"{_several('goal', rule.goals, names)} under the {rule.method} method"] if rule.goals else []
    aims += [_several("flow", rule.flows, names)] if rule.flows else []
    of = "".join(f", {aim}" for aim in aims if aim)
    return f"{what}{by}{to}{of}"


def _several(dimension: str, codes: tuple[str, ...], names: Names) -> str:
    return listed([the(names(dimension, code)) for code in codes], MOST) if codes else ""


def _series(name: str, names: Names) -> str:
    """A product of two series is written with `*` between them."""
    said = [names("series", part) for part in name.split("*")]
    return " times ".join(part[:1].lower() + part[1:] if part[1:2].islower() else part for part in said)


def _where(rule: Rule, names: Names) -> str:
    return names("source", rule.source) if rule.source else f"the series “{_series(rule.series, names)}”"


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
        return f"{_band(rule, ' per cent')} above the baseline"
    return _money(rule.low) if rule.low == rule.high else f"{_money(rule.low)} to {_money(rule.high)}"


def _money(value: Decimal | None) -> str:
    return "an amount not stated" if value is None else usd(value, sentence=True)


def _band(rule: Rule, unit: str) -> str:
    low, high = (f"{value.normalize():f}" if value is not None else "" for value in (rule.low, rule.high))
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def _target(rule: Rule) -> str:
    if rule.of == "amount":
        return _band(rule, "")
    base = years(rule.baseline_since, rule.baseline_until) if rule.baseline_since else "the stated baseline"
    return f"{_band(rule, ' per cent')} change from {base}"


def _member(rule: Rule) -> str:
    return "Groups are taken with their members of today." if rule.membership == "today" else ""
