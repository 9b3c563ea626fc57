"""One record of an activity (a transaction, a budget, a planned disbursement) as an exact amount of US dollars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from data_access.ingest.faults import Fault
from data_access.ingest.fx import RATES_FILE, Rates
from data_access.ingest.iati import codelists
from data_access.ingest.iati.codelists import Kind
from data_access.ingest.iati.facts import Facts, attribute, text
from data_access.ingest.iati.reading import Element
from data_access.ingest.iati.values import day, kept, number
from data_access.ingest.rows import dollars

LARGEST = Decimal(10) ** 15  # US dollars of one record: beyond it the unit is a mistake
Warn = Callable[[Fault], None]


class Record(NamedTuple):
    """A record in its place: `path` below its activity, `kind` what it is."""

    element: Element
    path: str
    kind: Kind


class Refused(NamedTuple):
    """A record whose type says nothing."""

    element: Element
    fault: Fault


class Amount(NamedTuple):
    """`day`: of the transaction, or the first of a period; `until`: the last of a period. `usd` is exact where US
    dollars were reported, to the cent otherwise."""

    day: date
    until: str
    amount: Decimal
    currency: str
    rate: Decimal
    usd: Decimal


class Reading(NamedTuple):
    """What records are read with: rates, the day of the load, and who is told of what is odd."""

    rates: Rates
    today: date
    warn: Warn


def records(facts: Facts) -> list[Record | Refused]:
    """All records of an activity."""
    found: list[Record | Refused] = []
    for number_, element in enumerate(facts.activity.elements.get("transaction", ()), 1):
        found.append(_transaction(facts, element, f"/transaction[{number_}]"))
    for name, kind in (("budget", codelists.BUDGET), ("planned-disbursement", codelists.PLANNED)):
        for number_, element in enumerate(facts.activity.elements.get(name, ()), 1):
            found.append(Record(element, f"/{name}[{number_}]", kind))
    return found


def _transaction(facts: Facts, element: Element, path: str) -> Record | Refused:
    typed = element.first("transaction-type")
    code = attribute(typed, "code")
    kind = codelists.kind(code)
    if kind:
        return Record(element, path, kind)
    line = typed.line if typed else element.line
    if not code:
        reason, remedy = "is missing: what the amount is cannot be told", "give the transaction its type"
        fault = facts.fault("IATI-TRN-01", f"{path}/transaction-type/@code", line, code, reason, remedy)
        return Refused(element, fault)
    reason = "is not in codelist TransactionType (2.03) nor a letter of 1.0x"
    fault = facts.fault("IATI-TRN-02", f"{path}/transaction-type/@code", line, code, reason, "use a code of that list")
    return Refused(element, fault)


def amount(facts: Facts, record: Record, reading: Reading) -> Amount | Fault:
    """The amount of a record that belongs to a rung, or what is wrong with it."""
    budget = record.kind.stage == "budgeted"
    dated = _day(facts, record, "period-start" if budget else "transaction-date", None if budget else reading.today)
    if isinstance(dated, Fault):
        return dated
    value = record.element.first("value")
    told = _number(facts, record, value, reading.warn)
    if isinstance(told, Fault) or value is None:
        return told if isinstance(told, Fault) else _missing(facts, record, "value")
    valued = _valued(facts, record, value, dated, reading)
    if isinstance(valued, Fault):
        return valued
    until = attribute(record.element.first("period-end"), "iso-date") if budget else ""
    return _converted(facts, record, value, valued, Amount(dated, until, told, "", Decimal(1), told), reading)


def _missing(facts: Facts, record: Record, name: str) -> Fault:
    reason, remedy = "is missing", f"give the {record.element.name} its <{name}>"
    return facts.fault("IATI-TRN-01", f"{record.path}/{name}", record.element.line, "", reason, remedy)


def _day(facts: Facts, record: Record, name: str, latest: date | None) -> date | Fault:
    element = record.element.first(name)
    if element is None:
        return _missing(facts, record, name)
    told = attribute(element, "iso-date") or text(element)
    return _checked(facts, f"{record.path}/{name}/@iso-date", element.line, told, latest)


def _checked(facts: Facts, path: str, line: int, told: str, latest: date | None) -> date | Fault:
    found = day(told) if told else ("is missing", "write it as YYYY-MM-DD")
    if isinstance(found, date) and latest and found > latest:
        found = ("lies in the future: it cannot have happened yet", "write the day on which it happened")
    if not isinstance(found, date):
        return facts.fault("IATI-DATE-01" if not told else "IATI-DATE-02", path, line, told, *found)
    return found


def _number(facts: Facts, record: Record, value: Element | None, warn: Warn) -> Decimal | Fault:
    if value is None:
        return _missing(facts, record, "value")
    told, path = number(value.text), f"{record.path}/value"
    if not isinstance(told, Decimal):
        code = "IATI-NUM-02" if value.text.strip() else "IATI-NUM-01"
        return facts.fault(code, path, value.line, value.text.strip(), *told)
    if kept(told) != told:
        reason = f"has more than eight decimals: kept as {kept(told):f}, {told - kept(told):f} left"
        warn(facts.fault("IATI-NUM-04", path, value.line, value.text.strip(), reason, "round to cents"))
    return kept(told)


def _valued(facts: Facts, record: Record, value: Element, dated: date, reading: Reading) -> date | Fault:
    """The day whose year's rate converts the amount."""
    told, path = attribute(value, "value-date"), f"{record.path}/value/@value-date"
    if told:
        return _checked(facts, path, value.line, told, None if record.kind.stage == "budgeted" else reading.today)
    reason = f"is missing: the rate of {dated.year}, the year of the {record.element.name}, is taken"
    reading.warn(facts.fault("IATI-DATE-04", path, value.line, told, reason, "give every value its date"))
    return dated


def _converted(
    facts: Facts, record: Record, value: Element, valued: date, found: Amount, reading: Reading
) -> Amount | Fault:
    currency = attribute(value, "currency").upper() or facts.currency
    path = f"{record.path}/value/@currency"
    if not currency:
        reason = "is missing and the activity has no default-currency"
        return facts.fault("IATI-CUR-01", path, value.line, currency, reason, "give it, or a default-currency")
    try:
        rate = reading.rates.of(currency, valued.year)
    except LookupError:
        reason = f"has no exchange rate of the DAC for {valued.year}"
        remedy = f"correct the code, publish US dollars, or add the rate to {RATES_FILE}"
        return facts.fault("IATI-CUR-02", path, value.line, currency, reason, remedy)
    usd = found.amount if currency == "USD" else dollars(found.amount, rate)
    if abs(usd) >= LARGEST:
        reason = f"is more than {LARGEST:,} US dollars: the unit is mistaken"
        return facts.fault("IATI-NUM-03", f"{record.path}/value", value.line, value.text.strip(), reason,
                           "write the amount in whole units of its currency")  # fmt: skip
    return found._replace(currency=currency, rate=rate, usd=usd)
