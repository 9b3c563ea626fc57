"""The terms of a rule, gathered from an edition: sums of rows by donor and year, or figures of series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from dashboard.codes import Source
from dashboard.counting import Rule
from dashboard.delivery import Members
from dashboard.measured import Term
from dashboard.questions import RELEASES, Unanswerable, holds, why_not
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring import series as told
from data_access.measuring.members import wanted, without_income

NEVER_MONEY = "%"
CRS = ("crs-sectors", "crs-donors", "crs-purposes", "dac5")  # extracts that the full release stands for
TITLES = {"crs": "a full release of the OECD CRS", "iati": "IATI", "fts": "FTS"}


class Gathered(NamedTuple):
    """wanted: codes by year of the period. limits: sentences. unit: of a series."""

    terms: tuple[Term, ...]
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
        return Gathered((*terms, *_denominators(cube, rule, members, span)), members, limits)
    members = wanted(cube.codes, rule, span, "donor", apart)
    base = range(rule.baseline_since, rule.baseline_until + 1) if rule.baseline_since else range(0)
    if rule.series:
        codes = set[str]().union(*members.values())
        terms = [*_of_series(cube, rule, span, codes), *_of_series(cube, rule, base, codes, "base")]
        return Gathered(tuple(_those(terms, members)), members, ())
    source, limits = source_of(cube, rule)
    terms = [*_of_rows(cube, rule, source, span), *_of_rows(cube, rule, source, base, "base")]
    if "donor" not in source.dimensions:
        members = dict.fromkeys(span, ("",))
    return Gathered(tuple(terms), members, limits)


def _received(cube: Cube, rule: Rule, span: range) -> Gathered:
    """A series of what recipients received from all donors together; prices are those of the DAC total."""
    members = wanted(cube.codes, rule, span, "recipient")
    codes = set[str]().union(*members.values())
    base = range(rule.baseline_since, rule.baseline_until + 1) if rule.baseline_since else range(0)
    terms = [
        *_of_series(cube, rule, span, codes, deflated_as=""),
        *_of_series(cube, rule, base, codes, "base", deflated_as=""),
    ]
    return Gathered(tuple(_those(terms, members)), members, ())


def _those(terms: Iterable[Term], members: Members) -> Iterator[Term]:
    """Terms of those who are named in the year; all of the baseline, which is of the same donors."""
    for term in terms:
        if term.role == "base" or term.code in members.get(term.year, ()):
            yield term


def source_of(cube: Cube, rule: Rule) -> tuple[Source, tuple[str, ...]]:
    """The source a rule reads, and where it counts otherwise than the rule asks.

    A full release comes before the extract that the rule names where it reaches as many years of the promise."""
    names = [*(RELEASES if rule.source in CRS else ()), rule.source]
    reasons, named = list[str](), cube.codes.sources.get(rule.source)
    for source in (cube.codes.sources[name] for name in names if name in cube.codes.sources):
        selection = _selection(rule, source)
        reason = why_not(source, selection, ("year",), (rule.stage,))
        if named and _reach(source, rule) < _reach(named, rule):
            continue
        if not reason and holds(source, selection, cube.codes):
            return source, _limits(rule, source)
        reasons.append(reason or f"{source.title} holds nothing of what the promise names.")
    title = TITLES.get(rule.source, rule.source)
    raise Unanswerable(reasons[-1] if reasons else f"{title[:1].upper()}{title[1:]} is not loaded here.")


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


def _of_rows(cube: Cube, rule: Rule, source: Source, span: range, role: str = "amount") -> Iterator[Term]:
    """Sums of rows by donor (where told apart) and year, at the prices of the rule."""
    if not span or span[-1] < source.since or span[0] > source.until:
        return
    by = ("donor", "year") if "donor" in source.dimensions else ("year",)
    selection = _selection(rule, source).change(since=span[0], until=span[-1])
    frame = cube.totals(selection, by, stages=(rule.stage,))
    codes = frame["donor"] if "donor" in by else [""] * len(frame)
    for code, year, raw in zip(codes, map(int, frame["year"]), frame[rule.stage], strict=True):
        factor = Decimal(1) if rule.prices == "current" else told.from_base(cube, code, rule.prices)
        if factor is None:
            raise Unanswerable(f"No deflator is known for prices of {rule.prices}.")
        held = selection.change(since=year, until=year, **({"donor": (code,)} if code else {}))
        value = raw if raw is None or factor == 1 else told.cents(raw, factor)
        yield Term(role, year, code, value, "USD", source.code, held.write(), factor)


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
    for code, years in sorted(found.items()):
        for year, raw in sorted(years.items()):
            if year in known.get(code, {}):
                yield Term(role, year, code, known[code][year], "USD", same)
                continue
            factor = factors.get((code, year))
            value = None if factor is None else told.cents(raw, factor)
            yield Term(role, year, code, value, "USD", rule.series, factor=factor or Decimal(1))


def _share_terms(cube: Cube, rule: Rule, span: range) -> tuple[list[Term], tuple[str, ...]]:
    if rule.source:
        source, limits = source_of(cube, rule)
        return list(_of_rows(cube, rule, source, span)), limits
    role = "ratio" if told.units(cube).get(rule.series, "").startswith(NEVER_MONEY) else "amount"
    named = set(rule.donors) | set[str]().union(*wanted(cube.codes, rule, span, "donor").values())
    unit = "%" if role == "ratio" else "USD"
    found = told.values(cube, rule.series, span[0], span[-1])
    return [
        Term(role, year, code, value, unit, rule.series)
        for code, years in sorted(found.items())
        if code in named
        for year, value in sorted(years.items())
    ], ()


def _denominators(cube: Cube, rule: Rule, members: Members, span: range) -> Iterator[Term]:
    named = set[str]().union(*members.values())
    for code, years in sorted(told.values(cube, rule.weights, span[0], span[-1]).items()):
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
    return Gathered(tuple(terms), members, (), unit)


def _plain(cube: Cube, name: str, span: Sequence[int], named: set[str], role: str, unit: str) -> Iterator[Term]:
    for code, years in sorted(told.values(cube, name, span[0], span[-1]).items()):
        for year, value in sorted(years.items()):
            if code in named:
                yield Term(role, year, code, value, unit, name)
