"""The terms of a rule, gathered from an edition: sums of rows by donor and year, or figures of series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dashboard.codes import Source
from dashboard.counting import Rule
from dashboard.delivery import Members
from dashboard.measured import Term, Terms
from dashboard.questions import RELEASES, Unanswerable, holds, why_not
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring import series as told
from data_access.measuring.members import compared, wanted, without_income
from data_access.measuring.summing import of_rows

NEVER_MONEY = "%"
CRS = ("crs-sectors", "crs-donors", "crs-purposes", "dac5")  # extracts that the full release stands for
TITLES = {"crs": "a full release of the OECD CRS", "iati": "IATI", "fts": "FTS"}


class Gathered(NamedTuple):
    """wanted: codes by year of the period. limits: sentences. unit: of a series."""

    terms: Sequence[Term]
    wanted: Members
    limits: tuple[str, ...]
    unit: str = ""


def gathered(cube: Cube, rule: Rule, until: int) -> Gathered:
    """Everything a rule needs up to a year. Raises Unanswerable, a sentence, where the edition cannot give it."""
    span = range(rule.since, until + 1)
    if rule.kind == "indicator":
        return _indicator(cube, rule, span)
    if rule.series and rule.recipients:
        return _received(cube, rule, span)
    apart = without_income(cube.codes) if rule.series else frozenset[str]()
    if rule.kind == "share":
        members = wanted(cube.codes, rule, span, "donor", without_income(cube.codes))
        terms, limits = _share_terms(cube, rule, span)
        incomes = tuple(_denominators(cube, rule, members, span))
        return Gathered(terms.beside(incomes) if isinstance(terms, Terms) else (*terms, *incomes), members, limits)
    members = compared(rule, wanted(cube.codes, rule, span, "donor", apart))
    base = range(rule.baseline_since, rule.baseline_until + 1) if rule.baseline_since else range(0)
    if rule.series:
        codes = set[str]().union(*members.values())
        terms = [*_of_series(cube, rule, span, codes), *_of_series(cube, rule, base, codes, "base")]
        return Gathered(tuple(_those(terms, members)), members, partial(rule))
    source, selection, limits = _read(cube, rule)
    terms = of_rows(cube, rule, source, selection, {"amount": span, "base": base})
    if "donor" not in source.dimensions:
        members = dict.fromkeys(span, ("",))
    return Gathered(terms, members, limits)


def _received(cube: Cube, rule: Rule, span: range) -> Gathered:
    """A series of what recipients received from all donors together; prices are those of the DAC total, unless the
    series was made with another's."""
    members = wanted(cube.codes, rule, span, "recipient")
    codes = set[str]().union(*members.values())
    base = range(rule.baseline_since, rule.baseline_until + 1) if rule.baseline_since else range(0)
    dollars = told.DOLLARS.get(rule.series, "")
    terms = [
        *_of_series(cube, rule, span, codes, deflated_as=dollars),
        *_of_series(cube, rule, base, codes, "base", deflated_as=dollars),
    ]
    return Gathered(tuple(_those(terms, members)), members, partial(rule))


def partial(rule: Rule) -> tuple[str, ...]:
    """What of the promise a series does not see, a sentence."""
    return (told.PARTIAL[rule.series],) if rule.series in told.PARTIAL else ()


def _those(terms: Iterable[Term], members: Members) -> Iterator[Term]:
    """Terms of those who are named in the year; all of the baseline, which is of the same donors."""
    for term in terms:
        if term.role == "base" or term.code in members.get(term.year, ()):
            yield term


def source_of(cube: Cube, rule: Rule) -> tuple[Source, tuple[str, ...]]:
    """The source a rule reads, and where it counts otherwise than the rule asks.

    A full release comes before the extract that the rule names where it reaches as many years of the promise."""
    source, _, limits = _read(cube, rule)
    return source, limits


def rows_of(cube: Cube, rule: Rule, at: int) -> Selection:
    """The rows that a rule of flows counts up to the end of a year: of its own rung, in the years promised; those of a
    baseline are others. Raises Unanswerable."""
    _, selection, _ = _read(cube, rule)
    until = min(rule.until, at)
    return selection.change(since=rule.since if rule.counts == "sum" else until, until=until, stage=rule.stage)


def _read(cube: Cube, rule: Rule) -> tuple[Source, Selection, tuple[str, ...]]:
    """As `source_of`, and the rows that count."""
    names = [*(RELEASES if rule.source in CRS else ()), rule.source]
    reasons, named = list[str](), cube.codes.sources.get(rule.source)
    for source in (cube.codes.sources[name] for name in names if name in cube.codes.sources):
        selection = _selection(rule, source)
        reason = why_not(source, selection, ("year",), (rule.stage,))
        if named and source is not named and _reach(source, rule) < _reach(named, rule):
            continue
        if not reason and holds(source, selection, cube.codes):
            return source, selection, _limits(rule, source)
        reasons.append(reason or f"{source.title} holds nothing of what the promise names.")
    title = TITLES.get(rule.source, rule.source)
    raise Unanswerable(reasons[-1] if reasons else f"It needs {title}, which is not loaded here.")


def _reach(source: Source, rule: Rule) -> int:
    """How many years of the promise and of its baseline a source covers."""
    spans = [(rule.since, rule.until)] + ([(rule.baseline_since, rule.baseline_until)] if rule.baseline_since else [])
    return sum(max(0, min(source.until, last) - max(source.since, first) + 1) for first, last in spans)


def _selection(rule: Rule, source: Source) -> Selection:
    """The rows that count, of all years of the rule. Types of flow are left out where the source does not tell them."""
    return Selection().change(
        donor=rule.donors,
        recipient=rule.recipients,
        goal=rule.goals,
        sector=rule.sectors,
        purpose=rule.purposes,
        flow=rule.flows if "flow" in source.dimensions else (),
        method=rule.method or "strict",
        membership=rule.membership,
        prices="current" if rule.prices == "current" else "constant",
        source=source.code,
        since=min(year for year in (rule.since, rule.baseline_since) if year),
        until=max(rule.until, rule.baseline_until),
    )


def _limits(rule: Rule, source: Source) -> tuple[str, ...]:
    """Where the source counts otherwise than the rule asks."""
    said = []
    if rule.flows and "flow" not in source.dimensions:
        said.append(f"{source.title} does not tell types of flow apart: other official flows are included.")
    if rule.stage == "disbursed":
        gross = "gross" in source.disbursed_is
        if rule.net == "net" and gross:
            said.append(f"The promise is counted net of repayments; {source.title} gives gross amounts.")
        if rule.net == "gross" and "net " in source.disbursed_is:
            said.append(f"{source.title} gives amounts net of repayments.")
        if not gross and "net " not in source.disbursed_is:
            said.append(f"In {source.title}, disbursed means {source.disbursed_is}.")
    return tuple(said)


def _of_series(
    cube: Cube, rule: Rule, span: range, codes: set[str], role: str = "amount", deflated_as: str | None = None
) -> Iterator[Term]:
    """Figures of a money series by donor (or recipient) and year, at the prices of the rule.

    deflated_as: the donor whose deflators are taken for all; each donor's own where it is None."""
    if not span:
        return
    found = {code: held for code, held in told.values(cube, rule.series, span[0], span[-1]).items() if code in codes}
    same = told.LINKED.get(rule.series, "") if rule.prices == "current" else ""
    known = told.values(cube, same, span[0], span[-1]) if same else {}
    factors = told.factors(cube, rule.series, found, rule.prices, deflated_as)
    unit, other = (told.units(cube).get(name, "") for name in (rule.series, same))
    for code, years in sorted(found.items()):
        for year, raw in sorted(years.items()):
            if year in known.get(code, {}):
                yield Term(role, year, code, known[code][year], "USD", same, given=other)
                continue
            factor = factors.get((code, year))
            if factor is None:
                yield Term(role, year, code, None, "USD", rule.series, raw=raw, given=unit)
                continue
            value = told.cents(raw, factor.value)
            yield Term(role, year, code, value, "USD", rule.series, "", factor.value, raw, unit, factor.how)


def _share_terms(cube: Cube, rule: Rule, span: range) -> tuple[Sequence[Term], tuple[str, ...]]:
    if rule.source:
        source, selection, limits = _read(cube, rule)
        return of_rows(cube, rule, source, selection, {"amount": span}), limits
    role = "ratio" if told.units(cube).get(rule.series, "").startswith(NEVER_MONEY) else "amount"
    named = set(rule.donors) | set[str]().union(*wanted(cube.codes, rule, span, "donor").values())
    unit = "%" if role == "ratio" else "USD"
    found = told.values(cube, rule.series, span[0], span[-1])
    return [
        Term(role, year, code, value, unit, rule.series)
        for code, years in sorted(found.items())
        if code in named
        for year, value in sorted(years.items())
    ], partial(rule)


def _denominators(cube: Cube, rule: Rule, members: Members, span: range) -> Iterator[Term]:
    named = set[str]().union(*members.values())
    if not named:
        return
    for code, years in sorted(told.values(cube, rule.weights, span[0], span[-1], named).items()):
        for year, value in sorted(years.items()):
            if code in named:
                yield Term("denominator", year, code, value, "USD", rule.weights)


def _indicator(cube: Cube, rule: Rule, span: range) -> Gathered:
    members = wanted(cube.codes, rule, span, "recipient")
    named, unit = set[str]().union(*members.values()), told.units(cube).get(rule.series, "")
    terms = list(_plain(cube, rule.series, span, named, "value", unit))
    if rule.baseline in ("level", "trend"):
        base = range(rule.baseline_since, rule.baseline_until + 1)
        terms += _plain(cube, rule.series, base, named, "base", unit)
    if rule.weights:
        terms += _plain(cube, rule.weights, span, named, "weight", told.units(cube).get(rule.weights, ""))
    return Gathered(tuple(terms), members, partial(rule), unit)


def _plain(cube: Cube, name: str, span: Sequence[int], named: set[str], role: str, unit: str) -> Iterator[Term]:
    for code, years in sorted(told.values(cube, name, span[0], span[-1]).items()):
        for year, value in sorted(years.items()):
            if code in named:
                yield Term(role, year, code, value, unit, name)
