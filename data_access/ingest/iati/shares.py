"""Sectors and recipients of an amount with their shares of it.

What percentages leave of 100 is not stated (recipients: 998, developing countries, unspecified); beyond 100 they are
taken as proportions. Several entries without percentages cannot be told apart: the whole is not stated. Countries come
first; regions count where no country is named, or where they carry percentages beside the countries'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from data_access.ingest.iati.reading import Element
from data_access.ingest.iati.values import number
from data_access.ingest.places import UNSPECIFIED
from data_access.ingest.readers import Lookups
from data_access.ingest.rows import UNSTATED

FULL, TOLERANCE = Decimal(100), Decimal("0.01")
VOCABULARIES = {"": 5, "1": 5, "DAC": 5, "2": 3, "DAC-3": 3}  # digits of a code; other vocabularies are passed over
DAC_REGIONS = ("", "1", "DAC")
PERCENT = re.compile(r"\d{1,4}(\.\d{0,20})?|\.\d{1,20}", re.ASCII)
Sector = tuple[str, str]  # sector, purpose
NOWHERE: Sector = (UNSTATED, UNSTATED)
Key = TypeVar("Key")


class Odd(NamedTuple):
    """What is wrong with shares: where (the element's name), code, value, reason, remedy."""

    element: str
    line: int
    code: str
    value: str
    reason: str
    remedy: str


class Shares(NamedTuple, Generic[Key]):
    """Parts of a whole with their weights; `odd`: what a publisher should mend; `wrong`: what makes it unreadable."""

    parts: list[tuple[Key, Decimal]]
    odd: list[Odd]
    wrong: Odd | None = None


def sectors(elements: Sequence[Element], lookups: Lookups) -> Shares[Sector]:
    """By five-digit purposes where there are any, else by three-digit sectors."""
    by_digits: dict[int, list[Element]] = {5: [], 3: []}
    for element in elements:
        digits = VOCABULARIES.get(element.attributes.get("vocabulary", "").strip().upper())
        if digits:
            by_digits[digits].append(element)
    odd: list[Odd] = []
    return _shared(by_digits[5] or by_digits[3], lambda element: _sector(element, lookups, odd), NOWHERE, odd)


def recipients(countries: Sequence[Element], regions: Sequence[Element], lookups: Lookups) -> Shares[str]:
    """By our codes of countries and of the DAC's regions."""
    regions = [region for region in regions if region.attributes.get("vocabulary", "").strip() in DAC_REGIONS]
    if countries:
        regions = [region for region in regions if region.attributes.get("percentage", "").strip()]
    for element in countries:
        code = element.attributes.get("code", "").strip().upper()
        if code not in lookups.iso3:
            reason = "is not a country code (ISO 3166 alpha-2)"
            wrong = Odd(element.name, element.line, "IATI-GEO-01", code, reason, "use the code of codelist Country")
            return Shares([], [], wrong)
    odd: list[Odd] = []
    return _shared([*countries, *regions], lambda element: _recipient(element, lookups, odd), UNSPECIFIED, odd)


def _sector(element: Element, lookups: Lookups, odd: list[Odd]) -> Sector:
    code = element.attributes.get("code", "").strip()
    if code in lookups.known["purpose"] and len(code) == 5:
        return code[:3], code
    sector = code[:3] if code[:3] in lookups.known["sector"] else UNSTATED
    if sector == UNSTATED or (len(code) == 5 and not code.endswith("00")) or len(code) not in (3, 5):
        reason = "is not in the DAC's list of purposes and sectors"
        odd.append(Odd("sector", element.line, "IATI-CODE-01", code, reason, "use a code of codelist Sector"))
    return sector, UNSTATED


def _recipient(element: Element, lookups: Lookups, odd: list[Odd]) -> str:
    code = element.attributes.get("code", "").strip().upper()
    found = lookups.iso3[code] if element.name == "recipient-country" else lookups.recipients.get(code)
    if found is None:
        reason = "is not in the DAC's list of regions"
        odd.append(Odd(element.name, element.line, "IATI-CODE-01", code, reason, "use a code of codelist Region"))
    return found or UNSPECIFIED


def _shared(elements: Sequence[Element], read: Callable[[Element], Key], rest: Key, odd: list[Odd]) -> Shares[Key]:
    """Elements with their percentages, those of one key together, and the rest."""
    if not elements:
        return Shares([(rest, FULL)], odd)
    told = [element.attributes.get("percentage", "").strip() for element in elements]
    if len(elements) == 1 and not told[0]:
        return Shares([(read(elements[0]), FULL)], odd)
    shares: dict[Key, Decimal] = {}
    for element, text in zip(elements, told, strict=True):
        found = number(text) if text else Decimal(0)
        if not isinstance(found, Decimal) or found < 0 or (text and not PERCENT.fullmatch(text)):
            reason = "is not a percentage"
            wrong = Odd(element.name, element.line, "IATI-PCT-02", text, reason, "write a number between 0 and 100")
            return Shares([], odd, wrong)
        key = read(element)
        shares[key] = shares.get(key, Decimal(0)) + found
    return _filled(elements[0], shares, rest, odd, any(told))


def _filled(first: Element, shares: dict[Key, Decimal], rest: Key, odd: list[Odd], any_told: bool) -> Shares[Key]:
    found = sum(shares.values(), Decimal(0))
    if not any_told:
        reason = "of several entries have no percentage: the amount is not divided among them"
        odd.append(Odd(first.name, first.line, "IATI-PCT-03", str(len(shares)), reason, "give each its percentage"))
        return Shares([(rest, FULL)], odd)
    if abs(found - FULL) <= TOLERANCE:
        return Shares([(key, share) for key, share in shares.items() if share], odd)
    what = "the rest is not stated" if found < FULL else "they are taken as proportions"
    reason = f"is what the percentages add up to, not 100; {what}"
    odd.append(Odd(first.name, first.line, "IATI-PCT-01", f"{found:f}", reason, "let them add up to 100"))
    if found < FULL:
        shares[rest] = shares.get(rest, Decimal(0)) + FULL - found
    return Shares([(key, share) for key, share in shares.items() if share], odd)
