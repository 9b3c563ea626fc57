"""What an activity's publisher should look at, and what is read all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from data_access.ingest.faults import Fault
from data_access.ingest.iati import codelists, publishers
from data_access.ingest.iati.facts import Facts, attribute, text
from data_access.ingest.iati.once import Told
from data_access.ingest.iati.values import day


def oddities(facts: Facts, told: Sequence[Told]) -> Iterator[Fault]:
    """Warnings of an activity: percentages, reference, codes, dates, the order and size of what is spent."""
    for shares in (facts.sectors, facts.recipients):
        yield from (facts.odd(odd) for odd in shares.odd)
    reporter = facts.activity.first("reporting-org")
    if reporter and publishers.MALFORMED.search(reporter.attributes.get("ref", "")):
        reason = "holds a character that a reference may not hold (/ & | ? or a space)"
        yield facts.fault("IATI-ORG-01", "/reporting-org/@ref", reporter.line, reporter.attributes["ref"], reason,
                          "use the reference of the registry")  # fmt: skip
    yield from _codes(facts)
    yield from _dates(facts)
    yield from _spending(facts, told)


def _codes(facts: Facts) -> Iterator[Fault]:
    for name, list_, known in (
        ("activity-status", "ActivityStatus", lambda code: code in codelists.STATUSES),
        ("default-aid-type", "AidType", codelists.AID_TYPES.fullmatch),
        ("default-flow-type", "FlowType", lambda code: code in codelists.FLOWS or code in codelists.NO_FLOWS),
    ):
        element = facts.activity.first(name)
        code = attribute(element, "code")
        if element and code and not known(code):
            reason = f"is not in codelist {list_} (2.03)"
            yield facts.fault("IATI-CODE-02", f"/{name}/@code", element.line, code, reason, "use a code of that list")


def _dates(facts: Facts) -> Iterator[Fault]:
    starts: dict[str, date] = {}
    elements = facts.activity.elements.get("activity-date", ())
    dated = [(attribute(one, "type").lower(), day(attribute(one, "iso-date") or text(one)), one) for one in elements]
    for type_, found, _ in dated:
        if type_ in codelists.STARTS and isinstance(found, date):
            starts[codelists.STARTS[type_]] = found
    for type_, found, element in dated:
        start = starts.get(codelists.ENDS.get(type_, ""))
        if isinstance(found, date) and start and found < start:
            reason = f"is an end before the start on {start}"
            yield facts.fault("IATI-DATE-05", "/activity-date/@iso-date", element.line, str(found), reason,
                              "correct one of the two")  # fmt: skip


def _spending(facts: Facts, told: Sequence[Told]) -> Iterator[Fault]:
    committed = [one for one in told if one.record.kind.word == "commitment"]
    disbursed = [one for one in told if one.record.kind.stage == "disbursed"]
    if not committed or not disbursed:
        return
    line = committed[0].record.element.line
    sums = [sum((one.amount.usd for one in ones), Decimal(0)) for ones in (committed, disbursed)]
    if sums[1] > sums[0]:
        reason = f"US dollars are disbursed, more than the {sums[0]:,.2f} committed"
        yield facts.fault("IATI-SUM-01", "/transaction", line, f"{sums[1]:,.2f}", reason, "check both")
    first, last = min(one.amount.day for one in committed), max(one.amount.day for one in disbursed)
    if first > last:
        reason = f"is the first commitment, after the last disbursement on {last}"
        yield facts.fault("IATI-SUM-02", "/transaction", line, str(first), reason, "check the dates")
