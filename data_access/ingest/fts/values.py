"""What a flow says, checked: identifier, status, boundary, amount, year; and what is odd about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from data_access.ingest.faults import Fault, Severity
from data_access.ingest.fts import parties
from data_access.ingest.fts.contribution import BOUNDARIES, STAGES, Contribution
from data_access.ingest.published import FINEST, LARGEST
from data_access.ingest.readers import Lookups

AMOUNT = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")
YEAR = re.compile(r"19[6-9][0-9]|20[0-3][0-9]")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})([T ].*)?", re.DOTALL)
CURRENCY = re.compile(r"[A-Z]{3}")


def known(found: Contribution) -> None:
    """Raises Fault where identifier, status or boundary are not what FTS writes."""
    if not found.id:
        raise fault(found, "id", "", "is no identifier", "give the flow its FTS id", "FTS-ID-01")
    if found.status not in STAGES:
        reason, remedy = f"is not one of {', '.join(STAGES)}", "write the flow's status as FTS does"
        raise fault(found, "status", found.status, reason, remedy, "FTS-STATUS-01")
    if found.boundary not in BOUNDARIES:
        reason, remedy = f"is not one of {', '.join(BOUNDARIES)}", "write the flow's boundary as FTS does"
        raise fault(found, "boundary", found.boundary, reason, remedy, "FTS-BOUND-01")


def amount(found: Contribution) -> Decimal:
    """US dollars. Raises Fault where they are not written as a decimal number that can be held."""
    text, usd = found.amount.strip(), readable(found)
    if abs(usd) >= LARGEST:
        reason = f"is {LARGEST:,f} US dollars or more"
        raise fault(found, "amountUSD", text, reason, "check the amount and its currency", "FTS-AMT-04")
    if usd != usd.quantize(FINEST):
        raise fault(found, "amountUSD", text, "has more than eight decimals", "state it with fewer", "FTS-AMT-05")
    return usd


def readable(found: Contribution) -> Decimal:
    """The amount as it is written. Raises Fault where it is no decimal number."""
    text = found.amount.strip()
    if not AMOUNT.fullmatch(text):
        reason, code = _amiss(text)
        raise fault(found, "amountUSD", found.amount, reason, "write US dollars with digits and a decimal point", code)
    return Decimal(text)


def year_of(found: Contribution) -> int:
    """The first year in which the money is to be used, else that of the date. Raises Fault where there is neither."""
    for text in found.years:
        if not YEAR.fullmatch(text):
            reason = "is not a year between 1960 and 2039"
            raise fault(found, "usage year", text, reason, "write the four digits of a year", "FTS-YEAR-01")
    if found.years:
        return min(int(text) for text in found.years)
    if not _day(found.date) or not YEAR.fullmatch(found.date[:4]):
        reason, remedy = "is no date, and no year of use is given", "write the date as 2020-03-31, or a year of use"
        raise fault(found, "date", found.date, reason, remedy, "FTS-DATE-02")
    return int(found.date[:4])


def warnings(found: Contribution, lookups: Lookups) -> Iterator[Fault]:
    """What is odd and counts all the same."""
    if found.date and not _day(found.date):
        reason, remedy = "is no date of the calendar; the year of use counts", "write the date as 2020-03-31"
        yield fault(found, "date", found.date, reason, remedy, "FTS-DATE-01", "warning")
    if found.currency and not CURRENCY.fullmatch(found.currency):
        reason, remedy = "is not the code of a currency", "write three letters of ISO 4217"
        yield fault(found, "originalCurrency", found.currency, reason, remedy, "FTS-CUR-01", "warning")
    own = found.currency == "USD" and AMOUNT.fullmatch(found.original) and Decimal(found.original)  # 0: not given
    if own and Decimal(found.original) != Decimal(found.amount.strip()):
        reason = f"is in US dollars and differs from amountUSD, {found.amount}, which counts"
        yield fault(found, "originalAmount", found.original, reason, "correct one of them", "FTS-CUR-02", "warning")
    _, unknown = parties.recipient(found.recipients, lookups)
    if unknown:
        reason = "is no country that is known; the money is of developing countries unspecified"
        yield fault(found, "destination", unknown, reason, "write its name as FTS does", "FTS-PLACE-01", "warning")


def fault(
    found: Contribution, column: str, value: str, reason: str, remedy: str, code: str, severity: Severity = "row"
) -> Fault:
    """A fault of one flow, at its line and column, or at its place in a page."""
    if found.where:
        where = f"{found.where}, id {found.id or 'none'}, {column}"
        return Fault(found.file, 0, "", value, reason, remedy, code, severity, where=where)
    return Fault(found.file, found.line, column, value, reason, remedy, code, severity)


def _amiss(text: str) -> tuple[str, str]:
    if not text:
        return "is no amount", "FTS-AMT-01"
    if re.search(r"[0-9][, _\u00a0'][0-9]", text):
        return "is not a decimal number (thousands separator or decimal comma)", "FTS-AMT-02"
    if re.search(r"[A-Za-z$€£¥]{2,}|[$€£¥]", text):
        return "is not a decimal number (words, or a currency: amounts are in US dollars)", "FTS-AMT-03"
    return "is not a decimal number", "FTS-AMT-02"


def _day(text: str) -> bool:
    found = DATE.fullmatch(text)
    try:
        return found is not None and date(*(int(part) for part in found.groups()[:3])) is not None
    except ValueError:
        return False
