"""What keeps a counting rule from being used: each a sentence with the key, the value, the reason and a way out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dashboard.codes import Codes
from dashboard.counting import CODES, DIMENSION, FIGURES, FIRST, LAST, NEEDED, PRICES, WORDS, YEARS, Problem, Rule
from dashboard.questions import OTHERS, RELEASES

TEXT_LIMIT = 2000
LARGEST = Decimal(10) ** 18  # of a figure
PLACES = 12  # decimals of a figure
MOST = 200  # codes of one key
FACTORS = 2  # series of a product


def problems(rule: Rule, codes: Codes | None = None) -> tuple[Problem, ...]:
    """Everything that keeps a rule from being used; empty where nothing does. Codes are looked up where given."""
    return tuple(_found(rule, codes))


def _found(rule: Rule, codes: Codes | None) -> Iterator[Problem]:
    yield from _words(rule)
    if rule.kind not in NEEDED:
        return
    for key in NEEDED[rule.kind]:
        given = getattr(rule, key)
        if given is None or given in ("", ()) or (key in YEARS and not given):
            yield _problem(rule, key, f"{key} is missing; a rule of kind {rule.kind} needs it.")
    yield from _years(rule)
    yield from _figures(rule)
    yield from _baseline(rule)
    yield from _profile(rule)
    yield from _counted(rule)
    if codes is not None:
        yield from _unknown(rule, codes)


def _problem(rule: Rule, key: str, sentence: str) -> Problem:
    return Problem(key, str(getattr(rule, key))[:30], sentence)


def _words(rule: Rule) -> Iterator[Problem]:
    for key, allowed in WORDS.items():
        value = getattr(rule, key)
        if value not in allowed:
            known = ", ".join(word or "(none)" for word in allowed)
            yield _problem(rule, key, f"{key}={str(value)[:30]} is not known; it can be {known}.")
    for key in ("needs", "note", "source", "series", "weights"):
        text = getattr(rule, key)
        if len(text) > TEXT_LIMIT or not text.isprintable():
            yield _problem(rule, key, f"{key} holds signs that cannot be printed or more than {TEXT_LIMIT} characters.")
    if not PRICES.fullmatch(rule.prices):
        why = f"prices={rule.prices[:30]} is no price basis; please write current or a base year such as 2004."
        yield _problem(rule, "prices", why)


def _years(rule: Rule) -> Iterator[Problem]:
    for key in YEARS:
        year = getattr(rule, key)
        if year and not FIRST <= year <= LAST:
            yield _problem(rule, key, f"{key}={year} is not a year from {FIRST} to {LAST}.")
    for first, last in (("since", "until"), ("baseline_since", "baseline_until")):
        if getattr(rule, first) > getattr(rule, last):
            why = f"{first}={getattr(rule, first)} lies after {last}={getattr(rule, last)}; please exchange them."
            yield _problem(rule, first, why)


def _figures(rule: Rule) -> Iterator[Problem]:
    yield from _sizes(rule)
    if (rule.low is None) != (rule.high is None):
        yield _problem(rule, "low", "low and high are given together; for a point please write the same figure twice.")
    elif rule.low is not None and rule.high is not None and rule.low > rule.high:
        yield _problem(rule, "low", f"low={rule.low} lies above high={rule.high}; please exchange them.")
    if rule.kind in ("flows", "share") and rule.of == "amount" and rule.low is not None and rule.low < 0:
        yield _problem(rule, "low", f"low={rule.low} is below zero; what is due cannot be.")
    if rule.floor is not None and (rule.low is None or not 0 <= rule.floor <= LARGEST):
        yield _problem(rule, "floor", "What each donor gives at least is zero or more, and goes with low and high.")
    if rule.sees == "part" and rule.better == "down":
        why = "A lower bound cannot show that something fell far enough; please choose sees=whole or better=up."
        yield _problem(rule, "sees", why)
    if rule.of == "change" and rule.baseline == "none":
        yield _problem(rule, "of", "A change is counted from a baseline; please give baseline and its years.")


def _sizes(rule: Rule) -> Iterator[Problem]:
    """A figure is written with all its digits, so it has no more of them than any amount needs."""
    shares = [("stated", share) for _, share in rule.stated]
    for key, value in (*((key, getattr(rule, key)) for key in FIGURES), *shares):
        if value is not None and not (abs(value) < LARGEST and int(value.as_tuple().exponent) >= -PLACES):
            why = f"{key}={str(value)[:30]} is too large or too fine; a figure has 18 digits before the point at most"
            yield Problem(key, str(value)[:30], f"{why} and {PLACES} after it.")


def _baseline(rule: Rule) -> Iterator[Problem]:
    years = rule.baseline_since and rule.baseline_until
    if rule.baseline in ("level", "trend") and not years:
        yield _problem(rule, "baseline", f"A baseline of kind {rule.baseline} needs baseline_since and baseline_until.")
    if rule.baseline == "trend" and years and rule.baseline_since == rule.baseline_until:
        yield _problem(rule, "baseline", "A trend needs two years at least; please widen the years of the baseline.")
    if rule.baseline == "stated" and rule.baseline_value is None:
        yield _problem(rule, "baseline", "A stated baseline needs baseline_value; please give the figure.")
    if rule.baseline == "none" and (years or rule.baseline_value is not None):
        yield _problem(rule, "baseline", "Years or a value of a baseline are given, and baseline says none.")


def _profile(rule: Rule) -> Iterator[Problem]:
    if (rule.profile == "stated") != bool(rule.stated):
        yield _problem(rule, "stated", "Shares by year go with profile=stated, and only with it.")
        return
    given = [year for year, _ in rule.stated]
    if any(not rule.since <= year <= rule.until for year in given) or len(set(given)) < len(given):
        yield _problem(rule, "stated", f"Each year from {rule.since} to {rule.until} may be stated once, and no other.")
    if rule.stated and sum((share for _, share in rule.stated), Decimal(0)) != 1:
        yield _problem(rule, "stated", "The shares by year do not sum to 1; please correct them.")


def _counted(rule: Rule) -> Iterator[Problem]:
    for key in CODES:
        given = getattr(rule, key)
        if len(given) > MOST:
            yield _problem(
                rule, key, f"{key} names {len(given)} codes; {MOST} are read at most, so please name a group."
            )
        if len(set(given)) < len(given):
            yield _problem(rule, key, f"{key} names a code twice; please name each once.")
    if rule.goals and not rule.method:
        yield _problem(rule, "method", "Goals are counted under a named method; please give method.")
    if rule.kind in ("flows", "share") and not rule.series and not rule.source:
        yield _problem(rule, "source", "Please name the source whose rows count, or the series of amounts.")
    if rule.series and rule.source and rule.kind != "indicator":
        yield _problem(rule, "source", "A rule counts rows of a source or a series, not both; please leave one out.")
    if rule.series and (rule.goals or rule.purposes or rule.sectors or (rule.donors and rule.recipients)):
        yield _problem(rule, "series", "A series is of donors or of recipients; it does not tell purposes apart.")


def _unknown(rule: Rule, codes: Codes) -> Iterator[Problem]:
    for key in CODES:
        for code in getattr(rule, key):
            if not codes.knows(DIMENSION[key], code):
                yield Problem(key, code[:30], f"{key}={code[:30]} is not a code of this edition; please choose one.")
    for key in ("series", "weights"):
        name = getattr(rule, key)
        if name.count("*") >= FACTORS:
            yield _problem(rule, key, f"{key}={name[:30]} multiplies too many series; {FACTORS} are read at most.")
            continue
        for part in name.split("*") if name else ():
            if part not in codes.series:
                yield _problem(rule, key, f"{key}={part[:30]} is not a series of this edition; please choose one.")
    if rule.source and rule.source not in {*codes.sources, *RELEASES, *OTHERS}:
        known = ", ".join({**codes.sources, **dict.fromkeys((*RELEASES, *OTHERS))})
        yield _problem(rule, "source", f"source={rule.source[:30]} is not a source of this edition; it has {known}.")
