"""CHECKS: every kind of inconsistency that is looked for, each a small function from evidence to findings.

`evidence` is what is known of a state of the registry and an edition; a check reads what it needs of it and says
nothing where that is missing. Adding a check touches this list and its function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dashboard import check_flows, check_records, check_statements
from dashboard.evidence import Evidence
from dashboard.findings import Finding


@dataclass(frozen=True)
class Check:
    """name: as findings carry it. title: a phrase. words: what it looks for, for the reader."""

    name: str
    title: str
    words: str
    find: Callable[[Evidence], Iterator[Finding]]


CHECKS: tuple[Check, ...] = (
    Check("parts-and-whole", "Parts and whole", "Parts do not add up to the stated whole.", check_statements.parts),
    Check("parts-exceed", "Parts exceed the whole", "The parts of a record make more than it.", check_records.exceed),
    Check("two-figures", "Two figures", "Two sources give two figures for one thing.", check_statements.figures),
    Check("two-windows", "Two windows", "Two sources give two periods for one promise.", check_statements.windows),
    Check("swapped", "Swapped values", "Two values stand the other way round elsewhere.", check_statements.swapped),
    Check("year-carried", "A year's figure carried", "One figure stands for two years.", check_statements.carried),
    Check("two-prices", "Two price bases", "Figures of one thing stand at two price bases.", check_statements.prices),
    Check("same-money", "The same money twice", "Two records of one maker look alike.", check_records.same_money),
    Check("restated-as-new", "Restated as new", "A restatement is called additional.", check_records.restated),
    Check("no-currency", "No currency", "An amount has no currency and is no share.", check_records.no_currency),
    Check("no-price-base", "No price base", "A rise over years has no price base.", check_records.no_price_base),
    Check("deadline-passed", "Deadline passed", "A deadline passed and nothing is reported.", check_records.passed),
    Check("paid-before", "Paid before promised", "Payments before the promise count to it.", check_records.paid_before),
    Check("reported-measured", "Reported and measured", "Reported delivery is not as measured.", check_flows.reported),
    Check("other-countries", "Other countries", "An indicator covers other countries.", check_flows.countries),
    Check("sources-disagree", "Sources disagree", "Two sources total the same differently.", check_flows.totals),
    Check("beyond-committed", "Beyond committed", "More was disbursed than committed in all.", check_flows.beyond),
    Check("undeclared-overlap", "Overlap not declared", "Money counts twice, untold.", check_flows.undeclared),
    Check("declared-apart", "Declared, not shared", "A declared tie shares no money.", check_flows.apart),
)


def run(evidence: Evidence, checks: Iterable[Check] = CHECKS) -> tuple[Finding, ...]:
    """All findings, in the order of the checks and of what they are about; each key once."""
    found = dict[str, Finding]()
    for check in checks:
        for finding in sorted(check.find(evidence), key=lambda one: (one.about, one.part)):
            found.setdefault(finding.key, finding)
    return tuple(found.values())
