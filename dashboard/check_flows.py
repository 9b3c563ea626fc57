"""Checks that need flows: reported against measured delivery, source against source, declared against shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from dashboard.amounts import Amount
from dashboard.counting import Rule
from dashboard.evidence import Compared, Evidence
from dashboard.findings import Finding, Side
from dashboard.measured import Measured
from dashboard.pledges import Delivery, Pledge
from dashboard.ranges import EXACT, Range
from dashboard.report_periods import rung
from dashboard.statements import figure
from dashboard.words import listed, usd

CLOSE = Decimal("0.05")  # measured money that is nearer to what was reported agrees with it
ROUNDED = Decimal("0.005")  # points of a share that is written with two decimals
WHOLE = Decimal("0.5")  # points of a share that is written without decimals
APART = Decimal("0.0001")  # totals of two sources that differ by less agree
MANY = Decimal("0.1")  # of the countries of an indicator
TIED = frozenset({"counts_under", "sourced_from", "includes", "overlaps", "restates", "restated_by", "supersedes"})
WITHIN = frozenset({"counts_under", "sourced_from", "includes", "overlaps"})
LEAST = Decimal(10) ** 6  # US dollars: smaller differences are not looked into


def reported(evidence: Evidence) -> Iterator[Finding]:
    """Delivery as reported against delivery as measured, of the same year and in the same unit: what the record holds,
    and what makers reported beside it."""
    for id_, found in evidence.then.items():
        yield from _unlike(evidence, id_, evidence.pledges[id_].delivered, found, "")
    for id_, held in evidence.reports.items():
        for said, found in held:
            if said != evidence.pledges[id_].delivered:
                yield from _unlike(evidence, id_, said, found, f"{said.by} {said.as_of} {said.counts}")


def _unlike(evidence: Evidence, id_: str, said: Delivery, found: Measured, part: str) -> Iterator[Finding]:
    amount = said.amount
    named = rung(said.counts)
    if named and named != found.rule.stage:  # what was committed is no answer to what was disbursed
        return
    pair = _comparable(amount, found) if isinstance(amount, Amount) else None
    if pair is None or not isinstance(amount, Amount) or not isinstance(found.delivered, Range):
        return
    (low, high), slack, text = pair
    if found.delivered.high < low - slack or found.delivered.low > high + slack:
        words = (
            f"{evidence.name(id_)}: {figure(amount)} is reported as {named or 'delivered'} ({said.as_of}); its rule "
            f"measures {text}."
        )
        by = said.by or _document(evidence.pledges[id_]) or "the register; who reported it is not recorded"
        first, second = Side(figure(amount), by), Side(text, "measured by its counting rule")
        yield Finding("reported-measured", (id_,), words, first, second, part=part)


def _named(evidence: Evidence, rule: Rule) -> str:
    """Who names the countries of an indicator: the rule, by its groups or its list; no document of the promise."""
    groups = [evidence.groups[code] for code in rule.recipients if code in evidence.groups]
    if not groups:
        return "the list of its counting rule"
    dated = "members by year" if all(group.dated for group in groups) else "today's list of members"
    whom = f"the group{'s' if len(groups) > 1 else ''} {listed([group.name for group in groups])}"
    others = f" and {more} more" if (more := len(rule.recipients) - len(groups)) else ""
    return f"{whom}{others}, named by its counting rule ({dated})"


def _document(pledge: Pledge) -> str:
    """The document of what was delivered; empty where none is held."""
    return next((one.title or one.address for one in pledge.sources if one.of == "delivery"), "")


def _comparable(amount: Amount, found: Measured) -> tuple[tuple[Decimal, Decimal], Decimal, str] | None:
    """What was reported in the unit measured, how far it may be off, and what was measured, in words."""
    if amount.low is None or amount.high is None or not isinstance(found.delivered, Range):
        return None
    low = found.delivered.low
    if found.unit == "%" and amount.unit == "% GNI":
        return (amount.low, amount.high), ROUNDED, f"{low.quantize(Decimal('0.001')).normalize():f} % GNI"
    if amount.unit == "percent of budget" and found.unit.startswith("% of government"):
        return (amount.low, amount.high), WHOLE, f"{low.quantize(Decimal('0.1')):f} per cent of government spending"
    money = amount.whole()
    if found.unit == "USD" and amount.currency == "USD" and money:
        return money, EXACT.multiply(abs(money[1]), CLOSE), usd(low, sentence=True)
    return None


def countries(evidence: Evidence) -> Iterator[Finding]:
    """An indicator that is missing for more than a tenth of the countries of the promise."""
    for id_, found in evidence.measured.items():
        lacking, members = found.coverage.lacking, found.coverage.members
        if found.rule.kind == "indicator" and found.measured and Decimal(len(lacking)) > MANY * len(members):
            words = (
                f"{evidence.name(id_)}: the indicator has no figure for {len(lacking)} of the {len(members)} countries "
                "that its counting rule names."
            )
            first = Side(f"{len(members)} countries", _named(evidence, found.rule))
            second = Side(f"{len(members) - len(lacking)} countries", f"the series {found.rule.series}")
            yield Finding("other-countries", (id_,), words, first, second, "low")


def totals(evidence: Evidence) -> Iterator[Finding]:
    """The same sum from two sources: one finding for all years in which they differ, told by the widest."""
    groups: dict[tuple[str, str, str], list[Compared]] = defaultdict(list)
    for one in evidence.sums:
        if abs(_gap(one)) >= max(LEAST, max(abs(one.first_usd), abs(one.second_usd)) * APART):
            groups[one.what, one.first, one.second].append(one)
    for (what, first, second), held in groups.items():
        widest = max(held, key=lambda one: (abs(_gap(one)), one.year))
        years = "" if len(held) == 1 else f" They differ in {len(held)} years."
        words = (
            f"{what}, {widest.year}: {usd(widest.first_usd, sentence=True)} in {first}, "
            f"{usd(widest.second_usd, sentence=True)} in {second}.{years} {widest.limits}"
        ).rstrip()
        sides = Side(f"{widest.first_usd:f}", first), Side(f"{widest.second_usd:f}", second)
        yield Finding("sources-disagree", (first, second), words, *sides, "low" if widest.limits else "medium", what)


def _gap(one: Compared) -> Decimal:
    return EXACT.subtract(one.first_usd, one.second_usd)


def beyond(evidence: Evidence) -> Iterator[Finding]:
    """More disbursed than committed over the whole life of an activity, by a tenth and a million dollars at least."""
    for life in evidence.lives:
        more = EXACT.subtract(life.disbursed, life.committed)
        if life.committed > 0 and more > life.committed * MANY and more >= LEAST:
            words = (
                f"Activity {life.item}: {usd(life.disbursed, sentence=True)} disbursed in all, "
                f"{usd(life.committed, sentence=True)} committed."
            )
            first, second = (
                Side(f"{usd:f}", f"{what}, {life.title or life.source}")
                for usd, what in ((life.disbursed, "disbursed"), (life.committed, "committed"))
            )
            yield Finding("beyond-committed", (life.source, life.item), words, first, second, "low")


def undeclared(evidence: Evidence) -> Iterator[Finding]:
    """Money that two promises both count and no link tells of."""
    for (one, other), shared in evidence.shared.items():
        if abs(shared) >= LEAST and not _family(evidence, one, other) and not _linked(evidence, one, other, TIED):
            words = (
                f"{evidence.name(one)} and {evidence.name(other)} both count {usd(shared, sentence=True)}, and no tie "
                "between them is declared."
            )
            sides = Side(f"{shared:f} US dollars counted by both", "rows of both rules"), Side("no tie", "the registry")
            yield Finding("undeclared-overlap", (one, other), words, *sides, "low")


def apart(evidence: Evidence) -> Iterator[Finding]:
    """A declared overlap of two promises whose rules, both measured by rows, share none."""
    for pledge in evidence.pledges.values():
        for link in pledge.links:
            both = {pledge.id, link.target}
            if link.kind not in WITHIN or not both <= evidence.by_rows:
                continue
            pair = min(both), max(both)
            if not evidence.shared.get(pair):
                names = [evidence.name(id_) for id_ in (pledge.id, link.target)]
                words = f"{names[0]} is said to share money with {names[1]}; their rules share no row."
                sides = Side(link.kind, "the registry"), Side("0 US dollars counted by both", "rows of both rules")
                yield Finding("declared-apart", (pledge.id, link.target), words, *sides, "low")


def _family(evidence: Evidence, one: str, other: str) -> bool:
    """Whether one lies under the other, at any depth."""
    return other in _above(evidence, one) or one in _above(evidence, other)


def _above(evidence: Evidence, id_: str) -> set[str]:
    found, at = set[str](), evidence.pledges.get(id_)
    while at is not None and at.parent and at.parent not in found:
        found.add(at.parent)
        at = evidence.pledges.get(at.parent)
    return found


def _linked(evidence: Evidence, one: str, other: str, kinds: frozenset[str]) -> bool:
    pairs: list[tuple[Pledge | None, str]] = [(evidence.pledges.get(one), other), (evidence.pledges.get(other), one)]
    return any(
        link.kind in kinds and link.target == target for pledge, target in pairs if pledge for link in pledge.links
    )
